"""Stock Whoosh opens an index of ours and answers as it does on an index of its own."""

import random
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields, index, query, scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.searching import Searcher

from indexer import analysis
from indexer.article import Article, Precision, Published
from indexer.engines.whoosh.codec.builder import build_segment
from indexer.engines.whoosh.directory.manifest import Manifest
from indexer.engines.whoosh.schema import TextAnalyzer, build_schema
from indexer.errors import UsageError
from tests.engines.whoosh.archives import commit
from tests.engines.whoosh.samples import make_articles

LANGUAGE = "en"


def articles() -> list[Article]:
    """Texts in which every word has one term: Whoosh's own format can hold no stacked ones beside them."""

    def plain(article: Article) -> dict[str, str]:
        return {name: analysis.fold(getattr(article, name)).replace("-", " ") for name in ("title", "summary", "body")}

    made = make_articles(150, words=60)
    return [Article(**{**vars_of(each), **plain(each), "language": LANGUAGE}).with_hash() for each in made]


def vars_of(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__slots__}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, some documents deleted."""
    directory = tmp_path_factory.mktemp("index")
    all_articles = articles()
    infos = [build_segment(all_articles[:100], directory)]
    manifest = commit(directory, Manifest(), infos)
    infos.append(build_segment(all_articles[100:], directory))
    commit(directory, manifest, infos, {infos[0].name: [3, 4, 50], infos[1].name: [0]})
    return directory


@pytest.fixture(scope="module")
def theirs() -> index.Index:
    """The same articles in Whoosh's own format, with the same deletions."""
    schema = build_schema({LANGUAGE: 1})
    whoosh_index = RamStorage().create_index(schema)
    all_articles = articles()
    for part in (all_articles[:100], all_articles[100:]):
        writer = whoosh_index.writer()
        for article in part:
            text = {name: getattr(article, name) for name in ("title", "summary", "body")}
            exact = {f"{name}_exact": value for name, value in text.items()}
            source = {"source": article.source} if article.source else {}
            writer.add_document(id=article.id, **text, **exact, **source)
        writer.commit(merge=False)
    writer = whoosh_index.writer()
    for number in (3, 4, 50, 100):
        writer.delete_by_term("id", f"id-{number}")
    writer.commit(merge=False)
    return whoosh_index


def answers(searcher: Searcher, wanted: query.Query) -> list[tuple[str, float]]:
    hits = searcher.search(wanted, limit=None)
    return [(hit["id"], round(hit.score, 9)) for hit in hits]


def random_query(rng: random.Random) -> query.Query:
    stems = "minist talk summit elect us obrien oil the kyiv missing".split()
    words = [*(f"{stem}\x1fen" for stem in stems), "3"]
    surfaces = ["minister", "ministers", "talks", "election", "strasse", "g", "20"]
    field = rng.choice(["title", "body"])
    match rng.randrange(7):
        case 0 | 1:
            return query.Term(field, rng.choice(words))
        case 2:
            return query.And([random_query(rng), random_query(rng)])
        case 3:
            return query.Or([random_query(rng), random_query(rng)])
        case 4:
            return query.Phrase(field, [rng.choice(words), rng.choice(words)], slop=rng.randrange(1, 4))
        case 5:
            return query.Term(f"{field}_exact", rng.choice(surfaces))
        case _:
            return query.And([random_query(rng), query.Not(query.Term(field, rng.choice(words)))])


def test_hundreds_of_queries_have_the_same_answers_as_in_whoosh_own_format(ours: Path, theirs: index.Index) -> None:
    rng = random.Random(7)
    with index.open_dir(str(ours)).searcher() as mine, theirs.searcher() as reference:
        found = 0
        for _ in range(300):
            wanted = random_query(rng)
            expected = answers(reference, wanted)
            assert sorted(answers(mine, wanted)) == sorted(expected), wanted
            found += len(expected)
        assert found > 2000


def test_the_top_of_a_long_list_is_the_same(ours: Path, theirs: index.Index) -> None:
    wanted = query.Or([query.Term("body", "the\x1fen"), query.Term("body", "minist\x1fen")])
    with index.open_dir(str(ours)).searcher() as mine, theirs.searcher() as reference:
        top = [(hit["id"], round(hit.score, 9)) for hit in mine.search(wanted, limit=10)]
        assert top == [(hit["id"], round(hit.score, 9)) for hit in reference.search(wanted, limit=10)]


def test_prefix_wildcard_and_fuzzy_expand_over_the_words_as_written(ours: Path, theirs: index.Index) -> None:
    wanted = [
        query.Prefix("body_exact", "minist"),
        query.Wildcard("body_exact", "el*n"),
        query.FuzzyTerm("body_exact", "sumit", maxdist=1),
        query.TermRange("body_exact", "talk", "talks"),
    ]
    with index.open_dir(str(ours)).searcher() as mine, theirs.searcher() as reference:
        for one in wanted:
            assert sorted(answers(mine, one)) == sorted(answers(reference, one)), one
        assert list(mine.reader().expand_prefix("body_exact", "minist")) == [b"minister", b"ministers"]
        assert list(mine.reader().lexicon("title")) == list(reference.reader().lexicon("title"))


