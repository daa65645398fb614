from datetime import UTC, datetime, timedelta

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from indexer.article import Article, Published
from indexer.search.results import Hit
from tests.engines.corpus import article, on
from tests.engines.memory import make_archive
from tests.webui.site import BASE, make_client
from webui.formats import atom
from webui.formats.feed import Entry, Feed, clean, entry
from webui.http.conditional import GenerationClock

ARTICLES = [
    article("a", "Lavrov <b>arrives</b> & leaves", "The minister Lavrov arrived.", "2021-10-14T11:15:48",
            summary="He \x00came,\uffff he saw.", people=("Sergei Lavrov",), author=("Jane Doe", "John Roe"),
            url="https://sana.sy/a?x=1&y=2"),
    article("b", "Lavrov in Vienna", "Nothing more.", "2020-02", source=None, category=None, language="zz-!"),
    article("c//d", "", "Lavrov without a date.", None, url="javascript:alert(1)", language="ar"),
    article("e", "Rain in Homs", "It rains.", "2022-01-01"),
]  # fmt: skip
NS = {"a": atom.ATOM, "o": atom.OPENSEARCH}


def test_a_feed_reader_reads_what_a_search_found() -> None:
    answer = make_client(ARTICLES).get("/feed.atom?q=lavrov")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.data)
    assert not read.bozo
    assert read.version == "atom10"
    assert (read.feed.title, read.feed.subtitle, read.feed.author) == (
        "lavrov – Broadsheet",
        "3 articles",
        "Broadsheet",
    )
    taken_in = read.feed.updated
    assert (read.feed.id, taken_in[:2]) == (f"{BASE}/feed.atom?q=lavrov", "20")
    assert [(link.rel, link.href) for link in read.feed.links] == [
        ("self", f"{BASE}/feed.atom?q=lavrov"),
        ("alternate", f"{BASE}/search?q=lavrov&sort=added"),
    ]
    assert [
        (each.id, each.title, each.get("published"), each.updated, each.summary, each.get("author"))
        for each in read.entries
    ] == [
        (
            f"{BASE}/article/a",
            "Lavrov <b>arrives</b> & leaves",
            "2021-10-14T11:15:48Z",
            taken_in,
            "He came, he saw.",
            "John Roe",
        ),
        (f"{BASE}/article/b", "Lavrov in Vienna", "2020-02-01T00:00:00Z", taken_in,
         "Nothing more.", None),
        (f"{BASE}/article/c//d", "Untitled article", None, taken_in, "Lavrov without a date.", "SANA"),
    ]  # fmt: skip
    assert [[author.name for author in each.authors] for each in read.entries[:1]] == [["Jane Doe", "John Roe"]]
    assert [[tag.term for tag in each.get("tags", [])] for each in read.entries] == [
        ["News/Politics", "Sergei Lavrov"],
        [],
        ["News/Politics"],
    ]
    assert [[(link.rel, link.href) for link in each.links] for each in read.entries] == [
        [("alternate", f"{BASE}/article/a"), ("via", "https://sana.sy/a?x=1&y=2")],
        [("alternate", f"{BASE}/article/b")],
        [("alternate", f"{BASE}/article/c//d")],
    ]
    root = etree.fromstring(answer.data)
    assert root.xpath("//a:entry/@xml:lang", namespaces=NS) == ["en", "ar"]
    assert root.xpath("string(o:totalResults)", namespaces=NS) == "3"


def test_everything_is_a_feed_too_and_says_what_was_ignored() -> None:
    read = feedparser.parse(make_client(ARTICLES).get("/feed.atom?frm=2021").data)
    assert read.feed.title == "Broadsheet"
    assert read.feed.subtitle.startswith("4 articles · The address has a part “frm” that means nothing here")
    assert [each.id.removeprefix(f"{BASE}/article/") for each in read.entries] == ["e", "a", "b", "c//d"]


def test_pages_of_a_feed_lead_to_each_other() -> None:
    many = [article(f"n{number:03d}", "T", "b", f"2021-10-{number % 28 + 1:02d}") for number in range(60)]
    client = make_client(many)
    found: list[str] = []
    path = "/feed.atom?source=SANA&size=25"
    pages = []
    while path:
        read = feedparser.parse(client.get(path).data)
        links = {link.rel: link.href.removeprefix(BASE) for link in read.feed.links}
        pages.append((len(read.entries), links.get("previous")))
        found += [each.id for each in read.entries]
        path = links.get("next", "")
    assert pages == [
        (25, None),
        (25, "/feed.atom?source=SANA&size=25"),
        (10, "/feed.atom?source=SANA&page=2&size=25"),
    ]
    assert len(set(found)) == 60


