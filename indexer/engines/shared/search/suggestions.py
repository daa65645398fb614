"""What engines offer alike while a person types: which fields, how many titles, and in which order."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer import analysis
from indexer.article import ENTITY_KINDS
from indexer.search.query import And, Node, Prefix, Term
from indexer.search.results import Suggestion

FIELDS = (*ENTITY_KINDS, "source")
# Titles looked at for one suggestion, newest first.
MOST_TITLES = 40
# A single letter begins too many words of titles.
LETTERS_FOR_TITLES = 2


def most_frequent_first(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Values of fields in the order they are offered in."""
    return sorted(found, key=lambda suggestion: (-suggestion.count, suggestion.kind, suggestion.text))


def titles_with(words: Sequence[str]) -> Node | None:
    """The query for titles that hold folded words, the last perhaps not to its end; None where that says too little."""
    if len(words) == 1 and len(words[0]) < LETTERS_FOR_TITLES and not analysis.is_unspaced(words[0]):
        return None
    return And((*(Term(word, "title") for word in words[:-1]), Prefix(words[-1], "title")))


def title_suggestions(titles: Iterable[str], size: int) -> list[Suggestion]:
    """Titles as suggestions, in their order, each once with how often it came."""
    return [Suggestion("title", title, count) for title, count in list(Counter(titles).items())[:size]]
