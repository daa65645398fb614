"""Line ends that are the page's and not the author's: wrapped lines are joined, and words divided at the end of a line
are made whole. Called by `markup`.

Whether the hyphen of `custom-/house` belongs to the word, the article's own words say: it stays where the article
writes `custom-house` elsewhere, or has both halves as words of their own; it goes where it writes `customhouse`, and
else, as far more words are divided than have a hyphen. Nothing but the article is asked, so that the order in which
files are read changes nothing; the search finds a word by either spelling.
"""

import re
from collections.abc import Callable
from itertools import pairwise

_DIVIDED = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
# Over a blank line as well: scans have one between any two lines, or where a page ends.
_OVER_BLANK = re.compile(r"(?<=[^\W\d_]-\n)\n(?=[^\W\d_])")
# Signs that say nothing but that a word goes on: the soft hyphen, and what readers of scans write for it.
_GOES_ON = re.compile("(?<=[^\\W\\d_])[\u00ad\u00ac][ \t]*\r?\n\\s*(?=[^\\W\\d_])")
_OTHER_HYPHENS = re.compile("[\u2010\u2011\u2e17](?=[ \t]*\r?\n)")
# Whole words of a text, with their hyphens; no halves at line ends.
_WORD = re.compile(r"(?<!-\n)\b[^\W\d_]+(?:-[^\W\d_]+)*\b(?!-\n)")
# Too short to be half of a compound: `to-day`, `with-in` and their like are divided more often.
SHORTEST_HALF = 4
_JOINED = re.compile(r"([^\W_])-\n(?=[^\W_])(?!(?:and|or|to|und|oder|et|y|e|en)\b)")
# Words before which a hyphen stands for what comes later: `two- and three-year-old horses`.
_SUSPENDED = frozenset("and or to nor but und oder bis sowie et ou y o e en of och og".split())
_SENTENCE_END = tuple('.!?…。！？؟:;”"»)')
_WITHIN_SENTENCE = re.compile(r"(?<=[^\n.!?…。！？؟:;”\"»)])\n(?=[^\W\d_])")


def paragraphs(text: str) -> str:
    """A text with line ends -> one with paragraphs parted by blank lines."""
    mend = _mender(text)
    if mend is not str and "-\n\n" in text:
        text = _OVER_BLANK.sub(lambda found: "" if text[found.end()].islower() else "\n", text)
    if blank_lines := text.count("\n\n"):
        if text.count("\n") <= 2 * blank_lines:
            return text
        return "\n\n".join(_joined(paragraph, mend) for paragraph in text.split("\n\n"))
    rows = text.split("\n")
    return _unwrapped(text, mend) if _hard_wrapped(rows) else _mended(text, mend).replace("\n", "\n\n")


def whole_words(text: str) -> str:
    """A text with the words whole that were divided at line ends."""
    return _mender(text)(text)


def without_division_signs(text: str) -> str:
    """A text whose words go on over line ends without the signs that say so; every other hyphen there a plain one."""
    if "\u00ad" in text or "\u00ac" in text:
        text = _GOES_ON.sub("", text)
    if "\u2010" in text or "\u2011" in text or "\u2e17" in text:
        text = _OTHER_HYPHENS.sub("-", text)
    return text


def _mender(text: str) -> Callable[[str], str]:
    """What makes the divided words in parts of a text whole, by the words that the text has elsewhere."""
    # Searching for one character is thirty times as fast as searching for two, and every other text has no hyphen.
    if "-" not in text or "-\n" not in text:
        return str
    words = set(_WORD.findall(text))
    compounds = {pair for word in words if "-" in word for pair in _pairs(word)}

    def whole(divided: re.Match[str]) -> str:
        first, second = divided.groups()
        if not second.islower() or second in _SUSPENDED:
            return divided[0]
        if f"{first}-{second}" in compounds:
            return f"{first}-{second}"
        both = len(first) >= SHORTEST_HALF and len(second) >= SHORTEST_HALF and first in words and second in words
        return f"{first}-{second}" if both and first + second not in words else first + second

    return lambda part: _DIVIDED.sub(whole, part) if "-\n" in part else part


def _pairs(word: str) -> list[str]:
    return [f"{first}-{second}" for first, second in pairwise(word.split("-"))]


def _joined(paragraph: str, mend: Callable[[str], str]) -> str:
    """Lines of one paragraph: joined when an editor wrapped them, kept as lines (verse, a table, a list) otherwise."""
    rows = paragraph.split("\n")
    return _unwrapped(paragraph, mend) if len(rows) > 1 and _hard_wrapped(rows) else _mended(paragraph, mend)


def _unwrapped(lines: str, mend: Callable[[str], str]) -> str:
    """Wrapped lines as one; the hyphen at the end of a line stays before a capital or a number."""
    lines = mend(lines)
    return _JOINED.sub(r"\1-", lines).replace("\n", " ") if "-\n" in lines else lines.replace("\n", " ")


def _mended(lines: str, mend: Callable[[str], str]) -> str:
    """Lines with their words whole. Where words were divided, a line end inside a sentence is none of the author's."""
    mended = mend(lines)
    if mended == lines:
        return lines
    mended = _JOINED.sub(r"\1-", mended)
    return _WITHIN_SENTENCE.sub(lambda found: " " if mended[found.end()].islower() else "\n", mended)


def _hard_wrapped(rows: list[str]) -> bool:
    """Whether line ends fall where a line was full: most lines of like length, ending inside a sentence."""
    full = rows[:-1]
    widest = max(map(len, rows))
    if not full or not 40 <= widest <= 100:
        return False
    # A line was full if the first word of the next one would not have fitted.
    filled = sum(
        len(row) + 1 + len(after.partition(" ")[0]) > widest for row, after in zip(full, rows[1:], strict=True)
    )
    unfinished = sum(not row.endswith(_SENTENCE_END) for row in full)
    return filled * 4 >= len(full) * 3 and unfinished * 2 >= len(full)
