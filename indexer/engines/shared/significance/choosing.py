"""Which of the words and names that were counted are listed, and how the list narrows a search."""

from collections.abc import Callable, Iterable, Sequence

from indexer import analysis
from indexer.engines.shared.significance.own_words import OwnWords
from indexer.engines.shared.significance.statistics import Counted
from indexer.search.parser import conjunction, disjunction
from indexer.search.query import And, Node, Or, Term
from indexer.search.significance import SignificantTerm

# A word that is part of a listed name is listed too where more than so many times as many hits have it.
BEYOND_NAME = 5


def chosen(
    words: Iterable[Counted], names: Iterable[Counted], own: OwnWords, languages: Sequence[str | None], size: int
) -> tuple[SignificantTerm, ...]:
    """The most significant words and names, most significant first, then A-Z; each once, whatever its forms.

    Args:
        words: words of the hits.
        names: names of the hits, those that are words of the query left out.
        own: the words of the query.
        languages: those of the archive.
        size: how many are listed at most.
    """
    named: dict[str, SignificantTerm] = {}
    for name in _significant(names):
        if len(named) < size and not own.have_all(name.text):
            named.setdefault(analysis.fold(name.text), name)
    listed = list(named.values())
    # Of each term, how many hits a listed name accounts for.
    within = {term: name.count for name in reversed(listed) for term in _terms(name.text, languages)}
    seen: set[str] = set()
    for word in _significant(words):
        terms = _terms(word.text, languages)
        if seen.isdisjoint(terms) and word.count > BEYOND_NAME * max(within.get(term, 0) for term in terms):
            listed.append(word)
        seen.update(terms)
    return tuple(sorted(listed, key=_order)[:size])


def _significant(found: Iterable[Counted]) -> list[SignificantTerm]:
    terms = [
        SignificantTerm(each.kind, each.text, each.count, each.share, each.rest_share, score, each.language)
        for each in found
        if (score := each.score)
    ]
    return sorted(terms, key=_order)


def _order(term: SignificantTerm) -> tuple[float, str, str]:
    return -round(term.score, 6), term.text, term.kind


def _terms(text: str, languages: Sequence[str | None]) -> set[str]:
    return {term for word in analysis.query_words(text, languages) for term in word.terms}


def spelt_out(tree: Node, total: int, count: Callable[[Node], int], held: Callable[[str], int]) -> Node:
    """A tree whose text finds the same: words that may be written as one with their neighbour say so, if any hit has
    but that.

    Args:
        tree: the query as it was run.
        total: how many hits it has.
        count: how many another tree has under the same filters.
        held: in how many articles a word is.
    """
    bare = _solid(tree, lambda _: False)
    return bare if bare == tree or count(bare) == total else _solid(tree, lambda word: held(word) > 0)


def _solid(tree: Node, wanted: Callable[[str], bool]) -> Node:
    """A tree with those of its solid words that are wanted as words of their own."""
    match tree:
        case And(children):
            return conjunction(*(_solid(child, wanted) for child in children))
        case Or(children):
            return disjunction(*(_solid(child, wanted) for child in children))
        case Term(text, field, solids) if solids:
            return disjunction(Term(text, field), *(Term(solid, field) for solid in solids if wanted(solid)))
    return tree
