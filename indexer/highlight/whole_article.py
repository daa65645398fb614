"""A query -> its matches in a whole article, within limits of time and number. Called for the pages of articles.

The body is looked through piece by piece. When the time or the number of matches is used up, what was found until then
is given, with how far that was.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.article import Article
from indexer.errors import SearchTimeout
from indexer.highlight.matches import (
    Check,
    Clause,
    Mark,
    Matcher,
    Spans,
    Verdicts,
    matchers,
    merged,
    no_check,
    text_clauses,
    whole_text,
)
from indexer.search.query import Node

PIECE = 1 << 16  # characters, and on to the end of a line or word; a shorter body is looked through at once
LONGEST_MATCH = 1 << 12  # characters into the next piece that a match may reach
MOST_MATCHES = 20_000  # a page with more takes seconds to be written and to be shown
MOST_VERDICTS = 100_000  # on words that are kept of one language, 20 MB; then they are found anew


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


class Marker:
    """A query that is looked for in one article after another; what it has found of a word it keeps."""

    def __init__(self, tree: Callable[[tuple[str, ...]], Node], languages: Sequence[str | None] = ()) -> None:
        """`tree` is the query as it is asked of articles in these languages. Its words are analysed for `languages`;
        an article's own are always among them."""
        self._tree = tree
        self._languages = languages
        self._clauses: dict[tuple[str | None, ...], tuple[Clause, ...]] = {}
        self._verdicts: dict[tuple[tuple[str | None, ...], str | None], Verdicts] = {}

    def highlight(self, article: Article, check: Check = no_check) -> Highlights:
        """The matches in a whole article. `check` raises SearchTimeout when the time is up."""
        translation = article.translation
        own = (article.language, translation.language) if translation else (article.language,)
        languages = tuple(dict.fromkeys((*self._languages, *own)))
        clauses = self._clauses.get(languages)
        if clauses is None:
            tree = self._tree(tuple(filter(None, own)))
            clauses = self._clauses[languages] = text_clauses(tree, languages)

        def of(language: str | None) -> dict[str, Matcher]:
            verdicts = self._verdicts.setdefault((languages, language), {})
            if len(verdicts) > MOST_VERDICTS:
                verdicts.clear()
            return matchers(clauses, language, check, verdicts)

        return _highlights(article, of(article.language), of(translation.language) if translation else {})


def highlight(
    article: Article, tree: Node, languages: Sequence[str | None] = (), check: Check = no_check
) -> Highlights:
    """The matches of a query in a whole article. `check` raises SearchTimeout when the time is up."""
    return Marker(lambda _: tree, languages).highlight(article, check)


def _highlights(article: Article, found: Mapping[str, Matcher], translated: Mapping[str, Matcher]) -> Highlights:
    translation = article.translation
    spans: dict[str, Spans] = {"title": (), "summary": (), "body": ()}
    try:
        for name in ("title", "summary"):
            spans[name] = merged(whole_text(found[name], getattr(article, name)))
    except SearchTimeout:
        return Highlights(spans, 0)
    if translation:
        matcher = translated["translation"]
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
