"""A segment says exactly what its articles say."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.util.numeric import length_to_byte

from indexer import analysis
from indexer.article import Article, Entity, Mention
from indexer.engines.whoosh.codec import blocks
from indexer.engines.whoosh.codec import builder as builder_module
from indexer.engines.whoosh.codec.builder import SegmentBuilder, build_segment, cut_body
from indexer.engines.whoosh.codec.inversion import invert as invert_module
from indexer.engines.whoosh.codec.inversion.lexicon import Lexicon
from indexer.engines.whoosh.codec.layout import lengths_to_bytes
from indexer.engines.whoosh.codec.segment import Segment
from tests.engines.whoosh.samples import content, expected, make_article, make_articles

pytestmark = pytest.mark.usefixtures("kernels")


def built(directory: Path, articles: list[Article]) -> Segment:
    return Segment.open(directory, build_segment(articles, directory))


def test_every_array_agrees_with_a_token_by_token_count(tmp_path: Path) -> None:
    articles = make_articles(60)
    segment = built(tmp_path, articles)
    assert content(segment) == expected(articles)
    assert segment.verify() == []
    assert segment.info.documents == 60
    assert segment.info.languages["en"] == sum(article.language == "en" for article in articles)
    assert segment.info.lengths["body"] == sum(len(analysis.tokens(article.body)) for article in articles)


def test_ids_are_found_and_unknown_ones_are_not(tmp_path: Path) -> None:
    articles = make_articles(40)
    segment = built(tmp_path, articles)
    assert [segment.find_id(article.id) for article in articles] == list(range(40))
    assert segment.find_ids(["id-7", "nobody", "", "id-39"]) == [7, None, None, 39]


@pytest.mark.parametrize("stretch", [1, 20, 1 << 18])
@pytest.mark.parametrize("bits", [2, 16])
def test_stretches_and_more_terms_than_16_bits_number_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stretch: int, bits: int
) -> None:
    articles = make_articles(30)
    monkeypatch.setattr(invert_module, "_STRETCH", stretch)
    monkeypatch.setattr(invert_module, "_RADIX_BITS", bits)
    assert content(built(tmp_path, articles)) == expected(articles)


def test_ranks_of_32_bits_are_ordered_as_a_stable_sort_orders_them() -> None:
    ranks = np.random.default_rng(1).integers(0, 1 << 20, 5_000).astype(np.uint32)
    ranks[::3] = ranks[::3] % 7
    assert np.array_equal(invert_module._radix_order(ranks), np.argsort(ranks, kind="stable"))


def test_frequencies_above_255_and_positions_above_65535_are_exact(tmp_path: Path) -> None:
    rng_article = make_articles(1)[0]
    long = Article(id="long", body="oil " * 300 + "gas " * 70_000 + "oil", language="en").with_hash()
    articles = [rng_article, long]
    segment = built(tmp_path, articles)
    assert segment.arrays["body.positions"].dtype == np.uint32
    assert content(segment) == expected(articles)


def test_a_term_may_have_more_than_255_surfaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def initials(words: Sequence[str], language: str | None) -> list[str]:
        return [word[0] for word in words]

    monkeypatch.setattr(analysis, "plain_terms", initials)
    words = [f"a{number}" for number in range(300)]
    segment = built(tmp_path, [Article(id="1", body=" ".join(words)).with_hash()])
    found = content(segment).postings["body"]["a"]["1"]
    assert [position for position, _ in found] == list(range(300))
    assert [word for _, word in found] == words[:255] + [None] * 45


def test_a_long_body_is_stored_in_chunks_that_know_their_tokens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder_module, "CHUNK_CHARACTERS", 50)
    body = "Mr. O'Brien spoke in the U.S. today; 选举结果公布 then l'homme went on and on.\n\nNo more of it now."
    segment = built(tmp_path, [Article(id="1", body=body, language="en").with_hash()])
    count = segment.stored.chunk_count(0)
    chunks = [segment.stored.chunk(0, number) for number in range(count)]
    assert count == 2
    assert "".join(chunk.text for chunk in chunks) == body
    for chunk in chunks:
        assert body[chunk.char :].startswith(chunk.text)
        assert analysis.tokens(body)[chunk.token :][:2] == analysis.tokens(chunk.text)[:2]
    assert 0 == chunks[0].token < chunks[1].token < len(analysis.tokens(body))
    assert segment.article(0).body == body
    assert "body" not in segment.stored.head(0)
    assert segment.stored.body(0, 1).decode() == chunks[1].text


def test_a_body_without_a_space_is_not_cut() -> None:
    body = "选" * 200_000
    assert cut_body(body, 64 << 10) == [body]


@given(st.text(max_size=300))
def test_the_parts_of_a_body_are_the_body_and_cut_no_token(body: str) -> None:
    parts = cut_body(body, 20)
    assert "".join(parts) == body
    assert [token for part in parts for token in analysis.tokens(part)] == analysis.tokens(body)


# Letters that make possessives, elisions, acronyms, decimals, .NET and C++ with the signs that pieces may hold.
SIGNED = st.text(alphabet="aSsdlnet4 .'`-&+#é", max_size=60)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=80) | SIGNED, max_size=4))
def test_the_lexicon_cuts_text_as_analysis_does(texts: list[str]) -> None:
    lexicon = Lexicon()
    pieces, counted = lexicon.number([Lexicon.separated(text) for text in texts], "en")
    forms, counts = lexicon.forms(pieces, counted)
    found = [analysis.index_terms(analysis.cut(text), "en") for text in texts]
    terms = [term.text for of_text in found for position in of_text for term in position]
    assert [lexicon.terms[lexicon.form_terms[form]].decode() for form in forms.tolist()] == terms
    steps = [number == 0 for of_text in found for position in of_text for number in range(len(position))]
    assert [bool(lexicon.form_steps[form]) for form in forms.tolist()] == steps
    assert counts.tolist() == [sum(map(len, of_text)) for of_text in found]
    assert lexicon.token_count(pieces) == sum(map(len, found))


def test_an_article_that_cannot_be_stored_leaves_nothing_behind(tmp_path: Path) -> None:
    good = make_articles(3)
    builder = SegmentBuilder(tmp_path, "MAIN_x", Lexicon())
    builder.add(good[0])
    with pytest.raises(AttributeError):
        builder.add(Article(id="bad", body=5))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="hex"):
        builder.add(Article(id="bad", body="text", content_hash="no hash"))
    for article in good[1:]:
        builder.add(article)
    assert content(Segment.open(tmp_path, builder.flush())) == expected(good)


def test_a_discarded_segment_leaves_no_file(tmp_path: Path) -> None:
    builder = SegmentBuilder(tmp_path, "MAIN_x", Lexicon())
    builder.add(make_articles(1)[0])
    builder.discard()
    assert list(tmp_path.iterdir()) == []


def test_lone_surrogates_and_overlong_words_are_stored(tmp_path: Path) -> None:
    article = Article(id="\ud800x", title="a\udfffb", body="q" * 1000 + " end", content_hash="0" * 32)
    segment = built(tmp_path, [article])
    assert segment.find_id("\ud800x") == 0
    assert list(content(segment).postings["body"]) == ["end", "q" * 255]
    assert segment.article(0).title == "a�b"


def test_blocks_hold_several_documents_and_each_is_found(tmp_path: Path) -> None:
    articles = make_articles(3 * blocks.BLOCK_DOCUMENTS + 1, words=5)
    segment = built(tmp_path, articles)
    assert len(segment.stored.file["head.start"]) == len(segment.stored.file["body.start"]) == 4
    assert [segment.article(number) for number in range(len(articles))] == articles


def test_entities_with_mentions_in_the_title_are_not_in_passing(tmp_path: Path) -> None:
    entities = (
        Entity("person", "Title", (Mention(0, 3, "title"),)),
        Entity("person", "Once", (Mention(0, 3),)),
        Entity("person", "Given", given=True),
        Entity("person", "Twice", (Mention(0, 3), Mention(5, 8))),
    )
    segment = built(tmp_path, [make_article(0, random.Random(1), entities=entities)])
    assert content(segment).columns["id-0"]["person"] == {"Title": False, "Once": True, "Given": False, "Twice": False}


def test_length_bytes_are_those_of_whoosh() -> None:
    lengths = [*range(3000), 50_000, 106_373, 106_374, 106_375, 5_000_000]
    assert lengths_to_bytes(np.array(lengths)).tolist() == [length_to_byte(length) for length in lengths]
