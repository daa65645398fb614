"""The columnar segments behind Whoosh's own codec interface, so that `whoosh.index.open_dir` opens and searches them.

In: a segment named by Whoosh's table of contents. Out: what Whoosh's readers ask for. Only what Whoosh 2.7.4,
whoosh-reloaded and whoosh3 have in common is used. Reading only: articles are written by Broadsheet.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from whoosh.codec import base
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from indexer.engines.shared.stored_article import published_of
from indexer.engines.whoosh.codec.layout import INDEX_NAME, TEXTS, Array, byte_lengths
from indexer.engines.whoosh.codec.postings import frequencies, length_bytes
from indexer.engines.whoosh.codec.segment import Segment, SegmentInfo
from indexer.engines.whoosh.codec.terms import TermPostings, Terms, open_terms
from indexer.engines.whoosh.schema import EXACT_SUFFIX
from indexer.errors import UsageError
from indexer.fields import FIELDS

# Postings whose quality is judged together when Whoosh skips what cannot reach the top.
BLOCK = 128


def _read_only(*_: Any, **__: Any) -> NoReturn:
    raise UsageError("Stock Whoosh can search a Broadsheet index but not write it. Use `indexer build` or `remove`.")


class ColumnarCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Reads segments of Broadsheet."""

    per_document_writer = field_writer = postings_writer = postings_reader = new_segment = _read_only

    def terms_reader(self, storage: Any, segment: "ColumnarSegment") -> "ColumnarTerms":
        """See `whoosh.codec.base.Codec`."""
        return ColumnarTerms(segment.open(storage))

    def per_document_reader(self, storage: Any, segment: "ColumnarSegment") -> "ColumnarDocuments":
        """See `whoosh.codec.base.Codec`."""
        return ColumnarDocuments(segment.open(storage))


class ColumnarSegment(base.Segment):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh's table of contents keeps of a segment."""

    set_doc_count = delete_document = _read_only

    def __init__(self, info: SegmentInfo) -> None:
        super().__init__(INDEX_NAME)
        self.segid = info.name.removeprefix(f"{INDEX_NAME}_")
        self.documents = info.documents
        self.deleted = info.deleted
        self.deletes = info.deletes

    def codec(self, **_: Any) -> ColumnarCodec:
        """See `whoosh.codec.base.Segment`."""
        return ColumnarCodec()

    def open(self, storage: Any) -> Segment:
        """The segment itself, from the directory of a Whoosh storage."""
        info = SegmentInfo(self.segment_id(), self.documents, deleted=self.deleted, deletes=self.deletes)
        return Segment.open(Path(storage.folder), info)

    def should_assemble(self) -> bool:
        """Never as a compound file."""
        return False

    def doc_count_all(self) -> int:
        """See `whoosh.codec.base.Segment`."""
        return self.documents

    def deleted_count(self) -> int:
        """See `whoosh.codec.base.Segment`."""
        return self.deleted

    # Which ones they are is known to the reader, which has the file.
    deleted_docs = is_deleted = _read_only


