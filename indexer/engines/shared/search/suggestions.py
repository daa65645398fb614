"""What engines offer alike while a person types: which fields, how many titles, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from indexer import analysis
from indexer.article import ENTITY_KINDS, EntityKind
from indexer.engines.shared.search.other_names import HeldNames, beginning, people_beginning
from indexer.search.query import And, Node, Prefix, Term
from indexer.search.results import Suggestion

FIELDS = (*ENTITY_KINDS, "source")
# Titles looked at for one suggestion, newest first.
MOST_TITLES = 40
# A single letter begins too many words of titles.
LETTERS_FOR_TITLES = 2
# Nor do two Latin letters say which name of some forty languages is meant.
LETTERS_FOR_OTHER_NAMES = 3


class SuggestedNames(HeldNames, Protocol):
    """The labels of an archive's entities, as an engine knows them."""

    def counted(self, kind: EntityKind, names: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        """Those of some names that facets count, with the labels they are shown by and their numbers of articles."""
        ...


def most_frequent_first(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Values of fields in the order they are offered in."""
    return sorted(found, key=lambda suggestion: (-suggestion.count, suggestion.kind, suggestion.text))


def otherwise_named(words: Sequence[str], held: SuggestedNames, offered: Iterable[Suggestion]) -> list[Suggestion]:
    """What is called by folded words, the last perhaps not to its end, in another language, most frequent first; then
    the people whose names may be romanised so. What is `offered` already is left out."""
    if analysis.fold(words[-1]).isascii() and len(words[-1]) < LETTERS_FOR_OTHER_NAMES:
        return []
    seen = {(each.kind, each.text) for each in offered}
    found: list[Suggestion] = []
    for kind in ENTITY_KINDS:
        names = dict(beginning(kind, words))
        for name, (label, count) in held.counted(kind, tuple(names)).items():
            found.append(Suggestion(kind, label, count, names[name]))
    rows = [*most_frequent_first(found), *(Suggestion("person", *row) for row in people_beginning(words, held))]
    first = {(each.kind, each.text): each for each in reversed(rows)}
    return [each for each in rows if first[each.kind, each.text] is each and (each.kind, each.text) not in seen]


def titles_with(words: Sequence[str]) -> Node | None:
    """The query for titles that hold folded words, the last perhaps not to its end; None where that says too little."""
    if len(words) == 1 and len(words[0]) < LETTERS_FOR_TITLES and not analysis.is_unspaced(words[0]):
        return None
    return And((*(Term(word, "title") for word in words[:-1]), Prefix(words[-1], "title")))


def title_suggestions(titles: Iterable[str], size: int) -> list[Suggestion]:
    """Titles as suggestions, in their order, each once with how often it came."""
    return [Suggestion("title", title, count) for title, count in list(Counter(titles).items())[:size]]
