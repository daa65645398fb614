"""Text -> words: where they begin and end, and which of them a hyphen or an ampersand joins.

A word's position is its index in `tokens(text)`. What is said here holds for every engine, at index and at query time.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from indexer.analysis.folding import fold, fold_map, light, original_span, written_span

# Scripts written without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Vowel signs of the Indic scripts and Tibetan: no letters to `\w`, but part of the word.
_MARKS = (
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc\u09be-\u09c4"
    "\u09c7-\u09c8\u09cb-\u09cd\u09d7\u09e2-\u09e3\u09fe\u0a01-\u0a03\u0a3c\u0a3e-\u0a42\u0a47-\u0a48"
    "\u0a4b-\u0a4d\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0ac5\u0ac7-\u0ac9\u0acb-\u0acd"
    "\u0ae2-\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c\u0b3e-\u0b44\u0b47-\u0b48\u0b4b-\u0b4d\u0b55-\u0b57"
    "\u0b62-\u0b63\u0b82\u0bbe-\u0bc2\u0bc6-\u0bc8\u0bca-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c44"
    "\u0c46-\u0c48\u0c4a-\u0c4d\u0c55-\u0c56\u0c62-\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cc4\u0cc6-\u0cc8"
    "\u0cca-\u0ccd\u0cd5-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d44\u0d46-\u0d48\u0d4a-\u0d4d"
    "\u0d57\u0d62-\u0d63\u0d81-\u0d83\u0dca\u0dcf-\u0dd4\u0dd6\u0dd8-\u0ddf\u0df2-\u0df3\u0f18-\u0f19\u0f35"
    "\u0f37\u0f39\u0f3e-\u0f3f\u0f71-\u0f84\u0f86-\u0f87\u0f8d-\u0f97\u0f99-\u0fbc\u0fc6"
)
_HEBREW = "\u05d0-\u05ea"
_LETTER = rf"[^\W\d_{_UNSPACED}]"
_WORD = rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])+"
# C++, C#, .NET: signs that make another name of a letter or word.
_SIGNED = (
    r"(?<![+#])(?<![^\W_])[a-z](?:\+\+(?![^\W\d_])|#(?![^\W_]))(?![+#])"
    r"|(?<!\.)(?<![^\W_])\.net(?![^\W_])"
)
_ACRONYM = rf"(?<![^\W_]){_LETTER}(?:\.{_LETTER})+(?![^\W_])\.?"
# A double quote between two letters of Hebrew marks an acronym.
_QUOTE = '["\u201d\u2033]'
ACRONYM_QUOTE = re.compile(f"(?<=[{_HEBREW}]){_QUOTE}(?=[{_HEBREW}])")
_QUOTED = rf"{ACRONYM_QUOTE.pattern}{_WORD}"
_UNSPACED_ONLY = re.compile(rf"[{_UNSPACED}]+\Z")
# What may stand within a word and is no part of its text.
SIGNS_WITHIN = "'.\"\u201d\u2033"
_IN_WORD = str.maketrans("", "", SIGNS_WITHIN)

# A hyphen, also one at the end of a line, and an ampersand, also with spaces, join the words beside them.
_JOINT = re.compile(r"([-\u2010])(?:[ \t]*\r?\n[ \t]*)?|[ ]?(&)[ ]?")
_JOINTS = "-&\u2010\u2011"
_JOINTS_AHEAD = ("-", "\u2010", "&", " &")  # what `_JOINT` begins with

# One pass for plain ASCII: letters lower-cased, digits, apostrophe and dot kept, everything else a space.
_ASCII = (
    "".join(chr(b).lower() if chr(b).isalnum() or chr(b) in "'." else " " for b in range(128)).encode() + b" " * 128
)
_ELISIONS = frozenset("l d j m t s n c qu jusqu lorsqu puisqu dell nell all un".split())


@cache  # compiling takes longer than answering most queries, which are plain ASCII
def _token() -> re.Pattern[str]:
    return re.compile(rf"({_SIGNED})|({_ACRONYM})|({_WORD}(?:'{_WORD}|{_QUOTED})*)|([{_UNSPACED}]+)")


class Token(NamedTuple):
    """One word of a text.

    `text` is it folded, `[start, end)` where it stands as written, `light` is it with its accents, and `joint` the sign
    that joins the next word to it: a hyphen, an ampersand, or none.
    """

    text: str
    start: int
    end: int
    light: str
    joint: str = ""


def cut(text: str) -> list[Token]:
    """The words of a text, in order."""
    joins = any([sign in text for sign in _JOINTS])  # noqa: C419  # a list is twice as fast
    if text.isascii():
        folded = fold(text)
        if not joins:
            return [Token(word, start, end, word) for word, start, end, _ in _pieces(folded)]
        return [Token(word, start, end, word, _joint(folded, last)) for word, start, end, last in _pieces(folded)]
    folded, offsets = fold_map(text)
    found: list[Token] = []
    for word, start, end, last in _pieces(folded):
        first, stop = original_span(text, offsets, start, end)
        at, behind = written_span(text, offsets, start, end)
        sign = _joint(folded, last) if joins else ""
        if sign and is_unspaced(word):
            sign = ""
        found.append(Token(word, first, stop, light_word(text[at:behind], word), sign))
    return found


def _joint(folded: str, at: int) -> str:
    """The sign at a place that joins the words beside it, if one does."""
    if not folded.startswith(_JOINTS_AHEAD, at):  # as behind most words
        return ""
    found = _JOINT.match(folded, at)
    if found is None or not _goes_on(folded, found.end()):
        return ""
    return "-" if found[1] else found[2]


def light_word(written: str, word: str) -> str:
    """A word with its accents, given how it is written and what it is folded."""
    if len(word) == len(written) and written.isascii():
        return word
    return without_signs(light(written)) or word


def without_signs(word: str) -> str:
    """A word without the signs that may stand within one."""
    return word.translate(_IN_WORD)


def _goes_on(folded: str, at: int) -> bool:
    """Whether a word of a script with spaces begins right here."""
    found = _token().match(folded, at)
    return found is not None and found.lastindex in (2, 3)


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order."""
    if text.isascii():
        return ascii_tokens(text)
    return [word for word, *_ in _pieces(fold(text))]


