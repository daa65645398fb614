import pytest

from indexer.article import EntityKind
from indexer.entities.coreference import join

Named = tuple[EntityKind, str]


def p(name: str) -> Named:
    return "person", name


def o(name: str) -> Named:
    return "organisation", name


def pl(name: str) -> Named:
    return "place", name


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([p("Sergei Lavrov"), p("Lavrov")], [p("Sergei Lavrov"), p("Sergei Lavrov")]),
        ([p("弗拉基米尔·普京"), p("普京")], [p("弗拉基米尔·普京"), p("弗拉基米尔·普京")]),
        ([p("عبد الفتاح السيسي"), p("السيسي")], [p("عبد الفتاح السيسي"), p("عبد الفتاح السيسي")]),
        ([p("Lavrov"), p("Sergei Lavrov")], [p("Sergei Lavrov"), p("Sergei Lavrov")]),
        ([p("Joe Biden"), p("Jill Biden"), p("Biden")], [p("Joe Biden"), p("Jill Biden"), p("Biden")]),
        ([p("V. Putin"), p("Vladimir Putin")], [p("Vladimir Putin"), p("Vladimir Putin")]),
        ([p("Vladimir V. Putin"), p("Vladimir Putin")], [p("Vladimir V. Putin"), p("Vladimir V. Putin")]),
        ([p("George W. Bush"), p("George H. W. Bush")], [p("George W. Bush"), p("George H. W. Bush")]),
        ([p("Bashar al-Assad"), p("Assad")], [p("Bashar al-Assad"), p("Bashar al-Assad")]),
        ([p("Bashar al-Assad"), p("al-Assad")], [p("Bashar al-Assad"), p("Bashar al-Assad")]),
        ([p("Ursula von der Leyen"), p("von der Leyen")], [p("Ursula von der Leyen"), p("Ursula von der Leyen")]),
        ([p("Rahima Begum"), p("Rahima")], [p("Rahima Begum"), p("Rahima Begum")]),
        ([o("Syrian Democratic Forces"), o("SDF")], [o("Syrian Democratic Forces"), o("Syrian Democratic Forces")]),
        ([o("Bank of Japan"), o("BOJ")], [o("Bank of Japan"), o("Bank of Japan")]),
        ([o("Lockheed Martin Corp."), o("Lockheed Martin")], [o("Lockheed Martin Corp.")] * 2),
        ([o("Ford Motor Co"), o("Ford")], [o("Ford Motor Co"), o("Ford Motor Co")]),
        ([pl("Ferrari"), o("Ferrari"), o("Ferrari")], [o("Ferrari"), o("Ferrari"), o("Ferrari")]),
        ([p("Lavrov"), o("Lavrov Institute")], [p("Lavrov"), o("Lavrov Institute")]),
    ],
)
def test_join(mentions: list[Named], expected: list[Named]) -> None:
    assert join(mentions) == expected


def test_settled_names_stay() -> None:
    fixed = frozenset({p("Anthony Blinken")})
    assert join([p("Anthony Blinken"), p("Blinken"), p("Anthony J. Blinken")], fixed) == [
        p("Anthony Blinken"),
        p("Anthony Blinken"),
        p("Anthony Blinken"),
    ]
