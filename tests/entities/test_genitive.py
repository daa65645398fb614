from collections.abc import Sequence

from indexer.config import EntitiesConfig
from indexer.entities.extract import Extractor
from indexer.entities.genitive import Nominative
from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span

LEXICON = Lexicon(
    word_flags={"weber": ("LN",), "peters": ("LN",), "peter": ("LN",)},
    phrase_classes={"bonn": ("CITY",), "worms": ("CITY",)},
)


class Capitals:
    """Every word with a capital is the name of a person, or of a place where "in" stands before it."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        return [
            [
                Span(place, place + 1, "place" if place and words[place - 1] == "in" else "person")
                for place, word in enumerate(words)
                if word[0].isupper()
            ]
            for words in sentences
        ]


def _names(*sentences: str) -> list[str | None]:
    tagger = Nominative(Capitals(), LEXICON)
    return [span.name for spans in tagger.tag([text.split() for text in sentences]) for span in spans]


def test_the_nominative_stands_in_the_document() -> None:
    assert _names("der Merkel", "die politik Merkels") == [None, "Merkel"]


def test_the_nominative_is_listed() -> None:
    assert _names("die rede Webers in Bonns") == ["Weber", "Bonn"]


def test_a_name_keeps_its_own_s() -> None:
    assert _names("das haus Peters in Worms") == [None, None]
    assert _names("mit Klaus", "mit Boris", "mit Siemens") == [None, None, None]


def test_an_article_has_one_person_in_both_cases() -> None:
    body = "Bundeskanzler Olaf Scholz sprach am Montag. Kritiker halten die Politik Angela Merkels für gescheitert."
    found = Extractor(EntitiesConfig()).extract("", "", body, "de")
    assert [entity.name for entity in found if entity.kind == "person"] == ["Olaf Scholz", "Angela Merkel"]
