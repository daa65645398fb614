"""What finds something where a whole query finds nothing: the largest of its parts that are found together, and its
words with some of them sufficing.

In: the query, how many articles each part finds by itself, and how to count. Counting is bounded, in numbers and by the
time that the search has left. Called by `diagnosis`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from indexer.analysis import tokens
from indexer.analysis.stop_words import content_words
from indexer.errors import SearchTimeout
from indexer.search.leaves import leaves
from indexer.search.parser import conjunction, parse
from indexer.search.printer import clauses, to_text
from indexer.search.query import Exact, Near, Node, Not, Or, Phrase, Term
from indexer.search.results import ClauseCount

# Queries that are counted in all, and parts that are named: all pairs of five words after all but one of them.
MOST_COUNTED = 16
MOST_NAMED = 4


def together(
    whole: Node, counts: Sequence[int], languages: Mapping[str, int], count: Callable[[Node], int]
) -> tuple[ClauseCount, ...]:
    """The largest parts of a query that find something together, most first; none where each does so by itself alone.

    Parts that find nothing by themselves are left out, and function words. Then one more is, then two are taken at a
    time.

    Args:
        whole: a query without hits.
        counts: what each of its `clauses` finds by itself.
        languages: how many articles the archive has in each language.
        count: how many articles a part of the query finds under the filters of the search.
    """
    parts = clauses(whole)
    weigh = _weigh(parts, languages)
    held = {part: (having, weighs) for (_, part), having, weighs in zip(parts, counts, weigh, strict=True)}
    alive = [(part, having) for part, (having, weighs) in held.items() if having and weighs]
    found: list[ClauseCount] = []
    last = 0
    try:
        for _, kept in zip(range(MOST_COUNTED), _choices(alive, whole=len(held)), strict=False):
            if found and len(kept) < last:
                break
            last = len(kept)
            node = conjunction(*kept)
            if having := count(node):
                found.append(ClauseCount(to_text(node), having))
    except SearchTimeout:
        pass  # what was found until then is offered
    return tuple(sorted(found, key=lambda each: -each.count)[:MOST_NAMED])


def _choices(parts: Sequence[tuple[Node, int]], whole: int) -> Iterator[list[Node]]:
    """All of the parts, all but one, and two of them, in the order of the query; of as many those first whose rarest is
    the most frequent. Never the whole query, nor what excludes alone."""
    for size in sorted({size for size in (len(parts), len(parts) - 1, 2) if 2 <= size < whole}, reverse=True):
        for kept in sorted(combinations(parts, size), key=lambda kept: -min(having for _, having in kept)):
            nodes = [part for part, _ in kept]
            if not all(isinstance(node, Not) for node in nodes):
                yield nodes


def plain_words(tree: Node) -> str:
    """The words of a query without quotation marks and operators, so that some of them suffice; nothing of a query that
    says more than words, or has one alone."""
    if not _is_words(tree):
        return ""
    texts = []
    for leaf in leaves(tree):
        match leaf:
            case Term(text) | Phrase(text) | Exact(text):
                texts.append(text)
            case Near(left, right):
                texts += [left.text, right.text]
    text = " ".join(" ".join(texts).split())
    if len(set(tokens(text))) < 2:
        return ""
    parsed = parse(text)
    return text if parsed.plain and not parsed.refused else ""


def _weigh(parts: Sequence[tuple[str, Node]], languages: Mapping[str, int]) -> list[bool]:
    """Which parts are no function words; all, where there are no others."""
    content = content_words([text for text, _ in parts], languages)
    return [weighs or not isinstance(part, Term) for (_, part), weighs in zip(parts, content, strict=True)]


def _is_words(tree: Node) -> bool:
    match tree:
        case Or(children):
            return all(map(_is_words, children))
        case Term() | Phrase() | Exact() | Near():
            return tree.field is None
    parts = [part for _, part in clauses(tree)]
    return len(parts) > 1 and all(map(_is_words, parts))
