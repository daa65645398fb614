"""Hits -> snippets: what of each article is shown below its title, with the matches as offsets.

The words to look for are the surface forms that the dictionary of the article's own segment has for the query's stems.
Called by the engine for the hits of one page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice

from indexer import analysis
from indexer.article import Article
from indexer.engines.shared.search.time_budget import NO_END, TimeBudget
from indexer.engines.whoosh.query.expand import surface_index
from indexer.engines.whoosh.query.fuzzy import close_ones
from indexer.engines.whoosh.query.plan import Context
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.passages.match_finder import Finder
from indexer.highlight.matches import Clause, Mark, Matcher, Spans, Word, matchers, merged, text_clauses
from indexer.highlight.passages import lead, snippets
from indexer.search.query import Node
from indexer.search.results import Snippet

# Long bodies are looked through piece by piece (of 64 K characters), until a piece has all clauses. What lies behind
# so many pieces is not looked at: 10 such articles on a page take about 50 ms.
MOST_PIECES = 16


@dataclass(slots=True)
class Highlighter:
    """The highlights of one query on one snapshot."""

    snapshot: Snapshot
    clauses: Sequence[Clause]
    budget: TimeBudget
    _matchers: dict[str | None, dict[str, Matcher]] = field(default_factory=dict)
    _finders: dict[tuple[str | None, str, int], Finder] = field(default_factory=dict)

    @classmethod
    def of(cls, context: Context, tree: Node) -> "Highlighter":
        """The highlighter of a query, which raises SearchTimeout when its budget is used up."""
        return cls(context.snapshot, text_clauses(tree, context.snapshot.languages), context.budget)

    def untimed(self) -> None:
        """Go on without a budget: what is left are a few words each time, asked for after the answer."""
        self.budget = NO_END

    def snippets(
        self, doc: int, language: str | None, body: Iterable[str], summary: Callable[[], str]
    ) -> tuple[Snippet, ...]:
        """What is shown below an article's title, whose body comes in pieces: of its body, else of its summary."""
        pieces = iter(body)
        first = next(pieces, "")
        found = self._body(doc, language, first, pieces)
        if found:
            return found
        text = summary()
        marks = self._finder(doc, language, "summary").marks(text)
        if marks:
            return snippets("summary", text, marks)
        return lead("summary", text) or lead("body", first)

    def title_spans(self, doc: int, article: Article) -> Spans:
        """The matches in a title."""
        return merged(self._finder(doc, article.language, "title").marks(article.title))

    def in_translation(self, doc: int, article: Article) -> Callable[[str], list[Mark]]:
        """What finds the matches in a part of an article's translation."""
        return self._finder(doc, article.language_of("translation"), "translation").marks

    def _body(self, doc: int, language: str | None, first: str, rest: Iterator[str]) -> tuple[Snippet, ...]:
        """The snippets of the piece of the body in which most clauses match."""
        finder = self._finder(doc, language, "body")
        following = next(rest, None)
        if following is None:
            return finder.passages("body", first)
        best: tuple[int, str, list[Mark]] = (0, first, finder.marks(first))
        most = _kinds(best[2])
        for number, piece in enumerate(islice(chain((following,), rest), MOST_PIECES), 1):
            if most == len(self.clauses):
                break
            marks = finder.marks(piece)
            if _kinds(marks) > most:
                best, most = (number, piece, marks), _kinds(marks)
        number, text, marks = best
        found = snippets("body", text, marks)
        # A piece of a longer body: text is missing on both sides of it.
        return tuple(replace(each, leading=each.leading or number > 0, trailing=True) for each in found)

    def _finder(self, doc: int, language: str | None, name: str) -> Finder:
        segment, _ = self.snapshot.in_segment(doc)
        key = (language, name, segment)
        finder = self._finders.get(key)
        if finder is None:
            matcher = self._matcher(language)[name]
            finder = self._finders[key] = Finder(matcher, partial(self._forms, segment, language, name))
        return finder

    def _matcher(self, language: str | None) -> dict[str, Matcher]:
        if language not in self._matchers:
            self._matchers[language] = matchers(self.clauses, language, self._check)
        return self._matchers[language]

    def _check(self) -> None:
        self.budget.check()

    def _forms(self, segment: int, language: str | None, name: str, word: Word) -> Sequence[str] | None:
        """The surface forms that a field of a segment has for a word, or for the first part of a compound, in the
        articles of a language."""
        view = self.snapshot.views[segment]
        if word.near:
            asked, edits = word.near
            return close_ones(asked, surface_index(view, name).candidates(asked, edits)[1], edits, self.budget)
        if word.asked is None:
            return None
        dictionary = view.dictionary(name)
        first = word.asked.parts[0] if word.asked.parts else ()
        terms = analysis.of_language((*word.terms, *first), language)
        numbers = [number for term in terms if (number := dictionary.term(term)) is not None]
        return tuple(dict.fromkeys(form for number in numbers for form in dictionary.forms(number)))


def _kinds(marks: Iterable[Mark]) -> int:
    """How many different clauses match."""
    return len({mark.clause for mark in marks})
