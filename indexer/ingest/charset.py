"""Bytes -> text: the one decoder of all readers. What is declared is read as browsers read it, and doubted where the
bytes say something else.

`decode` is for what is held whole, `recoding` makes the same of streams, `guessing` weighs what nobody declared.
"""

import codecs
import re

import webencodings

from indexer.ingest.guessing import guess

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# So many bytes tell whether the rest is damaged UTF-8.
LOOKED_AT = 1 << 17
# Undeclared UTF-16: so many zeros at least, all in the same half of the pairs.
ENOUGH_ZEROS = 4
# A declared charset that does not fit these few bytes in a hundred is still the charset, of a damaged text.
FORGIVEN = 2
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
# What Python calls the encodings of the WHATWG where the library has a narrower codec.
_WIDER = {"gbk": "gb18030", "iso2022_jp": "iso2022_jp_ext", "latin-1": "cp1252", "ascii": "cp1252"}
# Escapes that are Python's or of domain names, and no charset of a text.
_NO_CHARSETS = frozenset(("unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"))
_SEVEN_BIT = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"))


def decode(data: bytes, *stated: str | None, languages: tuple[str, ...] = ()) -> tuple[str, bool]:
    """Text and whether characters were lost (U+FFFD stands for them).

    In order: byte order mark, escapes of seven-bit charsets, UTF-8, UTF-8 with a few broken bytes, and what the bytes,
    the charsets stated and the languages together make likely.
    """
    marked = encoding_of_bom(data)
    if marked:
        return lenient(data[len(codecs.BOM_UTF8 if marked == "utf-8" else "\ufeff".encode(marked)) :], marked)
    named = [codec for label in stated if label and (codec := codec_of(label))]
    if (seven_bit := _seven_bit(data, named)) and (text := _strict(data, seven_bit)) is not None:
        return text, False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    fitting = [codec for codec in named if codec.startswith("utf") is False and _fits(data, codec)]
    if damaged_utf8(data, sure=bool(fitting)):
        return lenient(data, "utf-8")
    return lenient(data, guess(data, fitting, languages))


def encoding_of_bom(head: bytes) -> str | None:
    """The encoding a byte order mark states, if there is one."""
    return next((name for mark, name in BOMS if head.startswith(mark)), None)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by the zeros that letters of ASCII have in it."""
    marked = encoding_of_bom(head)
    if marked:
        return None if marked == "utf-8" else marked
    sample = head[: min(len(head) & ~1, 1024)]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < ENOUGH_ZEROS or min(even, odd):
        return None
    name = "utf-16-le" if odd else "utf-16-be"
    text = _strict(sample, name)
    return name if text and all(c.isprintable() or c.isspace() for c in text) else None


def codec_of(label: str) -> str | None:
    """The codec for a declared charset, as browsers take labels: latin5 is windows-1254, Shift_JIS windows-31j."""
    found = webencodings.lookup(label)
    try:
        name = codecs.lookup(label).name if found is None or found.name == "replacement" else found.codec_info.name
    except LookupError:
        return None
    return None if name in _NO_CHARSETS else _WIDER.get(name, name)


def lenient(data: bytes, name: str) -> tuple[str, bool]:
    """The text of bytes in a charset, and whether some were none."""
    text = without_surrogates(data.decode(name, "replace"))
    return text, "\ufffd" in text


def damaged_utf8(data: bytes, *, sure: bool = False) -> bool:
    """Whether the bytes above 127 are mostly well-formed UTF-8 sequences: then it is UTF-8 with some damage.

    `sure` asks for three good ones for each bad one.
    """
    good = bad = 0
    for run in _HIGH_RUN.findall(data[:LOOKED_AT]):
        try:
            run.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return 0 < good >= bad * (3 if sure else 1)


def without_surrogates(text: str) -> str:
    """Lone surrogates (they cannot be written as UTF-8) replaced by U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def _seven_bit(data: bytes, named: list[str]) -> str | None:
    """The charset of a text that switches alphabets by escapes, and so looks like ASCII."""
    if b"\x1b$" in data:
        return next(name for escape, name in _SEVEN_BIT if escape in data)
    return "hz" if "hz" in named and b"~{" in data else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _fits(data: bytes, name: str) -> bool:
    """Whether bytes can be of a charset, a little damage aside."""
    text = data[:LOOKED_AT].decode(name, "replace")
    lost = text.count("\ufffd")
    return lost == 0 or lost * 100 <= FORGIVEN * sum(map(len, _HIGH_RUN.findall(data[:LOOKED_AT])))
