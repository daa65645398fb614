"""What a page says about its article outside the running text: title, date, authors, section ... Used by `page`.

In: a parsed page and its JSON-LD article. Out: `Facts`. Each field has a table of places where sites state it, best
first; the first place that states something usable wins. The order was chosen on saved pages of 40 countries.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.ingest import values
from indexer.ingest.dates import parse_date
from indexer.ingest.markup import plain_line

MOST_TOPICS = 30
_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", "|", "--")
LONGEST_SITE_WORDS = 6
SHORTEST_LABEL = 4  # letters of a host name that are no chance find in a name
LONGEST_BYLINE = 80
_NOT_LETTERS = re.compile(r"[\W_]+")

# Names of <meta> tags (name, property or itemprop, lower case), best first.
_TITLE = tuple("og:title twitter:title dc.title headline title sailthru.title parsely-title".split())
_SUMMARY = tuple("og:description description twitter:description dc.description sailthru.description abstract".split())
_PUBLISHED = tuple(
    (
        "article:published_time og:article:published_time og:published_time datepublished publish-date "
        "parsely-pub-date sailthru.date dc.date.issued dcterms.created dcterms.date dc.date dc.date.created date "
        "pubdate publishdate publication_date published_time article.published article_date_original "
        "cxenseparse:recs:publishtime cxenseparse:publishtime last-modified-date publishtime pub_date "
        "originalpublicationdate rnews:datepublished citation_publication_date displaydate iso-8601-publish-date "
        "datecreated article:modified_time og:updated_time datemodified"
    ).split()
)
_AUTHOR = tuple(
    (
        "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl byline "
        "cxenseparse:author authors creator twitter:data1_author article:author_name citation_author"
    ).split()
)
_SITE = tuple("og:site_name application-name publisher dc.publisher copyright_holder al:android:app_name".split())
_SECTION = tuple(
    "article:section section parsely-section og:section category articlesection dc.subject.section".split()
)
_LANGUAGE = tuple("og:locale language dc.language content-language inlanguage".split())
_TOPICS = tuple("article:tag news_keywords keywords parsely-tags sailthru.tags".split())
_ADDRESS = tuple("og:url twitter:url parsely-link".split())

_VISIBLE_DATES = (
    "//time[@itemprop='datePublished']",
    "//*[@itemprop='datePublished']",
    "//article//time[@datetime]",
    "//time[@pubdate]",
    "//header//time[@datetime]",
    "//time[@datetime]",
    "//*[contains(@class,'publish') or contains(@class,'date') or contains(@class,'time') or contains(@id,'pubtime')]",
)
_VISIBLE_AUTHORS = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//a[@rel='author']",
    "//*[contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'authorName')]",
    "//*[contains(@class,'byline__name') or contains(@class,'byline-name') or contains(@class,'byline__author')]",
)
MOST_LOOKED_AT = 12
_DATE_IN_TEXT = re.compile(
    r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:[ T　,]*\d{1,2}:\d\d(?::\d\d)?)?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}(?:[ ,–|-]+\d{1,2}[:.]\d\d)?"
    r"|\d{1,2}\.? [^\W\d_]{3,12}\.?,? \d{4}(?:[ ,–|-]+\d{1,2}:\d\d)?|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}"
)
_DATE_IN_URL = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_HTTP = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; text as stated, to be made exact by `normalise`."""

    title: str = ""
    summary: str = ""
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    topics: tuple[str, ...] = ()
    about: tuple[Mapping[str, Any], ...] = ()
    is_article: bool = False


