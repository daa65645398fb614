"""What a search found at a time, as a text that fits into an address: `Receipt`, and back.

A receipt carries the search, the generation, the time, the number of hits and a hash of the set of their ids. From the
set itself it keeps as much as an address has room for:

- of up to `LISTED` hits, 40 bits of each id: what is new and gone is known, however much it is.
- of more, a sketch of 1.2 KB (`sketch`) from which up to about 60 articles new and gone can be read off exactly. If
  there were more, only the difference of the two numbers is known, and that the set has changed.
- of more than `READ` hits (`checking`), or if the address would become too long, the number alone. Equal numbers are
  then no proof.

A receipt shows change, not forgery: who makes an address can write any receipt. It is about which articles are found,
not about what they say.
"""

import base64
import binascii
import re
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, Self

import orjson

from indexer.errors import UsageError
from indexer.receipts import pairs as search_pairs
from indexer.receipts import sketch
from indexer.search.request import SearchRequest

VERSION = 1
SHORT_BYTES = 5  # of a listed key
_LONGEST_SEARCH = 20_000  # bytes of a search when unpacked
_HEAD = struct.Struct(">BBQQQ16s")
_CHECK = struct.Struct(">I")


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
        return search_pairs.read(self.pairs)

    @property
    def fingerprint(self) -> str:
        """The hash of the set as people compare it, or nothing."""
        return f"{self.set_hash:032x}" if self.kept is not Kept.NUMBER else ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "token": self.token,
            "query": self.request.query,
            "match": self.request.match.value,
            "all_mentions": self.request.all_mentions,
            "from": str(self.request.dates.start) if self.request.dates.start else None,
            "to": str(self.request.dates.end) if self.request.dates.end else None,
            "added_from": str(self.request.added.start) if self.request.added.start else None,
            "added_to": str(self.request.added.end) if self.request.added.end else None,
            "filters": [
                {"field": each.field, "values": list(each.values), "excluded": list(each.excluded)}
                for each in self.request.filters
            ],
            "total": self.total,
            "generation": self.generation,
            "time": self.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kept": self.kept.name.lower(),
            "fingerprint": self.fingerprint or None,
        }

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
        """A receipt by its token, or by the address of its page.

        Raises:
            UsageError: not a token, or one that was cut or changed.
        """
        try:
            return cls._unpacked(_token(token))
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
        length = {Kept.NUMBER: 0, Kept.LIST: total * SHORT_BYTES, Kept.SKETCH: sketch.SIZE}[Kept(kept)]
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


def _token(text: str) -> str:
    """The token in what a person copied: it stands behind the last `/receipt/` of an address."""
    return re.split(r"[?#]", text.strip().rpartition("/receipt/")[2])[0].rstrip("/")