def test_statistics_are_the_same(ours: Path, theirs: index.Index) -> None:
    with index.open_dir(str(ours)).searcher() as mine, theirs.searcher() as reference:
        assert (mine.doc_count(), mine.doc_count_all()) == (146, 150)
        for field in ("title", "body", "body_exact"):
            assert mine.reader().field_length(field) == reference.reader().field_length(field)
            assert mine.reader().max_field_length(field) == reference.reader().max_field_length(field)
            for term in list(mine.reader().lexicon(field))[:40]:
                one, other = mine.reader().term_info(field, term), reference.reader().term_info(field, term)
                assert (one.weight(), one.doc_frequency()) == (other.weight(), other.doc_frequency())
                assert (one.min_length(), one.max_length()) == (other.min_length(), other.max_length())
                assert (one.min_id(), one.max_id(), one.max_weight()) == (
                    other.min_id(),
                    other.max_id(),
                    other.max_weight(),
                )


def test_parsed_queries_keywords_and_ids(ours: Path) -> None:
    all_articles = articles()
    whoosh_index = index.open_dir(str(ours))
    with whoosh_index.searcher(weighting=scoring.BM25F()) as searcher:
        parser = MultifieldParser(["title", "body"], whoosh_index.schema)
        hits = searcher.search(parser.parse('ministers "the oil"'), limit=None)
        assert all("minister" in hit.get("title", "") + hit["body"] for hit in hits)
        assert len(hits) > 0
        sana = {hit["id"] for hit in searcher.search(query.Term("source", "SANA"), limit=None)}
        deleted = {"id-3", "id-4", "id-50", "id-100"}
        assert sana == {a.id for a in all_articles if a.source == "SANA"} - deleted
        person = {hit["id"] for hit in searcher.search(query.Term("person", "person 3"), limit=None)}
        assert person == {a.id for a in all_articles if "person 3" in a.names("person")} - deleted
        assert searcher.document(id="id-7")["body"] == all_articles[7].body
        assert searcher.document(id="id-3") is None
        url = QueryParser("url", whoosh_index.schema).parse("77")
        assert {hit["id"] for hit in searcher.search(url, limit=None)} <= {"id-77"}


def test_stored_fields_are_the_article(tmp_path: Path) -> None:
    when = Published(datetime.fromisoformat("2021-10-14T11:15:48+00:00"), Precision.SECOND)
    article = Article(id="x", title="T", published=when, author=("A", "B"), source="SANA").with_hash()
    commit(tmp_path, Manifest(), [build_segment([article], tmp_path)])
    with index.open_dir(str(tmp_path)).searcher() as searcher:
        assert searcher.stored_fields(0) == {
            "id": "x",
            "title": "T",
            "published": datetime(2021, 10, 14, 11, 15, 48),
            "source": "SANA",
            "author": ["A", "B"],
            "content_hash": article.content_hash,
        }


def test_the_schema_names_every_field(ours: Path) -> None:
    names = index.open_dir(str(ours)).schema.names()
    assert {"id", "title", "title_exact", "body", "body_exact", "source", "person", "published", "url"} <= set(names)
    analyzer = index.open_dir(str(ours)).schema["body"].analyzer
    assert analyzer == TextAnalyzer(True, "en")
    assert [token.text for token in analyzer("The ministers' U.S. talks")] == [
        f"{stem}\x1fen" for stem in ("the", "minist", "us", "talk")
    ]
    assert isinstance(index.open_dir(str(ours)).schema["source"], fields.ID)


def test_stock_whoosh_cannot_write_into_our_segments(ours: Path) -> None:
    segment = index.open_dir(str(ours))._segments()[0]
    with pytest.raises(UsageError, match="indexer build"):
        segment.delete_document(1)
    with pytest.raises(UsageError, match="search a Broadsheet index but not write it"):
        segment.codec().field_writer(None, segment)


def test_the_toc_follows_each_generation(tmp_path: Path) -> None:
    manifest = Manifest()
    for number in range(4):
        info = build_segment([Article(id=str(number), body="word", language="en").with_hash()], tmp_path)
        manifest = commit(tmp_path, manifest, [*manifest.segments, info])
        whoosh_index = index.open_dir(str(tmp_path))
        assert (whoosh_index.latest_generation(), whoosh_index.doc_count()) == (number + 1, number + 1)
    assert sorted(path.name for path in tmp_path.glob("*.toc")) == ["_MAIN_3.toc", "_MAIN_4.toc"]


def test_an_index_is_read_without_its_pickle(ours: Path) -> None:
    code = (
        "import pickle, sys, pathlib\n"
        "from indexer.engines.whoosh.directory import generations\n"
        "pickle.load = pickle.loads = pickle.Unpickler = None\n"
        "snapshot = generations.open_generation(pathlib.Path(sys.argv[1]))\n"
        "print(snapshot.segments[0].article(0).id, generations.check(pathlib.Path(sys.argv[1])))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(ours)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "id-0 []"


def test_words_are_cut_the_same_way_everywhere() -> None:
    text = "Mr. O'Brien’s co-operation, 选举结果"
    assert [token.text for token in TextAnalyzer(False)(text)] == analysis.tokens(text)
