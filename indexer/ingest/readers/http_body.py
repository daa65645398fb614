"""The body of an archived response, with its transfer and content encodings undone. Used by `warc`.

warcio undoes chunks, gzip and deflate; Brotli and Zstandard, which browsers are sent today, are undone here. No more
than the limit is ever decompressed.
"""

from typing import Any, Protocol

from indexer.ingest.streams import ZSTD_WINDOW

BLOCK = 1 << 14
# A frame of nothing is not longer.
SHORTEST_FRAME = 32
_OURS = frozenset(("br", "zstd"))
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class Readable(Protocol):
    """What streams have in common."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes."""
        ...


def body_of(record: Any, limit: int) -> bytes:
    """The body of a record, or its first `limit` bytes and one more where it is longer."""
    headers = record.http_headers
    stated = headers.get_header("content-encoding") or "" if headers is not None else ""
    encodings = [name for part in stated.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(encodings) != 1 or encodings[0] not in _OURS:
        return read_up_to(record.content_stream(), limit + 1)
    raw: Readable = record.raw_stream
    if (headers.get_header("transfer-encoding") or "").strip().lower() == "chunked":
        from warcio.bufferedreaders import ChunkedDataReader

        raw = ChunkedDataReader(raw)
    start = read_up_to(raw, BLOCK)
    if encodings[0] == "zstd":
        # Crawlers that undo the encoding themselves often leave the header.
        if start.startswith(_ZSTD_MAGIC):
            return _of_zstd(start, raw, limit)
        return start + read_up_to(raw, limit + 1 - len(start))
    return _of_brotli(start, raw, limit)


def read_up_to(stream: Readable, size: int) -> bytes:
    """Up to `size` bytes; a single read may give fewer although more follow."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _of_zstd(start: bytes, rest: Readable, limit: int) -> bytes:
    import zstandard

    whole = start + read_up_to(rest, limit + 1 - len(start))
    opened = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).stream_reader(whole, read_across_frames=True)
    with opened as stream:
        body = read_up_to(stream, limit + 1)
    if not body and len(whole) > SHORTEST_FRAME:
        raise zstandard.ZstdError("the data ends before the first block")
    return body


def _of_brotli(start: bytes, rest: Readable, limit: int) -> bytes:
    import brotli

    decompressor = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    piece = start
    while piece and size <= limit and not decompressor.is_finished():
        try:
            out = decompressor.process(piece, output_buffer_limit=BLOCK * 16)
        except brotli.error:
            if piece is start and start.lstrip()[:1] == b"<":
                return start + read_up_to(rest, limit + 1 - len(start))  # undone already, and the header left
            raise
        # What the buffer had no room for comes with empty input.
        while (out or not decompressor.can_accept_more_data()) and size <= limit:
            parts.append(out)
            size += len(out)
            out = decompressor.process(b"", output_buffer_limit=BLOCK * 16)
        piece = rest.read(BLOCK)
    return b"".join(parts)[: limit + 1]
