"""A search receipt: what a search found, in an address, so that a later visit says "12 new, 1 gone". Nothing is stored.

`issue` makes a receipt of a search, `compare` holds it against the archive of today. Called by the page of receipts,
the API and the command line.

The hash of a set of ids is the sum modulo 2¹²⁸ of their hashes (AdHash; Bellare and Micciancio, "A New Paradigm for
Collision-free Hashing", 1997), which does not depend on order.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from indexer.article import Article
from indexer.browsing.counted import counted
from indexer.errors import UsageError
from indexer.reading import Reading
from indexer.receipts import pairs as search_pairs
from indexer.receipts import sketch
from indexer.receipts.receipt import SHORT_BYTES, Kept, Receipt
from indexer.receipts.sketch import Keys, Sketch
from indexer.search.printer import to_text
from indexer.search.query import EVERYTHING, Node
from indexer.search.request import Match, SearchRequest
from indexer.search.results import Matching, outline, settled

LISTED = 256  # hits of which every id is kept: 5 bytes each, about as long as a sketch
READ = 50_000  # hits that are read to be hashed; 5 s on one slow core
LONGEST = 3_600  # characters of a token; servers take addresses of 4,094 (gunicorn's default)
NAMED = 100  # new articles that a comparison lists
_SHORT = 24  # bits that a listed key is shortened by, from 64
_TOO_LONG = "This search is too long for a receipt, which is an address. Make the search shorter."


@dataclass(frozen=True, slots=True)
class ReceiptComparison:
    """A receipt against the archive of today.

    `new` and `gone` are exact numbers, or None where only `net`, their difference, is known. `changed` is None where
    that says nothing: the numbers are equal and nothing else was kept. `new_articles` are new, at most `NAMED` of them.
    `tree` is the query as it was run, `matching` how.
    """

    receipt: Receipt
    request: SearchRequest
    total: int
    generation: int
    changed: bool | None
    new: int | None
    gone: int | None
    new_articles: tuple[Article, ...] = ()
    matching: Matching | None = None
    tree: Node = field(default=EVERYTHING, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "receipt": self.receipt.to_dict(),
            "understood": to_text(self.tree),
            "matching": self.matching.to_dict() if self.matching else None,
            "total": self.total,
            "generation": self.generation,
            "changed": self.changed,
            "new": self.new,
            "gone": self.gone,
            "net": self.net,
            "new_articles": [outline(article) for article in self.new_articles],
        }

    @property
    def new_ids(self) -> tuple[str, ...]:
        """The ids of the new articles that are named."""
        return tuple(article.id for article in self.new_articles)

    @property
    def net(self) -> int:
        """By how many there are more, or fewer."""
        return self.total - self.receipt.total


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
    asked = receipt.request
    base = archive.request()
    # A receipt that does not say how words are matched is of one word, or of a time when all of them had to be there.
    match = Match.ALL if asked.match is Match.AUTO else asked.match
    request = replace(
        base,
        query=asked.query,
        filters=asked.filters,
        dates=asked.dates,
        added=asked.added,
        match=match,
        all_mentions=asked.all_mentions,
    )
    found, articles = counted(archive, replace(request, spellcheck=False))  # it was corrected when it was issued
    request = replace(request, spellcheck=found.total > 0)
    unknown = ReceiptComparison(
        receipt, request, found.total, found.generation, found.total != receipt.total or None, new=None, gone=None,
        matching=found.matching, tree=found.tree,
    )  # fmt: skip
    if receipt.kept is Kept.NUMBER or found.total > most:
        return unknown
    ids = [article.id for article in articles]
    if found.total == receipt.total and set_hash(ids) == receipt.set_hash:
        return replace(unknown, changed=False, new=0, gone=0)
    keys = sketch.keys(ids)
    read_off = _from_list if receipt.kept is Kept.LIST else _from_sketch
    difference = read_off(receipt.signature, keys)
    # Both ways of counting must agree, or what was read off is not the difference.
    if difference is None or len(difference[0]) - difference[1] != unknown.net:
        return replace(unknown, changed=True)
    new, gone = difference
    named = sorted(id for id, key in zip(ids, keys.tolist(), strict=True) if key in new)[:NAMED]
    return replace(
        unknown, changed=True, new=len(new), gone=gone, new_articles=tuple(filter(None, archive.get_many(named)))
    )


def set_hash(ids: Iterable[str]) -> int:
    """128 bits of a set of ids, whatever their order."""
    total = 0
    for id in ids:
        total += int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    return total % (1 << 128)


def _from_list(signature: bytes, keys: Keys) -> tuple[frozenset[int], int] | None:
    """The keys that are new, and how many are gone, by the listed ones."""
    cut = range(0, len(signature), SHORT_BYTES)
    old = {int.from_bytes(signature[at : at + SHORT_BYTES], "big") for at in cut}
    short = _short(keys)
    new = frozenset(key for key, cut_key in zip(keys.tolist(), short, strict=True) if cut_key not in old)
    return new, len(old - set(short))


def _from_sketch(signature: bytes, keys: Keys) -> tuple[frozenset[int], int] | None:
    """The keys that are new, and how many are gone, by the sketch."""
    difference = sketch.difference(Sketch.of(keys), Sketch.from_bytes(signature))
    return None if difference is None else (difference[0], len(difference[1]))


def _short(keys: Keys) -> list[int]:
    return [key >> _SHORT for key in keys.tolist()]
