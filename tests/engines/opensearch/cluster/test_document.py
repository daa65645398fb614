"""An article as a document: its words, its labels, and the article back."""

from pathlib import Path

import pytest

from indexer.article import Article, Entity, Mention
from indexer.config import EngineConfig
from indexer.engines.opensearch.cluster import document as documents
from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.cluster.mapping import TEXTS, template
from indexer.engines.opensearch.writer.conditions import check_queries
from indexer.entities.corrections import Corrections, Rule
from indexer.entities.corrections_reader import parse_corrections
from indexer.errors import ConfigError
from tests.engines.corpus import ARTICLES, LAVROV, article

NONE = Corrections()
A5 = next(each for each in ARTICLES if each.id == "a5")


def test_a_document_has_stems_and_words_side_by_side() -> None:
    found = documents.document(article("x", "Ministers", "Ministers' café in the U.S.", "2021-10-14"), NONE, 2)
    assert (found["title"], found["title_exact"]) == ("minist␟en", "ministers")
    assert found["body_exact"] == "ministers cafe in the us"
    assert [len(found[name].split()) == len(found[f"{name}_exact"].split()) for name in TEXTS if name in found]
    assert found["length"] == 3 * 1 + 5
    assert "summary" not in found
    assert found["has"] == ["title", "body", "source", "category", "language", "published"]
    assert (found["day"], found["year"], found["month_day"], found["seconds"]) == (18914, 2021, 1014, 1_634_169_600)


def test_terms_of_a_position_are_joined_and_a_compound_ends_at_its_last_part() -> None:
    found = documents.document(article("x", "Müller's cease-fire", "", None), NONE, 2)
    assert found["title"] == "muller␟en␞mueller␟en' ceas␟en␞ceasefir␟en2 fire␟en␞ceasefir␟en2␃"
    assert (found["title_exact"], found["length"]) == ("muller cease fire", 9)


@pytest.mark.parametrize("one", ARTICLES, ids=lambda each: each.id)
def test_the_article_comes_back(one: Article) -> None:
    found = documents.document(one, NONE, 2)
    assert documents.stored_article(found) == one
    known = template("x", EngineConfig())["template"]["mappings"]["properties"]
    assert set(found) <= set(known)


def test_who_is_named_in_passing_is_searched_but_not_counted() -> None:
    found = documents.document(A5, NONE, 2)
    assert found["person"] == []
    assert found["person_words"] == ["sergey lavrov", "joe biden"]
    assert documents.document(A5, NONE, 1)["person"] == [LAVROV, "Joe Biden"]


def test_paths_are_held_with_the_paths_above_them() -> None:
    found = documents.document(article("x", "t", "b", None, category="News/World/Asia"), NONE, 2)
    assert found["category_path"] == ["News", "News/World", "News/World/Asia"]
    assert found["category_words"] == ["news world asia"]


def test_a_correction_changes_the_names_shown_and_not_those_found() -> None:
    rule = Rule("merge", "person", "Sergei Lavrov", ("person", LAVROV))
    two = article("x", "t", "b", None, entities=(Entity("person", "Sergei Lavrov", (Mention(0, 1), Mention(2, 3))),))
    corrections = Corrections({("person", "sergei lavrov"): rule})
    found = documents.document(two, corrections, 2)
    assert (found["person"], found["named"]) == ([LAVROV], ["person\tsergei lavrov", "source\tsana"])
    assert documents.stored_article(found) == two
    assert documents.article_of(found, corrections).names("person") == (LAVROV,)


def test_endless_words_are_cut_between_characters() -> None:
    assert mapping.term("x" * 300) == "x" * 255
    assert mapping.term("é" * 300) == "é" * 127
    assert mapping.term("word") == "word"


QUERIES = """
[merge]
source."sena" = "SANA"
[add]
place."Rome" = 'talks'
[split]
person."Joe Biden" = { "Joe Biden (US)" = 'gas' }
"""


def test_a_document_remembers_which_queries_of_corrections_find_it() -> None:
    rules = parse_corrections(QUERIES, Path("entities.toml"))
    one = article("x", "t", "b", None, "sena", people=("Joe Biden",))
    before = documents.document(one, rules, 2)
    assert (before["person"], before["place"], before["source"]) == (["Joe Biden"], [], ["SANA"])
    assert before["named"] == ["person\tjoe biden", "source\tsena"]
    found = documents.document(one, rules, 2, {"gas", "talks"}.__contains__)
    assert (found["person"], found["place"]) == (["Joe Biden (US)"], ["Rome"])
    assert {"person", "place"} <= set(found["has"])
    assert found["named"] == [*before["named"], documents.mark("gas"), documents.mark("talks")]
    assert [documents.marked(found)(query) for query in ("gas", "talks", "else")] == [True, True, False]
    shown = documents.article_of(found, rules)
    assert (shown.names("person"), shown.names("place"), shown.source) == (("Joe Biden (US)",), ("Rome",), "SANA")
    assert documents.stored_article(found) == one


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("person:biden", "person"),
        ("talks OR (gas -org:*)", "organisation"),
        ('place:"new york"', "place"),
        ("person:(joe biden)", "person"),
        ("talks source:sana author:ruiz", None),
    ],
)
def test_queries_of_corrections_ask_for_no_names(query: str, kind: str | None) -> None:
    rules = parse_corrections(f"[add]\nplace.Rome = '{query}'\n", Path("entities.toml"))
    if kind is None:
        check_queries(rules)
        return
    with pytest.raises(ConfigError, match=f"cannot ask for a {kind}, as that in line 2 of the corrections does"):
        check_queries(rules)
