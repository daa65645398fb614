"""Hits -> snippets: what of each article is shown below its title, with the matches as offsets.

The words to look for are the surface forms that the dictionary of the article's own segment has for the query's stems.
Called by the engine for the hits of one page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from indexer import analysis
from indexer.article import Article
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.engines.whoosh.query.expand import surface_index
from indexer.engines.whoosh.query.fuzzy import close_ones
from indexer.engines.whoosh.query.plan import Context
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.match_finder import Finder
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

    def show(self, doc: int, article: Article, body: Iterable[str]) -> tuple[tuple[Snippet, ...], Spans]:
        """The snippets of an article, whose body comes in pieces, and the matches in its title."""
        title = merged(self._marks(doc, article, "title", article.title))
        pieces = iter(body)
        first = next(pieces, "")
        found = self._body(doc, article, first, pieces)
        if found:
            return found, title
        summary = self._marks(doc, article, "summary", article.summary)
        if summary:
            return snippets("summary", article.summary, summary), title
        return lead("summary", article.summary) or lead("body", first), title

    def in_translation(self, doc: int, article: Article) -> Callable[[str], list[Mark]]:
        """What finds the matches in a part of an article's translation."""
        return lambda text: self._marks(doc, article, "translation", text)

    def _body(self, doc: int, article: Article, first: str, rest: Iterable[str]) -> tuple[Snippet, ...]:
        """The snippets of the piece of the body in which most clauses match."""
        best: tuple[int, str, list[Mark]] = (0, first, self._marks(doc, article, "body", first))
        most = _kinds(best[2])
        more = False
        for number, piece in enumerate(islice(rest, MOST_PIECES), 1):
            more = True
            if most == len(self.clauses):
                break
            marks = self._marks(doc, article, "body", piece)
            if _kinds(marks) > most:
                best, most = (number, piece, marks), _kinds(marks)
        number, text, marks = best
        found = snippets("body", text, marks)
        if not more:
            return found
        # A piece of a longer body: text is missing on both sides of it.
        return tuple(replace(each, leading=each.leading or number > 0, trailing=True) for each in found)

    def _marks(self, doc: int, article: Article, name: str, text: str) -> list[Mark]:
        segment, _ = self.snapshot.in_segment(doc)
        language = article.language_of(name)
        key = (language, name, segment)
        finder = self._finders.get(key)
        if finder is None:
            matcher = self._matcher(language)[name]
            finder = self._finders[key] = Finder(matcher, partial(self._forms, segment, language, name))
        return finder.marks(text)

    def _matcher(self, language: str | None) -> dict[str, Matcher]:
        if language not in self._matchers:
            self._matchers[language] = matchers(self.clauses, language, self.budget.check)
        return self._matchers[language]

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
