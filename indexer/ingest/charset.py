"""Bytes of unknown encoding -> text. Used by every reader of text that is not JSON and by the page extractor."""

import codecs
import re

from charset_normalizer import from_bytes

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The start of a file decides as well as the whole of it, and detection is slow.
SAMPLE = 1 << 15
# Detection guesses wildly on a handful of bytes; a short text in an old encoding is most often Western.
ENOUGH_TO_DETECT = 200
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, stated: str | None = None) -> tuple[str, bool]:
    """Text and whether characters were lost (U+FFFD stands for them).

    In order: byte order mark, UTF-8, the stated charset, UTF-8 with a few broken bytes replaced, detection.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    if stated and (text := _strict(data, stated)) is not None:
        return text, False
    if _mostly_utf8(data):
        return _lenient(data, "utf-8")
    return _lenient(data, _detected(data))


def encoding_of_bom(head: bytes) -> str | None:
    """The encoding a byte order mark states, if there is one."""
    return next((name for mark, name in BOMS if head.startswith(mark)), None)


def without_surrogates(text: str) -> str:
    """Lone surrogates (they cannot be written as UTF-8) replaced by U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def _strict(data: bytes, name: str) -> str | None:
    try:
        # Browsers read the label iso-8859-1 as windows-1252, and so do the people who wrote it.
        canonical = codecs.lookup(name).name
        return data.decode("cp1252" if canonical in ("iso8859-1", "ascii") else canonical)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _lenient(data: bytes, name: str) -> tuple[str, bool]:
    text = without_surrogates(data.decode(name, "replace"))
    return text, "\ufffd" in text


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes above 127 are mostly well-formed UTF-8 sequences: then it is UTF-8 with some damage."""
    good = bad = 0
    for run in _HIGH_RUN.findall(data[: SAMPLE * 4]):
        try:
            run.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return 0 < good >= bad


def _detected(data: bytes) -> str:
    if len(data) >= ENOUGH_TO_DETECT:
        best = from_bytes(data[:SAMPLE]).best()
        if best is not None and best.encoding not in ("ascii", "utf_8"):
            return best.encoding
    return "cp1252"
