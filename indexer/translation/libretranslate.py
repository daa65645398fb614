"""LibreTranslate, or a service with its API, as a translation engine."""

from collections.abc import Sequence
from typing import Any

from indexer.translation.apertium_service import portions
from indexer.translation.base import NoPair, TranslationFailed, checked
from indexer.translation.codes import candidates
from indexer.translation.service import Service

# Public services take 2,000 characters at once, and one's own as many as memory allows.
_CHARACTERS = 2_000


class LibreTranslate:
    """See `Translator`."""

    name = "libretranslate"
    passes_unknown = False
    version = ""

    def __init__(self, service: Service, api_key: str = "") -> None:
        self._service = service
        self._api_key = api_key
        # By code of a language, those it is translated into; None: into all.
        self._targets: dict[str, frozenset[str] | None] | None = None

    def has(self, source: str, target: str) -> bool | None:
        """See `Translator`."""
        return self._codes(source, target) is not None

    def advice(self, source: str, target: str) -> str:
        """See `Translator`."""
        return f"The service would have to load a model for {source} and {target} (libretranslate --load-only)."

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`."""
        codes = self._codes(source, target)
        if codes is None:
            raise NoPair(source, target, self.advice(source, target))
        found: list[str] = []
        for batch in portions(paragraphs, _CHARACTERS):
            found += self._ask(batch, *codes)
        return found

    def close(self) -> None:
        """See `Translator`."""
        self._service.close()

    def _ask(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        asked: dict[str, Any] = {"q": list(paragraphs), "source": source, "target": target, "format": "text"}
        if self._api_key:
            asked["api_key"] = self._api_key
        answer = self._service.post("/translate", json=asked)
        translated = answer.get("translatedText") if isinstance(answer, dict) else None
        if translated is None:
            raise TranslationFailed("the service answers in another form than LibreTranslate")
        return checked([translated] if isinstance(translated, str) else translated, len(paragraphs))

    def _codes(self, source: str, target: str) -> tuple[str, str] | None:
        """The codes that the service has for two languages, if it translates between them."""
        if self._targets is None:
            self._targets = _languages(self._service.get("/languages"))
        for one in candidates(source):
            if one in self._targets:
                targets = self._targets[one]
                known = self._targets.keys() if targets is None else targets
                found = next((other for other in candidates(target) if other in known and other != one), None)
                return (one, found) if found else None
        return None


def _languages(answer: object) -> dict[str, frozenset[str] | None]:
    """What `/languages` says."""
    if not isinstance(answer, list) or not all(isinstance(one, dict) and "code" in one for one in answer):
        raise TranslationFailed("the service does not list its languages; is it LibreTranslate?")
    found: dict[str, frozenset[str] | None] = {}
    for one in answer:
        targets = one.get("targets")
        found[str(one["code"])] = frozenset(map(str, targets)) if isinstance(targets, list) else None
    return found
