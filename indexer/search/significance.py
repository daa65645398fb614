"""What is said more in the hits of a search than in the rest of an archive: the words and names of an answer.

Plain values, the same from every engine and through every door. `SignificantTerms.to_dict()` is the JSON of the HTTP
API and of `indexer words --json`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from indexer.search.parser import conjunction
from indexer.search.printer import to_text
from indexer.search.query import EVERYTHING, MatchAll, Node, QueryWarning, Term
from indexer.search.request import SearchRequest
from indexer.search.results import NOTHING_ASKED, Matching, Suggested

WORD = "word"
MOST_HITS = 10_000  # hits that are looked at, best first


@dataclass(frozen=True, slots=True)
class SignificantTerm:
    """A word, or the name of a person, organisation or place, said more in the hits than in the rest.

    `kind` is `word` or the field of the name. `count` of the hits that were looked at have it. `share` says in which
    part of these it is, `rest_share` in which part of the rest; of a word, of the articles in its `language` (the
    primary subtag, "" where none is stated). `score` is Dunning's log-likelihood ratio of the two.
    """

    kind: str
    text: str
    count: int
    share: float
    rest_share: float
    score: float
    language: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "kind": self.kind,
            "text": self.text,
            "language": self.language or None,
            "count": self.count,
            "share": round(self.share, 6),
            "rest_share": round(self.rest_share, 6),
            "score": round(self.score, 3),
        }


@dataclass(frozen=True, slots=True)
class SignificantTerms:
    """Words and names of the hits, the most significant first: a sequence of them.

    Of `total` hits the best `foreground` were looked at, and compared with the other `background` articles of the
    archive. `tree` is the query as it was run, written out; `request` the request as it was answered. Where that is
    misspelt, all else is the answer to the query `corrected`.
    """

    terms: tuple[SignificantTerm, ...]
    total: int
    foreground: int
    background: int
    tree: Node = EVERYTHING
    request: SearchRequest = NOTHING_ASKED
    matching: Matching | None = None
    warnings: tuple[QueryWarning, ...] = ()
    corrected: Suggested | None = None

    def __iter__(self) -> Iterator[SignificantTerm]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def narrowed(self, term: SignificantTerm) -> SearchRequest:
        """The search for those hits that have a term: `count` of them, where all hits were looked at."""
        if term.kind != WORD:
            return self.request.with_filter(term.kind, term.text)
        word = Term(term.text)
        tree = word if isinstance(self.tree, MatchAll) else conjunction(self.tree, word)
        return replace(self.request, query=to_text(tree), page=1, cursor=None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "understood": to_text(self.tree),
            "matching": self.matching.to_dict() if self.matching else None,
            "corrected": self.corrected.to_dict() if self.corrected else None,
            "total": self.total,
            "foreground": self.foreground,
            "background": self.background,
            "terms": [{**term.to_dict(), "query": self.narrowed(term).query} for term in self.terms],
            "warnings": [warning.to_dict() for warning in self.warnings],
        }
