"""Which articles stand on the front page, and in which order."""

from collections import Counter

from indexer.search.results import Hit
from tests.engines.corpus import article
from webui.presenters.edition import edition, own_language


def _hits(*listed: tuple[str, str, str]) -> list[Hit]:
    """Hits named `source + number`, of a source, a day and a language, in the order given."""
    seen: Counter[str] = Counter()
    hits = []
    for source, day, language in listed:
        seen[source] += 1
        hits.append(Hit(article(f"{source}{seen[source]}", "T", "b", day, source, None, language), 0.0))
    return hits


def _ids(hits: list[Hit], language: str = "en") -> str:
    return " ".join(hit.id for hit in edition(hits, language))


def test_no_source_has_more_than_two_while_others_have_news() -> None:
    hits = _hits(*[("a", "2021-10-14", "en")] * 6, ("b", "2021-10-13", "en"), ("c", "2021-10-12", "en"))
    assert _ids(hits) == "a1 a2 b1 c1 a3 a4 a5 a6"


def test_a_source_alone_fills_the_page() -> None:
    assert _ids(_hits(*[("a", "2021-10-14", "en")] * 20)) == " ".join(f"a{n}" for n in range(1, 15))


def test_news_of_others_that_is_old_makes_no_room() -> None:
    hits = _hits(*[("a", "2021-10-14", "en")] * 5, ("b", "2021-10-07", "en"), ("c", "2021-10-06", "en"))
    assert _ids(hits) == "a1 a2 b1 a3 a4 a5 c1"


def test_the_first_five_are_in_the_readers_language_and_the_rest_by_date() -> None:
    hits = _hits(
        ("a", "2021-10-14", "fr"), ("b", "2021-10-14", "en-GB"), ("c", "2021-10-13", "fr"), ("d", "2021-10-13", "en"),
        ("e", "2021-10-12", "ar"), ("f", "2021-10-11", "en"), ("g", "2021-10-10", "fr"), ("h", "2021-10-01", "en"),
    )  # fmt: skip
    assert _ids(hits, "en") == "b1 d1 f1 a1 c1 e1 g1 h1"
    assert _ids(hits, "fr") == "a1 c1 g1 b1 d1 e1 f1 h1"
    assert _ids(hits, "ru") == "a1 b1 c1 d1 e1 f1 g1 h1"


def test_scripts_of_a_language_are_that_language() -> None:
    hits = _hits(("a", "2021-10-14", "en"), ("b", "2021-10-14", "zh"))
    assert _ids(hits, "zh-Hans") == "b1 a1"


def test_what_is_undated_or_of_the_future_comes_last_and_nothing_makes_nothing() -> None:
    hits = _hits(("a", "2021-10-14", "fr"), ("b", "2093-01-01", "en"))
    undated = Hit(article("u", "T", "b", None, "c", None, "en"), 0.0)
    assert _ids([*hits, undated]) == "a1 b1 u"
    assert _ids([undated]) == "u"
    assert edition([], "en") == ()


def test_of_one_day_the_first_in_the_readers_language_is_chosen() -> None:
    hits = _hits(("a", "2021-10-14", "fr"), ("b", "2021-10-14", "en"), ("c", "2021-10-14", "en"))
    assert own_language(hits, "en").id == "b1"
    assert own_language(hits, "ru").id == "a1"
