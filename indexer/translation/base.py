"""What a translation engine owes, and how it fails.

In: paragraphs and two languages. Out: as many paragraphs. Implemented by the adapters beside this file, called by
`kept` alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

# Languages by their codes in articles ("es", "zh-Hans"): from, into.
Pair = tuple[str, str]


class Translator(Protocol):
    """An engine that translates. One object is used by one thread at a time; `close` ends what it has started.

    `name` is what readers are told ("apertium"); `version` changes when translations do, as far as can be known.
    `passes_unknown` says that words which it does not know come back as they are.
    """

    name: str
    version: str
    passes_unknown: bool

    def has(self, source: str, target: str) -> bool | None:
        """Whether it translates between two languages; None where only trying would tell.

        Raises:
            TranslationFailed: it cannot say now.
        """
        ...

    def advice(self, source: str, target: str) -> str:
        """What to do for a pair that it does not have."""
        ...

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        """The paragraphs in another language, one for each.

        Raises:
            TranslationFailed: they could not be translated now.
            NoPair: it does not translate between these languages.
        """
        ...

    def close(self) -> None:
        """End processes and connections. Calling it twice is harmless."""
        ...


class TranslationFailed(Exception):
    """A text could not be translated; it is tried again another time."""


class Unreachable(TranslationFailed):
    """Nothing can be translated now: the engine does not run, or its service does not answer."""


def is_of_text(error: Exception) -> bool:
    """Whether a failure says nothing of the next text."""
    return isinstance(error, TranslationFailed) and not isinstance(error, Unreachable)


@dataclass
class NoPair(Exception):
    """The engine does not translate between two languages, whatever the text; `advice` says what would help."""

    source: str
    target: str
    advice: str

    def __str__(self) -> str:
        return f"There is no translation from {self.source} to {self.target}. {self.advice}"


def same_language(one: str, other: str) -> bool:
    """Whether two codes mean a language and one of its kinds: "en" and "en-GB", not "zh-Hans" and "zh-Hant"."""
    a, b = one.casefold(), other.casefold()
    return a == b or a.startswith(b + "-") or b.startswith(a + "-")


def checked(translated: object, count: int) -> list[str]:
    """What an engine answered, if it is so many texts.

    Raises:
        TranslationFailed: it is not.
    """
    if not isinstance(translated, list) or not all(isinstance(text, str) for text in translated):
        raise TranslationFailed("the answer is not a list of texts")
    if len(translated) != count:
        raise TranslationFailed(f"{len(translated)} texts came back for {count}")
    return translated
