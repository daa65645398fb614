"""Apertium's web service (`apertium-apy`) as a translation engine.

Paragraphs travel as those of a page: what is in their markup stays, so that line ends, signs and addresses survive.
"""

import re
from collections.abc import Sequence
from html import escape, unescape

from indexer.translation.base import NoPair, TranslationFailed, checked
from indexer.translation.codes import long_code
from indexer.translation.marks import parted
from indexer.translation.service import Refused, Service

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_KEEP = ("<apertium-notrans>", "</apertium-notrans>")
# The service answers after ten seconds or not at all, and so much takes one.
_CHARACTERS = 4_000


class ApertiumService:
    """See `Translator`."""

    name = "apertium"
    passes_unknown = True
    version = ""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._pairs: frozenset[tuple[str, str]] | None = None

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of languages that it has, in its own codes.

        Raises:
            TranslationFailed: it cannot be asked.
        """
        if self._pairs is None:
            answer = self._service.get("/listPairs")
            try:
                listed = answer["responseData"]
                self._pairs = frozenset((str(one["sourceLanguage"]), str(one["targetLanguage"])) for one in listed)
            except (TypeError, KeyError):
                raise TranslationFailed("the service does not list its pairs; is it apertium-apy?") from None
        return self._pairs

    def has(self, source: str, target: str) -> bool | None:
        """See `Translator`."""
        return (long_code(source), long_code(target)) in self.pairs()

    def advice(self, source: str, target: str) -> str:
        """See `Translator`."""
        return f"The service would have to have the pair {long_code(source)}-{long_code(target)}."

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`."""
        found: list[str] = []
        for batch in portions(paragraphs, _CHARACTERS):
            found += self._ask(batch, source, target)
        return found

    def close(self) -> None:
        """See `Translator`."""
        self._service.close()

    def _ask(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        page = "\n".join(f"<p>{parted(paragraph, _text, _fixed)}</p>" for paragraph in paragraphs)
        asked = {"langpair": f"{long_code(source)}|{long_code(target)}", "markUnknown": "no", "q": page}
        try:
            answer = self._service.post("/translate", data=asked)
        except Refused as refused:
            if refused.status == 400 and not self.has(source, target):
                raise NoPair(source, target, self.advice(source, target)) from None
            raise
        try:
            translated = str(answer["responseData"]["translatedText"])
        except (TypeError, KeyError):
            raise TranslationFailed("the service answers in another form than apertium-apy") from None
        came = [_plain(found) for found in _PARAGRAPH.findall(translated)]
        return checked(came, len(paragraphs))


def portions(paragraphs: Sequence[str], characters: int) -> list[list[str]]:
    """Paragraphs in groups of at most so many characters; one that is longer stands alone."""
    found: list[list[str]] = []
    room = 0
    for paragraph in paragraphs:
        if not found or len(paragraph) > room:
            found.append([])
            room = characters
        found[-1].append(paragraph)
        room -= len(paragraph)
    return found


def _text(text: str) -> str:
    return escape(text, quote=False)


def _fixed(text: str) -> str:
    return f"{_KEEP[0]}{_text(text)}{_KEEP[1]}"


def _plain(text: str) -> str:
    for tag in _KEEP:
        text = text.replace(tag, "")
    return unescape(text)
