"""Articles -> one segment. Called by the bulk writer's workers, and by tests that want a segment of their own.

Texts are turned into numbers as they arrive and stored articles go straight to their file; only the numbers wait in
memory, until `flush` inverts them.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from indexer.article import Article
from indexer.engines.shared.stored_article import article_to_record
from indexer.engines.whoosh.codec.arrayfile import ArrayFileWriter
from indexer.engines.whoosh.codec.columns import ColumnsBuilder
from indexer.engines.whoosh.codec.hashing import KEY_VERSION, key_version
from indexer.engines.whoosh.codec.inversion.invert import Forms, invert, of_words
from indexer.engines.whoosh.codec.inversion.lexicon import URL_LANGUAGE, Lexicon
from indexer.engines.whoosh.codec.inversion.text_batch import TextBatch
from indexer.engines.whoosh.codec.layout import (
    ARRAYS_SUFFIX,
    INVERTED,
    OWN_TEXTS,
    SIGNATURES,
    STORED_SUFFIX,
    TRANSLATED,
    TRANSLATION,
    URL,
    Array,
    new_segment_name,
)
from indexer.engines.whoosh.codec.segment import SegmentInfo
from indexer.engines.whoosh.codec.stored import CHUNK_CHARACTERS, Chunk, StoredWriter
from indexer.engines.whoosh.kernels import native
from indexer.engines.whoosh.kernels.building import find_signatures
from indexer.near_duplicates.signatures import Texts, signatures

# Peak memory of a flush: the number of a piece and its form, its key, and what is cut from the sorted keys.
BYTES_PER_PIECE = 28
BYTES_PER_DOCUMENT = 400
# Texts are numbered when so many bytes of them wait: enough that the cost of a numpy call does not show, few enough to
# stay in the processor's cache.
BATCH_BYTES = 128 << 10
# Tokens of the documents whose signatures are made together; they need 50 bytes each.
SIGNATURE_TOKENS = 1 << 17


class SegmentBuilder:
    """Collects the articles of one segment in `directory`; `flush` makes the segment, `discard` drops it.

    `min_mentions` says how often an article must name an entity for it to count in the default facets.
    """

    def __init__(self, directory: Path, name: str, lexicon: Lexicon, min_mentions: int = 2) -> None:
        self.name = name
        self._directory = directory
        self._lexicon = lexicon
        self._stored = StoredWriter(directory / (name + STORED_SUFFIX))
        self._texts = TextBatch(lexicon)
        self._pieces: dict[str, list[Array]] = {field: [] for field in INVERTED}
        self._lengths: dict[str, list[Array]] = {field: [] for field in INVERTED}
        self._piece_count = 0
        self._columns = ColumnsBuilder(min_mentions)
        self._languages: Counter[str] = Counter()
        self._translated: Counter[str] = Counter()
        self.documents = 0

    @property
    def memory(self) -> int:
        """Bytes that a flush would need now."""
        return self._piece_count * BYTES_PER_PIECE + self._texts.bytes * 8 + self.documents * BYTES_PER_DOCUMENT

    def add(self, article: Article) -> int:
        """Add an article; returns its document number. An article that raises has left nothing behind."""
        language = article.language
        texts = {field: Lexicon.separated(getattr(article, field)) for field in OWN_TEXTS}
        translation = article.translation
        translated = Lexicon.separated(translation.text) if translation else b""
        url = Lexicon.separated(article.url) if article.url else b""
        chunks = self._chunks(article.body, language) if len(article.body) > CHUNK_CHARACTERS else ()
        record = article_to_record(article)
        row = self._columns.row(article)
        self._stored.add(record, chunks)
        self._columns.add(row)
        for field, text in texts.items():
            self._texts.add(field, language, text)
        self._texts.add(URL, URL_LANGUAGE, url)
        if translation and translated:
            self._texts.add(TRANSLATION, translation.language, translated)
            self._translated[translation.language] += 1
        self._texts.documents += 1
        self._languages[language or ""] += 1
        self.documents += 1
        if self._texts.bytes >= BATCH_BYTES:
            self._number()
        return self.documents - 1

    def _chunks(self, body: str, language: str | None) -> list[Chunk]:
        """A long body in parts that know their first token."""
        chunks: list[Chunk] = []
        char = token = 0
        for text in cut_body(body, CHUNK_CHARACTERS):
            chunks.append(Chunk(token, char, text))
            numbers, _ = self._lexicon.number([Lexicon.separated(text)], language)
            token += self._lexicon.token_count(numbers)
            char += len(text)
        return chunks if len(chunks) > 1 else []

    def _number(self) -> None:
        """Turn the texts that wait into numbers."""
        for field in INVERTED:
            pieces, lengths = self._texts.take(field)
            self._pieces[field].append(pieces)
            self._lengths[field].append(lengths)
            self._piece_count += len(pieces)
        self._texts = TextBatch(self._lexicon)

    def flush(self) -> SegmentInfo:
        """Write the segment to the disk; the builder is used up."""
        writer = ArrayFileWriter(self._directory / (self.name + ARRAYS_SUFFIX))
        try:
            lengths, nonempty = self._write(writer)
            writer.metadata = {
                "documents": self.documents,
                "lengths": lengths,
                "nonempty": nonempty,
                KEY_VERSION: key_version(),
            }
            if self._translated:
                writer.metadata[TRANSLATED] = dict(sorted(self._translated.items()))
            writer.close()
            self._stored.close()
        except BaseException:
            writer.discard()
            self.discard()
            raise
        return SegmentInfo(self.name, self.documents, lengths, dict(sorted(self._languages.items())))

    def _write(self, writer: ArrayFileWriter) -> tuple[dict[str, int], dict[str, int]]:
        self._number()
        lexicon = self._lexicon
        steps = np.frombuffer(lexicon.form_steps, np.uint8)
        known = Forms(lexicon.surfaces, np.frombuffer(lexicon.form_terms, np.uint32), steps, lexicon.terms)
        total: dict[str, int] = {}
        nonempty: dict[str, int] = {}
        words: dict[str, tuple[Array, Array]] = {}
        for field in INVERTED if self._translated else (*OWN_TEXTS, URL):
            forms, counts = lexicon.forms(np.concatenate(self._pieces.pop(field)), np.concatenate(self._lengths[field]))
            of_field, lengths = of_words(forms, counts, steps)
            inverted = invert(forms, counts, lengths, known, with_forms=field != URL)
            for name, data in inverted.arrays.items():
                writer.put(f"{field}.{name}", data)
            if field in ("title", "body"):
                words[field] = of_field, lengths
            total[field] = inverted.total_length
            nonempty[field] = inverted.nonempty
        _write_signatures(writer, np.frombuffer(lexicon.form_hashes, np.uint64), words["title"], words["body"])
        self._columns.write(writer)
        return total, nonempty

    def discard(self) -> None:
        """Drop what was collected and its file."""
        self._stored.discard()


def _write_signatures(
    writer: ArrayFileWriter, hashes: Array, titles: tuple[Array, Array], bodies: tuple[Array, Array]
) -> None:
    """Write the near-duplicate signature of each document, some documents at a time.

    Titles and bodies are the forms of all documents, and how many each has.
    """
    stream = writer.begin(SIGNATURES, np.uint16)
    ends, title_ends = (np.cumsum(lengths, dtype=np.int64) for _, lengths in (bodies, titles))
    first = token = title = 0
    while first < len(ends):
        last = max(first + 1, int(np.searchsorted(ends, token + SIGNATURE_TOKENS)))
        stop, title_stop = int(ends[last - 1]), int(title_ends[last - 1])
        of_title = titles[0][title:title_stop], titles[1][first:last]
        of_body = bodies[0][token:stop], bodies[1][first:last]
        if native.library is None:
            rows = signatures(*(Texts(hashes[forms], lengths) for forms, lengths in (of_title, of_body)))
        else:
            rows = find_signatures(hashes, of_title, of_body)
        stream.append(rows.ravel())
        first, token, title = last, stop, title_stop
    writer.end()


def build_segment(articles: Iterable[Article], directory: Path, name: str | None = None) -> SegmentInfo:
    """Write the articles, whose ids must differ, as one segment that no generation refers to yet."""
    builder = SegmentBuilder(directory, name or new_segment_name(), Lexicon())
    for article in articles:
        builder.add(article)
    return builder.flush()


def cut_body(body: str, size: int) -> list[str]:
    """A long body in parts of `size` characters or a little more, cut after white space so that no token is cut."""
    parts: list[str] = []
    start = 0
    while len(body) - start > size:
        end = _space_after(body, start + size)
        parts.append(body[start:end])
        start = end
    if start < len(body):
        parts.append(body[start:])
    return parts


def _space_after(body: str, at: int) -> int:
    """The first offset behind white space at or after `at`; the end of the body where there is none."""
    for offset in range(at, len(body)):
        if body[offset].isspace():
            return offset + 1
    return len(body)
