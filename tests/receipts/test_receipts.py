import base64
import hashlib
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Entity, Mention
from indexer.errors import QueryTooExpensive, UsageError
from indexer.receipts.checking import LONGEST, compare, issue, set_hash
from indexer.receipts.receipt import Kept, Receipt
from indexer.search.request import DateRange, Filter, Match, Period, SearchRequest, Sort
from tests.engines.corpus import article
from tests.engines.memory import make_archive

NOW = datetime(2024, 5, 1, 12, 30, 15, tzinfo=UTC)


def _some(start: int, stop: int, title: str = "Lavrov") -> list[Article]:
    return [article(f"n{number}", title, "Text.", "2021-10-14") for number in range(start, stop)]


LAVROV = SearchRequest("lavrov", filters=(Filter("source", ("SANA",)),), dates=DateRange(Period(2021)))


@pytest.mark.parametrize(("hits", "kept"), [(0, Kept.LIST), (3, Kept.LIST), (256, Kept.LIST), (257, Kept.SKETCH)])
def test_what_a_receipt_carries(hits: int, kept: Kept) -> None:
    archive = make_archive([*_some(0, hits), *_some(1_000, 1_010, "Rain")])
    receipt = issue(archive, replace(LAVROV, page=3, sort=Sort.OLDEST, size=5), NOW)
    assert (receipt.total, receipt.generation, receipt.time, receipt.kept) == (hits, 1, NOW, kept)
    assert receipt.pairs == (("q", "lavrov"), ("from", "2021"), ("source", "SANA"))
    assert receipt.request == LAVROV
    assert receipt.set_hash == set_hash(f"n{number}" for number in reversed(range(hits)))
    assert len(receipt.fingerprint) == 32
    assert Receipt.parse(receipt.token) == receipt
    assert len(receipt.token) < 2_000


def test_a_receipt_keeps_to_how_the_words_were_matched() -> None:
    both, one = _some(0, 3, "Lavrov in Minsk"), _some(10, 15)
    archive = make_archive([*both, *one])
    receipt = issue(archive, SearchRequest("lavrov minsk"), NOW)
    assert (receipt.total, receipt.pairs) == (8, (("q", "lavrov minsk"), ("match", "best")))
    archive.add(_some(100, 130, "Lavrov in Minsk"))  # now a page has both words
    found = compare(receipt.token, archive)
    assert (found.new, found.gone, found.total) == (30, 0, 38)
    assert found.matching is not None
    assert (found.matching.mode, found.matching.all) == (Match.BEST, 33)


def test_a_receipt_of_before_requires_every_word() -> None:
    archive = make_archive([*_some(0, 3, "Lavrov in Minsk"), *_some(10, 15)])
    old = Receipt((("q", "lavrov minsk"),), 1, 3, NOW)
    assert compare(old.token, archive).total == 3


def test_a_receipt_keeps_to_what_counts_as_named() -> None:
    passing = Entity("place", "Minsk", (Mention(14, 19),))
    archive = make_archive([article("a", "Rain", "Lavrov was in Minsk.", "2021-10-14", entities=(passing,))])
    asked = SearchRequest(filters=(Filter("place", ("Minsk",)),))
    for all_mentions, total in ((True, 1), (False, 0)):
        receipt = issue(archive, replace(asked, all_mentions=all_mentions), NOW)
        found = compare(receipt.token, archive)
        assert (receipt.total, found.total, found.changed, found.request.all_mentions) == (
            total, total, False, all_mentions,
        )  # fmt: skip


def test_nothing_has_changed() -> None:
    archive = make_archive(_some(0, 300))
    token = issue(archive, LAVROV, NOW).token
    archive.add(_some(500, 510, "Rain"))
    found = compare(token, archive)
    assert (found.changed, found.new, found.gone, found.net, found.new_ids) == (False, 0, 0, 0, ())
    assert (found.receipt.generation, found.generation) == (1, 2)
    assert (found.request.query, found.request.filters, found.request.dates, found.request.page) == (
        "lavrov",
        LAVROV.filters,
        LAVROV.dates,
        1,
    )


@pytest.mark.parametrize("before", [20, 300])
def test_twelve_new_and_one_gone(before: int) -> None:
    archive = make_archive(_some(0, before))
    token = issue(archive, LAVROV, NOW).token
    archive.add(_some(before, before + 12))
    archive.remove(["n7"])
    found = compare(token, archive)
    assert (found.changed, found.new, found.gone, found.net, found.total) == (True, 12, 1, 11, before + 11)
    assert found.new_ids == tuple(sorted(f"n{number}" for number in range(before, before + 12)))


def test_as_many_new_as_gone_is_seen() -> None:
    archive = make_archive(_some(0, 300))
    token = issue(archive, LAVROV, NOW).token
    archive.remove(["n1", "n2"])
    archive.add(_some(300, 302))
    found = compare(token, archive)
    assert (found.changed, found.new, found.gone, found.net) == (True, 2, 2, 0)


