"""People in the nominative, whatever the case they stand in.

In: the spans of another tagger for one document. Out: the same with people under their nominative, so that "Путину" and
"Путиным" are one man. A patronymic between given and family name is left out of the name, a family name that comes
first goes last. Called through `choose` by the extractor.
"""

from collections import Counter
from collections.abc import Sequence
from importlib import import_module

from indexer.entities.nominative.mending import mended
from indexer.entities.nominative.names import names_file, read_names
from indexer.entities.nominative.people import People, Words
from indexer.entities.nominative.readings import Grammar
from indexer.entities.tagger import Span, Tagger

# Languages whose names have cases, and where their rules are.
RULES = {"ru": "indexer.entities.nominative.russian", "pl": "indexer.entities.nominative.polish"}


def grammar_of(language: str) -> Grammar:
    """The rules of a language of `RULES`."""
    rules = import_module(RULES[language])
    return Grammar(rules.LETTERS, rules.PARTICLES, rules.family, rules.patronymic)


class InNominative:
    """A tagger whose people stand in the nominative."""

    def __init__(self, tagger: Tagger, language: str) -> None:
        self._tagger = tagger
        self._grammar = grammar_of(language)
        self._people = People(read_names(names_file(language)), self._grammar)

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """The names of the other tagger, their bounds mended, people that it has not named in the nominative."""
        tagged = self._tagger.tag(sentences)
        found = [mended(words, spans, self._grammar) for words, spans in zip(sentences, tagged, strict=True)]
        counts: Counter[Words] = Counter()
        for words, spans in zip(sentences, found, strict=True):
            counts.update(tuple(words[span.first : span.last]) for span in spans if _open(span))
        if not counts:
            return found
        names = {words: self._shown(name) for words, name in self._people.settle(counts).items()}
        return [
            [_named(span, words, names) if _open(span) else span for span in spans]
            for words, spans in zip(sentences, found, strict=True)
        ]

    def _shown(self, name: Words) -> Words:
        """A name without its patronymic, the family name last."""
        places = [place for place, word in enumerate(name) if self._grammar.patronymic(word.lower())]
        if len(places) != 1 or len(name) != 3 or not all(map(str.isalpha, name)):
            return name
        first, middle, last = name
        return (first, last) if places[0] == 1 else (middle, first) if places[0] == 2 else name


def _open(span: Span) -> bool:
    return span.kind == "person" and span.name is None


def _named(span: Span, words: Sequence[str], names: dict[Words, Words]) -> Span:
    """A span under its name; one whose name is what stands in the text is left to the rules for all languages."""
    written = tuple(words[span.first : span.last])
    name = names[written]
    return span if name == written else span._replace(name=" ".join(name).replace(" - ", "-"))