def facts_of(tree: Any, described: Mapping[str, Any], url: str | None) -> Facts:
    """Everything the page states.

    Args:
        tree: the parsed page.
        described: the article's JSON-LD object, or an empty mapping.
        url: where the page was fetched, if known.
    """
    metas = _metas(tree)
    site = _first(_texts_of(described.get("publisher"))) or _meta(metas, _SITE)
    address = url or _address(tree, metas, described)
    label = values.host(address or "").rpartition(".")[0].rpartition(".")[2]
    return Facts(
        title=_title(tree, metas, described, (site, label)),
        summary=plain_line(_string(described.get("description")) or _meta(metas, _SUMMARY)),
        published=_published(tree, metas, described, address),
        modified=_string(described.get("dateModified")) or _meta(metas, ("article:modified_time", "og:updated_time")),
        authors=_authors(tree, metas, described, (site, label)),
        site=_meta(metas, ("og:site_name",)) or site or None,
        section=_first(_texts_of(described.get("articleSection"))) or _meta(metas, _SECTION) or None,
        language=_string(described.get("inLanguage"))
        or tree.get("lang")
        or tree.get("xml:lang")
        or _meta(metas, _LANGUAGE),
        url=address,
        topics=_topics(metas, described),
        is_article=_meta(metas, ("og:type",)) == "article",
        about=tuple(item for key in ("about", "mentions") for item in _objects(described.get(key))),
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or element.get("value") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                for name in (element.get(attribute) or "").lower().split():
                    found.setdefault(name, []).append(content)
    return found


def _meta(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _title(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any], site: tuple[str, str]) -> str:
    headings = [text for element in tree.iter("h1") if (text := plain_line(element.text_content()))]
    whole = plain_line(" ".join(element.text_content() for element in list(tree.iter("title"))[:1]))
    stated = plain_line(html.unescape(_string(described.get("headline"))))
    shared = plain_line(html.unescape(_meta(metas, _TITLE)))
    # A headline that was cut to a number of characters is worth less than one that was not.
    if stated and not stated.endswith(("...", "…")):
        return _without_site(stated, site, headings)
    for text in (shared, stated):
        if text:
            return _without_site(text, site, headings)
    heading = next((heading for heading in headings if heading in whole), "")
    return heading or _without_site(whole, site, headings) or _first(headings)


def _without_site(title: str, site: tuple[str, str], headings: list[str]) -> str:
    """A title without the name of the site (and the date some put there too) at its end."""
    for separator in _SEPARATORS:
        start, found, end = title.rpartition(separator)
        if found and len(end.split()) <= LONGEST_SITE_WORDS and len(start) > len(end):
            start, end = start.strip(), end.strip()
            if start in headings or _is_site(end, site) or _DATE_IN_TEXT.fullmatch(end):
                return _without_site(start, site, headings)
    return title


def _is_site(name: str, site: tuple[str, str]) -> bool:
    """Whether a name is that of the site: as the page states it, or as its address spells it."""
    stated, label = site
    squeezed = _NOT_LETTERS.sub("", name.casefold())
    if not squeezed:
        return False
    return squeezed == _NOT_LETTERS.sub("", stated.casefold()) or (
        len(label) >= SHORTEST_LABEL and _NOT_LETTERS.sub("", label.casefold()) in squeezed
    )


def _published(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any], url: str | None) -> str | None:
    for candidate in _dates(tree, metas, described):
        if parse_date(candidate) is not None:
            return candidate
    if url and (found := _DATE_IN_URL.search(url)):
        return f"{found['y']}-{found['m']}-{found['d']}"
    return None


def _dates(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> Iterator[str]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield _string(described.get(key))
    stated = _meta(metas, _PUBLISHED)
    if stated:
        yield stated
    for path in _VISIBLE_DATES:
        for element in tree.xpath(path)[:MOST_LOOKED_AT]:
            for attribute in ("datetime", "content", "title", "data-timestamp"):
                if value := element.get(attribute):
                    yield value.strip()
            text = plain_line(element.text_content())
            if len(text) <= 120 and (found := _DATE_IN_TEXT.search(text)):
                yield found[0]
    yield _string(described.get("dateModified"))


def _authors(
    tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any], site: tuple[str, str]
) -> tuple[str, ...]:
    """The people named; the site itself only where nobody else is."""
    nobody: tuple[str, ...] = ()
    for stated in _bylines(tree, metas, described):
        people = values.authors([html.unescape(text) for text in stated])
        if named := tuple(name for name in people if not _is_site(name, site)):
            return named
        nobody = nobody or people
    return nobody


def _bylines(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> Iterator[list[str]]:
    yield _texts_of(described.get("author")) or _texts_of(described.get("creator"))
    for name in _AUTHOR:
        yield [text for text in metas.get(name, ()) if not _HTTP.match(text)]
    for path in _VISIBLE_AUTHORS:
        texts = (plain_line(element.text_content()) for element in tree.xpath(path)[:MOST_LOOKED_AT])
        yield [text for text in texts if len(text) <= LONGEST_BYLINE]


def _topics(metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> tuple[str, ...]:
    stated = _texts_of(described.get("keywords"))
    for name in _TOPICS:
        stated = stated or metas.get(name, [])
    parts = [
        part for text in stated for part in (text.split(";" if ";" in text else ",") if len(stated) == 1 else [text])
    ]
    return tuple(dict.fromkeys(topic for part in parts if (topic := plain_line(part))))[:MOST_TOPICS]


def _address(tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for candidate in (*links, _meta(metas, _ADDRESS), described.get("url"), described.get("mainEntityOfPage")):
        if address := values.url(candidate):
            return address
    return None


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, Mapping)]


def _texts_of(value: Any) -> list[str]:
    """Names in what JSON-LD allows for one: a string, an object, or a list of them."""
    names: list[Any] = []
    for item in value if isinstance(value, list) else [value]:
        inner = item.get("name") if isinstance(item, Mapping) else item
        names.extend(inner if isinstance(inner, list) else [inner])
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _first(texts: list[str]) -> str:
    return texts[0] if texts else ""
