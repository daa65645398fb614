"""The constants of the score, the same on every engine."""

# BM25 (Robertson and Zaragoza 2009): how soon further occurrences of a word count for less, and how much the length of
# a field counts.
K1 = 1.2
B = 0.75
# The recency option: a score keeps at least this share however old the article is,
RECENCY_FLOOR = 0.5
# and the rest of it halves with each so many days before the newest article of the archive.
RECENCY_HALF_LIFE_DAYS = 365.0
