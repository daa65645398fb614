"""Near-duplicates in the oracle: every article looked at, with the signatures that all engines share."""

from collections.abc import Sequence

import numpy as np

from indexer.analysis import tokens
from indexer.article import Article
from indexer.near_duplicates.grouping import group
from indexer.near_duplicates.signatures import Texts, signatures, word_hash


def groups(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """The ids of each article's group, its own included."""
    titles = _texts([article.title for article in articles])
    labels = group([signatures(titles, _texts([article.body for article in articles]))]).tolist()
    members: dict[int, set[str]] = {}
    for article, label in zip(articles, labels, strict=True):
        members.setdefault(label, set()).add(article.id)
    return {article.id: frozenset(members[label]) for article, label in zip(articles, labels, strict=True)}


def _texts(texts: Sequence[str]) -> Texts:
    words = [[word_hash(word.encode()) for word in tokens(text)] for text in texts]
    hashes = np.array([number for text in words for number in text], np.uint64)
    return Texts(hashes, np.array([len(text) for text in words], np.int64))