def test_a_feed_keeps_to_how_the_words_were_matched() -> None:
    many = [article(f"n{number}", "Rain" if number else "Rain in Homs", "b", "2021-10-01") for number in range(30)]
    client = make_client(many)
    read = feedparser.parse(client.get("/feed.atom?q=rain+homs&size=25").data)
    links = {link.rel: link.href.removeprefix(BASE) for link in read.feed.links}
    assert read.feed.subtitle == "30 articles"
    assert links["self"] == "/feed.atom?q=rain+homs&size=25"  # the address by which a reader knows it
    assert links["next"] == "/feed.atom?q=rain+homs&match=best&page=2&size=25"
    assert links["alternate"] == "/search?q=rain+homs&match=best&sort=added"
    assert len(feedparser.parse(client.get("/feed.atom?q=rain+homs&match=all").data).entries) == 1


def test_an_empty_feed_is_a_feed() -> None:
    read = feedparser.parse(make_client(ARTICLES).get("/feed.atom?q=zeppelin").data)
    assert (read.bozo, read.entries, read.feed.subtitle) == (False, [], "0 articles")
    assert read.feed.updated == "1970-01-01T00:00:00Z"


def test_other_orders_and_refused_queries() -> None:
    client = make_client(ARTICLES)
    read = feedparser.parse(client.get("/feed.atom?sort=oldest").data)
    assert [each.id.removeprefix(f"{BASE}/article/") for each in read.entries] == ["b", "a", "e", "c//d"]
    assert client.get("/feed.atom?q=*ministers").status_code == 400


def test_a_client_that_has_the_feed_is_told_so() -> None:
    archive = make_archive(ARTICLES)
    client = make_client(archive=archive)
    first = client.get("/feed.atom?q=lavrov")
    tag = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/feed.atom?q=lavrov", headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    archive.add([article("f", "Lavrov again", "b", "2023-01-01")])
    changed = client.get("/feed.atom?q=lavrov", headers=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert client.get("/feed.atom?q=vienna", headers=tag).status_code == 200


def test_last_modified_is_since_when_the_commit_is_known() -> None:
    now = datetime(2024, 5, 1, 12, 0, 0, 700_000, tzinfo=UTC)

    def clock() -> datetime:
        return now

    generations = GenerationClock(clock)
    assert generations.since("seven") is None
    now += timedelta(seconds=3)
    assert generations.since("seven") == datetime(2024, 5, 1, 12, 0, 0, tzinfo=UTC)
    assert generations.since("eight") is None
    now += timedelta(days=1)
    assert generations.since("eight") == datetime(2024, 5, 1, 12, 0, 3, tzinfo=UTC)


def test_a_client_that_asks_by_time_is_told_so() -> None:
    archive = make_archive(ARTICLES)
    client = make_client(archive=archive)
    offset = timedelta()
    client.application.extensions["generation_clock"] = GenerationClock(lambda: datetime.now(UTC) + offset)
    assert "Last-Modified" not in client.get("/feed.atom").headers
    offset = timedelta(minutes=1)
    modified = client.get("/feed.atom").headers["Last-Modified"]
    assert client.get("/feed.atom", headers={"If-Modified-Since": modified}).status_code == 304
    archive.add([article("f", "Lavrov again", "b", "2023-01-01")])
    assert client.get("/feed.atom", headers={"If-Modified-Since": modified}).status_code == 200


TEXT = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'\x00\x0b\ufffe\ud800]]>")), max_size=40)
ENTRIES = st.builds(
    Entry,
    permalink=TEXT.map("https://x/".__add__),
    title=TEXT,
    summary=TEXT,
    published=st.none() | st.builds(Published, st.datetimes(timezones=st.just(UTC))),
    language=st.none() | TEXT,
    authors=st.lists(TEXT, max_size=2).map(tuple),
    source=st.none() | TEXT,
    categories=st.lists(TEXT, max_size=2).map(tuple),
    via=st.none() | TEXT.map("https://y/".__add__),
)


@given(TEXT, st.lists(ENTRIES, max_size=3))
def test_no_text_breaks_the_feed(text: str, entries: list[Entry]) -> None:
    feed = Feed("https://x/f", text, text, text or "x", "https://x/p", "https://x/f", language=text)
    root = etree.fromstring(atom.write(feed, entries))
    assert len(root.findall("a:entry", NS)) == len(entries)
    assert not [each for each in root.iter() if not str(each.tag).startswith(("{" + atom.ATOM, "{" + atom.OPENSEARCH))]
    for each, element in zip(entries, root.findall("a:entry", NS), strict=True):
        # A reader of XML turns carriage returns into line feeds.
        assert (element.findtext("a:title", "", NS)) == clean(each.title).replace("\r\n", "\n").replace("\r", "\n")


def test_a_long_summary_is_cut_at_a_word() -> None:
    hit_article = Article(id="a", summary="word " * 200, published=on("2021"))
    made = entry(Hit(hit_article, 0.0), "https://x/a", "Untitled")
    assert made.summary == " ".join(["word"] * 79) + "…"
    assert made.title == "Untitled"
