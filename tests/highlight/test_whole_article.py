"""The matches of a query in a whole article: what all are, and where looking for them ends."""

import re
from collections.abc import Callable

import pytest

from indexer.article import Article
from indexer.errors import SearchTimeout
from indexer.highlight import whole_article
from indexer.highlight.matches import matchers, merged, text_clauses, whole_text
from indexer.highlight.whole_article import MOST_MATCHES, PIECE, Highlights, highlight
from indexer.search.parser import parse

PROSE = "The quay was closed on Monday, and the harbour of Odesa with it. "


def at_once(body: str, query: str) -> tuple[tuple[int, int], ...]:
    return merged(whole_text(matchers(text_clauses(parse(query).tree, ["en"]), "en")["body"], body))


def found(body: str, query: str, check: Callable[[], None] = lambda: None) -> Highlights:
    return highlight(Article("a", body=body, language="en"), parse(query).tree, check=check)


@pytest.mark.parametrize("parted", ["\n\n", " ", ""])
@pytest.mark.parametrize("query", ["quay", '"with it the quay"', '"odesa quay"~9', "odesa NEAR/8 monday", "har*"])
def test_a_body_in_pieces_has_the_matches_of_the_whole(
    parted: str, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_article, "PIECE", 400)
    body = parted.join([PROSE.strip() + " "] * 40)
    marks = found(body, query)
    assert marks["body"] == at_once(body, query)
    assert len(marks["body"]) > 30
    assert marks.reached is None


def test_a_text_without_spaces_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_article, "PIECE", 100)
    body = "香港政府昨日公布新措施。" * 60
    assert len(found(body, "政府")["body"]) == 60


def test_no_more_matches_are_marked_than_a_page_can_show() -> None:
    body = "the " * (MOST_MATCHES + 1_000)
    marks = found(body, "the")
    assert len(marks["body"]) == MOST_MATCHES
    assert marks.reached == marks["body"][-1][1] == 4 * MOST_MATCHES - 1


def test_when_the_time_is_up_what_was_found_is_given() -> None:
    looked = 0

    def check() -> None:
        nonlocal looked
        looked += 1
        if looked > 40:
            raise SearchTimeout

    body = PROSE * 20_000
    marks = found(body, "quay", check)
    assert marks.reached is not None
    assert PIECE <= marks.reached < len(body) // 2
    assert len(marks["body"]) == len(re.findall("quay", body[: marks.reached]))
    assert set(marks) == {"title", "summary", "body"}
    assert len(marks) == 3


def test_no_time_at_all_marks_nothing() -> None:
    def check() -> None:
        raise SearchTimeout

    marks = highlight(Article("a", title="The quay", body=PROSE), parse("quay").tree, check=check)
    assert dict(marks) == {"title": (), "summary": (), "body": ()}
    assert marks.reached == 0
