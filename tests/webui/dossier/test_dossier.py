"""What a dossier holds: every article whole, lists that lead to them, and what says how to check it."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest

from indexer.archive import Archive, open_archive
from indexer.article import Article, Translation
from indexer.config import Config, EngineConfig
from indexer.errors import StateError, UsageError
from tests.engines.corpus import article, on
from tests.engines.memory import make_archive
from webui import dossier
from webui.dossier import build

MADE = datetime(2026, 12, 1, 12, tzinfo=UTC)
LONG_AGO = "2021-10-14"
ARTICLES = [
    article("a", "Oil rises", "Oil rose.\n\nOil stays dear.", "2021-10-14T11:15:48", "SANA", people=("Ada Lovelace",)),
    article("b", "Water falls", "No oil, but water in Café Zürich.", LONG_AGO, "TASS", "Sport", topic=("Rivers",)),
    article("c", "نفط", "ارتفع سعر النفط oil في دمشق", "2020", "SANA", None, "ar", people=("Ada Lovelace",)),
    article("d", "石油", "中国 oil 石油价格上涨", None, None, None, "zh"),
    article("e", "Sand", "There is sand only.", LONG_AGO),
]


def texts(place: Path, path: str, xpath: str) -> list[str]:
    """The texts of elements of a page."""
    page = lxml.html.fromstring((place / path).read_bytes().decode())
    return [" ".join(each.text_content().split()) for each in page.xpath(xpath)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of four articles, in the order of time."""
    archive = make_archive(ARTICLES)
    made = tmp_path_factory.mktemp("dossier") / "oil"
    request = archive.request("oil", sort="oldest")
    found = dossier.write(archive, request, made, made=MADE, address="https://archive.example/news")
    assert (found.held, found.total, found.generation) == (4, 4, archive.generation)
    return made


def test_the_first_page_says_what_was_asked_and_when(place: Path) -> None:
    assert texts(place, "index.html", "//h1") == ["oil"]
    assert texts(place, "index.html", "//p[@class='deck']") == ["4 articles, 2020 to October 14, 2021"]
    assert texts(place, "index.html", "//li[contains(@class, 'chip')]") == ["oil"]
    about = dict(zip(*(texts(place, "index.html", f"//dl//{name}") for name in ("dt", "dd")), strict=True))
    assert about["As it was understood"] == "oil"
    assert about["Order"] == "Oldest first"
    assert about["Undated"] == "1 article"
    assert about["Made"] == "December 1, 2026, 12:00 PM UTC"
    assert about["Archive"] == "Broadsheet · https://archive.example/news"


def test_the_receipt_on_it_can_be_checked_in_the_archive(place: Path) -> None:
    command = texts(place, "index.html", "//code[contains(., 'receipt')]")[0]
    token = command.removeprefix("indexer receipt --check ")
    assert make_archive(ARTICLES).check_receipt(token).changed is False
    assert make_archive(ARTICLES[1:]).check_receipt(token).gone == 1
    assert f'href="https://archive.example/news/receipt/{token}"' in (place / "index.html").read_text()


def test_articles_are_listed_in_the_order_asked_for_with_their_passages(place: Path) -> None:
    assert texts(place, "results/0001.html", "//h2") == ["نفط", "Water falls", "Oil rises", "石油"]
    assert texts(place, "results/0001.html", "//p[@class='facts']")[:2] == [
        "No. 1 SANA 2020 Arabic", "No. 2 TASS October 14, 2021",
    ]  # fmt: skip
    assert texts(place, "results/0001.html", "//p[@class='snippet']//mark") == ["oil", "oil", "Oil", "Oil", "oil"]


def test_an_article_is_whole_and_says_where_it_is_from(place: Path) -> None:
    page = "articles/00003.html"
    assert texts(place, page, "//h1") == ["Oil rises"]
    assert texts(place, page, "//div[@class='text']/p") == ["Oil rose.", "Oil stays dear."]
    assert texts(place, page, "//mark") == ["Oil", "Oil", "Oil"]
    assert texts(place, page, "//nav[@class='way']/*") == ["Back to the list", "3 of 4", "Previous", "Next"]
    assert texts(place, page, "//p[@class='citation']") == [
        "“Oil rises”. SANA. 2021-10-14. Broadsheet: https://archive.example/news/article/a (accessed 2026-12-01)."
    ]
    held = next(each for each in ARTICLES if each.id == "a")
    assert texts(place, page, "//dl[contains(@class, 'record')]//code") == ["a", held.content_hash]


