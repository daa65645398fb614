"""Words of pieces of text that are known from another search are those of the texts, and equal ones go by name."""

import pytest

from indexer.engines.shared.significance import sample as module
from indexer.engines.shared.significance.own_words import OwnWords
from indexer.engines.shared.significance.sample import Candidate, Sample
from indexer.engines.shared.significance.statistics import Sizes
from indexer.search.query import MatchAll
from indexer.search.request import SearchRequest

TEXTS = [
    "Harbour cranes (re-elected), see www.example.org.",
    "“Harbour” cranes: a strike!",
    "Harbours; the strike's end",
]


def _candidates(texts: list[str]) -> list[Candidate]:
    sample = Sample([[(text, "en")] for text in texts])
    own = OwnWords(SearchRequest(), MatchAll(), ("en",))
    return sample.candidates(own, {"en": Sizes(len(texts), 1_000)}, lambda _: {}, 10)


def test_candidates_are_the_same_when_their_pieces_are_known() -> None:
    module._known.clear()
    first = _candidates(TEXTS)
    assert [each.text for each in first] == ["Harbour", "cranes", "strike"]
    assert ("en", "cranes") in module._known
    assert _candidates(TEXTS) == first


def test_no_more_pieces_are_remembered_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    module._known.clear()
    monkeypatch.setattr(module, "KNOWN", 4)
    for _ in range(3):
        _candidates(TEXTS)
        assert len(module._known) <= 4


def test_of_equally_frequent_terms_the_first_by_name_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOKED_UP", 2)
    assert [each.text for each in _candidates(["delta alpha charlie bravo"] * 3)] == ["alpha", "bravo"]
