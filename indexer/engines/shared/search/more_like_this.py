"""The interesting terms of an article, by tf-idf, those of the title weighing more: what related articles share.

Called by the engines for `related`.
"""

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from indexer import analysis
from indexer.article import Article

# Words of an article that are compared: more make it slower, not better.
WORDS = 16
TITLE_WEIGHT = 3
# Only the beginning of a very long body is looked at (characters).
LOOKED_AT = 20_000
# A word in a larger share of the archive says nothing; in a small archive it may be in so many articles anyway.
COMMON_SHARE = 0.02
COMMON_COUNT = 50
FIELDS = ("title", "body")


class InterestingTerm(NamedTuple):
    """A word as it stands in the article, but for its case, and how much it says of it."""

    weight: float
    form: str


class Stems:
    """The terms of an article with their frequencies, and a form of each."""

    def __init__(self, article: Article) -> None:
        counts = Counter(analysis.spellings(article.body[:LOOKED_AT]))
        for word in [*analysis.spellings(article.title), *analysis.spellings(article.summary)]:
            counts[word] += TITLE_WEIGHT
        self.frequencies: Counter[str] = Counter()
        self._forms: dict[str, str] = {}
        terms = analysis.own_terms(list(counts), article.language)
        for ((text, light), count), term in zip(counts.items(), terms, strict=True):
            if len(text) > 1:
                self.frequencies[term] += count
                self._forms.setdefault(term, text if analysis.is_unspaced(text) else light)

    def interesting(self, held: Mapping[str, int], size: int) -> list[InterestingTerm]:
        """The most interesting terms, given in how many articles of an archive of a size each stem is."""
        ceiling = min(size - 1, max(size * COMMON_SHARE, min(COMMON_COUNT, size / 2), 2))
        found = [
            InterestingTerm((1 + math.log(count)) * math.log(size / held[stem] + 1), self._forms[stem])
            for stem, count in self.frequencies.items()
            if 1 < held.get(stem, 0) <= ceiling
        ]
        return sorted(found, key=lambda each: (-each.weight, each.form))[:WORDS]
