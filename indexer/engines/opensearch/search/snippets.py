"""Hits -> snippets, from the text of the stored articles: the same words are marked as in every other engine.

The cluster's own highlighter is not asked: it knows the stems it holds, not the letters of the text. Called by the
search for the hits of a page.
"""

from collections.abc import Callable, Sequence

from indexer.article import Article
from indexer.engines.shared.search.time_budget import TimeBudget
from indexer.highlight.matches import Clause, Mark, Matcher, Spans, matchers, merged, text_clauses, whole_text
from indexer.highlight.passages import lead, snippets
from indexer.search.query import Node
from indexer.search.results import Snippet

# Only the beginning of a very long body is looked through (characters): a page of 20 such articles takes a second.
LOOKED_AT = 200_000


class Highlighter:
    """The highlights of one query, which raise SearchTimeout when its budget is used up."""

    def __init__(self, tree: Node, languages: Sequence[str | None], budget: TimeBudget) -> None:
        self._budget = budget
        self._clauses: tuple[Clause, ...] = text_clauses(tree, languages)
        self._matchers: dict[str | None, dict[str, Matcher]] = {}

    def show(self, article: Article) -> tuple[tuple[Snippet, ...], Spans]:
        """The snippets of an article, and the matches in its title."""
        found = self._of_language(article.language)
        title = merged(whole_text(found["title"], article.title))
        body = article.body[:LOOKED_AT]
        marks = whole_text(found["body"], body)
        if marks:
            return snippets("body", body, marks), title
        marks = whole_text(found["summary"], article.summary)
        if marks:
            return snippets("summary", article.summary, marks), title
        return lead("summary", article.summary) or lead("body", body), title

    def in_translation(self, language: str) -> Callable[[str], list[Mark]]:
        """What finds the matches in a part of a translation."""
        matcher = self._of_language(language)["translation"]
        return lambda text: whole_text(matcher, text)

    def _of_language(self, language: str | None) -> dict[str, Matcher]:
        if language not in self._matchers:
            self._matchers[language] = matchers(self._clauses, language, self._budget.check)
        return self._matchers[language]
