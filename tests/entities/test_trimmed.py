from collections.abc import Sequence

from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span
from indexer.entities.trimmed import Trimmed

LEXICON = Lexicon(word_flags={"papst": ("TIT",), "dr": ("TIT",), "bank": ("ORG",)})


class Fixed:
    """A tagger that finds what it was told to."""

    def __init__(self, *spans: Span) -> None:
        self._spans = list(spans)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        return [self._spans for _ in sentences]


def test_titles_are_cut() -> None:
    found = Fixed(Span(0, 2, "person"), Span(2, 5, "person"), Span(5, 6, "person"), Span(6, 8, "place"))
    words = ("Papst", "Franziskus", "Papst", "Dr.", "Berg", "Papst", "Papst", "Platz")
    names = [Span(1, 2, "person"), Span(4, 5, "person"), Span(6, 8, "place")]
    assert Trimmed(found, LEXICON).tag([words]) == [names]


def test_a_head_word_alone_is_no_organisation() -> None:
    found = Fixed(Span(0, 1, "organisation"), Span(1, 3, "organisation"), Span(3, 4, "place"))
    names = [Span(1, 3, "organisation"), Span(3, 4, "place")]
    assert Trimmed(found, LEXICON).tag([("Bank", "Deutsche", "Bank", "Bank")]) == [names]
