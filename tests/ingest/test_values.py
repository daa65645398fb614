"""Loose values -> exact ones."""

import pytest

from indexer.ingest import values


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("By Ann Lee and Bo Chen", ("Ann Lee", "Bo Chen")),
        ("Ann Lee, Bo Chen", ("Ann Lee", "Bo Chen")),
        ("Lee, Ann", ("Ann Lee",)),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
        ("The Sports Network, Inc.", ("The Sports Network, Inc",)),
        ("TOM KRISHER, AP Auto Writer", ("TOM KRISHER",)),
        ("Von Christian Hollmann, dpa", ("Christian Hollmann",)),
        (["Ann Lee", "Ann Lee", {"@type": "Person", "name": "Bo Chen"}], ("Ann Lee", "Bo Chen")),
        ([{"name": "Ann Lee", "url": "https://a.example"}], ("Ann Lee",)),
        ("['Ann Lee', \"Bo O'Hara\"]", ("Ann Lee", "Bo O'Hara")),
        ("ann@paper.example (Ann Lee)", ("Ann Lee",)),
        ("https://www.facebook.com/annlee", ()),
        ("作者：王小明", ("王小明",)),
        ("Trine Juncher og Tôrtia Reimer", ("Trine Juncher", "Tôrtia Reimer")),
        ("Analysis by Ann Lee, CNN Editor-at-large", ("Ann Lee",)),
        ("By Ada Marsh | October 3, 2017", ("Ada Marsh",)),
        ("Ada Marsh Oct 3, 2017 9:15 AM ET", ("Ada Marsh",)),
        ("Posted on 3 October 2017 by Ada Marsh and Tom Reed", ("Ada Marsh", "Tom Reed")),
        ("Por Inés Vidal 3 de octubre de 2017", ("Inés Vidal",)),
        ("October 3, 2017", ()),
        ("2017年10月3日", ()),
        ("April March", ("April March",)),
        ("By Ada Marsh, Sky News, Nairobi", ("Ada Marsh",)),
        ("Von Ida Moor, Wien", ("Ida Moor",)),
        ("Ada Marsh, New Delhi", ("Ada Marsh",)),
        ("By Ada Marsh in Lagos, Tom Reed in Accra and Joy Ito", ("Ada Marsh", "Tom Reed", "Joy Ito")),
        ("Reporting by Ada Marsh in Lagos; Editing by Tom Reed", ("Ada Marsh",)),
        ("Ada Marsh, with additional reporting by Tom Reed", ("Ada Marsh", "Tom Reed")),
        ("Inés Vidal en Madrid", ("Inés Vidal",)),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        (["Ada Marsh", "Reuters"], ("Ada Marsh",)),
        ("Reuters", ("Reuters",)),
        ("By ADA MARSH, Staff Writer", ("ADA MARSH",)),
        ("Ada Marsh Senior Science Correspondent @adamarsh", ("Ada Marsh",)),
        ("Foreign Editor Ada Marsh", ("Ada Marsh",)),
        ("Ada Marsh ada@paper.example", ("Ada Marsh",)),
        ("ada@paper.london (Ada Marsh)", ("Ada Marsh",)),
        ("이서연 기자 seo@paper.example", ("이서연",)),
        ("(부산=한국통신) 이서연 선임기자", ("이서연",)),
        ("이서연·박지훈 특파원", ("이서연", "박지훈")),
        ("記者陳美玲／高雄報導", ("陳美玲",)),
        ("本报记者 陈美玲 周海", ("陈美玲", "周海")),
        ("20 Nov 2019 08:00 GMT", ()),
        ("", ()),
        (None, ()),
        ("October 14, 2021", ()),
        ("14 octobre 2021", ()),
        ("2021-10-14 11:15", ()),
        ("Ann Lee | October 14, 2021", ("Ann Lee",)),
        ("由 王小明 报道", ("王小明",)),
        ("Ann Lee for The Weekly Tide", ("Ann Lee",)),
        ("Committee for Public Safety", ("Committee for Public Safety",)),
    ],
)
def test_authors_are_a_list_of_names(stated: object, expected: tuple[str, ...]) -> None:
    assert values.authors(stated) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("News/Politics", ("News/Politics", [])),
        ("News > Politics", ("News/Politics", [])),
        (["Politics", "World"], ("Politics", ["World"])),
        ([{"name": "Sport"}], ("Sport", [])),
        ("lorem,", ("lorem", [])),
        ("https://a.example/tag/x", (None, [])),
        ("", (None, [])),
        (None, (None, [])),
    ],
)
def test_a_category_is_a_path(stated: object, expected: tuple[str | None, list[str]]) -> None:
    assert values.category(stated) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (" https://a.example/x ", "https://a.example/x"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ({"@id": "https://a.example/x"}, "https://a.example/x"),
        (["", "https://a.example/x"], "https://a.example/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("http://", None),
        ("http://[::1", None),
        ("https://a.example/\nx", None),
        ("https://a.example/" + "x" * 3000, None),
        (7, None),
    ],
)
def test_only_web_addresses_are_addresses(stated: object, expected: str | None) -> None:
    assert values.url(stated) == expected


def test_the_original_of_an_archived_address() -> None:
    archived = "https://web.archive.org/web/20211014111548id_/http://a.example/x?y=1"
    assert values.archived(archived) == "http://a.example/x?y=1"
    assert values.archived("https://web.archive.org/web/2021/a.example/x") == "http://a.example/x"
    assert values.archived("https://a.example/x") is None


def test_a_body_in_blocks_keeps_its_prose() -> None:
    blocks = [
        {"type": "kicker", "content": "Opinion"},
        {"type": "sanitized_html", "subtype": "paragraph", "content": "One <a href='x'>two</a>."},
        {"type": "image", "fullcaption": "A picture"},
        "Three.",
    ]
    assert values.prose(blocks) == "One two.\n\nThree."
