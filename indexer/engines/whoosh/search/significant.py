"""What is said more in the hits than in the rest of the archive. Called by the engine for `significant_terms`.

Which words the hits have is learnt by reading some of them (`shared.significance`), how many have each by its postings.
Names are counted as facets are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from indexer.article import ENTITY_KINDS
from indexer.engines.shared.significance.choosing import chosen, spelt_out
from indexer.engines.shared.significance.own_words import OwnWords
from indexer.engines.shared.significance.sample import Sample, code_of, sampled
from indexer.engines.shared.significance.statistics import Counted, Sizes, fewest
from indexer.engines.whoosh.codec.layout import OWN_TEXTS
from indexer.engines.whoosh.kernels import Docs, Mask, nth_largest
from indexer.engines.whoosh.query.vocabulary import SnapshotVocabulary
from indexer.engines.whoosh.reader.columns import column, counts_of_all
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.order import sort_keys
from indexer.engines.whoosh.search.searcher import Search
from indexer.search.query import Term
from indexer.search.request import Sort
from indexer.search.significance import MOST_HITS, SignificantTerm, SignificantTerms

# A term is frequent that one in so many articles has, and more than so many: in any archive about as many terms are.
_FREQUENT_SHARE, _FREQUENT = 1_000, 8
# Names of each kind that are weighed.
_NAMES = 100


def significant_terms(search: Search, size: int) -> SignificantTerms:
    """The words and names that set the best hits of a search apart."""
    snapshot = search.snapshot
    ranked = _best(search)
    everything = len(snapshot.everything)
    terms: tuple[SignificantTerm, ...] = ()
    if size > 0 and 0 < len(ranked) < everything:
        own = OwnWords(search.request, search.tree, snapshot.languages)
        words = _words(search, ranked, own, size)
        terms = chosen(words, _names(search, np.sort(ranked)), own, snapshot.languages, size)
    return SignificantTerms(
        terms=terms,
        total=len(search.matches.docs),
        foreground=len(ranked),
        background=everything - len(ranked),
        tree=spelt_out(
            search.tree,
            len(search.matches.docs),
            partial(search.total, search.request),
            SnapshotVocabulary(search.compiler).held,
        ),
        request=search.request,
        matching=search.decision.matching,
        warnings=tuple(dict.fromkeys((*search.parsed.warnings, *search.advice()))),
    )


def _best(search: Search) -> Docs:
    """The best hits, best first, and all that tie with the last of them."""
    docs = search.matches.docs
    scores = search.score(docs) if search.plan.scored else None
    key = np.asarray(sort_keys(search.snapshot, Sort.RELEVANCE, docs, scores)[0])
    if len(docs) > MOST_HITS:
        best = key >= nth_largest(key, MOST_HITS)
        docs, key = docs[best], key[best]
    return docs[np.argsort(-key, kind="stable")]


def _words(search: Search, ranked: Docs, own: OwnWords, size: int) -> Iterator[Counted]:
    """The most promising words of the best hits, counted."""
    snapshot, translation = search.snapshot, search.request.translation
    foreground = np.zeros(snapshot.size, np.bool_)
    foreground[ranked] = True
    spoken = {code: _speaking(snapshot, code, translation) for code in {*map(code_of, snapshot.languages)}}
    sizes = {
        code: Sizes(int(np.count_nonzero(foreground & mask)), int(np.count_nonzero(mask)))
        for code, mask in spoken.items()
    }
    sample = Sample([snapshot.beginning(int(ranked[at]), translation=translation) for at in sampled(len(ranked))])
    for each in sample.candidates(own, sizes, lambda _: _frequent_terms(snapshot), size):
        docs = search.compiler.compile(Term(each.text)).docs()
        within = spoken[each.language][docs]
        here = foreground[docs]
        yield each.counted(
            int(np.count_nonzero(here)),
            int(np.count_nonzero(here & within)),
            int(np.count_nonzero(within)),
            sizes[each.language],
        )


def _speaking(snapshot: Snapshot, code: str, translation: bool) -> Mask:
    """Which articles are in a language, or have a translation, where any is in that."""
    return snapshot.cached(("speaking", code, translation), lambda: _find_speaking(snapshot, code, translation))


def _find_speaking(snapshot: Snapshot, code: str, translation: bool) -> Mask:
    values = column(snapshot, "language")
    spoken = [code_of(values.label(number)) == code for number in range(values.size)]
    found: Mask = np.array([not code, *spoken])[values.single()]
    if translation and code in map(code_of, snapshot.translated):
        found |= snapshot.concatenated("translation.lengths") > 0
    return found if snapshot.live is None else found & snapshot.live


def _frequent_terms(snapshot: Snapshot) -> Mapping[str, int]:
    """The index terms that many articles have, each with their number in the field that has it most often, deleted
    ones included."""
    return snapshot.cached("frequent terms", lambda: _find_frequent(snapshot))


def _find_frequent(snapshot: Snapshot) -> dict[str, int]:
    found: dict[str, int] = {}
    for field in OWN_TEXTS:
        counts: Counter[str] = Counter()
        for view in snapshot.views:
            dictionary = view.dictionary(field)
            held = np.diff(dictionary.postings.astype(np.int64))
            size = len(view.whole(f"{field}.lengths"))
            frequent = np.flatnonzero(held >= max(size // _FREQUENT_SHARE, _FREQUENT))
            for number, count in zip(frequent.tolist(), held[frequent].tolist(), strict=True):
                counts[dictionary.term_text(number).decode()] += count
        for term, count in counts.items():
            found[term] = max(found.get(term, 0), count)
    return found


def _names(search: Search, foreground: Docs) -> Iterator[Counted]:
    """The names that facets of the hits would list, the most promising of each kind; none of a kind that is filtered,
    of which a second value would widen the search."""
    snapshot, passing = search.snapshot, search.request.all_mentions
    sizes = Sizes(len(foreground), len(snapshot.everything))
    for kind in ENTITY_KINDS:
        if search.request.filter(kind).values:
            continue
        values = column(snapshot, kind)
        here, _ = values.count(foreground, passing)
        everywhere, _ = counts_of_all(snapshot, kind, passing)
        enough = here.counts >= fewest(sizes.hits)
        numbers, counts = here.numbers[enough], here.counts[enough]
        totals = everywhere.counts[np.searchsorted(everywhere.numbers, numbers)]
        # The greatest part of the log-likelihood ratio.
        promise = counts * np.log(counts / totals * (sizes.all / sizes.hits))
        best = np.argsort(-promise, kind="stable")[:_NAMES]
        labels = values.labels(numbers[best].tolist())
        for label, count, total in zip(labels, counts[best].tolist(), totals[best].tolist(), strict=True):
            yield Counted(kind, label, count, count, total, sizes)
