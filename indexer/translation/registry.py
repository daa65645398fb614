"""The translation engine that the configuration names."""

from collections.abc import Callable

from indexer.config import TranslationConfig
from indexer.errors import ConfigError, UsageError
from indexer.translation.base import Translator


def open_translator(config: TranslationConfig) -> Translator:
    """The engine of `[translation] engine`. Nothing is started before it is asked.

    Raises:
        UsageError: none is configured.
        ConfigError: what it needs is not stated, or not on this machine.
        LibraryMissing: its package is not installed.
    """
    if not config.engine:
        raise UsageError(
            'no translation engine is configured. Write one under [translation], as in engine = "apertium".'
        )
    return _MADE[config.engine](config)


def _command(config: TranslationConfig) -> Translator:
    from indexer.translation.command import CommandTranslator

    return CommandTranslator(config.command, config.timeout_seconds)


def _apertium(config: TranslationConfig) -> Translator:
    if config.url:
        from indexer.translation.apertium_service import ApertiumService
        from indexer.translation.service import Service

        return ApertiumService(Service(config.url, config.timeout_seconds))
    from indexer.translation.apertium import ApertiumTranslator

    return ApertiumTranslator(config.timeout_seconds)


def _libretranslate(config: TranslationConfig) -> Translator:
    from indexer.translation.libretranslate import LibreTranslate
    from indexer.translation.service import Service

    if not config.url:
        raise ConfigError(
            '[translation] url: libretranslate needs the address of its service, as in url = "http://localhost:5000".'
        )
    return LibreTranslate(Service(config.url, config.timeout_seconds), config.api_key)


def _argos(config: TranslationConfig) -> Translator:  # noqa: ARG001  # as the others
    from indexer.translation.argos import ArgosTranslator

    return ArgosTranslator()


_MADE: dict[str, Callable[[TranslationConfig], Translator]] = {
    "command": _command,
    "apertium": _apertium,
    "libretranslate": _libretranslate,
    "argos": _argos,
}
