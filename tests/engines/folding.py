"""Near-duplicates in the oracle: every article looked at, with the signatures that all engines share."""

from collections.abc import Sequence

import numpy as np

from indexer.analysis import tokens
from indexer.article import Article
from indexer.near_duplicates import signatures


def groups(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """The ids of each article's group, its own included."""
    words = [[signatures.word_hash(word.encode()) for word in tokens(article.body)] for article in articles]
    hashes = np.array([number for body in words for number in body], np.uint64)
    labels = signatures.group(
        [signatures.signatures(hashes, np.array([len(body) for body in words], np.int64))]
    ).tolist()
    members: dict[int, set[str]] = {}
    for article, label in zip(articles, labels, strict=True):
        members.setdefault(label, set()).add(article.id)
    return {article.id: frozenset(members[label]) for article, label in zip(articles, labels, strict=True)}