def test_a_page_says_the_language_and_direction_of_its_article(place: Path) -> None:
    page = lxml.html.fromstring((place / "articles/00001.html").read_bytes().decode())
    story = page.xpath("//article[contains(@class, 'story')]")[0]
    assert (story.get("lang"), story.get("dir")) == ("ar", "rtl")


def test_the_chronology_ends_with_what_has_no_date(place: Path) -> None:
    assert texts(place, "chronology/0001.html", "//h2") == ["نفط", "Water falls", "Oil rises", "石油"]


def test_facets_lead_to_the_articles_of_each_value(place: Path) -> None:
    assert texts(place, "facets/source.html", "//main//li") == ["SANA 2", "TASS 1", "No source 1"]
    assert texts(place, "facets/source-0001.html", "//h2") == ["نفط", "Oil rises"]
    assert texts(place, "facets/source-0003.html", "//h2") == ["石油"]
    assert texts(place, "facets/person.html", "//main//li") == ["Ada Lovelace 2", "No people named 2"]
    assert texts(place, "facets/category.html", "//main//li") == [
        "News 1",
        "News › Politics 1",
        "Sport 1",
        "No category 2",
    ]
    assert texts(place, "facets/published.html", "//main//li") == ["2020 1", "2021 2", "October 2021 2", "Undated 1"]
    assert texts(place, "facets/published-2021-10.html", "//h2") == ["Water falls", "Oil rises"]
    assert not (place / "facets/author.html").exists()


def test_every_link_leads_to_a_file_of_it_or_to_the_web(place: Path) -> None:
    for page in place.rglob("*.html"):
        html = lxml.html.fromstring(page.read_bytes().decode())
        for address in html.xpath("//@href | //@src | //@action"):
            if not address.startswith(("https://", "#")):
                target, _, mark = address.partition("#")
                assert (page.parent / target).is_file(), (page, address)
                if mark and target.endswith(".html"):
                    assert f'id="{mark}"' in (page.parent / target).read_text(), (page, address)


def test_no_page_has_a_script_or_a_style_of_its_own(place: Path) -> None:
    for page in place.rglob("*.html"):
        html = lxml.html.fromstring(page.read_bytes().decode())
        assert html.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'")
        assert not html.xpath("//script[not(@src)] | //style | //*[@style] | //@*[starts-with(name(), 'on')]")


def test_the_manifest_has_every_file_as_sha256sum_writes_it(place: Path) -> None:
    lines = (place / "MANIFEST.txt").read_text().splitlines()
    listed = {path: found for found, path in (line.split("  ") for line in lines)}
    held = {str(path.relative_to(place)): path for path in place.rglob("*") if path.is_file()}
    del held["MANIFEST.txt"]
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in held.items()}
    assert list(listed) == sorted(listed)


def test_the_record_tells_programs_the_same(place: Path) -> None:
    record = json.loads((place / "dossier.json").read_text())
    assert (record["kind"], record["made"], record["total"], record["held"]) == (
        "broadsheet dossier", "2026-12-01T12:00:00Z", 4, 4,
    )  # fmt: skip
    assert record["archive"]["identity"]
    assert record["archive"]["address"] == "https://archive.example/news"
    assert [each["id"] for each in record["articles"]] == ["c", "b", "a", "d"]
    assert record["articles"][1] == {
        "number": 2, "page": "articles/00002.html", "id": "b", "content_hash": ARTICLES[1].content_hash,
        "source": "TASS", "published": "2021-10-14", "title": "Water falls", "url": None,
    }  # fmt: skip


