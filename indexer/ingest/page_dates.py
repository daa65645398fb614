"""When a page says that its article was published: the date as stated, for `normalise` to make exact. Used by
`page_facts`.

Heard in turn: JSON-LD, meta tags, marked dates of the visible page, dates beside the headline, the address, and last
htmldate, which searches the whole page and is asked only where nothing else gave a date. Systems state times in UTC;
where the page prints the day before or after, the printed day is the article's.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import Any

from indexer.article import Precision, Published
from indexer.ingest.dates import parse_date
from indexer.ingest.markup import plain_line

# Names of <meta> tags, best first.
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
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified")
_VISIBLE = (
    "//time[@itemprop='datePublished']",
    "//*[@itemprop='datePublished']",
    "//article//time[@datetime]",
    "//time[@pubdate]",
    "//header//time[@datetime]",
    "//time[@datetime]",
    "//*[contains(@class,'publish') or contains(@class,'date') or contains(@class,'time') or contains(@id,'pubtime')]",
)
_AFTER_HEADLINE = "(//h1)[1]/following::text()[normalize-space()]"
MOST_LOOKED_AT = 12
LINES_AFTER_HEADLINE = 20
LONGEST_STATEMENT = 120  # characters of a line that states a date
DATE_IN_TEXT = re.compile(
    r"\d{4}[-/.年년]\s?\d{1,2}[-/.月월]\s?\d{1,2}[日일]?(?:[ T　,]*\d{1,2}:\d\d(?::\d\d)?)?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}(?:[ ,–|-]+\d{1,2}[:.]\d\d)?"
    r"|(?:\d{1,2}(?:\.|st|nd|rd|th)?(?: de| of)? [^\W\d_]{3,12}\.?,?(?: de| del)? \d{4}"
    r"|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4})"
    r"(?:(?:,| at| um| -| –| \|)? \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4}\b)?)?",
    re.IGNORECASE,
)
_DATE_IN_URL = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_CHANGED = re.compile(r"updat|modif|aktualis|mis à jour|actualiz|aggiorn|обновл|bijgewerkt|güncel|更新", re.IGNORECASE)
_OFFSET = re.compile(r"T.*([+-]\d\d:?\d\d)$")
_UTC = frozenset({"Z", "UTC", "GMT", "+00:00"})
EASTERNMOST, WESTERNMOST = timedelta(hours=14), timedelta(hours=-12)
_QUARTER = timedelta(minutes=15)


def published(
    tree: Any, metas: Mapping[str, list[str]], described: Mapping[str, Any], url: str | None, fetched: str | None
) -> str | None:
    """The date of publication as the page states it, or None.

    Args:
        tree: the parsed page.
        metas: the contents of its meta tags by their lower-case names.
        described: the article's JSON-LD object, or an empty mapping.
        url: the article's address.
        fetched: when the page was fetched, which is after it was published.
    """
    in_url = f"{found['y']}-{found['m']}-{found['d']}" if url and (found := _DATE_IN_URL.search(url)) else None
    for candidate in _stated(metas, described):
        if (date := parse_date(candidate)) is not None:
            return _as_printed(candidate, date, tree, metas, described, in_url)
    for candidate in (*_marked(tree), *_beside_headline(tree), _string(described.get("dateModified"))):
        if (date := parse_date(candidate)) is not None:
            return _as_printed(candidate, date, tree, metas, described, in_url)
    return in_url or _searched(tree, fetched)


def modified(metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> str:
    """When the page says that its article was last changed."""
    return _string(described.get("dateModified")) or next((metas[name][0] for name in _MODIFIED if name in metas), "")


def _stated(metas: Mapping[str, list[str]], described: Mapping[str, Any]) -> Iterator[str]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield _string(described.get(key))
    yield next((metas[name][0] for name in _PUBLISHED if name in metas), "")


def _marked(tree: Any) -> Iterator[str]:
    for path in _VISIBLE:
        for element in tree.xpath(path)[:MOST_LOOKED_AT]:
            for attribute in ("datetime", "content", "title", "data-timestamp"):
                if value := element.get(attribute):
                    yield value.strip()
            yield from _in_line(element.text_content())


def _beside_headline(tree: Any) -> Iterator[str]:
    for line in islice(tree.xpath(_AFTER_HEADLINE), LINES_AFTER_HEADLINE):
        if line.getparent().tag not in ("script", "style"):
            yield from _in_line(line)


def _in_line(line: str) -> Iterator[str]:
    text = plain_line(line) if len(line) <= 10 * LONGEST_STATEMENT else line
    if len(text) <= LONGEST_STATEMENT and (found := DATE_IN_TEXT.search(text)):
        yield found[0]


def _searched(tree: Any, fetched: str | None) -> str | None:
    """What htmldate finds. Its fast mode: the other finds one date in a hundred more, takes four times as long and also
    takes the year of a copyright notice for a date."""
    from htmldate import find_date  # loaded for pages alone

    until = parse_date(fetched)
    try:
        found = find_date(
            tree,
            extensive_search=False,
            original_date=True,
            max_date=until.instant.replace(tzinfo=None) if until else None,
        )
    except Exception:  # on broken pages the library fails in many ways; the page is undated
        return None
    return found if isinstance(found, str) else None


def _as_printed(
    stated: str,
    date: Published,
    tree: Any,
    metas: Mapping[str, list[str]],
    described: Mapping[str, Any],
    in_url: str | None,
) -> str:
    """A date, on the day that the page prints where it states the time in UTC.

    With a printed time of day, or an offset stated elsewhere on the page, the moment is kept; else the printed day
    alone is known.
    """
    if date.precision is not Precision.SECOND or date.zone not in _UTC:
        return stated
    changed = parse_date(modified(metas, described))
    changed_on = changed.instant.date() if changed else None
    printed = [
        (text, day) for text in (*_printed(tree), in_url) if text and (day := parse_date(text)) and _may_be(day, date)
    ]
    days = [day.instant.date() for _, day in printed]
    if not days or date.instant.date() in days or days[0] == changed_on:
        return stated
    for text, day in printed:
        if day.precision is Precision.SECOND:
            local = timezone(day.instant - date.instant.replace(second=0))
            return text if day.zone else date.instant.astimezone(local).isoformat()
    for other in (*_stated(metas, described), modified(metas, described)):
        if found := _OFFSET.search(other):
            moment = date.instant.astimezone(datetime.strptime(found[1], "%z").tzinfo)
            if moment.date() == days[0]:
                return moment.isoformat()
    return days[0].isoformat()


def _printed(tree: Any) -> Iterator[str]:
    """The dates of publication that a reader of the page sees, without what stands in attributes."""
    for path in _VISIBLE:
        for element in tree.xpath(path)[:MOST_LOOKED_AT]:
            if not _CHANGED.search(line := element.text_content()):
                yield from _in_line(line)
    yield from _beside_headline(tree)


def _may_be(printed: Published, date: Published) -> bool:
    """Whether a printed date is an instant in UTC on the clock or in the calendar of some place on earth."""
    if printed.precision is Precision.DAY:
        within = (date.instant + WESTERNMOST).date(), (date.instant + EASTERNMOST).date()
        return within[0] <= printed.instant.date() <= within[1]
    apart = printed.instant - date.instant.replace(second=0)
    if printed.precision is not Precision.SECOND or printed.zone:
        return printed.precision is Precision.SECOND and not apart
    return WESTERNMOST <= apart <= EASTERNMOST and not apart % _QUARTER


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
