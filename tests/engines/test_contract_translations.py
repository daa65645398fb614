"""Contract: an article and a machine's translation of it are one article, found by the words of either."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.analysis import fold, tokens
from indexer.article import Article, Translation
from indexer.engines.base import Engine
from indexer.rejection import Origin
from indexer.search.results import Hit
from tests.engines.asking import counts, found, search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

MADE = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def translated(original: Article, language: str, title: str, body: str, summary: str = "") -> Article:
    return original.with_translation(Translation(language, title, summary, body, "apertium", "3.8.3", MADE))


SPANISH = translated(
    article(
        "es-1",
        "Los ministros visitan Kiev",
        "La guerra sigue.\n\nLos soldados esperan.",
        "2026-11-30",
        "EFE",
        language="es",
    ),
    "en",
    "The ministers visit Kyiv",
    "The war goes on.\n\nThe soldiers are waiting.",
)
CATALAN = translated(
    article("ca-1", "Pluja a Girona", "Els carrers plens.", "2026-11-29", "ACN", language="ca", summary="Molta aigua"),
    "es",
    "Lluvia en Girona",
    "Las calles llenas.",
    summary="Mucha agua",
)
ENGLISH = article("en-1", "War in the streets", "Ministers wait for soldiers.", "2026-11-28", "BBC")
PLAIN = article("es-2", "Una guerra olvidada", "Nadie habla.", "2026-11-27", "EFE", language="es")
ARTICLES = (SPANISH, CATALAN, ENGLISH, PLAIN)


@pytest.fixture(scope="module")
def engine(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    opened = opener(tmp_path_factory.mktemp("translated"))
    fill(opened, ARTICLES)
    return opened


@pytest.fixture(scope="module")
def bare(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The same articles without their translations."""
    opened = opener(tmp_path_factory.mktemp("bare"))
    fill(opened, [replace(each, translation=None) for each in ARTICLES])
    return opened


def hit(engine: Engine, query: str, id: str, *, translation: bool = True) -> Hit:
    return next(each for each in search(engine, query, translation=translation).hits if each.id == id)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("guerra", "es-1 es-2"),  # of the original
        ("war", "en-1 es-1"),  # of the translation
        ("minister", "en-1 es-1"),  # inflected as its language is
        ("ministro", "es-1"),  # and as that of the original
        ("calle", "ca-1"),
        ("carrer", "ca-1"),
        ("guerra soldiers", "es-1"),  # one word of each
        ("war OR guerra", "en-1 es-1 es-2"),
        ('"war goes on"', "es-1"),
        ('"on war"', ""),
        ("agua", "ca-1"),
        ("translation:war", "es-1"),
        ("translation:guerra", ""),
        ("title:war", "en-1"),
        ("body:war", ""),
        ("soldi*", "en-1 es-1"),
        ("wating~", "es-1"),
        ("=ministers", "en-1 es-1"),
        ("war -kiev", "en-1"),
        ("war NEAR/2 soldiers", ""),
        ("war NEAR/3 soldiers", "es-1"),
        ("lang:es", "es-1 es-2"),
        ("lang:en", "en-1"),
        ("-translation:*", "en-1 es-2"),
    ],
)
def test_an_article_is_found_by_the_words_of_either_text(engine: Engine, query: str, ids: str) -> None:
    assert found(engine, query) == ids


def test_it_is_one_hit_and_one_count_in_the_language_of_the_original(engine: Engine) -> None:
    results = search(engine, "war OR guerra", facets="language,translated_from,source")
    assert results.total == 3
    assert counts(results.facets["language"]) == {"es": 2, "en": 1}
    assert counts(results.facets["source"]) == {"EFE": 2, "BBC": 1}
    assert counts(results.facets["translated_from"]) == {}


def test_a_hit_that_only_the_translation_has_shows_the_translation(engine: Engine) -> None:
    found = hit(engine, "war", "es-1")
    assert found.by_translation
    assert {snippet.field for snippet in found.snippets} == {"translation"}
    assert found.snippets == found.translation_snippets
    marked = [snippet.text[a:z] for snippet in found.snippets for a, z in snippet.spans]
    assert (marked, found.title_spans) == (["war"], ())


def test_a_match_in_the_title_of_the_translation_is_marked_there(engine: Engine) -> None:
    found = hit(engine, "kyiv", "es-1")
    made = found.article.translation
    assert made is not None
    assert (found.by_translation, found.translation_title_spans) == (True, ((20, 24),))
    assert made.title[20:24] == "Kyiv"


def test_a_hit_that_the_original_has_shows_the_original_and_has_the_translation_at_hand(engine: Engine) -> None:
    found = hit(engine, "guerra", "es-1")
    assert not found.by_translation
    assert {snippet.field for snippet in found.snippets} == {"body"}
    assert [snippet.field for snippet in found.translation_snippets] == ["translation"]
    assert found.translation_snippets[0].text.startswith("The war goes on.")
    made = found.article.translation
    assert made == replace(SPANISH.translation or Translation(""), body="")


def test_the_json_of_a_hit_has_both(engine: Engine) -> None:
    record = hit(engine, "agua", "ca-1").to_dict()
    assert (record["title"], record["language"]) == ("Pluja a Girona", "ca")
    assert record["translation"] == {
        "language": "es",
        "title": "Lluvia en Girona",
        "summary": "Mucha agua",
        "engine": "apertium",
        "version": "3.8.3",
        "made": "2026-12-01T09:30:00Z",
        "snippets": [{"field": "translation", "text": "Mucha agua", "spans": [[6, 10]]}],
        "title_spans": [],
    }
    assert "translation" not in hit(engine, "war", "en-1").to_dict()