def test_a_small_set_knows_any_difference() -> None:
    archive = make_archive(_some(0, 256))
    token = issue(archive, LAVROV, NOW).token
    archive.add(_some(256, 700))
    archive.remove([f"n{number}" for number in range(200)])
    found = compare(token, archive)
    assert (found.new, found.gone, len(found.new_ids)) == (444, 200, 100)


def test_a_large_set_knows_that_much_has_changed() -> None:
    archive = make_archive(_some(0, 300))
    token = issue(archive, LAVROV, NOW).token
    archive.add(_some(300, 500))
    archive.remove([f"n{number}" for number in range(200)])
    found = compare(token, archive)
    assert (found.changed, found.new, found.gone, found.net) == (True, None, None, 0)


def test_of_too_many_hits_the_number_alone_is_known() -> None:
    archive = make_archive(_some(0, 30))
    receipt = issue(archive, LAVROV, NOW, most=20)
    assert (receipt.kept, receipt.set_hash, receipt.fingerprint) == (Kept.NUMBER, 0, "")
    same = compare(receipt.token, archive)
    assert (same.changed, same.new, same.gone, same.net) == (None, None, None, 0)
    archive.add(_some(30, 33))
    more = compare(receipt.token, archive)
    assert (more.changed, more.new, more.net) == (True, None, 3)
    # A set that has outgrown what is read.
    grown = compare(issue(make_archive(_some(0, 10)), LAVROV, NOW).token, archive, most=20)
    assert (grown.changed, grown.new, grown.net) == (True, None, 23)


def test_the_longest_query_has_room_in_an_address() -> None:
    query = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(990))
    receipt = issue(make_archive(_some(0, 1)), SearchRequest(query), NOW)
    assert receipt.kept is Kept.LIST
    assert 3_000 < len(receipt.token) <= LONGEST


def test_a_long_search_leaves_no_room_for_the_set() -> None:
    def without(number: int) -> SearchRequest:
        names = tuple(hashlib.blake2b(str(at).encode(), digest_size=8).hexdigest() for at in range(number))
        return SearchRequest(filters=(Filter("source", (), names),))

    receipt = issue(make_archive(_some(0, 300)), without(150), NOW)
    assert (receipt.kept, receipt.set_hash, receipt.total) == (Kept.NUMBER, 0, 300)
    assert len(receipt.token) <= LONGEST
    with pytest.raises(UsageError, match="too long"):
        issue(make_archive(_some(0, 1)), without(400), NOW)


def test_a_refused_search_has_no_receipt() -> None:
    with pytest.raises(QueryTooExpensive):
        issue(make_archive(_some(0, 1)), SearchRequest("*inister"), NOW)


TOKEN = issue(make_archive(_some(0, 3)), LAVROV, NOW).token


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a",
        "%%%",
        TOKEN[:-1],
        TOKEN[1:],
        TOKEN.swapcase(),
        "é" * 20,
        TOKEN + "AAAA",
        "A" * 100,
        TOKEN[:40] + TOKEN[41:],
    ],
)
def test_a_damaged_token_is_refused(token: str) -> None:
    with pytest.raises(UsageError, match="Copy the whole address"):
        Receipt.parse(token)


def _sealed(body: bytes) -> str:
    return base64.urlsafe_b64encode(body + zlib.crc32(body).to_bytes(4, "big")).decode().rstrip("=")


def _body(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[:-4]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x02" + _body(TOKEN)[1:],  # another version
        b"\x01\x07" + _body(TOKEN)[2:],  # another kind
        _body(TOKEN)[:10] + b"\xff" * 8 + _body(TOKEN)[18:],  # a total beyond the signature
        _body(TOKEN)[:18] + b"\xff" * 8 + _body(TOKEN)[26:],  # a time beyond the calendar
        b"\x01\x00" + b"\x00" * 40 + zlib.compress(b"[" + b" " * 5_000_000 + b"]"),  # a bomb
        b"\x01\x00" + b"\x00" * 40 + zlib.compress(b"[[1]]"),
        b"\x01\x00" + b"\x00" * 40 + zlib.compress(b"7"),
    ],
)
def test_a_made_up_token_is_refused(body: bytes) -> None:
    with pytest.raises(UsageError):
        Receipt.parse(_sealed(body))


def test_a_made_up_search_is_read_like_any_address() -> None:
    pairs = b'[["q","lavrov"],["frm","2021"],["page","9"],[1,2]]'
    receipt = Receipt.parse(_sealed(b"\x01\x00" + b"\x00" * 40 + zlib.compress(pairs)))
    assert compare(receipt.token, make_archive(_some(0, 3))).net == 3


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_no_token_raises_anything_else(body: bytes, search: bytes) -> None:
    for made in (body, b"\x01\x00" + b"\x00" * 40 + zlib.compress(search), _body(TOKEN)[: len(body)] + body):
        for token in (_sealed(made), made.hex()):
            with suppress(UsageError):
                Receipt.parse(token)
