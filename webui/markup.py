"""Plain text with spans -> HTML that is safe to print. The only module of the web that makes markup out of text.

A snippet comes as text and offsets; it is escaped piece by piece and the matches are wrapped in `<mark>`. What comes
out is checked to hold nothing but text, `<mark>` and our own links, and if it ever did, bleach would take it out: a
second lock on a door that escaping has closed already.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal

import bleach
from markupsafe import Markup, escape

from indexer.search.results import Snippet
from webui.rendering import escaped

ELLIPSIS = "…"
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "”", "»", "」", '"')
QUOTES = '"“”„«»「」'
Link = tuple[int, int, str, str]  # start, end, address, class
# Control characters, non-characters and lone surrogates, which no page may hold.
# Text, marks and links of our own making, and nothing else.
_MARK = r'<mark(?: id="match-\d+")?>[^<>]*+</mark>'
_EXPECTED = re.compile(rf'(?:[^<>]++|{_MARK}|<a class="[a-z]+" href="/[^"<>]*+">(?:[^<>]++|{_MARK})*+</a>)*+\Z')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """Text without characters that no page may hold; offsets stay as they are."""
    return text if text.isprintable() else _UNPRINTABLE.sub(" ", text)


def quoted(text: str) -> Markup:
    """What somebody typed, in quotation marks unless it brings its own."""
    bare = ' class="bare"' if any(mark in text for mark in QUOTES) else ""
    return Markup(f'<q dir="auto"{bare}>{escape(plain(text))}</q>')  # noqa: S704  # the text is escaped


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Text with `<mark>` around each span; spans that overlap or lie outside are cut to fit."""
    text = plain(text)
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start >= end:
            continue
        pieces += (escaped(text[done:start]), "<mark>", escaped(text[start:end]), "</mark>")
        done = end
    pieces.append(escaped(text[done:]))
    return _checked("".join(pieces))


def snippet(value: Snippet) -> Markup:
    """A passage with its matches marked and dots where it was cut."""
    before = ELLIPSIS if value.leading and not value.text[:1].isupper() else ""
    after = ELLIPSIS if value.trailing and not value.text.endswith(SENTENCE_ENDS) else ""
    return Markup(f"{before}{marked(value.text, value.spans)}{after}")  # noqa: S704  # dots beside what is checked


def shortened(text: str, length: int) -> str:
    """The start of a text, cut at a word; a text that ends in the middle of a sentence also gets its dots."""
    cut = text if len(text) <= length else text[: length + 1]
    if cut.endswith(SENTENCE_ENDS):
        return cut
    start, space, _ = cut.rpartition(" ")
    kept = start if space and len(start) > len(cut) // 2 else cut[:length]
    return kept.rstrip(" ,;:–—-") + ELLIPSIS


def paragraphs(text: str) -> list[tuple[int, str]]:
    """The paragraphs of plain text, each with the offset where it begins."""
    found: list[tuple[int, str]] = []
    for piece in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text):
        body = piece.group()
        if body.strip():
            lead = len(body) - len(body.lstrip())
            found.append((piece.start() + lead, body.strip()))
    return found


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Of spans in order, none over another, those that lie in `[start, end)`, counted from there."""
    low = max(bisect_left(spans, (start,)) - 1, 0)
    return [
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans[low : bisect_left(spans, (end,))]
        if last > start
    ]


def links_within(links: Sequence[Link], start: int, length: int) -> list[Link]:
    """Of links in order those that lie whole in a paragraph, counted from its start; of some that overlap the first."""
    found: list[Link] = []
    done = start
    for first, last, url, kind in links[bisect_left(links, (start,)) : bisect_left(links, (start + length,))]:
        if first >= done and last <= start + length and first < last:
            found.append((first - start, last - start, url, kind))
            done = last
    return found


class MatchNumbers:
    """Numbers the matches of a page from 1, so that each can be jumped to."""

    def __init__(self) -> None:
        self.count = 0

    def mark(self, text: str, spans: Iterable[tuple[int, int]]) -> Markup:
        """Text with each span marked."""
        return self.annotate(text, spans, ())

    def annotate(self, text: str, spans: Iterable[tuple[int, int]], links: Iterable[Link]) -> Markup:
        """Text with matches marked and names linked; where they overlap, the mark is cut at the link's ends."""
        text = plain(text)
        pieces: list[str] = []
        apart = _apart(spans)
        done = 0
        for start, end, url, kind in links:
            pieces.append(self._marked(text, apart, done, start))
            inner = self._marked(text, apart, start, end)
            pieces.append(f'<a class="{escape(kind)}" href="{escape(url)}">{inner}</a>')
            done = end
        pieces.append(self._marked(text, apart, done, len(text)))
        return _checked("".join(pieces))

    def _marked(self, text: str, apart: Sequence[tuple[int, int]], start: int, end: int) -> str:
        pieces: list[str] = []
        done = start
        for first, last in within(apart, start, end):
            first, last = start + first, start + last
            self.count += 1
            pieces += (escaped(text[done:first]), f'<mark id="match-{self.count}">{escaped(text[first:last])}</mark>')
            done = last
        pieces.append(escaped(text[done:end]))
        return "".join(pieces)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, each cut where the one before it ends."""
    found: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted(spans):
        if max(start, done) < end:
            found.append((max(start, done), end))
            done = end
    return found


def _checked(html: str) -> Markup:
    # bleach takes 1.3 ms for a passage, the check 2 µs.
    if not _EXPECTED.match(html):
        allowed = {"mark": ["id"], "a": ["class", "href"]}
        html = bleach.clean(html, tags=set(allowed), attributes=allowed, strip=True)
    return Markup(html)  # noqa: S704  # checked, or cleaned by bleach


def pieces(parts: Iterable[tuple[str, bool]], tag: Literal["del", "ins"]) -> Markup:
    """Pieces of text, those marked in an element of their own."""
    html = "".join(f"<{tag}>{escape(text)}</{tag}>" if marked else escape(text) for text, marked in parts)
    return Markup(html)  # noqa: S704  # every piece of text is escaped


def isolated(parts: Iterable[tuple[str, str, str]]) -> Markup:
    """Pieces of text, each with its direction and its language. What has a direction keeps to itself; `auto` is what a
    `<bdi>` has anyhow."""
    html = []
    for text, direction, language in parts:
        stated = (f' dir="{escape(direction)}"' if direction != "auto" else "") + _lang(language)
        html.append(f"<bdi{stated}>{escape(text)}</bdi>" if direction else escape(text))
    return Markup("".join(html))  # noqa: S704  # every piece of text is escaped


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


_PAGE_TAGS = frozenset("h2 h3 h4 p ul ol li a em strong code pre blockquote hr br table thead tbody tr th td".split())


def markdown(text: str) -> Markup:
    """A page of the site's own, written in Markdown. HTML in it stands as text; its headings lie below the page's."""
    from markdown_it import MarkdownIt  # most sites and most requests have no use for it

    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(plain(text))
    html = re.sub(r"(</?h)([1-3])>", lambda found: f"{found[1]}{int(found[2]) + 1}>", html)
    return Markup(bleach.clean(html, tags=_PAGE_TAGS, attributes={"a": ["href"]}, strip=True))  # noqa: S704  # cleaned