def test_the_same_search_gives_the_same_bytes(tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    one, other, later = (
        dossier.write(archive, "oil", tmp_path / name, made=made, zip_file=True)
        for name, made in (("1.zip", MADE), ("2.zip", MADE), ("3.zip", MADE.replace(year=2027)))
    )
    assert one == other
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert later.fingerprint != one.fingerprint


def test_an_archive_that_is_not_on_the_web_is_cited_without_an_address(tmp_path: Path) -> None:
    dossier.write(make_archive(ARTICLES), "sand", tmp_path / "sand", made=MADE)
    assert texts(tmp_path / "sand", "articles/00001.html", "//p[@class='citation']") == [
        "“Sand”. SANA. 2021-10-14. Broadsheet (accessed 2026-12-01)."
    ]
    assert all("localhost" not in page.read_text() for page in (tmp_path / "sand").rglob("*.html"))


def test_what_is_cut_is_said(tmp_path: Path) -> None:
    found = dossier.write(make_archive(ARTICLES), "oil", tmp_path / "oil", made=MADE, limit=2)
    assert (found.held, found.total) == (2, 4)
    assert texts(tmp_path / "oil", "index.html", "//p[@class='warnings']") == [
        "The search finds 4 articles. This dossier holds the first 2 of them, in the order named below."
    ]
    assert len(list((tmp_path / "oil/articles").iterdir())) == 2


def test_a_search_that_finds_nothing_is_a_dossier_too(tmp_path: Path) -> None:
    found = dossier.write(make_archive(ARTICLES), "helium AND argon", tmp_path / "none", made=MADE)
    assert (found.held, found.total) == (0, 0)
    assert "The search found nothing in this state of the archive." in texts(tmp_path / "none", "index.html", "//p")
    assert json.loads((tmp_path / "none/dossier.json").read_text())["articles"] == []


def test_earlier_versions_and_copies_have_their_places(tmp_path: Path) -> None:
    story = "The river rose by two metres in the night and flooded the lower town, the mayor said on Friday morning."
    with open_archive(Config(engine=EngineConfig(processes=1)).with_index(tmp_path / "index")) as archive:
        archive.add(
            [Article(id="one", title="Flood", body=story, url="https://a.example/1", published=on("2021-01-01"))]
        )
        archive.add(
            [Article(id="two", title="Flood", body=story, url="https://b.example/2", published=on("2021-01-02"))]
        )
        archive.add(
            [Article(id="one", title="Flood, again", body=story, url="https://a.example/1", published=on("2021-01-01"))]
        )
        dossier.write(archive, archive.request("flood", sort="oldest"), tmp_path / "flood", made=MADE)
    page = "articles/00001.html"
    assert texts(tmp_path / "flood", page, "//h1") == ["Flood, again"]
    assert texts(tmp_path / "flood", page, "//h2[@id='versions-title']") == ["Changed 1 time"]
    assert texts(tmp_path / "flood", "articles/00001-version-1.html", "//h1") == ["Flood"]
    assert texts(tmp_path / "flood", "articles/00001-version-1.html", "//p[@class='matches']")[0].startswith(
        "This is how the article stood on"
    )
    assert texts(tmp_path / "flood", page, "//section[@aria-labelledby='copies-title']//h3") == ["Flood"]


def test_a_machines_translation_stands_beside_the_text(tmp_path: Path) -> None:
    made = Translation("en", "Tanks enter", "", "The tanks arrived.", "apertium", made=MADE)
    told = article("a", "Entran los tanques", "Llegaron los tanques.", LONG_AGO, language="es")
    dossier.write(make_archive([replace(told, translation=made)]), "tanks", tmp_path / "tanks", made=MADE)
    page = "articles/00001.html"
    assert texts(tmp_path / "tanks", page, "//h1 | //p[@class='was']") == ["Entran los tanques", "Tanks enter"]
    assert texts(tmp_path / "tanks", page, "//div[@class='pair text']/p") == [
        "Llegaron los tanques.",
        "The tanks arrived.",
    ]
    assert texts(tmp_path / "tanks", page, "//mark") == ["Tanks", "tanks"]
    assert texts(tmp_path / "tanks", page, "//p[contains(@class, 'made')]") == [
        "Translated from Spanish by Apertium, December 1, 2026. "
        "Machines make mistakes: check the original before you quote."
    ]


def test_other_languages_of_an_article_are_linked(tmp_path: Path) -> None:
    original = article("x", "Oil", "The oil.", LONG_AGO, url="https://a.example/x")
    other = replace(
        article("y", "Petróleo", "oil: El petróleo.", LONG_AGO, language="es", translated_from="en"),
        original_url="https://a.example/x",
    )
    archive = make_archive([original, other.with_hash()])
    dossier.write(archive, archive.request("oil", sort="oldest"), tmp_path / "oil", made=MADE)
    held = json.loads((tmp_path / "oil/dossier.json").read_text())["articles"]
    number = next(each["number"] for each in held if each["id"] == "x")
    assert texts(tmp_path / "oil", f"articles/{number:05}.html", "//section[@aria-labelledby='others-title']//h3") == [
        "Petróleo"
    ]


@pytest.mark.parametrize("language", ["ar", "zh-Hans", "fr", "de", "ru", "es"])
def test_it_speaks_the_languages_of_the_site(language: str, tmp_path: Path) -> None:
    dossier.write(make_archive(ARTICLES), "oil", tmp_path / "oil", made=MADE, language=language)
    html = lxml.html.fromstring((tmp_path / "oil/index.html").read_bytes().decode())
    assert (html.get("lang"), html.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert "Contents" not in texts(tmp_path / "oil", "index.html", "//h2")


def test_no_other_language_is_spoken(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'tlh'"):
        dossier.write(make_archive(ARTICLES), "oil", tmp_path / "oil", language="tlh")
    assert not list(tmp_path.iterdir())


def test_only_a_dossier_is_replaced_and_only_when_asked(tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="no dossier"):
        dossier.write(archive, "oil", tmp_path / "mine", force=True)
    assert (tmp_path / "mine/letter.txt").read_text() == "dear"
    (tmp_path / "empty").mkdir()
    dossier.write(archive, "oil", tmp_path / "empty")
    with pytest.raises(UsageError, match="is a dossier already"):
        dossier.write(archive, "sand", tmp_path / "empty")
    dossier.write(archive, "sand", tmp_path / "empty", force=True)
    assert texts(tmp_path / "empty", "index.html", "//h1") == ["sand"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "mine"]


def test_what_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def stop(_written: int, _total: int) -> None:
        raise KeyboardInterrupt

    for zip_file in (False, True):
        with pytest.raises(KeyboardInterrupt):
            dossier.write(make_archive(ARTICLES), "oil", tmp_path / "oil", zip_file=zip_file, progress=stop)
        assert not list(tmp_path.iterdir())


def test_what_a_killed_process_left_goes_away_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / ".oil.0123abcd.part"
    left.mkdir()
    monkeypatch.setattr("indexer.leftovers.GRACE", -1)
    dossier.write(make_archive(ARTICLES), "oil", tmp_path / "oil")
    assert [path.name for path in tmp_path.iterdir()] == ["oil"]


class Restless(Archive):
    """An archive that another process writes to, so many times while it is read."""

    moves = 0

    @property
    def identity(self) -> str:
        """Another one each time, as long as it moves."""
        self.moves -= 1
        return f"{super().identity}{max(self.moves, 0)}"


@pytest.fixture
def restless() -> Restless:
    archive = make_archive(ARTICLES)
    archive.__class__ = Restless
    assert isinstance(archive, Restless)
    return archive


def test_all_of_it_is_of_one_commit(restless: Restless, tmp_path: Path) -> None:
    restless.moves = 3
    assert dossier.write(restless, "oil", tmp_path / "oil").held == 4
    restless.moves = 10_000
    with pytest.raises(StateError, match="changed again and again"):
        dossier.write(restless, "oil", tmp_path / "never")
    assert [path.name for path in tmp_path.iterdir()] == ["oil"]


def test_facets_count_as_the_archive_does(tmp_path: Path) -> None:
    demo = Path(__file__).parents[3] / "demo" / "articles"
    with open_archive(Config(engine=EngineConfig(processes=1)).with_index(tmp_path / "index")) as archive:
        archive.build([demo])
        dossier.write(archive, "", tmp_path / "all", made=MADE)
        for field in ("source", "category", "person", "organisation", "place", "author", "language"):
            page = archive.facet_values(field, limit=1000)
            rows = texts(tmp_path / "all", f"facets/{field}.html", "//main//li/span")
            counts = sorted((bucket.count for bucket in page.buckets), reverse=True)
            assert [int(row) for row in rows[: len(counts)]] == counts, field
            assert len(rows) - len(counts) == (page.missing > 0), field


def test_the_time_may_be_set_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build.now() == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_names_of_files_are_safe_everywhere(place: Path) -> None:
    names = [str(path.relative_to(place)) for path in place.rglob("*")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9./_-]+", name) for name in names)