class ColumnarDocuments(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """Stored fields, lengths and deletions."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        return self._segment.info.live

    def doc_count_all(self) -> int:
        """Documents, deleted ones included."""
        return self._segment.doc_count

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(len(self._segment.deleted))

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted; Whoosh also asks for the one behind the last."""
        return docnum < self._segment.doc_count and self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        """The deleted documents."""
        deleted: list[int] = self._segment.deleted.tolist()
        return iter(deleted)

    @staticmethod
    def _text(fieldname: str) -> str | None:
        name = fieldname.removesuffix(EXACT_SUFFIX)
        return name if name in TEXTS else None

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The approximate number of words a document has in a field."""
        text = self._text(fieldname)
        if text is None:
            return default
        return int(byte_lengths()[self._segment.arrays.whole(f"{text}.lengths")[docnum]])

    def field_length(self, fieldname: str) -> int:
        """The number of words in a field of all documents."""
        text = self._text(fieldname)
        return int(self._segment.arrays.metadata["lengths"].get(text, 0)) if text else 0

    def _extreme(self, fieldname: str, pick: str) -> int:
        text = self._text(fieldname)
        if text is None or not self._segment.doc_count:
            return 0
        return int(byte_lengths()[getattr(self._segment.arrays.whole(f"{text}.lengths"), pick)()])

    def min_field_length(self, fieldname: str) -> int:
        """The smallest number of words a document has in a field."""
        return self._extreme(fieldname, "min")

    def max_field_length(self, fieldname: str) -> int:
        """The largest number of words a document has in a field."""
        return self._extreme(fieldname, "max")

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The article as Whoosh knows it: dates without a zone (UTC), several values as a list."""
        record = self._segment.record(docnum)
        stored = {field.name: record[field.name] for field in FIELDS if field.name in record}
        published = published_of(record)
        if published is not None:
            stored["published"] = published.instant.replace(tzinfo=None)
        for kind, name, *_ in record.get("entities", ()):
            stored.setdefault(kind, []).append(name)
        return stored


class ColumnarTerms(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of all fields."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def _fields(self) -> dict[str, Terms]:
        return open_terms(self._segment, EXACT_SUFFIX)

    def _find(self, fieldname: str, text: bytes) -> tuple[Terms, int]:
        terms = self._fields.get(fieldname)
        number = terms.strings.find(text) if terms is not None else None
        if terms is None or number is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return terms, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        try:
            self._find(*term)
        except TermNotFound:
            return False
        return True

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return self._fields.keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> "ColumnarCursor":
        """A cursor over the terms of a field."""
        return ColumnarCursor(self._fields[fieldname], fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, field after field."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All terms from one on."""
        return ((name, terms.strings[number]) for name, terms, number in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with their statistics."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms from one on with their statistics."""
        for name, terms, number in self._from(fieldname, prefix):
            yield (name, terms.strings[number]), _info(terms.postings(number))

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, Terms, int]]:
        for name, terms in self._fields.items():
            if name >= fieldname:
                start = terms.strings.at_least(prefix) if name == fieldname else 0
                yield from ((name, terms, number) for number in range(start, len(terms.strings)))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term."""
        terms, number = self._find(fieldname, text)
        return _info(terms.postings(number))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term occurs; 0 for one that is not there."""
        weight: float = self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0.0
        return weight

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term occurs; 0 for one that is not there."""
        if (fieldname, text) not in self:
            return 0
        terms, number = self._find(fieldname, text)
        return len(terms.postings(number).docs)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> "ColumnarMatcher":
        """The postings of a term."""
        terms, number = self._find(fieldname, text)
        return ColumnarMatcher(terms.postings(number), format_, scorer, (fieldname, text))


def _info(postings: TermPostings) -> TermInfo:
    weights = frequencies(postings.codes)
    lengths = byte_lengths()[length_bytes(postings.codes)]
    return TermInfo(
        weight=float(weights.sum()),
        df=len(postings.docs),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(weights.max()),
        minid=int(postings.docs[0]),
        maxid=int(postings.docs[-1]),
    )


class ColumnarCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """A place among the terms of a field."""

    def __init__(self, terms: Terms, field: Any) -> None:
        self._terms = terms
        self._field = field
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term that is not before this one."""
        self._at = self._terms.strings.at_least(string if isinstance(string, bytes) else self._field.to_bytes(string))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term, None behind the last."""
        return self._field.from_bytes(self._terms.strings[self._at]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        """The statistics of the term."""
        return _info(self._terms.postings(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term."""
        return self._at < len(self._terms.strings)


class ColumnarMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Goes through the postings of a term."""

    def __init__(self, postings: TermPostings, format_: Any, scorer: Any, term: tuple[str, bytes]) -> None:
        self._postings = postings
        self._docs: list[int] = postings.docs.tolist()
        self._weights: list[int] = frequencies(postings.codes).tolist()
        self._at = 0
        self._qualities: dict[int, tuple[int, int, int]] = {}
        self._term = term
        self.format = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        """Whether there is a posting here."""
        return self._at < len(self._docs)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> "ColumnarMatcher":
        """The same place, to go on from independently."""
        other = ColumnarMatcher(self._postings, self.format, self.scorer, self._term)
        other._at = self._at
        return other

    def id(self) -> int:
        """The document."""
        return self._docs[self._at]

    def all_ids(self) -> Iterator[int]:
        """This document and those behind it."""
        return iter(self._docs[self._at :])

    def next(self) -> bool:
        """Go to the next posting; says whether a new block begins."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return self._at % BLOCK == 0

    def skip_to(self, id: int) -> None:
        """Go to the first posting at or behind a document."""
        if not self.is_active():
            raise ReadTooFar
        if id > self.id():
            self._at += int(np.searchsorted(self._postings.docs[self._at :], id))

    def weight(self) -> float:
        """How often the term is in the document, 255 at most."""
        return float(self._weights[self._at])

    def _positions(self) -> list[int]:
        postings = self._postings
        if postings.starts is None or postings.positions is None:
            return []
        start, stop = postings.starts[self._at : self._at + 2].tolist()
        found: list[int] = postings.positions[start:stop].tolist()
        return found

    def value(self) -> bytes:
        """The positions as the field's format encodes them."""
        encoded: bytes = self.format.encode(self._positions()) if self._postings.positions is not None else b""
        return encoded

    def value_as(self, astype: str) -> Any:
        """The positions, frequency or weight."""
        if astype == "positions":
            return self._positions()
        return self.format.decoder(astype)(self.value())

    def _block(self) -> tuple[int, int, int]:
        """The largest weight, smallest and largest length byte among the postings of this block."""
        block = self._at // BLOCK
        if block not in self._qualities:
            codes: Array = self._postings.codes[block * BLOCK : (block + 1) * BLOCK]
            lengths = length_bytes(codes)
            self._qualities[block] = (int(frequencies(codes).max()), int(lengths.min()), int(lengths.max()))
        return self._qualities[block]

    def block_max_weight(self) -> float:
        """The largest weight in this block."""
        return float(self._block()[0])

    def block_min_length(self) -> int:
        """The smallest field length in this block."""
        return int(byte_lengths()[self._block()[1]])

    def block_max_length(self) -> int:
        """The largest field length in this block."""
        return int(byte_lengths()[self._block()[2]])

    def block_min_id(self) -> int:
        """The first document of this block."""
        return self._docs[self._at // BLOCK * BLOCK]

    def block_max_id(self) -> int:
        """The last document of this block."""
        return self._docs[min((self._at // BLOCK + 1) * BLOCK, len(self._docs)) - 1]

    def skip_to_quality(self, minquality: float) -> int:
        """Skip blocks that cannot reach a quality; returns how many."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // BLOCK + 1) * BLOCK
            skipped += 1
        return skipped