def test_the_article_comes_back_with_its_translation(engine: Engine) -> None:
    (held,) = engine.get(["es-1"])
    assert held is not None
    assert held.translation == SPANISH.translation


QUERIES = (
    "war",
    "guerra",
    "guerra war",
    "minist*",
    "title:war OR calle",
    "the war in kyiv",
    "translation:war",
    "",
    "warr",
)


@pytest.mark.parametrize("query", QUERIES)
def test_without_translations_the_answer_is_that_of_an_archive_without_any(
    engine: Engine, bare: Engine, query: str
) -> None:
    mine, others = (search(each, query, translation=False, explain=True) for each in (engine, bare))
    assert [(hit.id, hit.score, hit.snippets, hit.title_spans) for hit in mine.hits] == [
        (hit.id, hit.score, hit.snippets, hit.title_spans) for hit in others.hits
    ]
    assert [hit.to_dict() | {"added": None} for hit in mine.hits] == [
        hit.to_dict() | {"added": None} for hit in others.hits
    ]
    assert (mine.total, mine.did_you_mean) == (others.total, others.did_you_mean)


def test_what_no_translation_matches_scores_as_before(engine: Engine, bare: Engine) -> None:
    for query in ("guerra", "olvidada", "streets", "carrer"):
        one, other = ({hit.id: hit.score for hit in search(each, query).hits} for each in (engine, bare))
        assert one == pytest.approx(other)


def test_the_shares_of_a_score_name_the_translation(engine: Engine) -> None:
    (found,) = search(engine, "kyiv waiting", explain=True).hits
    assert {(share.clause, share.field) for share in found.explanation} == {
        ("kyiv", "translation"),
        ("waiting", "translation"),
    }
    assert sum(share.score for share in found.explanation) == pytest.approx(found.score, rel=1e-5)


def test_a_misspelt_word_of_a_translation_is_corrected(engine: Engine) -> None:
    suggested = search(engine, "soldeirs kyiv").did_you_mean
    assert suggested is not None
    assert suggested.query == "soldiers kyiv"


def test_the_same_article_again_keeps_its_translation_and_a_changed_one_has_none(
    opener: Opener, tmp_path: Path
) -> None:
    engine = opener(tmp_path)
    fill(engine, ARTICLES)
    fill(engine, [replace(SPANISH, translation=None)])
    assert found(engine, "translation:war") == "es-1"
    fill(engine, [replace(SPANISH, translation=None, body="La guerra sigue.\n\nLos soldados duermen.").with_hash()])
    assert (found(engine, "translation:war"), found(engine, "duermen")) == ("", "es-1")
    assert found(engine, "translation:lluvia") == "ca-1"


def test_the_same_article_with_a_translation_takes_it(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, [replace(each, translation=None) for each in ARTICLES])
    before = search(engine, "").hits
    with engine.writer(lambda each: each) as writer:
        for number, each in enumerate(ARTICLES):
            writer.add(each, Origin("tests", number))
        written = writer.commit()
    engine.refresh()
    assert (written.new, written.replaced, written.unchanged) == (0, 0, 4)
    assert (found(engine, "translation:war"), found(engine, "agua")) == ("es-1", "ca-1")
    assert [hit.id for hit in search(engine, "").hits] == [hit.id for hit in before]
    (held,) = engine.get(["es-1"])
    assert held is not None
    assert (held.earlier, held.translation) == ((), SPANISH.translation)


def test_an_article_of_the_same_text_keeps_its_translation(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, ARTICLES)
    fill(engine, [replace(SPANISH, translation=None, category="Mundo").with_hash()])
    assert found(engine, "translation:war", category="Mundo") == "es-1"
    (held,) = engine.get(["es-1"])
    assert held is not None
    assert [version.translation for version in held.earlier] == [None]


def test_a_translation_outlives_merges_and_removed_neighbours(opener: Opener, tmp_path: Path) -> None:
    engine = opener(tmp_path)
    fill(engine, ARTICLES, commits=3)
    with engine.writer(lambda each: each) as writer:
        writer.remove(["ca-1"])
        writer.commit()
    engine.optimize()
    engine.refresh()
    assert (found(engine, "war"), found(engine, "agua"), found(engine, "minister")) == ("en-1 es-1", "", "en-1 es-1")
    (held,) = engine.get(["es-1"])
    assert held is not None
    assert held.translation == SPANISH.translation
    assert not engine.check().problems
    engine.rebuild()
    engine.refresh()
    assert found(engine, "translation:war") == "es-1"


def test_counts_are_those_of_articles_read_one_by_one(opener: Opener, tmp_path: Path) -> None:
    chance = random.Random(5)
    words = {"es": "mesa lobo nube risa tren".split(), "en": "table wolf cloud laughter train".split()}
    made: list[Article] = []
    for number in range(60):
        picked = [chance.randrange(5) for _ in range(4)]
        text = {language: " ".join(known[at] for at in picked) for language, known in words.items()}
        language = chance.choice(("es", "en"))
        one = article(f"n{number}", text[language], "", "2026-11-30", f"S{number % 3}", language=language)
        if language == "es" and chance.random() < 0.6:
            one = one.with_translation(Translation("en", text["en"], engine="test"))
        made.append(one)
    engine = opener(tmp_path)
    fill(engine, made, commits=2)
    for word in (*words["es"], *words["en"]):
        for on in (True, False):
            having = [
                each
                for each in made
                if fold(word) in tokens(each.title)
                or (on and each.translation and fold(word) in tokens(each.translation.title))
            ]
            results = search(engine, word, facets="language,source", translation=on)
            assert results.total == len(having)
            assert counts(results.facets["language"]) == Counter(each.language for each in having)
            assert counts(results.facets["source"]) == Counter(each.source for each in having)
