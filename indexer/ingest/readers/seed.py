"""Text of a saved page in the layout of an aggregator of translated news -> its fields.

    <site> / <tagline> / <title> / <timestamp> / <summary, cut off> / <dateline> / paragraphs...
    Source: <name> / All news articles on <date> / You may like / Trends 24h / Latest / footer

One line each, blank lines allowed anywhere. Known variants: the summary may be whole, and then stands again as the
first paragraph; the title may end in "- <source>"; the time may be in the American style; the dateline may be missing;
the `Source:` line may have the address of the original; boxes may be missing or hold titles, `<Category/Sub>
<timestamp>` rows, or both in turn. Called by the text reader.
"""

import re
from collections.abc import Sequence
from typing import Any

from indexer.ingest.values import host

# The timestamp follows site, tagline and title; a page without a tagline or with a menu line has it a little off.
HEAD_LINES = 8
LONGEST_DATELINE = 60
LONGEST_ROW = 200
MOST_ROWS = 200

_STAMP = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s*[AP]M)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"Source\s*:\s*(\S.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"\(?(https?://[^\s()]+)\)?", re.IGNORECASE)
_ALL_ON = re.compile(r"All (?:news )?articles on\s+(\S.*)", re.IGNORECASE)
_DISCLAIMER = re.compile(r"Disclaimer\b.{0,2000}", re.IGNORECASE)
_ROW = re.compile(rf"(?P<category>[^\W\d_][^/\n]*(?:/[^/\n]+)*?)\s+(?P<published>{_STAMP.pattern})", re.IGNORECASE)
_BOXES = {"you may like": "you_may_like", "trends 24h": "trends", "latest": "latest"}
_DATELINE_SIGN = "♦"
_CUT = ("…", "...")
_ENDS = tuple('.!?…。！？؟"”»)')
_DASHES = (" - ", " – ", " — ", " | ")


def is_seed_page(text: str) -> bool:
    """Whether a text has this layout: a timestamp of its own near the top, and a `Source:` or archive line below it."""
    rows = _rows(text)
    return _stamp_place(rows) is not None and any(_SOURCE.fullmatch(r) or _ALL_ON.fullmatch(r) for r in rows)


def seed_fields(text: str) -> dict[str, Any]:
    """The fields of a page for which `is_seed_page` holds, under the article's own names."""
    from indexer.ingest.dates import parse_date

    rows = _rows(text)
    stamp = _stamp_place(rows)
    assert stamp is not None
    boxes_from = next((i for i in range(stamp + 1, len(rows)) if rows[i].lower() in _BOXES), len(rows))
    middle, source, day, disclaimer = _middle(rows[stamp + 1 : boxes_from])
    summary, dateline, body = _story(middle)
    boxes = _boxes(rows[boxes_from:], site=rows[0])
    original = _ADDRESS.search(source) if source else None
    if source and original:
        source = (source[: original.start()] + source[original.end() :]).strip(" ,;:–—-") or host(original[1])
    fields: dict[str, Any] = {
        "title": _without_outlet(rows[stamp - 1], source),
        "published": rows[stamp] if parse_date(rows[stamp], "en") else day,
        "summary": summary,
        "dateline": dateline,
        "body": "\n\n".join(body),
        "source": source,
        "original_url": original[1] if original else None,
        "category": _own_category(boxes, rows[stamp]),
        "site": rows[0] if stamp >= 2 else None,
        "tagline": rows[1] if stamp >= 3 else None,
        "disclaimer": disclaimer,
        **boxes,
    }
    return {name: value for name, value in fields.items() if value}


def _rows(text: str) -> list[str]:
    return [row for line in text.splitlines() if (row := line.strip())]


def _stamp_place(rows: Sequence[str]) -> int | None:
    return next((i for i, row in enumerate(rows[:HEAD_LINES]) if i and _STAMP.fullmatch(row)), None)


def _middle(rows: Sequence[str]) -> tuple[list[str], str | None, str | None, str | None]:
    """The story's lines, source, date of the archive page and disclaimer; the last line of each kind counts."""
    source = day = disclaimer = None
    end = len(rows)
    for place in range(len(rows) - 1, -1, -1):
        if day is None and (found := _ALL_ON.fullmatch(rows[place])):
            day, end = found[1], min(end, place)
        elif source is None and (found := _SOURCE.fullmatch(rows[place])):
            source, end = found[1], min(end, place)
        elif disclaimer is None and place >= end - 1 and _DISCLAIMER.fullmatch(rows[place]):
            disclaimer, end = rows[place], min(end, place)
    return list(rows[:end]), source, day, disclaimer


def _story(rows: list[str]) -> tuple[str, str | None, list[str]]:
    """(summary, dateline, paragraphs). The summary is never repeated into the body, nor lost from it."""
    marked = next((i for i, row in enumerate(rows[:3]) if row.startswith(_DATELINE_SIGN)), None)
    if marked is not None:
        summary = " ".join(rows[:marked])
        return summary, rows[marked].lstrip(_DATELINE_SIGN).strip() or None, rows[marked + 1 :]
    if len(rows) < 2:
        return "", None, rows
    first, second = rows[0], rows[1]
    if _begins(second, first):
        return first, None, rows[1:]
    if len(rows) > 2 and len(second) <= LONGEST_DATELINE and not second.endswith(_ENDS) and _begins(rows[2], first):
        return first, second.strip(" :—–-"), rows[2:]
    if not first.endswith(_ENDS) or first.endswith(_CUT):
        if len(rows) > 2 and len(second) <= LONGEST_DATELINE and not second.endswith(_ENDS):
            return first, second.strip(" :—–-"), rows[2:]
        return first, None, rows[1:]
    return "", None, rows


def _begins(paragraph: str, summary: str) -> bool:
    """Whether a paragraph begins with the summary, cut off or whole."""
    for mark in _CUT:
        summary = summary.removesuffix(mark)
    return bool(summary.strip()) and paragraph.startswith(summary.rstrip())


def _without_outlet(title: str, source: str | None) -> str:
    """ "Crowds at Hagia Sophia - Сосновый телеграф" without the name that the `Source:` line gives anyway."""
    for dash in _DASHES:
        text, found, outlet = title.rpartition(dash)
        if found and source and text and outlet.strip().casefold() == source.casefold():
            return text.rstrip()
    return title


def _boxes(rows: Sequence[str], site: str) -> dict[str, list[Any]]:
    """The boxes as data: titles as text, rows as {"category", "published"} with the title that follows them."""
    boxes: dict[str, list[Any]] = {}
    items: list[Any] = []
    pending: dict[str, str] | None = None
    for row in rows:
        if name := _BOXES.get(row.lower()):
            items, pending = boxes.setdefault(name, []), None
        elif len(row) <= LONGEST_ROW and (found := _ROW.fullmatch(row)):
            pending = {"category": found["category"], "published": found["published"]}
            items.append(pending)
        elif row.startswith(site) or "©" in row or len(row) > LONGEST_ROW or _DISCLAIMER.fullmatch(row):
            break  # the footer
        elif pending is not None:
            pending["text"], pending = row, None
        else:
            items.append(row)
    return {name: listed[:MOST_ROWS] for name, listed in boxes.items() if listed}


def _own_category(boxes: dict[str, list[Any]], stamp: str) -> str | None:
    """The page does not say its own category, but a box does when the article itself is listed in it."""
    rows = (row for name in ("trends", "latest") for row in boxes.get(name, ()) if isinstance(row, dict))
    return next((str(row["category"]) for row in rows if row["published"] == stamp), None)
