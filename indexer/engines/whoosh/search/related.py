"""Articles like another: those that share its most interesting terms. Called by the engine for `related`."""

from collections.abc import Iterator

import numpy as np

from indexer.article import Article
from indexer.engines.shared.search.more_like_this import FIELDS, Stems
from indexer.engines.whoosh.query.boolean import AnyOf
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.plan import Context, Plan, Word
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.search.top.best import Found, by_relevance, first_of, hits_of, live
from indexer.errors import NotFound
from indexer.search.results import Hit


def related_hits(snapshot: Snapshot, id: str, size: int) -> list[Hit]:
    """The articles most like one, itself left out, best first.

    Raises:
        NotFound: no such article.
    """
    doc = snapshot.find(id)
    if doc is None:
        raise NotFound.article(id)
    context = Context(snapshot)
    plan = AnyOf(context, list(_words(Compiler(context, 1), snapshot.article(doc))))
    docs, scores = first_of(context, plan, size + 1) or _listed(snapshot, plan, size + 1)
    others = np.flatnonzero(docs != doc)[:size]
    return list(hits_of(snapshot, docs[others], scores[others]))


def _listed(snapshot: Snapshot, plan: Plan, size: int) -> Found:
    docs = live(snapshot, plan.docs())
    return by_relevance(snapshot, docs, plan.score(docs), size)


def _words(compiler: Compiler, article: Article) -> Iterator[Word]:
    stems = Stems(article)
    held = {stem: max(compiler.term_count(field, stem) for field in FIELDS) for stem in stems.frequencies}
    for weight, form in stems.interesting(held, compiler.snapshot.size):
        for asked in compiler.asked(FIELDS[0], form):
            word = compiler.word(asked, FIELDS)
            if word.leaves:
                yield Word(compiler.context, word.repeated(weight))
