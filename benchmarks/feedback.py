"""Pseudo-relevance feedback (RM3, Abdul-Jaleel and others 2004), outside the product: is it worth a second pass?

The words of the ten best articles, each article weighing as much as its score, are a model of what is asked for. Its
twenty strongest words are asked together with the question's own, which keep seven tenths of the weight.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from indexer import analysis
from indexer.archive import Archive
from indexer.engines.whoosh.codec.layout import TEXTS
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.query.boolean import AnyOf
from indexer.engines.whoosh.query.compile import Compiler
from indexer.engines.whoosh.query.plan import Context, Word
from indexer.engines.whoosh.query.scoring import ScoredWord

ARTICLES = 10
WORDS = 20
ORIGINAL = 0.7


def with_feedback(archive: Archive, words: Sequence[str], depth: int, language: str = "en") -> list[str]:
    """The ids of the best articles for the words of a question and those of the best articles for these."""
    engine = archive.engine
    assert isinstance(engine, WhooshEngine)
    snapshot = engine.snapshot
    compiler = Compiler(Context(snapshot), 1)
    asked = _share(Counter(_term(word, language) for word in words))
    form = {_term(word, language): word for word in words}
    docs, scores = _ranked(compiler, {form[stem]: weight for stem, weight in asked.items()}, ARTICLES)
    model: defaultdict[str, float] = defaultdict(float)
    for doc, score in zip(docs, scores, strict=True):
        article = snapshot.article(doc)
        tokens = [token for token in analysis.tokens(f"{article.title}\n{article.body}") if len(token) > 2]
        stems = [_term(token, language) for token in tokens]
        form |= dict(zip(stems, tokens, strict=True)) | {stem: form[stem] for stem in asked}
        for stem, share in _share(Counter(stems)).items():
            model[stem] += share * score
    common = snapshot.size / 10
    for stem in list(model):
        if sum(word.count for word in _words(compiler, form[stem])) > common:
            del model[stem]
    strongest = _share(dict(sorted(model.items(), key=lambda item: -item[1])[:WORDS]))
    mixed = defaultdict(float, {stem: ORIGINAL * weight for stem, weight in asked.items()})
    for stem, weight in strongest.items():
        mixed[stem] += (1 - ORIGINAL) * weight
    docs, _ = _ranked(compiler, {form[stem]: weight for stem, weight in mixed.items()}, depth)
    return [snapshot.id_of(doc) for doc in docs]


def _term(word: str, language: str) -> str:
    return next((terms[0].text for terms in analysis.index_terms(analysis.cut(word), language)), word)


def _words(compiler: Compiler, word: str) -> list[ScoredWord]:
    return [compiler.word(asked, TEXTS) for asked in compiler.asked(TEXTS[0], word)]


def _share(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values()) or 1
    return {word: count / total for word, count in counts.items()}


def _ranked(compiler: Compiler, weights: dict[str, float], size: int) -> tuple[list[int], list[float]]:
    words = [each.repeated(weight) for word, weight in weights.items() for each in _words(compiler, word)]
    plan = AnyOf(compiler.context, [Word(compiler.context, word) for word in words if word.leaves])
    docs = plan.docs()
    scores = plan.score(docs)
    best = np.argsort(-scores, kind="stable")[:size]
    return docs[best].tolist(), scores[best].tolist()
