"""Which articles a query of plain words finds: those with all of its words, or all those with some, best first.

In: a query as it was parsed, what the request asks for, and how to count. Out: the tree that is run and, where there
was something to decide, how it was decided. Called by every engine's searcher.

The decision is taken over the whole archive: filters and dates have no part in it, so that narrowing a search never
turns one answer into the other. Where at least a page of articles has all of the words, those are the answer.
Function words (`analysis.stop_words`) need not match and weigh nothing, unless there are no others; a repeated word
stays repeated and so counts twice. Two words side by side may be written as one: `cease fire` finds "ceasefire".
Queries with operators, quotation marks, patterns or fields are run as they were typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from indexer.analysis import fold, is_unspaced, tokens
from indexer.analysis.compounds import solid_of
from indexer.analysis.stop_words import content_words
from indexer.engines.shared.search.diagnosis import Count, diagnose
from indexer.engines.shared.search.did_you_mean import Vocabulary, did_you_mean
from indexer.search.parser import MAX_CLAUSES, conjunction, disjunction
from indexer.search.printer import to_text
from indexer.search.query import And, Node, Parsed, Term
from indexer.search.request import Match, SearchRequest
from indexer.search.results import Diagnosis, Matching, Suggested

# Characters that a word of Chinese, Japanese, Korean or Thai has at most; a longer run of them is a sentence.
LONGEST_WORD = 4

Counts = Callable[[Sequence[Node]], Sequence[int]]


class Hits(Protocol):
    """How many hits the same search has with another query, its own decision taken, or matched as is said."""

    def __call__(self, query: str, match: Match | None = None, /) -> int:
        """Count them, in the time that is left."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """The tree that a search runs, the one that requires every word of weight, and how it was chosen between them."""

    tree: Node
    strict: Node
    matching: Matching | None = None
    plain: bool = False
    languages: Mapping[str, int] = field(default_factory=dict)

    def settled(self, request: SearchRequest) -> SearchRequest:
        """The request that says outright what was decided; where nothing was, it is the same whatever was asked for."""
        return replace(request, match=self.matching.mode if self.matching else Match.AUTO)

    def strictly(self, count: Count) -> Count:
        """Counts trees that were parsed from the same query in another spelling: without words that say nothing."""
        return lambda request, tree: count(request, of_weight(Parsed(tree, plain=self.plain), self.languages))


def decide(parsed: Parsed, asked: Match, page_size: int, languages: Mapping[str, int], counts: Counts) -> Decision:
    """Choose what a query finds.

    Args:
        parsed: the query.
        asked: what the request says.
        page_size: the configured number of hits on a page, whatever the size that was asked for.
        languages: how many articles the archive has in each language.
        counts: how many articles of the whole archive match each of some trees.
    """
    strict = of_weight(parsed, languages)
    decision = Decision(strict, strict, None, parsed.plain, languages)
    words = _terms(strict) if parsed.plain else []
    pieces = [piece for word in words for piece in _pieces(word)][:MAX_CLAUSES]
    if len({fold(piece.text) for piece in pieces}) < 2:
        return decision
    loose = disjunction(*pieces)
    having_all, having_some = counts((strict, loose))
    mode = asked
    if asked is Match.AUTO:
        # Where some are all, the answer is the same and is better called by the stricter name.
        mode = Match.ALL if having_all >= page_size or having_all == having_some else Match.BEST
    matching = Matching(mode, having_all, having_some, tuple(map(to_text, words)))
    return replace(decision, tree=strict if mode is Match.ALL else loose, matching=matching)


def decided_alone(parsed: Parsed, asked: Match, languages: Mapping[str, int]) -> Node:
    """The tree of a query that is decided without counting: all of its words are required, unless the request says
    outright that some are enough."""
    if asked is not Match.BEST:
        return of_weight(parsed, languages)
    return decide(parsed, asked, 0, languages, lambda trees: [0] * len(trees)).tree


def of_weight(parsed: Parsed, languages: Mapping[str, int]) -> Node:
    """The tree of a query; one of plain words without those that say nothing."""
    terms = _terms(parsed.tree) if parsed.plain else []
    if len(terms) < 2:
        return parsed.tree
    words = list(zip(terms, content_words([term.text for term in terms], languages), strict=True))
    solids = [solid_of(a.text, b.text) if weighs and goes_on else "" for (a, weighs), (b, goes_on) in pairwise(words)]
    return conjunction(
        *(
            replace(term, solids=tuple(filter(None, beside)))
            for (term, weighs), beside in zip(words, pairwise(["", *solids, ""]), strict=True)
            if weighs
        )
    )


def diagnosis_of(
    request: SearchRequest, decision: Decision, languages: Mapping[str, int], count: Count, hits: Hits
) -> Diagnosis:
    """Why there are no hits: each word's own count, whether all were required or not."""

    def having_some(words: str) -> int:
        return hits(words, Match.BEST)

    return diagnose(request, decision.tree, decision.strict, languages, count, None if decision.plain else having_some)


def suggested(
    vocabulary: Vocabulary,
    request: SearchRequest,
    decision: Decision,
    total: int,
    count: Count,
    hits: Hits,
) -> Suggested | None:
    """Another spelling of the query, where few articles have all of its words.

    Args:
        vocabulary: the words of the archive.
        request: the search.
        decision: what it runs.
        total: its hits.
        count: see `Count`.
        hits: see `Hits`.
    """
    strict = decision.strict
    having_all = total if decision.tree == strict else count(request, strict)
    some_do = decision.matching is not None and decision.matching.mode is Match.BEST
    found = did_you_mean(vocabulary, request, strict, having_all, decision.strictly(count), some_do=some_do)
    found = replace(found, total=hits(found.query)) if found else None
    return found if found and found.total else None


def _terms(tree: Node) -> list[Term]:
    parts = tree.children if isinstance(tree, And) else (tree,)
    return [part for part in parts if isinstance(part, Term)]


def _pieces(word: Term) -> Sequence[Term]:
    """What of a word may match by itself: of a sentence that is written without spaces each pair of its characters."""
    found = tokens(word.text)
    if len(word.text) <= LONGEST_WORD or not any(map(is_unspaced, found)):
        return [word]
    return [Term(token) for token in found]
