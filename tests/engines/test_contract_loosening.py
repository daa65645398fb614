"""What is offered where a whole query finds nothing: parts that are found together, words of which some suffice."""

from collections.abc import Iterator

import pytest

from indexer.engines.base import Engine
from indexer.search.results import Diagnosis
from tests.engines.asking import search
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article


@pytest.fixture(scope="module")
def rain(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """`floods` thrice, `Poland` twice, `river` with each once, `dam` with floods twice; never floods and Poland."""
    opened = opener(tmp_path_factory.mktemp("rain"))
    articles = [
        article("f1", "Notes", "The floods in the valley. The dam held.", "2020-01-01", "Tide"),
        article("f2", "Notes", "The floods and the river. The dam broke.", "2020-01-02", "Wave"),
        article("f3", "Notes", "The floods are over.", "2020-01-03", "Wave"),
        article("p1", "Notes", "A river in Poland.", "2020-01-04", "Wave"),
        article("p2", "Notes", "An election in Poland.", "2020-01-05", "Tide"),
    ]
    fill(opened, articles)
    yield opened
    opened.close()


def explained(engine: Engine, query: str, **options: str) -> Diagnosis:
    found = search(engine, query, **options).diagnosis  # type: ignore[arg-type]  # a parameter of the table
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "together"),
    [
        # Of two parts that both find something there are no larger ones than each alone.
        ('floods in "Poland"', []),
        # All that find anything; then all of them but one.
        ("floods AND dam AND zeppelin", [("floods AND dam", 2)]),
        ("floods AND dam AND river AND Poland", [("floods AND dam AND river", 1)]),
        ("floods AND dam AND Poland", [("floods AND dam", 2)]),
        ("floods AND river AND Poland", [("floods AND river", 1), ("river AND Poland", 1)]),
        # Then two of them.
        ("dam AND election AND river AND over", [("dam AND river", 1)]),
        # What is excluded stays, and is not enough.
        ("floods AND Poland AND -river", [("floods AND -river", 2), ("Poland AND -river", 1)]),
        # Function words are no parts; as the only ones they are.
        ('zeppelin in "Poland"', []),
        ('the floods of "the dam" in Poland', [('floods AND "the dam"', 2)]),
        ("(floods OR Poland) AND river AND zeppelin", [("(floods OR Poland) AND river", 2)]),
    ],
)
def test_the_largest_parts_that_are_found_together(rain: Engine, query: str, together: list[tuple[str, int]]) -> None:
    found = explained(rain, query).together
    assert [(part.label, part.count) for part in found] == together
    assert [search(rain, part.label).total for part in found] == [count for _, count in together]


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ('floods in "Poland"', ("floods in Poland", 5)),
        ('zeppelin in "Poland"', ("zeppelin in Poland", 2)),
        ('"floods of Poland"', ("floods of Poland", 5)),
        ("floods NEAR/3 election", ("floods election", 4)),
        ("election AND (dam OR zeppelin)", ("election dam zeppelin", 3)),
        # Words that were required one by one already, nothing that is found, and more than words.
        ("floods Poland", None),
        ('"purple zeppelin"', None),
        ("title:floods AND Poland", None),
        ("floods AND Poland AND -river", None),
        ("=flod", None),
    ],
)
def test_words_that_are_found_where_some_suffice(rain: Engine, query: str, some: tuple[str, int] | None) -> None:
    found = explained(rain, query).some
    assert (found and (found.label, found.count)) == some
    if found:
        assert search(rain, found.label, match="best").total == found.count


def test_both_are_counted_under_the_filters(rain: Engine) -> None:
    found = explained(rain, 'floods dam "Poland"', source="Tide")
    assert [(part.label, part.count) for part in found.together] == [("floods AND dam", 1)]
    assert found.some is not None
    assert (found.some.label, found.some.count) == ("floods dam Poland", 2)


def test_of_many_parts_few_are_counted_and_each_once(rain: Engine) -> None:
    words = ("dam", "river", "valley", "over", "held", "broke", "Poland")
    found = explained(rain, " AND ".join(f"floods AND {word}" for word in words)).together
    assert [(part.label, part.count) for part in found] == [
        ("floods AND dam", 2),
        ("floods AND river", 1),
        ("dam AND river", 1),
        ("river AND Poland", 1),
    ]
