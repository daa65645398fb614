"""The words that a search itself has, in any spelling: nobody wants to be told them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer import analysis
from indexer.highlight.matches import Clause, Matcher, Word, text_clauses
from indexer.search.leaves import WordNode, leaves
from indexer.search.query import Node, Or, Phrase
from indexer.search.request import SearchRequest


class OwnWords:
    """What a query looks for, and the values that are chosen by filters."""

    def __init__(self, request: SearchRequest, tree: Node, languages: Sequence[str | None]) -> None:
        asked: list[WordNode] = [replace(leaf, field=None) for leaf in leaves(tree)]
        asked += [Phrase(value) for chosen in request.filters for value in chosen.values]
        self._clauses = text_clauses(Or(tuple(asked)), languages)
        self._words = [word for clause in self._clauses for word in _words(clause)]
        self._languages = tuple(dict.fromkeys((*languages, None)))
        self._matchers: dict[str | None, Matcher] = {}

    def have(self, text: str, light: str, language: str | None) -> bool:
        """Whether a word of a text, folded and with its accents, is one of them."""
        matcher = self._matchers.setdefault(language, Matcher(self._clauses, language))
        return any(matcher.accepts(word, text, light) for word in self._words)

    def have_all(self, name: str) -> bool:
        """Whether a name is made of them alone."""
        tokens = analysis.cut(name)
        return all(any(self.have(token.text, token.light, each) for each in self._languages) for token in tokens)


def _words(clause: Clause) -> Iterator[Word]:
    yield from clause.words
    if clause.near:
        left, right, _ = clause.near
        yield from _words(left)
        yield from _words(right)
