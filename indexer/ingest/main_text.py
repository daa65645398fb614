"""The running text of a page's article, as paragraphs parted by blank lines. Used by `page`.

trafilatura in its precise mode finds it on most pages. It fails in one way that can be recognised: it stops early, at a
box between two halves of the text. So other witnesses are asked whether they know a longer text that holds the found
one: trafilatura's wider mode when next to nothing was found, the page's own JSON-LD, and a plain reading of all
paragraphs around the place where most of the prose is. docs/formats.md has the measurements.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from lxml import etree

from indexer.ingest.json_ld import text_of_updates
from indexer.ingest.markup import plain_text
from indexer.ingest.notices import without_notices

# All measured on 438 saved pages; each rule repairs pages that lose half of their text and spoils none or one.
LITTLE_TEXT = 1500  # characters; below, the wider mode is asked
MUCH_MORE = 3.0  # times as long as what was found: the wider mode is believed
LONGER_BY = 1.3  # times as long: the plain reading is believed if what it adds is prose
LONGER_STATED = 1.15  # times as long: the page's own statement is believed
HELD = 0.9  # share of the words found that the longer text must hold
PROSE = 100  # characters of a paragraph that is no teaser, caption or menu
PROSE_SHARE = 0.92  # of what is added
NEARLY_NOTHING = 250  # characters; below, any other reading of the page that is mostly prose is believed
HALF_PROSE = 0.5

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_BAR = re.compile(r"(?<!\\)\|")
_TABLE_RULE = re.compile(r"[|\s:-]+")
_PROSE_TAGS = ("p", "h2", "h3", "blockquote", "li")
_ASIDE_TAGS = frozenset("aside footer nav figure form noscript header dialog button".split())
_ROOT_TAGS = frozenset("body html article main".split())
_ASIDE_NAMES = re.compile(
    r"comment|related|recommend|newsletter|promo|sidebar|footer|share|social|cookie|consent|subscribe|signup|advert|"
    r"teaser|caption|breadcrumb|widget|disclaimer|copyright|author-bio|tags\b|most-read|popular",
    re.IGNORECASE,
)
_NO_TEXT_TAGS = frozenset("script style noscript head nav select button textarea iframe svg template".split())
_INLINE_TAGS = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i img ins kbd label mark q s samp small span strike "
    "strong sub sup time "
    "tt u var wbr".split()
)
ANCESTORS = 6  # levels above a paragraph at which its container is looked for
CONTAINER_SHARE = 0.85  # of the prose lies in the container of the article
LINKED = 0.5  # share of a paragraph's characters in links that makes it navigation


def main_text(tree: Any, described: Mapping[str, Any], url: str | None) -> tuple[str, str]:
    """The text, or "" when there is none, and the notices (of a paywall, of cookies) that stood in it."""
    found = _visible(tree, url, favor_precision=True)
    if len(found) < LITTLE_TEXT:
        wider = _visible(tree, url)
        if len(wider) >= MUCH_MORE * len(found):
            found = wider
    stated = described.get("articleBody")
    candidate = plain_text(stated) if isinstance(stated, str) else ""
    if len(candidate) >= LONGER_STATED * len(found) and _holds(candidate, found) and _prose_added(candidate, found):
        found = candidate
    plain = _plain_reading(tree)
    if len(plain) >= LONGER_BY * len(found) and _holds(plain, found) and _prose_added(plain, found):
        found = plain
    found, notices = without_notices(found)
    if len(found) < NEARLY_NOTHING:
        readings = [plain, plain_text(text_of_updates(described))]
        if len(found) < PROSE and not notices:
            readings.append(_whole_reading(tree))
        for reading in readings:
            text, more = without_notices(reading)
            notices = notices or more
            if len(text) >= max(MUCH_MORE * len(found), NEARLY_NOTHING) and _share_of_prose(text) >= HALF_PROSE:
                return text, notices
    return found, notices


def _visible(tree: Any, url: str | None, *, favor_precision: bool = False) -> str:
    from trafilatura.core import bare_extraction  # a third of a second, and only pages need it

    try:
        found = bare_extraction(tree, url=url, include_comments=False, favor_precision=favor_precision)
    except Exception:  # on broken pages the library fails in many ways; the other witnesses are still there
        return ""
    text = getattr(found, "text", None) or ""
    return "\n\n".join(_without_bars(text.split("\n")))


def _without_bars(lines: list[str]) -> Iterator[str]:
    """Lines in which the rows of a table are text, the rows of one table in one paragraph."""
    for in_table, rows in groupby(lines, key=_is_row):
        if in_table:
            cells = (_BAR.sub(" ", row).replace("\\|", "|") for row in rows if not _TABLE_RULE.fullmatch(row))
            yield "\n".join(filter(None, (" ".join(row.split()) for row in cells)))
        else:
            yield from rows


def _is_row(line: str) -> bool:
    return len(line) > 1 and line[0] == "|" and line.rstrip()[-1] == "|"


def _holds(longer: str, shorter: str) -> bool:
    wanted = _words(shorter)
    return (wanted & _words(longer)).total() >= HELD * wanted.total()


def _prose_added(longer: str, shorter: str) -> bool:
    """Whether the paragraphs that only the longer text has are prose rather than teasers of other articles."""
    have = " ".join(_WORD.findall(shorter))
    added = [part for part in longer.split("\n\n") if " ".join(_WORD.findall(part))[:60] not in have]
    total = sum(map(len, added))
    return total > 0 and sum(len(part) for part in added if len(part) >= PROSE) >= PROSE_SHARE * total


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _plain_reading(tree: Any) -> str:
    """All paragraphs of the smallest element that holds nearly all prose of the page."""
    weights: dict[Any, int] = {}
    blocks: list[tuple[Any, str, float, list[Any]]] = []
    for element in tree.iter(*_PROSE_TAGS):
        text = " ".join(element.text_content().split())
        ancestors = list(element.iterancestors())
        if not text or any(map(_is_aside, ancestors)):
            continue
        linked = sum(len(link.text_content()) for link in element.iter("a")) / len(text)
        blocks.append((element, text, linked, ancestors))
        if element.tag == "p" and len(text) >= PROSE // 2 and linked <= LINKED:
            for ancestor in ancestors[:ANCESTORS]:
                weights[ancestor] = weights.get(ancestor, 0) + len(text)
    if not weights:
        return ""
    enough = CONTAINER_SHARE * max(weights.values())
    container = max(
        (element for element, weight in weights.items() if weight >= enough),
        key=lambda element: sum(1 for _ in element.iterancestors()),
    )
    return "\n\n".join(_readable(block for block in blocks if container in block[3]))


def _share_of_prose(text: str) -> float:
    parts = text.split("\n\n")
    return sum(len(part) for part in parts if len(part) >= PROSE // 2) / max(1, sum(map(len, parts)))


def _whole_reading(tree: Any) -> str:
    """All text of the page that is no link, whatever it stands in: for pages that say of no part what it is."""
    parts: list[str] = []
    words: list[str] = []
    in_links = linked = 0
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in _NO_TEXT_TAGS:
            walk.skip_subtree()
        if event in ("start", "end") and element.tag not in _INLINE_TAGS:
            text = " ".join("".join(words).split())
            if text and linked <= LINKED * len(text):
                parts.append(text)
            words, linked = [], 0
        if event in ("start", "end") and element.tag == "a":
            in_links += 1 if event == "start" else -1
        shown = (element.text if element.tag not in _NO_TEXT_TAGS else "") if event == "start" else element.tail
        if shown:
            words.append(shown)
            linked += len(shown.strip()) if in_links else 0
    return "\n\n".join(parts)


def _readable(blocks: Iterator[tuple[Any, str, float, list[Any]]]) -> Iterator[str]:
    for element, text, linked, _ in blocks:
        if element.tag in ("h2", "h3"):
            wanted = linked == 0
        elif element.tag == "li":
            wanted = linked < LINKED and len(text) > 20 and element.find(".//p") is None
        else:
            wanted = linked <= LINKED and (element.tag == "p" or element.find(".//p") is None)
        if wanted:
            yield text


def _is_aside(element: Any) -> bool:
    if element.tag in _ASIDE_TAGS:
        return True
    return element.tag not in _ROOT_TAGS and bool(
        _ASIDE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}")
    )
