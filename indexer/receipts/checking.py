"""A search receipt: what a search found, in an address, so that a later visit says "12 new, 1 gone". Nothing is stored.

`issue` makes a receipt of a search, `compare` holds it against the archive of today, `compare_two` against another
one. Called by the page of receipts, the API and the command line.

The hash of a set of ids is the sum modulo 2¹²⁸ of their hashes (AdHash; Bellare and Micciancio, "A New Paradigm for
Collision-free Hashing", 1997), which does not depend on order.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from indexer.article import Article
from indexer.browsing.counted import counted
from indexer.errors import UsageError
from indexer.reading import Reading
from indexer.receipts import pairs as search_pairs
from indexer.receipts import sketch
from indexer.receipts.comparison import ReceiptComparison, ReceiptsComparison
from indexer.receipts.difference import ReceiptDifference, between, edited_articles, told
from indexer.receipts.found import Found
from indexer.receipts.members import SHORTER, Members, members
from indexer.receipts.receipt import SHORT_BYTES, Kept, Receipt
from indexer.receipts.sketch import Keys, Sketch
from indexer.search.request import Match, SearchRequest
from indexer.search.results import SearchResults, settled

LISTED = 256  # hits of which every id is kept: 5 bytes each, about as long as a sketch
READ = 50_000  # hits that are read to be hashed; 5 s on one slow core
LONGEST = 3_600  # characters of a token; servers take addresses of 4,094 (gunicorn's default)
_TOO_LONG = "This search is too long for a receipt, which is an address. Make the search shorter."


def issue(archive: Reading, request: SearchRequest, now: datetime, *, most: int = READ) -> Receipt:
    """The receipt of a search.

    Args:
        archive: the archive.
        request: the search; only what decides which articles are found is kept of it.
        now: the time that the receipt is to carry.
        most: how many hits are read at most.

    Raises:
        QueryTooExpensive, UsageError: the search cannot be answered, or no address could hold it.
    """
    found, articles = counted(archive, request)
    answered = SearchRequest(
        found.request.query,
        found.request.filters,
        request.dates,
        all_mentions=request.all_mentions,
        added=request.added,
    )
    bare = settled(answered, found.matching)
    pairs = search_pairs.write(bare)
    receipt = Receipt(pairs, found.generation, found.total, now)
    if len(receipt.token) > LONGEST or len(pairs) > search_pairs.MOST:
        raise UsageError(_TOO_LONG)
    if found.total > most:
        return receipt
    ids = [article.id for article in articles]
    keys = sketch.keys(ids)
    if found.total <= LISTED:
        kept, signature = Kept.LIST, b"".join(key.to_bytes(SHORT_BYTES, "big") for key in sorted(_short(keys)))
    else:
        kept, signature = Kept.SKETCH, Sketch.of(keys).to_bytes()
    whole = replace(receipt, set_hash=set_hash(ids), kept=kept, signature=signature)
    return whole if len(whole.token) <= LONGEST else receipt


def compare(token: str, archive: Reading, *, most: int = READ) -> ReceiptComparison:
    """Hold a receipt against the archive.

    Raises:
        UsageError: this is no receipt.
        QueryTooExpensive: its search is refused today.
    """
    receipt = Receipt.parse(token)
    request, answer, articles = _today(archive, receipt)
    unknown = ReceiptDifference(changed=answer.total != receipt.total or None)
    difference = unknown
    if receipt.kept is not Kept.NUMBER and answer.total <= most:
        found = Found.of(articles, receipt.time, datetime.now(UTC))
        before = members(receipt, found)
        if before is None:  # too much is new or gone for a sketch; what reads otherwise is known all the same
            edited = edited_articles(archive, found, found.edited)
            difference = ReceiptDifference(changed=True, edited=len(found.edited), edited_articles=edited)
        else:
            difference = between(archive, before, Members(frozenset(found.keys.tolist())), found)
    return ReceiptComparison(
        receipt, request, answer.total, answer.generation, difference, answer.matching, answer.tree
    )


def compare_two(one: str, other: str, archive: Reading, *, most: int = READ) -> ReceiptsComparison:
    """Hold two receipts against each other, in whichever order they are given.

    Raises:
        UsageError: one of them is no receipt.
        QueryTooExpensive: their search is refused today.
    """
    older, newer = sorted((Receipt.parse(one), Receipt.parse(other)), key=lambda each: (each.time, each.generation))
    differing = _differing(older, newer)
    if Kept.NUMBER in (older.kept, newer.kept):
        return ReceiptsComparison(older, newer, ReceiptDifference(older.total != newer.total or None), differing)
    now = _read(archive, newer, older, newer, most)
    then = _read(archive, older, older, newer, most) if differing else now
    before = members(older, then, newer) if then else None
    after = members(newer, now, older) if now else None
    if before and after:
        difference = between(archive, before, after, now or Found.none())
    else:
        difference = _off_sketches(archive, older, newer, now or Found.none())
    return ReceiptsComparison(older, newer, difference, differing)


def _read(archive: Reading, receipt: Receipt, older: Receipt, newer: Receipt, most: int) -> Found | None:
    """What the search of a receipt finds today, with what was edited between two; None where that is too much."""
    _, answer, articles = _today(archive, receipt)
    return Found.of(articles, older.time, newer.time) if answer.total <= most else None


def _off_sketches(archive: Reading, older: Receipt, newer: Receipt, found: Found) -> ReceiptDifference:
    """The difference of two receipts of which one is not known whole."""
    if (older.total, older.set_hash) == (newer.total, newer.set_hash):
        return ReceiptDifference(changed=False, new=0, gone=0)
    if older.kept is Kept.SKETCH and newer.kept is Kept.SKETCH:
        difference = sketch.difference(Sketch.from_bytes(newer.signature), Sketch.from_bytes(older.signature))
        if difference and len(difference[0]) - len(difference[1]) == newer.total - older.total:
            return told(archive, Members(difference[0]), Members(difference[1]), found)
    return ReceiptDifference(changed=True)


def _differing(older: Receipt, newer: Receipt) -> tuple[tuple[str, str, str], ...]:
    """What two searches do not have in common: the name of a part, and its values in each."""
    parts = [_parts(older), _parts(newer)]
    names = dict.fromkeys((*parts[0], *parts[1]))
    both = [(name, *("; ".join(part.get(name, ())) for part in parts)) for name in names]
    return tuple((name, one, other) for name, one, other in both if one != other)


def _parts(receipt: Receipt) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in sorted(receipt.pairs):
        if (name, value) != ("match", Match.ALL.value):  # what says nothing requires all words
            found.setdefault(name, []).append(value)
    return found


def _today(archive: Reading, receipt: Receipt) -> tuple[SearchRequest, SearchResults, Iterator[Article]]:
    """The search of a receipt as it is asked today, how it is answered, and its articles."""
    asked = receipt.request
    # A receipt that does not say how words are matched is of one word, or of a time when all of them had to be there.
    match = Match.ALL if asked.match is Match.AUTO else asked.match
    request = replace(
        archive.request(),
        query=asked.query,
        filters=asked.filters,
        dates=asked.dates,
        added=asked.added,
        match=match,
        all_mentions=asked.all_mentions,
        translation=asked.translation,
    )
    answer, articles = counted(archive, replace(request, spellcheck=False))  # it was corrected when it was issued
    return replace(request, spellcheck=answer.total > 0), answer, articles


def set_hash(ids: Iterable[str]) -> int:
    """128 bits of a set of ids, whatever their order."""
    total = 0
    for id in ids:
        total += int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    return total % (1 << 128)


def _short(keys: Keys) -> list[int]:
    return [key >> SHORTER for key in keys.tolist()]
