"""What of a plan can be answered by block maxima: its words in groups, and what else a document has to pass.

The sums of a score are made in the order in which `Plan.score` makes them, so that both give the same to the last bit.
Called by the search for the best hits alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from indexer.engines.whoosh.kernels import Docs, Mask, native
from indexer.engines.whoosh.kernels.top import MOST_WORDS, Part, Words
from indexer.engines.whoosh.query.boolean import AllOf, AnyOf, BestOf, Positional, ScoredPlaces
from indexer.engines.whoosh.query.plan import Listed, Plan, Word
from indexer.engines.whoosh.query.scoring import ScoredWord


@dataclass(slots=True)
class Wanted:
    """The words of a plan that score; what documents must match besides, and what they must not."""

    parts: list[Part] = field(default_factory=list)
    matched: list[Plan] = field(default_factory=list)
    unmatched: list[Plan] = field(default_factory=list)

    def words(self) -> Words:
        """The words, as they are searched for."""
        return Words(self.parts)

    @property
    def plain(self) -> bool:
        """Whether the words say all."""
        return not self.matched and not self.unmatched

    def mask(self, docs: Docs) -> Mask:
        """Which of some documents that have the words match."""
        kept = np.ones(len(docs), np.bool_)
        for plan in self.matched:
            kept &= plan.mask(docs)
        for plan in self.unmatched:
            kept &= ~plan.mask(docs)
        return kept

    def _add(self, words: Sequence[ScoredWord], *, each: bool) -> None:
        self.parts += [word.part(each=each, last=word is words[-1]) for word in words]


def wanted(plan: Plan) -> Wanted | None:
    """What a plan wants, if it is words and phrases of which it wants all, or words of which any will do; else None."""
    found = Wanted()
    scored: Iterable[Plan] = (plan,)
    if type(plan) is AllOf:
        scored = [child for child in plan.children if child.scored]
        found.matched += [child for child in plan.children if not child.scored]
        found.unmatched += plan.without
    groups = [_group(each) for each in scored]
    if native.library is None or not groups or None in groups:
        return None
    if sum(len(group[0]) for group in groups if group) > MOST_WORDS:
        return None
    for each, group in zip(scored, groups, strict=True):
        assert group
        found._add(group[0], each=group[1])
        if isinstance(each, ScoredPlaces):
            found.matched.append(each.child)
    return found


def tiers(plan: Plan) -> list[tuple[float, list[Listed]]] | None:
    """The lists of a plan whose documents score what the best list that has them gives, by that; None of others."""
    children = plan.children if type(plan) is BestOf else (plan,)
    lists = [child for child in children if isinstance(child, Listed)]
    if len(lists) < len(children):
        return None
    lists.sort(key=lambda each: -each.given)
    return [(given, list(alike)) for given, alike in groupby(lists, lambda each: each.given)]


def _group(plan: Plan) -> tuple[Sequence[ScoredWord], bool] | None:
    """The words of a plan that are scored together, and whether a document must have each of them."""
    if isinstance(plan, Word):
        return (plan.word,), True
    if type(plan) is AnyOf:
        words = [child.word for child in plan.children if isinstance(child, Word)]
        return (words, len(words) == 1) if words and len(words) == len(plan.children) else None
    if isinstance(plan, ScoredPlaces) and _needs_each(plan):
        return plan.words, True
    return None


def _needs_each(plan: ScoredPlaces) -> bool:
    """Whether wherever the places match, each of the words is."""
    children = plan.child.children if type(plan.child) is AnyOf else (plan.child,)
    for child in children:
        if not isinstance(child, Positional):
            return False
        held = {id(leaf) for leaf in child.words}
        if not all(any(id(leaf) in held for leaf in word.leaves) for word in plan.words):
            return False
    return True
