"""Articles like another: those that share its most telling words, by tf-idf, those of the title weighing more.

Called by the engine for `related`.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from indexer import analysis
from indexer.article import Article
from indexer.engines.whoosh.combine import AnyOf
from indexer.engines.whoosh.evaluate import Compiler
from indexer.engines.whoosh.order import first, sort_keys
from indexer.engines.whoosh.plan import Context, Word
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.errors import NotFound
from indexer.search.request import Sort
from indexer.search.results import Hit

# Words of an article that are compared: more make it slower, not better.
WORDS = 16
TITLE_WEIGHT = 3
# Only the beginning of a very long body is looked at (characters).
LOOKED_AT = 20_000
# A word in a larger share of the archive tells nothing; in a small archive it may be in so many articles anyway.
COMMON_SHARE = 0.02
COMMON_COUNT = 50
FIELDS = ("title", "body")


def related_hits(snapshot: Snapshot, id: str, size: int) -> list[Hit]:
    """The articles most like one, itself left out, best first.

    Raises:
        NotFound: no such article.
    """
    doc = snapshot.find(id)
    if doc is None:
        raise NotFound(f"There is no article {id!r}.")
    context = Context(snapshot)
    plan = AnyOf(context, list(_words(Compiler(context, 1), snapshot.article(doc))))
    docs = plan.docs()
    docs = docs[docs != doc]
    if snapshot.live is not None:
        docs = docs[snapshot.live[docs]]
    scores = plan.score(docs)
    places = first(snapshot, docs, sort_keys(snapshot, Sort.RELEVANCE, docs, scores), size)
    return [Hit(replace(snapshot.article(int(docs[place])), body=""), float(scores[place])) for place in places]


def _words(compiler: Compiler, article: Article) -> Iterator[Word]:
    counts = Counter(token for token in analysis.tokens(article.body[:LOOKED_AT]) if len(token) > 1)
    for token in analysis.tokens(article.title) + analysis.tokens(article.summary):
        counts[token] += TITLE_WEIGHT
    frequencies: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for token, count in counts.items():
        stem = analysis.stem(token, article.language)
        frequencies[stem] += count
        forms.setdefault(stem, token)
    size = compiler.snapshot.size
    ceiling = min(size - 1, max(size * COMMON_SHARE, min(COMMON_COUNT, size / 2), 2))
    telling = []
    for stem, count in frequencies.items():
        held = max(compiler.term_count(field, stem) for field in FIELDS)
        if 1 < held <= ceiling:
            telling.append(((1 + math.log(count)) * math.log(size / held + 1), forms[stem]))
    telling.sort(key=lambda pair: (-pair[0], pair[1]))
    for weight, token in telling[:WORDS]:
        for field in FIELDS:
            leaf = compiler.leaf(field, token)
            if leaf.count:
                yield Word(compiler.context, leaf.times(weight))
