"""Text files and the fields at their top."""

import pytest

from ..conftest import Building

BODY = "It opened.\n\nAll came."
CASES = {
    "TOML": '+++\ntitle = "A quay"\ndate = 2021-04-05T06:07:08Z\nauthors = ["Ann Lee"]\n+++\n',
    "YAML": '---\ntitle: "A quay"\ndate: 2021-04-05T06:07:08Z\nauthors:\n  - Ann Lee\n---\n\n',
    "names in YAML": "---\ntitle: >-\n  A\n  quay\ndate: 2021-04-05 06:07:08Z\nauthor: {name: Ann Lee}\n...\n",
    "JSON": '{"title": "A quay",\n"date": "2021-04-05T06:07:08Z", "author": ["Ann Lee"]}\n\n',
    "fenced JSON": '---json\n{"title": "A quay", "date": "2021-04-05T06:07:08Z", "by": "Ann Lee"}\n---\n',
    "Spanish": "---\r\ntítulo: A quay\r\nfecha: 2021-04-05T06:07:08Z\r\nautor: Ann Lee\r\n---\r\n",
    "heading again": "---\ntitle: A quay\ndate: 2021-04-05T06:07:08Z\nauthor: Ann Lee\n---\n# A quay\n\n",
    "by hand": "+++\ntitle = A quay\ndate = 2021-04-05T06:07:08Z\nauthor = Ann Lee\n+++\n",
    "grouped": '+++\ntitle = "A quay"\ndate = 2021-04-05T06:07:08Z\n[extra]\nauthor = "Ann Lee"\n+++\n',
}


@pytest.mark.parametrize("top", CASES.values(), ids=CASES.keys())
def test_fields_at_the_top(building: Building, top: str) -> None:
    building.write("a.md", top + BODY)
    assert building.run().new == 1
    article = building.articles[0]
    assert (article.title, article.author, article.body) == ("A quay", ("Ann Lee",), BODY)
    assert article.published
    assert article.published.instant.isoformat() == "2021-04-05T06:07:08+00:00"


def test_lists_and_a_title_that_yaml_refuses(building: Building) -> None:
    building.write(
        "a.md", '---\ntitle: "Quay: the plan"\nauthors: [Ann Lee, Bo Chen]\ncategories: ["Town"]\n---\nText.'
    )
    building.write("b.md", "---\ntitle: Mayor: no new taxes\nauthor: Ann Lee\n---\nText.")
    building.run()
    assert [(a.title, a.author, a.category) for a in building.articles] == [
        ("Quay: the plan", ("Ann Lee", "Bo Chen"), "Town"),
        ("Mayor: no new taxes", ("Ann Lee",), None),
    ]


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: Quay",
        "title: Quay\nb: " + "[" * 5000,
        "title: Quay\n!!python/object:os.system x",
    ],
)
def test_hostile_fields_are_lines(building: Building, block: str) -> None:
    building.write("a.md", f"---\n{block}\n---\nText.")
    building.run()
    assert [(a.title, a.body) for a in building.articles] == [("Quay", "Text.")]


@pytest.mark.parametrize("text", ["---\nJust a rule above it.\n---\nMore.", "{not a field}\n\nText."])
def test_what_only_looks_like_fields_is_text(building: Building, text: str) -> None:
    building.write("a.md", text)
    building.run()
    article = building.articles[0]
    assert text.split() == f"{article.title}\n{article.body}".split()


def test_a_text_in_an_old_charset(building: Building) -> None:
    building.write("a.txt", "Новый мост\n\nГубернатор открыл новый мост через реку.\n".encode("cp1251"))
    building.run()
    assert building.titles() == ["Новый мост"]
