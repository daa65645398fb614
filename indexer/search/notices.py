"""The warnings of queries, the parser's and the engines': stable codes with their English sentences.

`docs/query-syntax.md` shows the table.
`{0}`, `{1}` stand for `QueryWarning.values`, so that another language can say the same.
"""

from indexer.search.query import QueryWarning

# How much of a typed word a sentence repeats.
EXCERPT = 40

NOTICES: dict[str, str] = {
    "too-long": "The query has {0} characters; at most {1} are allowed. Leave some words out.",
    "too-many-clauses": "The query has {0} words and phrases; at most {1} are allowed. Leave some out.",
    "cut-query": "The query is very long: of its {0} words the first {1} were searched.",
    "leading-wildcard": '"{0}" begins with a wildcard and was left out. Put at least its first letter before * or ?.',
    "nothing-to-search": '"{0}" holds no letter or digit to search for.',
    "short-pattern": '"{0}" is too short for a pattern, which wants {2} letters; it was searched as the word "{1}".',
    "pattern-of-words": '*, ? and ~ work on single words; "{0}" was searched as "{1}".',
    "edits-capped": '"{0}" allows too many differences; at most {1} were allowed.',
    "distance-capped": '"{0}" is too far; words may be at most {1} apart.',
    "unclosed-quote": "A quotation mark is not closed; the phrase was taken to reach to the end.",
    "unclosed-parenthesis": "A parenthesis is not closed; it was closed at the end.",
    "stray-parenthesis": "A closing parenthesis has no opening one and was left out.",
    "stray-operator": "{0} has nothing to join here and was left out. In small letters it would be a word.",
    "near-operands": "NEAR joins words and phrases of one text field only; AND was used instead.",
    "unknown-field": 'There is no field "{0}"; it was searched as a word.',
    "perhaps-field": 'There is no field "{0}"; it was searched as a word. Perhaps you meant {1}:?',
    "empty-field": "{0}: has no value and was left out.",
    "bad-date": '"{0}" is not a date and was left out. Write 2021, 2021-10, 2021-10-14 or 2021-10-01..2021-10-14.',
    "bad-day": '"{0}" is not a day of the year and was left out. Write month and day, as in on:10-14.',
    "word-not-date": "{0}: takes a date, and none follows; it was searched as a word.",
    "too-many-expansions": '"{0}" stands for {1} words; only the {2} most frequent were searched.',
    "perhaps-value": '{0}: no value is "{1}". Perhaps you meant "{2}"?',
    "older-state": "The newest state of the archive is damaged; this is an older one.",
    "reversed-dates": '"{0}" ends before it begins; its ends were exchanged.',
}


def notice(code: str, start: int, end: int, *values: object) -> QueryWarning:
    """The warning of a code about `[start, end)` of the query."""
    texts = tuple(_shorten(str(value)) for value in values)
    return QueryWarning(code, NOTICES[code].format(*texts), start, end, texts)


def _shorten(text: str) -> str:
    """A typed word as a sentence repeats it."""
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
