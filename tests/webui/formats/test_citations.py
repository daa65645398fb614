import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Precision, Published
from webui.formats.author_names import Name, part
from webui.formats.citations import FORMATS, Reading, Wording, csl_item, file_stem, plain

READING = Reading("https://archive.example/article/sana-1", "Broadsheet", date(2024, 5, 1))
ARTICLE = Article(
    id="sana-1",
    title="Lavrov: 50% of {talks} & more_",
    summary="First line\nTY  - second line",
    published=Published(datetime(2021, 10, 14, 23, 15, 48, tzinfo=UTC), Precision.SECOND, "+03:00"),
    source="SANA",
    category="News/Politics",
    language="en",
    translated_from="ar",
    author=("Martin Luther King, Jr.", "Ursula von der Leyen", "SANA Newsroom"),
    url="https://sana.sy/en/a b{1}",
    archived_url="https://web.archive.org/web/2021/https://sana.sy/en/",
)
BARE = Article(id="note 7")

GOLDEN = {
    "plain": (
        "King, Martin Luther, Jr.; von der Leyen, Ursula; SANA Newsroom. “Lavrov: 50% of {talks} & more_”. SANA. "
        "2021-10-15. Translated from ar. https://sana.sy/en/a%20b{1}. "
        "Archived copy: https://web.archive.org/web/2021/https://sana.sy/en/. "
        "Broadsheet: https://archive.example/article/sana-1 (accessed 2024-05-01)."
    ),
    "bibtex": r"""@article{king2021-lavrov-50-of-9f14,
  author = {King, Jr., Martin Luther and von der Leyen, Ursula and {SANA Newsroom}},
  title = {{Lavrov: 50\% of {\textbraceleft}talks{\textbraceright} \& more\_}},
  journal = {SANA},
  year = {2021},
  month = oct,
  day = {15},
  url = {https://sana.sy/en/a%20b%7B1%7D},
  urldate = {2024-05-01},
  language = {en},
  note = {Translated from ar; Broadsheet: https://archive.example/article/sana-1}
}
""",
    "ris": (
        "TY  - NEWS\r\nAU  - King, Martin Luther, Jr.\r\nAU  - von der Leyen, Ursula\r\nAU  - SANA Newsroom\r\n"
        "TI  - Lavrov: 50% of {talks} & more_\r\nT2  - SANA\r\nPY  - 2021\r\nDA  - 2021/10/15/\r\n"
        "AB  - First line TY - second line\r\nLA  - en\r\nN1  - Translated from ar\r\n"
        "UR  - https://sana.sy/en/a%20b{1}\r\nUR  - https://archive.example/article/sana-1\r\n"
        "L2  - https://web.archive.org/web/2021/https://sana.sy/en/\r\n"
        "DB  - Broadsheet\r\nAN  - sana-1\r\nY2  - 2024/05/01/\r\nER  - \r\n"
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_full_article_in_each_format(name: str) -> None:
    assert FORMATS[name].write(ARTICLE, READING) == GOLDEN[name]


def test_a_full_article_as_csl_json() -> None:
    assert json.loads(FORMATS["csl-json"].write(ARTICLE, READING)) == [
        {
            "id": "sana-1",
            "type": "article-newspaper",
            "title": "Lavrov: 50% of {talks} & more_",
            "author": [
                {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
                {"family": "von der Leyen", "given": "Ursula"},
                {"literal": "SANA Newsroom"},
            ],
            "container-title": "SANA",
            "issued": {"date-parts": [[2021, 10, 15]]},
            "abstract": "First line TY - second line",
            "language": "en",
            "section": "News, Politics",
            "URL": "https://sana.sy/en/a%20b{1}",
            "accessed": {"date-parts": [[2024, 5, 1]]},
            "archive": "Broadsheet",
            "archive_location": "https://archive.example/article/sana-1",
            "note": "Translated from ar",
        }
    ]


def test_an_article_of_which_only_the_id_is_known() -> None:
    assert plain(BARE, READING) == (
        "“[Untitled]”. n.d. Broadsheet: https://archive.example/article/sana-1 (accessed 2024-05-01)."
    )
    assert FORMATS["bibtex"].write(BARE, READING) == (
        "@misc{article-nd-59c2,\n  title = {{[Untitled]}},\n  url = {https://archive.example/article/sana-1},\n"
        "  urldate = {2024-05-01},\n  note = {n.d.; Broadsheet: https://archive.example/article/sana-1}\n}\n"
    )
    assert FORMATS["ris"].write(BARE, READING) == (
        "TY  - NEWS\r\nTI  - [Untitled]\r\nUR  - https://archive.example/article/sana-1\r\nDB  - Broadsheet\r\n"
        "AN  - note 7\r\nY2  - 2024/05/01/\r\nER  - \r\n"
    )
    assert csl_item(BARE, READING) == {
        "id": "note 7",
        "type": "article-newspaper",
        "URL": "https://archive.example/article/sana-1",
        "accessed": {"date-parts": [[2024, 5, 1]]},
        "archive": "Broadsheet",
        "archive_location": "https://archive.example/article/sana-1",
    }


@pytest.mark.parametrize(
    ("precision", "csl", "ris", "text"),
    [
        (Precision.YEAR, [[1903]], "DA  - 1903///\r\n", "1903"),
        (Precision.MONTH, [[1903, 2]], "DA  - 1903/02//\r\n", "1903-02"),
        (Precision.DAY, [[1903, 2, 1]], "DA  - 1903/02/01/\r\n", "1903-02-01"),
    ],
)
def test_a_date_is_as_exact_as_the_source_was(precision: Precision, csl: list[list[int]], ris: str, text: str) -> None:
    article = Article(id="a", published=Published(datetime(1903, 2, 1, tzinfo=UTC), precision, "+09:00"))
    assert csl_item(article, READING)["issued"] == {"date-parts": csl}
    assert ris in FORMATS["ris"].write(article, READING)
    assert f"”. {text}. " in plain(article, READING)


def test_the_day_is_that_of_the_stated_offset_and_of_utc_for_other_zones() -> None:
    late = datetime(2021, 1, 1, 2, 30, tzinfo=UTC)
    for zone, day in (
        ("-05:00", [2020, 12, 31]),
        ("+05:30", [2021, 1, 1]),
        ("EST", [2021, 1, 1]),
        (None, [2021, 1, 1]),
    ):
        article = Article(id="a", published=Published(late, Precision.SECOND, zone))
        assert csl_item(article, READING)["issued"] == {"date-parts": [day]}


def test_other_languages_and_their_words() -> None:
    article = Article(id="ru-1", title="Встреча в Женеве", source="Известия", author=("Иван Петров",), language="ru")
    assert plain(article, READING, Wording("б. д.", "[Без названия]", "дата обращения", "копия", "Перевод: {0}")) == (
        "Петров, Иван. “Встреча в Женеве”. Известия. б. д. "
        "Broadsheet: https://archive.example/article/sana-1 (дата обращения 2024-05-01)."
    )
    assert file_stem(article) == "article-nd-dac7"


def test_only_addresses_of_the_web_are_cited() -> None:
    article = Article(id="a", url="javascript:alert(1)", archived_url="file:///etc/passwd")
    for each in FORMATS.values():
        assert "javascript" not in each.write(article, READING)
        assert "passwd" not in each.write(article, READING)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Doe", Name("Doe", "Jane")),
        ("Doe, Jane", Name("Doe", "Jane")),
        ("  Jane \n Q.  Doe ", Name("Doe", "Jane Q.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("John Smith III", Name("Smith", "John", "III")),
        ("Ursula von der Leyen", Name("von der Leyen", "Ursula")),
        ("Van Morrison", Name("Morrison", "Van")),
        ("محمد علي", Name("علي", "محمد")),
        ("山田 太郎", Name("山田", "太郎")),
        ("王小明", Name("王小明")),
        ("AFP", Name("AFP")),
        ("Reuters Staff", Name("Reuters Staff")),
        ("Редакция сайта", Name("Редакция сайта")),
        ("Desk 4", Name("Desk 4")),
        ("Smith, Jones, and Co", Name("Smith, Jones, and Co")),
        ("", Name("")),
    ],
)
def test_the_parts_of_a_name(text: str, name: Name) -> None:
    assert part(text) == name


def test_a_name_that_holds_the_separator_of_names_stays_one_in_bibtex() -> None:
    article = Article(id="a", author=("Romeo and Juliet", "Doe, Jane"))
    assert "author = {{Juliet, Romeo and} and Doe, Jane}" in FORMATS["bibtex"].write(article, READING)


TEXT = st.text(st.one_of(st.characters(), st.sampled_from('{}\\%$#&~^_"\n\r\u2028,@-=')), max_size=40)
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
DATES = st.builds(Published, MOMENTS, st.sampled_from(Precision), st.sampled_from(("+14:00", "-12:00", "EST", None)))
ARTICLES = st.builds(
    Article,
    id=TEXT,
    title=TEXT,
    summary=TEXT,
    published=st.none() | DATES,
    source=st.none() | TEXT,
    category=st.none() | TEXT,
    language=st.none() | TEXT,
    translated_from=st.none() | TEXT,
    author=st.lists(TEXT, max_size=3).map(tuple),
    url=st.none() | TEXT.map("http://".__add__),
    archived_url=st.none() | TEXT.map("https://".__add__),
)


@given(ARTICLES)
def test_no_article_breaks_bibtex(article: Article) -> None:
    text = FORMATS["bibtex"].write(article, READING)
    text.encode()
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    fields = text.splitlines()[1:-1]
    assert all(re.fullmatch(r"  [a-z]+ = (?:\{.*\}|[a-z]{3}),?", line) for line in fields)
    assert re.fullmatch(r"@(article|misc)\{[a-z0-9-]+,", text.splitlines()[0])


@given(ARTICLES)
def test_no_article_breaks_ris(article: Article) -> None:
    text = FORMATS["ris"].write(article, READING)
    text.encode()
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == 1
    assert lines[-1] == "ER  - "


@given(ARTICLES)
def test_no_article_breaks_csl_json(article: Article) -> None:
    (item,) = json.loads(FORMATS["csl-json"].write(article, READING))
    assert item["type"] == "article-newspaper"
    assert all(
        set(name) in ({"literal"}, {"family", "given"}, {"family", "given", "suffix"})
        for name in item.get("author", [])
    )


@given(ARTICLES)
def test_the_plain_citation_is_one_line(article: Article) -> None:
    assert len(plain(article, READING).splitlines()) == 1
