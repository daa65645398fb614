"""Hits whose fields are made when they are read are the same values as those made at once."""

import copy
import pickle
from dataclasses import replace
from typing import Any

import pytest

from indexer.article import Article
from indexer.deferred import later
from indexer.search.results import Hit, Snippet

ARTICLE = Article("a", title="Iraq war")
WHOLE = Hit(ARTICLE, 1.5, (Snippet("body", "war"),), ((5, 8),))


class Source:
    """Gives the fields of a hit, and remembers which were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def field(self, name: str) -> Any:
        self.asked.append(name)
        return ARTICLE.id if name == "id" else getattr(WHOLE, name)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def hit(source: Source) -> Hit:
    return later(Hit, source, {"score": 1.5})


def test_a_field_is_made_when_it_is_first_read(hit: Hit, source: Source) -> None:
    assert (hit.score, source.asked) == (1.5, [])
    assert hit.title_spans == hit.title_spans == ((5, 8),)
    assert source.asked == ["title_spans"]


def test_the_id_is_known_without_the_article(hit: Hit, source: Source) -> None:
    assert (hit.id, source.asked) == ("a", ["id"])
    assert WHOLE.id == "a"


def test_it_equals_one_that_was_made_at_once(hit: Hit) -> None:
    assert hit == WHOLE
    assert repr(hit) == repr(WHOLE)
    assert hit.to_dict() == WHOLE.to_dict()


def test_it_can_be_copied_changed_and_pickled(hit: Hit) -> None:
    assert copy.copy(hit) == WHOLE
    assert pickle.loads(pickle.dumps(hit)) == WHOLE  # our own
    assert replace(hit, copies=2) == replace(WHOLE, copies=2)


def test_it_has_no_other_attributes(hit: Hit) -> None:
    for each in (hit, WHOLE):
        with pytest.raises(AttributeError, match="Hit has no attribute 'titel'"):
            each.titel  # type: ignore[attr-defined]  # noqa: B018
