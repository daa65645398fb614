"""A search receipt: what a search found, in an address, so that a later visit says "12 new, 1 gone". Nothing is stored.

`issue` makes a receipt of a search, `Receipt.token` is its text in an address, `compare` holds it against the archive
of today. Called by the receipt page.

A receipt carries the search, the generation, the time, the number of hits and a hash of the set of their ids. From the
set itself it keeps as much as an address has room for:

- of up to `LISTED` hits, 40 bits of each id: what is new and gone is known, however much it is.
- of more, a sketch of 1.2 KB (`sketch`) from which up to about 60 articles new and gone can be read off exactly. If
  there were more, only the difference of the two numbers is known, and that the set has changed.
- of more than `READ` hits, or if the address would become too long, the number alone. Equal numbers are then no proof.

The hash is the sum modulo 2¹²⁸ of the hashes of the ids (AdHash; Bellare and Micciancio, "A New Paradigm for
Collision-free Hashing", 1997), which does not depend on order. It shows change, not forgery: who makes an address can
write any receipt. A receipt is about which articles are found, not about what they say.
"""

import base64
import binascii
import hashlib
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import Self

import orjson

from indexer.archive import Archive
from indexer.errors import UsageError
from indexer.search.query import EVERYTHING, Node
from indexer.search.request import Match, SearchRequest
from indexer.search.results import Matching, settled
from webui.addresses import params
from webui.counted import counted
from webui.formats import sketch
from webui.formats.sketch import Keys, Sketch

VERSION = 1
LISTED = 256  # hits of which every id is kept: 5 bytes each, about as long as a sketch
READ = 50_000  # hits that are read to be hashed; 5 s on one slow core
LONGEST = 3_600  # characters of a token; servers take addresses of 4,094 (gunicorn's default)
NAMED = 100  # new articles whose ids a comparison lists
_LONGEST_SEARCH = 20_000  # bytes of a search when unpacked
_HEAD = struct.Struct(">BBQQQ16s")
_CHECK = struct.Struct(">I")
_SHORT = 24  # bits that a listed key is shortened by, from 64
_SHORT_BYTES = 5


