"""What is a copy, and what only shares a form."""

import random
from collections.abc import Callable

import pytest

from indexer.near_duplicates.grouping import group
from tests.near_duplicates.test_signatures import signed, text

CHANGED = [f"other{first}{second}" for first in "abcdefgh" for second in "abcdefgh"]


def one_story(first: list[str], second: list[str], titles: tuple[str, str] = ("", "")) -> bool:
    return len(set(group([signed([first, second], [*titles])]).tolist())) == 1


def words(sentence: str) -> list[str]:
    return sentence.lower().replace(",", " ").replace(".", " ").split()


def with_a_tenth_changed(original: list[str], chance: random.Random) -> list[str]:
    copy = list(original)
    for at in chance.sample(range(len(copy)), len(copy) // 10):
        copy[at] = chance.choice(CHANGED)
    return copy


MADE: dict[str, Callable[[list[str], int], list[str]]] = {
    "last half cut": lambda original, _: original[:150],
    "first half cut": lambda original, _: original[150:],
    "first third alone": lambda original, _: original[:100],
    "a tenth changed": lambda original, seed: with_a_tenth_changed(original, random.Random(seed)),
    "in another order": lambda original, _: [*original[200:], *original[100:200], *original[:100]],
    "between other texts": lambda original, seed: [*text(seed + 900, 40), *original, *text(seed + 901, 40)],
}


@pytest.mark.parametrize("kind", MADE)
def test_made_copies_are_found(kind: str) -> None:
    found = sum(one_story(text(seed, 300), MADE[kind](text(seed, 300), seed)) for seed in range(40))
    assert found >= 39  # what is in common is estimated


@pytest.mark.parametrize("seed", range(20))
def test_a_third_in_common_is_no_copy(seed: int) -> None:
    shared = text(seed, 60)
    assert not one_story([*shared, *text(seed + 100, 140)], [*text(seed + 200, 140), *shared])


def test_a_long_text_does_not_become_the_story_of_all_that_it_quotes() -> None:
    parts = [text(seed, 60) for seed in range(30)]
    digest = [word for part in parts for word in part]
    assert group([signed([digest, *parts])]).tolist() == list(range(31))


FORM = (
    "{name}, {age}, of {town}, passed away on {month} {day}. A service of thanksgiving is to be held in the church of "
    "Saint Mark on Thursday at noon. Relatives would welcome gifts to the lifeboat in place of wreaths. Hollis and "
    "Sons have charge of the arrangements, and callers may pay their respects in Mill Lane between two and six."
)


def test_notices_of_two_deaths_in_one_wording_are_two_stories() -> None:
    first = words(FORM.format(name="Edith Marlow", age=91, town="Penholt", month="May", day=4))
    second = words(FORM.format(name="Arthur Quill", age=68, town="Penholt", month="May", day=9))
    assert not one_story(first, second, ("edith marlow 91", "arthur quill 68"))
    assert one_story(first, first, ("edith marlow 91", "a teacher is mourned"))


def test_a_form_whose_titles_differ_in_the_name_alone() -> None:
    form = words("The fire brigade of {} gets a grant for pumps and hoses, as the ministry said today.")
    first, second = (
        [place if word == "{}" else word for word in form] + text(1, 60) for place in ("penholt", "skerry")
    )
    assert not one_story(first, second, ("penholt brigade gets a grant", "skerry brigade gets a grant"))
    assert one_story(first, first, ("penholt brigade gets a grant", "penholt brigade may buy pumps"))


NOTICE = words(
    "You have read all the articles that are free this week. Choose a plan that suits you to go on reading, on paper "
    "or on any screen, and end it whenever you please. If you hold a card of the library, sign in with its number."
)


def test_headlines_over_one_notice_are_stories_of_their_own() -> None:
    titles = ("ferry runs aground off the cape", "striker signs for two seasons", "ferry is towed into port")
    assert group([signed([NOTICE] * 3, [*titles])]).tolist() == [0, 1, 2]
    assert one_story(NOTICE, NOTICE, (titles[0], "ferry runs aground off cape"))
    # A longer text is more than a notice, whatever a paper writes above it.
    assert one_story(text(1, 120), text(1, 120), titles[:2])


def prices(seed: int) -> list[str]:
    chance = random.Random(seed)
    goods = ("wheat", "barley", "oats", "maize", "rape")
    rows = [word for name in goods for word in (name, str(chance.randrange(150, 400)), "crowns")]
    return [
        *words("Prices at the exchange at noon, for a tonne delivered in the harbour, were as follows."),
        *rows,
        *NOTICE,
    ]


def test_tables_of_two_days_are_two_stories() -> None:
    assert not one_story(prices(1), prices(2), ("prices of grain", "prices of grain"))
    assert one_story(prices(1), prices(1), ("prices of grain", "grain at the exchange"))


def test_a_new_count_is_the_same_story() -> None:
    told = [*text(1, 40), "12", *text(2, 40), "2024", *text(3, 30), "300", *text(4, 30), "7"]
    assert one_story(told, ["15" if word == "12" else word for word in told], ("flood kills 12", "flood kills 15"))
