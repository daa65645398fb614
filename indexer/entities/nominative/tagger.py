"""Names in the nominative, whatever the case they stand in.

In: the spans of another tagger for one document. Out: the same under their nominative, so that "Путину" and "Путиным"
are one man. A patronymic between given and family name is left out of the name, a family name that comes
first goes last. Called through `choose` by the extractor.
"""

from collections import Counter
from collections.abc import Sequence
from importlib import import_module

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.gazetteer import listed_names
from indexer.entities.nominative.mending import mended
from indexer.entities.nominative.names import names_file, read_names
from indexer.entities.nominative.people import People, Words
from indexer.entities.nominative.readings import Grammar
from indexer.entities.nominative.things import Things
from indexer.entities.tagger import Span, Tagger

# Languages whose names have cases, and where their rules are.
RULES = {"ru": "indexer.entities.nominative.russian", "pl": "indexer.entities.nominative.polish"}


def grammar_of(language: str) -> Grammar:
    """The rules of a language of `RULES`."""
    rules = import_module(RULES[language])
    return Grammar(
        rules.LETTERS, rules.PARTICLES, rules.family, rules.adjective, rules.patronymic, rules.ADJECTIVES_FOLLOW
    )


class InNominative:
    """A tagger whose names stand in the nominative."""

    def __init__(self, tagger: Tagger, language: str) -> None:
        self._tagger = tagger
        self._grammar = grammar_of(language)
        names = read_names(names_file(language))
        self._people = People(names, self._grammar)
        self._things = Things(names, self._grammar)
        self._given = names.given
        self._listed = {_plain(name): entry for name, entry in listed_names(language).items()}

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """The names of the other tagger, their bounds mended; those that it has not named in the nominative."""
        tagged = self._tagger.tag(sentences)
        found = [
            mended(words, spans, self._grammar, self._given) for words, spans in zip(sentences, tagged, strict=True)
        ]
        written: dict[EntityKind, Counter[Words]] = {kind: Counter() for kind in ENTITY_KINDS}
        for words, spans in zip(sentences, found, strict=True):
            for span in spans:
                if span.name is None:
                    written[span.kind][tuple(words[span.first : span.last])] += 1
        names: dict[EntityKind, dict[Words, Words]] = {
            "person": {words: self._shown(name) for words, name in self._people.settle(written["person"]).items()},
            "organisation": self._things.settle(written["organisation"]),
            "place": self._things.settle(written["place"]),
        }
        return [
            [self._named(span, words, names[span.kind]) if span.name is None else span for span in spans]
            for words, spans in zip(sentences, found, strict=True)
        ]

    def _shown(self, name: Words) -> Words:
        """A name without its patronymic, the family name last."""
        places = [place for place, word in enumerate(name) if self._grammar.patronymic(word.lower())]
        if len(places) != 1 or len(name) != 3 or not all(map(str.isalpha, name)):
            return name
        first, middle, last = name
        return (first, last) if places[0] == 1 else (middle, first) if places[0] == 2 else name

    def _named(self, span: Span, words: Sequence[str], names: dict[Words, Words]) -> Span:
        """A span under its name; one whose name is what stands in the text is left to the rules for all languages."""
        written = tuple(words[span.first : span.last])
        name = names[written]
        text = " ".join(name).replace(" - ", "-")
        listed = self._listed.get(_plain(text))
        if listed and span.kind != "person":
            return span._replace(kind=listed[0], name=listed[1])
        return span._replace(name=text) if name != written or _as_it_is(span, name) else span


def _plain(text: str) -> str:
    """A name as many write it, without the dots of ё."""
    return text.replace("ё", "е")


def _as_it_is(span: Span, name: Words) -> bool:
    """Names that rules for all languages would change: several acronyms ("МИД ФРГ"), initials without a gap."""
    if span.kind == "person":
        return len(name) > 1 and any(word.endswith(".") for word in name)
    return len(name) > 1 and all(word.isupper() and len(word) < 6 for word in name)
