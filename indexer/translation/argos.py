"""Argos Translate as a translation engine: neural models in this process, if its package is installed."""

from collections.abc import Sequence
from typing import Any

from indexer.errors import LibraryMissing
from indexer.translation.base import NoPair, TranslationFailed
from indexer.translation.codes import candidates


class ArgosTranslator:
    """See `Translator`.

    Raises:
        LibraryMissing: the package is not installed.
    """

    name = "argos"
    passes_unknown = False

    def __init__(self) -> None:
        try:
            from argostranslate import translate
        except ImportError:
            raise LibraryMissing(
                "The engine argos of [translation] needs the package argostranslate. Install it: "
                'pip install "broadsheet[argos]"'
            ) from None
        from importlib.metadata import PackageNotFoundError, version

        self._library: Any = translate
        self._found: dict[tuple[str, str], Any] = {}
        try:
            self.version = version("argostranslate")
        except PackageNotFoundError:
            self.version = ""

    def has(self, source: str, target: str) -> bool | None:
        """See `Translator`."""
        return self._translation(source, target) is not None

    def advice(self, source: str, target: str) -> str:
        """See `Translator`."""
        return f"Install its model: argospm install translate-{candidates(source)[-1]}_{candidates(target)[-1]}"

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`."""
        translation = self._translation(source, target)
        if translation is None:
            raise NoPair(source, target, self.advice(source, target))
        try:
            return [str(translation.translate(paragraph)) for paragraph in paragraphs]
        except Exception as error:  # whatever a model fails with, the next text may pass
            raise TranslationFailed(f"argos failed: {type(error).__name__}: {error}") from error

    def close(self) -> None:
        """See `Translator`."""
        self._found = {}

    def _translation(self, source: str, target: str) -> Any:
        """What translates between two languages, also by way of a third; None where nothing does."""
        pair = source, target
        if pair not in self._found:
            installed = {language.code: language for language in self._library.get_installed_languages()}
            one = next((installed[code] for code in candidates(source) if code in installed), None)
            other = next((installed[code] for code in candidates(target) if code in installed), None)
            self._found[pair] = one.get_translation(other) if one is not None and other is not None else None
        return self._found[pair]
