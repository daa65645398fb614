"""Which words of `extra` an article is found by."""

from indexer.analysis import SEPARATOR
from indexer.article import Article
from indexer.engines.shared.extra_words import MOST_WORDS, asked_words, extra_words


def under(key: str, *words: str) -> list[str]:
    return [key + SEPARATOR + word for word in words]


def test_words_of_every_kind_of_value() -> None:
    extra = {"Print_Edition": "Late City", "n": 12.5, "live": True, "none": None, "deep": {"a": [{"b": "Genève"}]}}
    assert extra_words(Article("a", extra=extra)) == [
        *under("printedition", "", "late", "city"),
        *under("n", "", "12", "5"),
        *under("live", "", "true"),
        *under("none", ""),
        *under("deep", "", "geneve"),
    ]


def test_limits() -> None:
    assert len(extra_words(Article("a", extra={"a": [f"w{n}" for n in range(MOST_WORDS * 2)]}))) == MOST_WORDS + 1
    assert extra_words(Article("a", extra={"...": "x"})) == []


def test_what_is_asked_for() -> None:
    assert asked_words("edition", "Late late CITY") == under("edition", "late", "city")
    assert asked_words("edition", "") == under("edition", "")
