"""Two texts -> rows of sentences that agree or differ, for copies of one story, or versions of one article.

`differing` compares two articles; the rest are texts in, values out.
"""

import re
from dataclasses import dataclass
from typing import Any

from indexer.article import Article
from indexer.browsing.alignment import Effort, aligned
from indexer.search.results import outline

# A sentence ends with its sign and the space behind it, or with its paragraph. Chinese and Japanese have no space.
_END = re.compile(r"(?<=[.!?؟…])[\"'”’»)\]]*\s+|(?<=[。！？])[」』”]*(?=\S)|\n\s*\n")
MOST = 400  # sentences of each text that are compared


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences side by side; where they differ, either side may be empty."""

    left: str
    right: str
    differs: bool


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row, and where in each side stands what the other has not got: spans of offsets into its text."""

    left: str
    right: str
    left_spans: Spans = ()
    right_spans: Spans = ()

    @property
    def differs(self) -> bool:
        """Whether the sides differ."""
        return self.left != self.right

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "left": self.left,
            "right": self.right,
            "differs": self.differs,
            "left_spans": [list(span) for span in self.left_spans],
            "right_spans": [list(span) for span in self.right_spans],
        }


@dataclass(frozen=True, slots=True)
class Differences:
    """Two articles sentence by sentence: copies by their bodies, versions of one also by title and summary.

    Where `complete` is false it would have taken too long to compare them to the end; what was not stands as different.
    """

    left: Article
    right: Article
    rows: tuple[Difference, ...]
    complete: bool = True

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not any(row.differs for row in self.rows)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "left": _side(self.left),
            "right": _side(self.right),
            "same": self.same,
            "complete": self.complete,
            "rows": [row.to_dict() for row in self.rows],
        }


def differing(left: Article, right: Article) -> Differences:
    """Compare two articles, or two versions of one."""
    rows = []
    effort = Effort()
    one, other = (told(article, whole=left.id == right.id) for article in (left, right))
    for row in compare(one, other, effort):
        if row.differs:
            spans = (_changed(pieces) for pieces in changed_words(row.left, row.right, effort))
            rows.append(Difference(row.left, row.right, *spans))
        else:
            rows.append(Difference(row.left, row.right))
    return Differences(left, right, tuple(rows), not effort.spent)


def told(article: Article, *, whole: bool) -> str:
    """What is compared of an article: the whole text, or the body alone."""
    return "\n\n".join(filter(None, (article.title, article.summary, article.body))) if whole else article.body


def _side(article: Article) -> dict[str, Any]:
    since = article.stood
    return {**outline(article), "since": since.isoformat().replace("+00:00", "Z") if since else None}


# Words of a row that are compared one by one; longer rows are marked as a whole.
MOST_WORDS = 1_500
# A word of a script with spaces, one character of another, or what stands between words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]")

Pieces = list[tuple[str, bool]]


def changed_words(left: str, right: str, effort: Effort) -> tuple[Pieces, Pieces]:
    """Two sentences that differ in pieces of text, each with whether the other has not got it."""
    ours, theirs = _WORD.findall(left), _WORD.findall(right)
    if not ours or not theirs or max(len(ours), len(theirs)) > MOST_WORDS:
        return [(left, True)], [(right, True)]
    found: tuple[Pieces, Pieces] = ([], [])
    for first, last, start, end, differs in aligned(ours, theirs, effort):
        for side, words in zip(found, (ours[first:last], theirs[start:end]), strict=True):
            if words:
                side.append(("".join(words), differs))
    return found


def _changed(pieces: Pieces) -> Spans:
    """Where the changed pieces stand in the text that they make up."""
    spans: list[tuple[int, int]] = []
    at = 0
    for text, changed in pieces:
        if changed and text:
            spans.append((at, at + len(text)))
        at += len(text)
    return tuple(spans)


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space folded."""
    ends = [found.end() for found in _END.finditer(text)]
    pieces = (" ".join(text[start:end].split()) for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return [piece for piece in pieces if piece]


def compare(left: str, right: str, effort: Effort) -> list[Row]:
    """The rows of two texts, in order. What lies beyond `MOST` sentences is one differing row."""
    ours, theirs = sentences(left), sentences(right)
    rows = [
        _row(ours[first:last], theirs[start:end], differs=differs)
        for first, last, start, end, differs in aligned(ours[:MOST], theirs[:MOST], effort)
    ]
    if len(ours) > MOST or len(theirs) > MOST:
        rows.append(_row(ours[MOST:], theirs[MOST:], differs=ours[MOST:] != theirs[MOST:]))
    return rows


def _row(ours: list[str], theirs: list[str], *, differs: bool) -> Row:
    return Row(" ".join(ours), " ".join(theirs), differs)
