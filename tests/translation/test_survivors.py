"""What is told to be lost in a translation."""

import pytest

from indexer.article import Article, Entity, Mention, Translation
from indexer.translation.survivors import Lost, lost


def compare(before: str, after: str, *names: str) -> Lost:
    entities = tuple(
        Entity("person", name, (Mention(before.index(name), before.index(name) + len(name), "body"),)) for name in names
    )
    return lost(Article("a", body=before, entities=entities), Translation("en", body=after))


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ("3.500,25 euros", "3,500.25 euros", 0),
        ("3.500 euros", "3.5 thousand euros", 1),
        ("el 12 de marzo de 2023", "12 March", 1),
        ("5 y 5", "5", 1),
        ("٢٠٢٣", "2023", 0),
        ("0010", "10", 0),
    ],
)
def test_numbers_are_compared_by_their_digits(before: str, after: str, numbers: int) -> None:
    assert compare(before, after).numbers == numbers


def test_addresses_are_compared_letter_by_letter() -> None:
    assert compare("https://example.es/Uno?a=b, y @pepe", "https://example.es/uno?a=b and @pepe").addresses == 1


def test_a_person_is_lost_with_the_last_word_of_the_name() -> None:
    assert compare("Pablo Iglesias habló", "Paul Churches spoke", "Pablo Iglesias").names == 1
    assert compare("Pablo Iglesias habló", "Iglesias spoke", "Pablo Iglesias").names == 0
    assert compare("Владимир Путин", "Vladimir Putin", "Владимир Путин").names == 0


def test_what_was_not_translated_is_not_lost() -> None:
    article = Article("a", title="Año 2023", body="1 2 3")
    assert lost(article, Translation("en", title="Year 2023")) == Lost()
