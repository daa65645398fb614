from collections.abc import Sequence

import pytest

from indexer.entities.full_names import FullNames
from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span

LEXICON = Lexicon(
    word_caps={"jean": 4, "nicolas": 4, "rose": 1},
    word_flags={
        "jean": ("FN",), "claude": ("FN",), "nicolas": ("FN",), "rose": ("FN",), "monsieur": ("TIT",),
        "institut": ("ORG",), "dimanche": ("TIM",),
    },
    phrase_classes={"jean ville": ("CITY",)},
)  # fmt: skip


class Fixed:
    """A tagger that finds the same in every sentence."""

    def __init__(self, *spans: Span) -> None:
        self._spans = list(spans)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        return [self._spans for _ in sentences]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("selon Nicolas Cage , acteur", "Nicolas Cage"),
        ("Monsieur Jean - Claude de La Tour a dit", "Jean - Claude de La Tour"),
        ("avec Nicolas , hier", None),
        ("la Fondation Nicolas Hulot", None),  # part of a longer name
        ("une Rose Blanche", None),  # a word of every day
        ("de Jean Institut", None),
        ("pour Nicolas Dimanche", None),
        ("par NICOLAS Cage", None),
        ("dans Jean Ville", None),  # a city
        ("un Jean de Paul de", "Jean de Paul"),
    ],
)
def test_full_names(text: str, name: str | None) -> None:
    words = text.split()
    found = FullNames(Fixed(), LEXICON).tag([words])[0]
    assert [" ".join(words[span.first : span.last]) for span in found] == ([name] if name else [])
    assert all(span.kind == "person" for span in found)


def test_what_was_found_stays() -> None:
    words = "Nicolas Cage et Jean Petit".split()
    found = FullNames(Fixed(Span(3, 5, "organisation")), LEXICON).tag([words])
    assert found == [[Span(0, 2, "person"), Span(3, 5, "organisation")]]
    assert FullNames(Fixed(Span(1, 2, "person")), LEXICON).tag([words[:2]]) == [[Span(1, 2, "person")]]
