"""The score, the same on every engine: BM25F (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).

The fields of an article are one text before anything else is computed, in which a word of a field stands as many times
as the field weighs (`fields.py`): how often a word is there is `tf`, and how long that text is `length`. With N
articles of which n have the word in the fields asked for, a word's part of a score is

    rarity(N, n) * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average length))
"""

from datetime import UTC, datetime, time
from math import log

from indexer.zones import latest_day

# How soon further occurrences of a word count for less, and how much the length of an article counts.
K1 = 1.2
B = 0.75
# A term counts at most so many times in a field: repetition beyond it says no more.
MOST = 255
# An article of the future is put before the oldest by so many seconds, more than the calendar has.
FUTURE_BACK = 10**12
# The recency option: a score keeps at least this share however old the article is,
RECENCY_FLOOR = 0.5
# and the rest of it halves with each so many days before the newest article of the archive.
RECENCY_HALF_LIFE_DAYS = 365.0


def latest_second() -> int:
    """The last second, since 1970, that is believed of a publication."""
    return int(datetime.combine(latest_day(), time.max, UTC).timestamp())


def rarity(articles: int, holding: int) -> float:
    """The inverse document frequency of what `holding` of all articles have; never negative."""
    return log(1 + (articles - holding + 0.5) / (holding + 0.5))
