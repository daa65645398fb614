"""Contract: many searches held against some articles find what each finds in the whole archive."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.base import Engine
from indexer.errors import NoIndex
from indexer.search.request import MISSING, Arrival, Match, Period, SearchRequest
from tests.engines import test_contract_corrections, test_contract_translations
from tests.engines.asking import ask, order
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import ARTICLES, LAVROV, addressed, article

IDS = [each.id for each in ARTICLES]
QUERIES = (
    "",
    "lavrov",
    "lavrov biden",
    "the minister of health",
    '"alpha beta"',
    '"alpha beta"~2',
    "alpha NEAR/3 beta",
    "alpha NOT gamma",
    "NOT lavrov",
    "alpha OR tulip OR saffron",
    "min*",
    "k?ev",
    "ministr~1",
    "=ministers",
    "title:lavrov",
    "source:jazeera",
    'source:="al jazeera"',
    "person:biden",
    "category:news",
    "g20",
    "g-20",
    "published:2021-10..2021-11",
    "added:2000..2100",
    "added:..2000",
    "missing:published",
    "url:sana",
    "министры",
    "北京",
    "京",
    "nothing",
)

RULES = """
[merge]
source."sena" = "SANA"
person."Jane Doe" = "Mary Doe"
[split]
person."John Smith" = { "Senator" = 'title:senate' }
"""


def found(engine: Engine, query: str | SearchRequest, ids: list[str] = IDS) -> str:
    """What one query finds among articles, as a text."""
    request = SearchRequest(query) if isinstance(query, str) else query
    return " ".join(engine.percolate([request], ids)[0])


def test_every_search_finds_what_it_finds_alone(engine: Engine) -> None:
    requests = [ask(query) for query in QUERIES]
    alone = [set(order(engine, query)) for query in QUERIES]
    assert engine.percolate(requests, IDS) == [tuple(id for id in IDS if id in each) for each in alone]


def test_it_finds_nothing_but_the_articles_that_are_named(engine: Engine) -> None:
    assert engine.percolate([SearchRequest("lavrov"), SearchRequest("minister")], ["a4", "w1"]) == [
        ("a4",),
        ("a4", "w1"),
    ]


def test_ids_keep_their_order_and_come_once(engine: Engine) -> None:
    assert found(engine, "lavrov", ["a5", "nothing", "w1", "a1", "a5", "a3", "a1"]) == "a5 a1 a3"


def test_no_searches_and_no_articles_have_no_answers(engine: Engine) -> None:
    assert engine.percolate([], IDS) == []
    assert engine.percolate([SearchRequest("lavrov"), SearchRequest()], []) == [(), ()]


def test_equal_searches_are_each_answered(engine: Engine) -> None:
    lavrov = SearchRequest("lavrov")
    narrowed = lavrov.with_filter("source", "TASS")
    assert engine.percolate([lavrov, narrowed, lavrov], ["a2", "a1"]) == [("a2", "a1"), ("a2",), ("a2", "a1")]


def test_plain_words_must_all_be_there_unless_some_are_asked_for_outright(engine: Engine) -> None:
    assert engine.search(SearchRequest("lavrov biden")).total == 6
    assert found(engine, "lavrov biden") == "a3 a5"
    assert found(engine, SearchRequest("lavrov biden", match=Match.ALL)) == "a3 a5"
    assert found(engine, SearchRequest("lavrov biden", match=Match.BEST)) == "a1 a2 a3 a4 a5 a6"


def test_function_words_need_not_be_there(engine: Engine) -> None:
    assert found(engine, "what of the lavrov and biden") == "a3 a5"


def test_filters_take_labels_as_people_type_them(engine: Engine) -> None:
    assert found(engine, SearchRequest().with_filter("source", "tass")) == "a2 a3"
    assert found(engine, SearchRequest("lavrov").with_exclusion("source", "tass")) == "a1 a4 a5 a6"
    assert found(engine, SearchRequest("lavrov").with_filter("source", MISSING)) == "a6"
    assert found(engine, SearchRequest("lavrov").with_exclusion("source", MISSING)) == "a1 a2 a3 a4 a5"
    assert found(engine, SearchRequest().with_filter("category", "News/World")) == "k2 k4"
    assert found(engine, SearchRequest("lavrov").with_filter("published", "2021-10")) == "a1 a2 a3"


def test_dates_and_arrival_narrow(engine: Engine) -> None:
    assert found(engine, ask("lavrov", from_="2021-10-14", to="2021-11")) == "a1 a2 a4"
    assert found(engine, SearchRequest("lavrov", added=Arrival(None, Period(2001)))) == ""
    assert found(engine, SearchRequest("lavrov", added=Arrival(Period(2001)))) == "a1 a2 a3 a4 a5 a6"


def test_who_is_named_in_passing_is_chosen_where_all_mentions_are_asked_for(engine: Engine) -> None:
    chosen = SearchRequest().with_filter("person", LAVROV)
    assert found(engine, chosen) == "a1 a2 a3 a4 a6"
    assert found(engine, replace(chosen, all_mentions=True)) == "a1 a2 a3 a4 a5 a6"
    assert found(engine, "person:lavrov") == "a1 a2 a3 a4 a5 a6"


def test_order_pages_facets_and_groups_play_no_part(engine: Engine) -> None:
    asked = SearchRequest(
        "lavrov", page=9, size=1, cursor="not a cursor", facets=("nothing",), group=True, recency=True, explain=True
    )
    assert found(engine, asked) == "a1 a2 a3 a4 a5 a6"


def test_a_search_that_is_refused_finds_nothing_and_the_others_are_answered(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    too_long = SearchRequest(" ".join(f"w{number}" for number in range(10_000)))
    with pytest.raises(Exception, match=r".") as refused:
        engine.search(too_long)
    unknown = SearchRequest("lavrov").with_filter("colour", "red")
    never = SearchRequest("lavrov").with_filter("published", "2021-13")
    with caplog.at_level(logging.WARNING):
        answers = engine.percolate([too_long, unknown, never, SearchRequest("lavrov")], ["a1"])
    assert answers == [(), (), (), ("a1",)]
    if "Memory" not in type(engine).__name__:
        assert str(refused.value) in caplog.text
        assert "'colour'" in caplog.text
        assert "'2021-13'" in caplog.text


def test_translations_are_searched_unless_they_are_left_out(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path / "index")
    fill(engine, test_contract_translations.ARTICLES)
    ids = [each.id for each in test_contract_translations.ARTICLES]
    soldiers = SearchRequest("soldiers")
    assert found(engine, soldiers, ids) == "es-1 en-1"
    assert found(engine, replace(soldiers, translation=False), ids) == "en-1"
    assert engine.percolate(
        [soldiers, replace(soldiers, translation=False), SearchRequest("translation:war")], ids
    ) == [
        ("es-1", "en-1"),
        ("en-1",),
        ("es-1",),
    ]


def test_names_are_those_that_are_shown(opener: Opener, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    engine = opener(directory)
    fill(engine, test_contract_corrections.ARTICLES)
    directory.mkdir(exist_ok=True)
    (directory / "entities.toml").write_text(RULES, encoding="utf-8")
    engine.refresh()
    ids = [each.id for each in test_contract_corrections.ARTICLES]
    assert found(engine, SearchRequest().with_filter("source", "sena"), ids) == "c2 c3 c5"
    assert found(engine, SearchRequest().with_filter("person", "Senator"), ids) == "c1 c3"
    assert found(engine, 'person:"mary doe"', ids) == "c5"


def test_spellings_that_mean_one_person_are_one(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path / "index")
    often = [article(f"v{n}", "Talks", "Sergey Lavrov spoke.", "2021", people=(LAVROV,)) for n in range(3)]
    other = article("v9", "Talks", "Sergei Lavrov spoke.", "2021", people=("Sergei Lavrov",))
    fill(engine, addressed([*often, other]))
    ids = ["v9", "v0"]
    assert found(engine, SearchRequest().with_filter("person", LAVROV), ids) == "v9 v0"
    assert found(engine, SearchRequest().with_filter("person", "sergei lavrov"), ids) == "v9 v0"


def test_withdrawn_and_removed_articles_are_not_found(empty: Engine) -> None:
    gone = replace(article("n", "A note taken back", "Lavrov.", "2021"), withdrawn=True).with_hash()
    fill(empty, addressed([article("y", "Yes", "Lavrov.", "2021"), article("z", "Yes", "Lavrov.", "2021")]))
    fill(empty, [gone])
    with empty.writer(lambda item: item) as writer:
        writer.remove(["z"])
        writer.commit()
    empty.refresh()
    assert [each is None for each in empty.get(["n", "y", "z"])] == [False, False, True]
    assert found(empty, "", ["z", "n", "y"]) == "y"
    assert found(empty, "lavrov", ["z", "n", "y"]) == "y"


def test_articles_of_several_commits_are_found_together(empty: Engine) -> None:
    many = [article(f"m{n}", f"Title {n}", "alpha beta" if n % 2 else "alpha", "2021") for n in range(20)]
    fill(empty, addressed(many), commits=4)
    ids = [each.id for each in many[::-3]]
    assert empty.percolate([SearchRequest('"alpha beta"'), SearchRequest("alpha")], ids) == [
        ("m19", "m13", "m7", "m1"),
        tuple(ids),
    ]


def test_an_archive_that_was_not_built_cannot_be_asked(empty: Engine) -> None:
    with pytest.raises(NoIndex):
        empty.percolate([SearchRequest("lavrov")], ["a1"])