class Kept(IntEnum):
    """What a receipt keeps of the set of ids."""

    NUMBER = 0
    LIST = 1
    SKETCH = 2


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a search found at a time. `signature` holds the set as `kept` says; `set_hash` is zero for `Kept.NUMBER`."""

    pairs: tuple[tuple[str, str], ...]
    generation: int
    total: int
    time: datetime
    set_hash: int = 0
    kept: Kept = Kept.NUMBER
    signature: bytes = b""

    @property
    def request(self) -> SearchRequest:
        """The search."""
        return params.read(self.pairs, SearchRequest()).request

    @property
    def fingerprint(self) -> str:
        """The hash of the set as people compare it, or nothing."""
        return f"{self.set_hash:032x}" if self.kept is not Kept.NUMBER else ""

    @property
    def token(self) -> str:
        """The receipt as part of an address."""
        search = zlib.compress(orjson.dumps(self.pairs), 9)
        seconds = max(int(self.time.timestamp()), 0)
        head = _HEAD.pack(VERSION, self.kept, self.generation, self.total, seconds, self.set_hash.to_bytes(16, "big"))
        body = head + self.signature + search
        return base64.urlsafe_b64encode(body + _CHECK.pack(zlib.crc32(body))).decode().rstrip("=")

    @classmethod
    def parse(cls, token: str) -> Self:
        """A receipt by its token.

        Raises:
            UsageError: not a token, or one that was cut or changed.
        """
        try:
            return cls._unpacked(token)
        except (ValueError, TypeError, OverflowError, OSError, struct.error, zlib.error, binascii.Error):
            raise UsageError(
                "This is not the address of a search receipt, or a part of it was lost. Copy the whole address."
            ) from None

    @classmethod
    def _unpacked(cls, token: str) -> Self:
        data = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), b"-_", validate=True)
        body, check = data[: -_CHECK.size], data[-_CHECK.size :]
        if _CHECK.pack(zlib.crc32(body)) != check:
            raise ValueError("checksum")
        version, kept, generation, total, seconds, set_hash = _HEAD.unpack_from(body)
        length = {Kept.NUMBER: 0, Kept.LIST: total * _SHORT_BYTES, Kept.SKETCH: sketch.SIZE}[Kept(kept)]
        rest = body[_HEAD.size :]
        if version != VERSION or len(rest) < length:
            raise ValueError("version")
        packed = zlib.decompressobj()
        pairs = orjson.loads(packed.decompress(rest[length:], _LONGEST_SEARCH))
        if not packed.eof:
            raise ValueError("length")
        return cls(
            pairs=tuple((str(name), str(value)) for name, value in pairs),
            generation=generation,
            total=total,
            time=datetime.fromtimestamp(seconds, UTC),
            set_hash=int.from_bytes(set_hash, "big"),
            kept=Kept(kept),
            signature=rest[:length],
        )


@dataclass(frozen=True, slots=True)
class ReceiptComparison:
    """A receipt against the archive of today.

    `new` and `gone` are exact numbers, or None where only `net`, their difference, is known. `changed` is None where
    that says nothing: the numbers are equal and nothing else was kept. `new_ids` names what is new, at most `NAMED`.
    `tree` is the query as it was run, `matching` how.
    """

    receipt: Receipt
    request: SearchRequest
    total: int
    generation: int
    changed: bool | None
    new: int | None
    gone: int | None
    new_ids: tuple[str, ...] = ()
    matching: Matching | None = None
    tree: Node = field(default=EVERYTHING, repr=False, compare=False)

    @property
    def net(self) -> int:
        """By how many there are more, or fewer."""
        return self.total - self.receipt.total


def issue(archive: Archive, request: SearchRequest, now: datetime, *, most: int = READ) -> Receipt:
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
    answered = SearchRequest(found.request.query, found.request.filters, request.dates)
    bare = settled(answered, found.matching)
    pairs = tuple(params.write(bare, SearchRequest()))
    receipt = Receipt(pairs, found.generation, found.total, now)
    if len(receipt.token) > LONGEST:
        raise UsageError("This search is too long for a receipt, which is an address. Make the search shorter.")
    if found.total > most:
        return receipt
    ids = [article.id for article in articles]
    keys = sketch.keys(ids)
    if found.total <= LISTED:
        kept, signature = Kept.LIST, b"".join(key.to_bytes(_SHORT_BYTES, "big") for key in sorted(_short(keys)))
    else:
        kept, signature = Kept.SKETCH, Sketch.of(keys).to_bytes()
    whole = replace(receipt, set_hash=set_hash(ids), kept=kept, signature=signature)
    return whole if len(whole.token) <= LONGEST else receipt


def compare(token: str, archive: Archive, *, most: int = READ) -> ReceiptComparison:
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
    request = replace(base, query=asked.query, filters=asked.filters, dates=asked.dates, match=match)
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
    return replace(unknown, changed=True, new=len(new), gone=gone, new_ids=tuple(named))


def set_hash(ids: Iterable[str]) -> int:
    """128 bits of a set of ids, whatever their order."""
    total = 0
    for id in ids:
        total += int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    return total % (1 << 128)


def _from_list(signature: bytes, keys: Keys) -> tuple[frozenset[int], int] | None:
    """The keys that are new, and how many are gone, by the listed ones."""
    cut = range(0, len(signature), _SHORT_BYTES)
    old = {int.from_bytes(signature[at : at + _SHORT_BYTES], "big") for at in cut}
    short = _short(keys)
    new = frozenset(key for key, cut_key in zip(keys.tolist(), short, strict=True) if cut_key not in old)
    return new, len(old - set(short))


def _from_sketch(signature: bytes, keys: Keys) -> tuple[frozenset[int], int] | None:
    """The keys that are new, and how many are gone, by the sketch."""
    difference = sketch.difference(Sketch.of(keys), Sketch.from_bytes(signature))
    return None if difference is None else (difference[0], len(difference[1]))


def _short(keys: Keys) -> list[int]:
    return [key >> _SHORT for key in keys.tolist()]
