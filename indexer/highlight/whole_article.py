"""A query -> its matches in a whole article, within limits of time and number. Called for the pages of articles.

The body is looked through piece by piece. When the time or the number of matches is used up, what was found until then
is given, with how far that was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.article import Article
from indexer.errors import SearchTimeout
from indexer.highlight.matches import Check, Mark, Matcher, Spans, matchers, merged, no_check, text_clauses, whole_text
from indexer.search.query import Node

PIECE = 1 << 16  # characters, and on to the end of a line or word; a shorter body is looked through at once
LONGEST_MATCH = 1 << 12  # characters into the next piece that a match may reach
MOST_MATCHES = 20_000  # a page with more takes seconds to be written and to be shown


@dataclass(frozen=True, slots=True)
class Highlights(Mapping[str, Spans]):
    """The matches in an article: for each of title, summary and body spans of offsets, in order and apart; for those
    of its translation, if it has one, as `translation.title` and so on.

    `reached` is how many characters of the body were looked through when time or number ended; None is all of it.
    """

    spans: Mapping[str, Spans]
    reached: int | None = None

    def __getitem__(self, name: str) -> Spans:
        return self.spans[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)


def highlight(
    article: Article, tree: Node, languages: Sequence[str | None] = (), check: Check = no_check
) -> Highlights:
    """The matches of a query in a whole article.

    `languages` are those for which the words of the query are analysed; the article's own is always among them.
    `check` raises SearchTimeout when the time is up.
    """
    known = dict.fromkeys((*languages, article.language))
    translation = article.translation
    if translation:
        known[translation.language] = None
    clauses = text_clauses(tree, tuple(known))
    found = matchers(clauses, article.language, check)
    spans: dict[str, Spans] = {"title": (), "summary": (), "body": ()}
    try:
        for name in ("title", "summary"):
            spans[name] = merged(whole_text(found[name], getattr(article, name)))
    except SearchTimeout:
        return Highlights(spans, 0)
    if translation:
        matcher = matchers(clauses, translation.language, check)["translation"]
        spans |= dict.fromkeys((f"translation.{name}" for name in ("title", "summary", "body")), ())
        try:
            for name in ("title", "summary"):
                spans[f"translation.{name}"] = merged(whole_text(matcher, getattr(translation, name)))
        except SearchTimeout:
            return Highlights(spans, 0)
        spans["translation.body"] = merged(_in_pieces(matcher, translation.body)[0])[:MOST_MATCHES]
    marks, reached = _in_pieces(found["body"], article.body)
    spans["body"] = merged(marks)
    if len(spans["body"]) > MOST_MATCHES:
        spans["body"] = spans["body"][:MOST_MATCHES]
        reached = spans["body"][-1][1]
    return Highlights(spans, reached)


def _in_pieces(matcher: Matcher, text: str) -> tuple[list[Mark], int | None]:
    """The matches in a text, and how much of it was looked through where that is not all."""
    marks: list[Mark] = []
    for start, end in _pieces(text):
        if len(marks) > MOST_MATCHES:
            return marks, start
        try:
            found = whole_text(matcher, text[start : end + LONGEST_MATCH])
        except SearchTimeout:
            return marks, start
        marks += [Mark(start + a, start + z, number) for a, z, number in found if start + a < end]
    return marks, None


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text begin and end: at the end of a line, else behind a space, else anywhere."""
    start = 0
    while start < len(text):
        least, most = start + PIECE, min(start + 2 * PIECE, len(text))
        end = text.find("\n", least, most) + 1 or text.find(" ", least, most) + 1 or most
        yield start, end
        start = end