def ascii_tokens(text: str) -> list[str]:
    """`tokens` for ASCII text, ten times as fast."""
    if "`" in text or "++" in text or "#" in text or ".net" in text.lower():
        return [word for word, *_ in _pieces(fold(text))]
    plain = text.encode("ascii").translate(_ASCII)
    pieces = plain.replace(b". ", b" ").replace(b"' ", b" ").replace(b" '", b" ").decode("ascii").split()
    if all(map(str.isalnum, pieces)):
        return pieces
    found: list[str] = []
    for piece in pieces:
        if piece.isalnum():
            found.append(piece)
        else:
            found += [word for word, *_ in _pieces(piece)]
    return found


def spellings(text: str) -> list[tuple[str, str]]:
    """The words of a text, each folded and with its accents: `cut` for whom it is the same where they stand."""
    if text.isascii():
        return [(word, word) for word in ascii_tokens(text)]
    return [(token.text, token.light) for token in cut(text)]


def token_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of `tokens(text)`, each with its start and end offset in `text`."""
    return [(token.text, token.start, token.end) for token in cut(text)]


def _pieces(folded: str) -> Iterator[tuple[str, int, int, int]]:
    """The words of folded text, where each starts and ends, and where what belongs to it ends (`Lavrov's`)."""
    for found in _token().finditer(folded):
        start, end = found.span()
        if found.lastindex == 3 and (word := found.group()).isalnum():  # most words
            yield word, start, end, end
            continue
        match found.lastindex:
            case 1:
                yield found.group(), start, end, end
            case 2:
                yield found.group().replace(".", ""), start, end, end
            case 3:
                word = found.group()
                last = end
                if "'" in word:
                    word, lead, tail = _without_apostrophes(word)
                    start, end = start + lead, end - tail
                yield (word if word.isalnum() else without_signs(word)), start, end, last
            case _ if end - start == 1:
                yield found.group(), start, end, end
            case _:
                for at in range(start, end - 1):
                    yield folded[at : at + 2], at, at + 2, at + 2


def _without_apostrophes(word: str) -> tuple[str, int, int]:
    """A word that holds apostrophes as one token; how many characters were dropped at its start and end."""
    lead = tail = 0
    if word.endswith("'s"):
        word, tail = word[:-2], 2
    head, mark, rest = word.partition("'")
    if mark and head in _ELISIONS and len(rest) > 1:
        word, lead = rest, len(head) + 1
    return word.replace("'", ""), lead, tail


def is_unspaced(token: str) -> bool:
    """Whether a token comes from a script without spaces, and so is a pair of characters or a single one."""
    return _UNSPACED_ONLY.match(token) is not None
