"""How often a clause matches, from postings and from the text, is one number; a page is explained hit by hit."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article
from indexer.config import Config, EngineConfig
from indexer.engines.whoosh.search.passages.match_finder import MOST_PLACES
from indexer.highlight.matches import matchers, text_clauses, whole_text
from indexer.search.leaves import leaves
from indexer.search.parser import parse
from indexer.search.printer import to_text

LANGUAGES = ("en", "ar", "zh")
ARTICLES = [
    Article(id=id, title=f"{id} lavrov", body=body, language=language).with_hash()
    for id, body, language in (
        ("few", "Lavrov met Lavrov's deputy.", "en"),
        ("many", "lavrov and others " * 400, "en"),
        # More words in one text than are looked for by how they begin.
        ("crowd", "lavra " * MOST_PLACES * 2, "en"),
        ("joined", "O'Lavrov's U.S.-lavrovian lávrov, LAVROV2 xlavrov", "en"),
        ("arabic", "لبنان واللبنانيون في لبنان", "ar"),
        ("chinese", "中国和中国人 lavrov中国", "zh"),
    )
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    config = Config(engine=EngineConfig(processes=1)).with_index(tmp_path_factory.mktemp("explain") / "index")
    with open_archive(config) as opened:
        opened.add(ARTICLES)
    opened = open_archive(config)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lavrov", {("few", "title"): 1, ("few", "body"): 2, ("many", "title"): 1, ("many", "body"): 400}),
        ('"lavrov and others"', {("many", "body"): 400}),
        ("lavr*", {("few", "title"): 1, ("few", "body"): 2, ("many", "title"): 1, ("many", "body"): 400}),
        ("lavra*", {("crowd", "body"): 2 * MOST_PLACES}),
    ],
)
def test_frequencies(archive: Archive, query: str, expected: dict[tuple[str, str], int]) -> None:
    hits = archive.search(query, explain=True, facets=[]).hits
    found = {
        (hit.id, share.field): share.frequency
        for hit in hits
        for share in hit.explanation
        if hit.id in {id for id, _ in expected}
    }
    assert found == expected


@pytest.mark.parametrize(
    "query",
    [
        "lavr*",
        "lavr?v",
        "l*v",
        "=lavrov",
        "lavrof~",
        "لبن*",
        "中国*",
        "中",
        "lavr* OR others",
        "o'lav*",
        "deputy lavr*",
    ],
)
def test_a_frequency_is_that_of_the_text(archive: Archive, query: str) -> None:
    hits = archive.search(query, explain=True, facets=[]).hits
    assert hits
    nodes = {to_text(node): node for node in leaves(parse(query).tree)}
    for hit in hits:
        article = archive.get(hit.id)
        for share in hit.explanation:
            node = replace(nodes[share.clause], field=share.field)
            matcher = matchers(text_clauses(node, LANGUAGES), article.language)[share.field]
            assert share.frequency == len(whole_text(matcher, getattr(article, share.field))), (hit.id, share)


@pytest.mark.parametrize("query", ["lavrov", "lavrov OR others", "lavr* others", '"lavrov and" OR deputy', "*"])
def test_a_page_is_explained_as_each_of_its_hits_alone(archive: Archive, query: str) -> None:
    page = archive.search(query, explain=True, facets=[], recency=True).hits
    assert page
    alone = [
        archive.search(query, explain=True, facets=[], recency=True, size=1, page=at + 1).hits[0]
        for at in range(len(page))
    ]
    assert [(hit.id, hit.explanation) for hit in page] == [(hit.id, hit.explanation) for hit in alone]
