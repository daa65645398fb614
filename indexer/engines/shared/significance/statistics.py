"""How surprising it is that so many of the hits have a word or name, when so few of the rest do."""

from dataclasses import dataclass
from typing import NamedTuple

from indexer.surprise import surprise

# In so many hits a word or name must be; in two where they are few.
FEWEST, FEW_HITS = 3, 20
# The log-likelihood ratio that chance reaches once in a thousand (chi-squared, one degree of freedom).
LEAST_SCORE = 10.83
# So many times the share of the rest is the least that tells anything: 72% beside 60% is surprising in many hits only.
OFTENER = 1.5


class Sizes(NamedTuple):
    """How many hits are looked at, and how many articles the archive has: in one language, or in all."""

    hits: int
    all: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A word or name. `count` of the hits looked at have it, `here` of those that are in its language and `all`
    articles of the archive in its language, whose numbers are `sizes`; a name is of every language."""

    kind: str
    text: str
    count: int
    here: int
    all: int
    sizes: Sizes
    language: str = ""

    @property
    def share(self) -> float:
        """In which part of the hits it is."""
        return self.here / self.sizes.hits

    @property
    def rest_share(self) -> float:
        """In which part of the rest it is."""
        return (self.all - self.here) / (self.sizes.all - self.sizes.hits)

    @property
    def score(self) -> float:
        """The log-likelihood ratio; 0 of what does not set the hits apart."""
        hits, everything = self.sizes
        if self.here < fewest(hits) or everything == hits or self.share < OFTENER * self.rest_share:
            return 0.0
        found = surprise(self.here, hits, self.all - self.here, everything - hits)
        return found if found >= LEAST_SCORE else 0.0


def fewest(hits: int) -> int:
    """In how many of so many hits a word or name must be."""
    return FEWEST if hits >= FEW_HITS else 2
