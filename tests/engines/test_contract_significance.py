"""What is said more in the hits of a search than in the rest: the same from every engine, and what it narrows to."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.article import Article, Entity, Mention, Translation
from indexer.engines.base import Engine
from indexer.search.request import DateRange, Match, Period, SearchRequest
from indexer.search.significance import SignificantTerms
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article
from tests.engines.memory import MemoryEngine

MANY = 1_000

_PORT = ("The harbour of Hamburg stood still.", "Dockers at the harbour walked out.", "No crane moved, dockers said.")
_FIELD = ("The wheat was cut early.", "Rain spoilt the wheat.", "Farmers sold their cattle.", "A farmer waited.")
_MADE = Translation("en", "Port", "", "The strike in the port goes on, the crane says.", "test", "1")


def _articles() -> Iterator[Article]:
    for number in range(24):
        strike = number % 4 == 0
        body = " ".join((_PORT if strike else _FIELD)[number % 3 :])
        yield article(
            f"s{number:02}",
            "Strike at the harbour" if strike else "Harvest of the week",
            f"{body} It was {'cease fire' if strike and number < 20 else 'calm'} on day {number}.",
            f"2021-10-{number + 1:02}",
            "Port Gazette" if number % 2 else "Field Courier",
            people=("Heike Petersen",) if strike else ("Jane Farmer",) if number % 3 else (),
            organisations=("Dockers Union",) if strike and number else (),
            places=("Hamburg",) if strike else (),
            entities=(Entity("place", "Bremen", (Mention(0, 3),)),) if number < 9 else (),
        )
    for number in range(6):
        text = "Der Streik im Hafen geht weiter." if number < 3 else "Die Ernte war gut, sagt der Bauer."
        yield article(f"g{number}", "Hafen" if number < 3 else "Ernte", text, "2021-11-01", "Bote", language="de-DE")
    yield article("c1", "港口罢工", "汉堡港口的罢工仍在继续。", "2021-11-02", "新华社", language="zh", places=("汉堡",))
    yield article("u1", "Solid", "A ceasefire was called.", "2021-11-03", "Field Courier", language=None)


ARTICLES = tuple(_articles())
TRANSLATED = tuple(each.with_translation(_MADE) if each.id.startswith("g") else each for each in ARTICLES)


@pytest.fixture(scope="module")
def archive(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = opener(tmp_path_factory.mktemp("significance"))
    fill(opened, ARTICLES, commits=2)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    found = MemoryEngine()
    fill(found, ARTICLES)
    return found


def listed(found: SignificantTerms) -> list[tuple[str, str, int]]:
    return [(term.kind, term.text, term.count) for term in found]


def test_words_and_names_of_the_hits(archive: Engine) -> None:
    found = archive.significant_terms(SearchRequest("strike"), MANY)
    assert (found.total, found.foreground, found.background) == (6, 6, 26)
    assert listed(found) == [
        ("person", "Heike Petersen", 6),
        ("word", "crane", 6),
        ("word", "harbour", 6),
        ("word", "moved", 6),
        ("word", "said", 6),
        ("place", "Hamburg", 6),
        ("organisation", "Dockers Union", 5),
        ("word", "cease", 5),
        ("word", "fire", 5),
        ("word", "walked", 4),
    ]
    name, word, *_, place = found.terms[:6]
    assert (name.share, name.rest_share, place.rest_share) == (1, 0, 1 / 26), "it is one place in Chinese too"
    assert name.score == pytest.approx(30.885, abs=0.001)  # 2 (6 ln(32/6) + 26 ln(32/26))
    assert word.score == pytest.approx(26.992, abs=0.001)  # 2 (6 ln(24/6) + 18 ln(24/18)): it is English


REQUESTS = [
    SearchRequest("strike"),
    SearchRequest("harbour dockers"),
    SearchRequest("strike dockers", match=Match.ALL),
    SearchRequest("strike wheat crane", match=Match.BEST),
    SearchRequest("cease fire", match=Match.ALL),
    SearchRequest("cease fire", match=Match.BEST),
    SearchRequest('"cease fire"'),
    SearchRequest("cease fire", match=Match.ALL).with_filter("language", "en"),
    SearchRequest("wheat OR cattle"),
    SearchRequest("whea*"),
    SearchRequest("strike -crane"),
    SearchRequest("person:petersen"),
    SearchRequest("hafen"),
    SearchRequest("language:de strike OR hafen"),
    SearchRequest("the of"),
    SearchRequest().with_filter("source", "Field Courier"),
    SearchRequest().with_filter("person", "Heike Petersen"),
    SearchRequest().with_exclusion("person", "Heike Petersen"),
    SearchRequest("wheat", all_mentions=True),
    SearchRequest("day", dates=DateRange(Period(2021, 10, 1), Period(2021, 10, 9)), all_mentions=True),
    SearchRequest("", dates=DateRange(Period(2021, 11), None)),
    SearchRequest("strike", group=True, page=7, size=1),
    SearchRequest("nothing has this"),
    SearchRequest(),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_all_engines_say_the_same(archive: Engine, oracle: MemoryEngine, request_: SearchRequest) -> None:
    found, expected = archive.significant_terms(request_, MANY), oracle.significant_terms(request_, MANY)
    assert listed(found) == listed(expected)
    assert found.to_dict() == expected.to_dict()
    assert [term.score for term in found] == pytest.approx([term.score for term in expected])


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_a_count_is_what_is_found_when_it_narrows(archive: Engine, request_: SearchRequest) -> None:
    found = archive.significant_terms(request_, MANY)
    narrowed = {term: archive.search(replace(found.narrowed(term), page=1)).total for term in found}
    assert narrowed == {term: term.count for term in found}


def test_a_word_narrows_the_query_as_it_was_run(archive: Engine) -> None:
    found = archive.significant_terms(SearchRequest("cease fire", match=Match.ALL), MANY)
    word = next(term for term in found if term.text == "crane")
    assert found.narrowed(word).query == "(cease OR ceasefire) AND (fire OR ceasefire) AND crane"
    stated = SearchRequest("cease fire", match=Match.ALL).with_filter("language", "en")
    apart = archive.significant_terms(stated, MANY)
    assert apart.narrowed(word).query == "cease AND fire AND crane", "no hit has them as one word"
    everything = archive.significant_terms(SearchRequest().with_filter("person", "Heike Petersen"), MANY)
    assert everything.narrowed(everything.terms[0]).query == "Strike"


def test_a_name_narrows_by_a_filter(archive: Engine) -> None:
    found = archive.significant_terms(SearchRequest("strike", page=3), MANY)
    narrowed = found.narrowed(found.terms[0])
    assert (narrowed.query, narrowed.filter("person").values, narrowed.page) == ("strike", ("Heike Petersen",), 1)


def test_names_of_a_kind_that_is_chosen_are_not_listed(archive: Engine) -> None:
    found = archive.significant_terms(SearchRequest().with_filter("person", "Heike Petersen"), MANY)
    assert "person" not in {term.kind for term in found}
    assert not {"Heike", "Petersen"} & {term.text for term in found}


def test_words_are_compared_within_their_language(archive: Engine) -> None:
    german = archive.significant_terms(SearchRequest(dates=DateRange(Period(2021, 11))), MANY)
    assert listed(german) == [], "its words are in no other article, but there is none in its language"
    port = archive.significant_terms(SearchRequest("hafen OR strike"), MANY)
    assert {term.language for term in port if term.kind == "word"} == {"en"}


def test_as_many_are_listed_as_are_wanted(archive: Engine) -> None:
    whole = archive.significant_terms(SearchRequest("strike"), MANY)
    assert archive.significant_terms(SearchRequest("strike"), 2).terms == whole.terms[:2]
    assert archive.significant_terms(SearchRequest("strike"), 0).terms == ()


def test_the_text_of_machines_counts_where_it_is_searched(empty: Engine) -> None:
    engine, oracle = empty, MemoryEngine()
    fill(engine, TRANSLATED)
    fill(oracle, TRANSLATED)
    for request in (SearchRequest("strike"), SearchRequest("strike", translation=False), SearchRequest("hafen")):
        found = engine.significant_terms(request, MANY)
        assert found.to_dict() == oracle.significant_terms(request, MANY).to_dict()
    counts = {term.text: term.count for term in engine.significant_terms(SearchRequest("strike"), MANY)}
    assert counts["crane"] == 12
    counts = {t.text: t.count for t in engine.significant_terms(SearchRequest("strike", translation=False), MANY)}
    assert counts["crane"] == 6


def test_the_best_hits_are_looked_at_where_there_are_more(archive: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("whoosh", "opensearch"):
        monkeypatch.setattr(f"indexer.engines.{name}.search.significant.MOST_HITS", 4)
    found = archive.significant_terms(SearchRequest("harbour OR wheat"), MANY)
    assert found.total > 4
    newest = archive.significant_terms(SearchRequest("", dates=DateRange(None, Period(2021, 10))), MANY)
    if isinstance(archive, MemoryEngine):
        assert (found.foreground, newest.foreground) == (found.total, newest.total), "it looks at all"
        return
    assert 4 <= found.foreground < found.total
    assert newest.foreground == 4
    assert (newest.total, newest.background) == (24, 28)
