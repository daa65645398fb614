"""A translation engine that is asked for what is not kept. Called by `texts`.

In: paragraphs and two languages. Out: their translations, of which those that are new have been kept. A text without
letters is its own translation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.config import TranslationConfig
from indexer.translation.apertium_service import portions
from indexer.translation.base import NoPair, TranslationFailed, Translator
from indexer.translation.names import masked
from indexer.translation.registry import open_translator
from indexer.translation.store import TranslationStore, key_of

# What is lost of a long text where its translation fails half way.
_CHARACTERS = 8_000
_BLANK_LINES = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")


@dataclass(slots=True)
class Work:
    """What has been done: words that the engine was asked for, and those that were kept already."""

    asked: int = 0
    known: int = 0


class Kept:
    """An engine and what it has translated before. Used by one thread."""

    def __init__(self, translator: Translator, store: TranslationStore) -> None:
        self.translator = translator
        self.work = Work()
        self._store = store
        self._pairs: dict[tuple[str, str], NoPair | None] = {}

    @classmethod
    def open(cls, config: TranslationConfig, directory: Path) -> "Kept":
        """The configured engine, and what is kept beside an index.

        Raises:
            UserError, StateError: there is no such engine, or what is kept cannot be used.
        """
        translator = open_translator(config)
        return cls(translator, TranslationStore(directory))

    def check(self, source: str, target: str) -> None:
        """Make sure that the engine has two languages, as far as it knows.

        Raises:
            NoPair: it does not have them.
            TranslationFailed: it cannot say now.
        """
        pair = source, target
        if pair not in self._pairs:
            has = self.translator.has(source, target)
            self._pairs[pair] = NoPair(source, target, self.translator.advice(source, target)) if has is False else None
        missing = self._pairs[pair]
        if missing is not None:
            raise missing

    def translate(self, paragraphs: Sequence[str], source: str, target: str, names: Sequence[str] = ()) -> list[str]:
        """The paragraphs in another language, and in them the names of people as they were, if the engine lets them be.

        Raises:
            NoPair: the engine does not have these languages.
            TranslationFailed: some could not be translated; the others are kept.
        """
        self.check(source, target)
        bare = {paragraph: paragraph.strip() for paragraph in paragraphs}
        texts = [text for text in dict.fromkeys(bare.values()) if any(map(str.isalpha, text))]
        kept_out = names if self.translator.passes_unknown else ()
        forms = {text: masked(text, kept_out) for text in texts}
        came = self._texts([form.text for form in forms.values()], source, target)
        done = {text: form.named(came[form.text]) for text, form in forms.items()}
        spoilt = [text for text, translated in done.items() if translated is None]
        done |= self._texts(spoilt, source, target)
        return [_within(paragraph, done.get(bare[paragraph])) for paragraph in paragraphs]

    def _texts(self, texts: Sequence[str], source: str, target: str) -> dict[str, str]:
        """The translations of some texts, each asked for once and for all."""
        engine, version = self.translator.name, self.translator.version
        keys = {text: key_of(engine, version, source, target, text) for text in texts}
        kept = self._store.find(list(keys.values()))
        done = {text: kept[key] for text, key in keys.items() if key in kept}
        self.work.known += sum(len(text.split()) for text in done)
        for portion in portions([text for text in keys if text not in done], _CHARACTERS):
            came = [_tidy(text) for text in self.translator.translate(portion, source, target)]
            if not all(came):
                raise TranslationFailed(f"{engine} answered nothing for a text")
            self._store.keep({keys[text]: new for text, new in zip(portion, came, strict=True)}, engine)
            done.update(zip(portion, came, strict=True))
            self.work.asked += sum(len(text.split()) for text in portion)
        return done

    def close(self) -> None:
        """Give back the engine and the file."""
        self.translator.close()
        self._store.close()


def _within(paragraph: str, translated: str | None) -> str:
    """A translation between the spaces that its original stands between; the original where there is none."""
    if translated is None:
        return paragraph
    begin = len(paragraph) - len(paragraph.lstrip())
    return paragraph[:begin] + translated + paragraph[len(paragraph.rstrip()) :]


def _tidy(text: str) -> str:
    """A translation as a paragraph: a blank line in it would part it. Engines leave two spaces where a word is gone."""
    return _SPACES.sub(" ", _BLANK_LINES.sub("\n", text.replace("\0", "").strip()))
