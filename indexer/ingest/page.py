"""An HTML page -> the fields of its article: main text and what the page says about it. Called by `normalise`.

Three witnesses are heard: the page's JSON-LD, its meta tags, and what trafilatura finds in its visible text. For each
field a table in `page_facts` says whom to believe first; docs/formats.md gives the measured quality.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

from indexer.ingest import values
from indexer.ingest.charset import decode
from indexer.ingest.images import page_image
from indexer.ingest.json_ld import article_object
from indexer.ingest.main_text import main_text
from indexer.ingest.markup import plain_line
from indexer.ingest.page_facts import Facts, facts_of
from indexer.ingest.raw import Page
from indexer.ingest.rejects import excerpt
from indexer.rejection import Rejected

# A few words without a title are a menu or an error message.
SHORTEST_UNTITLED = 100

# "MENINGSMÅLING:" above a headline.
LONGEST_KICKER = 40

_NO_LETTER = re.compile(r"[\W_]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)


def page_fields(page: Page) -> dict[str, Any]:
    """The article of a page, under the article's own field names.

    Raises:
        Rejected: `no_article` when the page has no running text, `extraction_failed` when it cannot be parsed.
    """
    text = _text(page)
    try:
        tree = lxml_html.document_fromstring(text) if text.strip() else None
    except (etree.ParserError, ValueError, AssertionError) as error:
        raise Rejected("extraction_failed", f"{error}.", excerpt(text)) from None
    if tree is None:
        raise Rejected("no_article", "The page is empty.")
    described = article_object(tree)
    facts = facts_of(tree, described, page.url)
    if not described and not facts.is_article and facts.url and urlsplit(facts.url).path in ("", "/"):
        raise Rejected("no_article", "A front page.", facts.title)
    image = page_image(tree, described, facts.url)
    _keep_prose(tree)
    headings = {_letters(element.text_content()) for element in tree.iter("h1")} - {""}
    body = _without_heading(headings, main_text(tree, described, facts.url))
    if not (body or (described and facts.title)) or (not facts.title and len(body) < SHORTEST_UNTITLED):
        raise Rejected("no_article", "The page has no running text.", facts.title or excerpt(text))
    return _fields(page, facts, body) | ({"image": image} if image else {})


def _keep_prose(tree: Any) -> None:
    """Take out code, which stands even inside paragraphs, and put small print above words into the line."""
    for element in list(tree.iter("script", "style", "rp")):
        if element.getparent() is not None:
            element.drop_tree()
    for element in list(tree.iter("rt")):
        if reading := " ".join(element.text_content().split()):
            element.text = f" ({reading})"
        del element[:]
    for element in list(tree.iter("rt", "rb", "ruby")):
        element.drop_tag()


def _without_heading(headings: set[str], body: str) -> str:
    """The text without the page's headline, and the word or two above it, as its first paragraphs."""
    while True:
        first, _, rest = body.partition("\n\n")
        second, _, after = rest.partition("\n\n")
        if rest and _letters(first) in headings:
            body = rest
        elif after and len(first) <= LONGEST_KICKER and _letters(second) in headings:
            body = after
        else:
            return body


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", plain_line(text)).casefold()


def _fields(page: Page, facts: Facts, body: str) -> dict[str, Any]:
    archived = values.archived(page.url) if page.url else None
    fields: dict[str, Any] = {
        "title": facts.title,
        "summary": facts.summary,
        "body": body,
        "published": facts.published,
        "source": facts.site,
        "category": facts.section,
        "language": facts.language,
        "author": list(facts.authors),
        "url": archived or facts.url,
        "archived_url": page.url if archived else None,
        "entities": list(facts.about),
        "topics": list(facts.topics),
        "modified_stated": facts.modified if facts.modified != facts.published else None,
        "fetched": page.fetched,
    }
    return {name: value for name, value in fields.items() if value}


def _text(page: Page) -> str:
    stated = page.charset
    if stated is None and (found := _META_CHARSET.search(page.markup[:4096]) or _XML_CHARSET.match(page.markup)):
        stated = found[1].decode("ascii", "replace")
    # lxml refuses text that still declares an encoding.
    return _XML_DECLARATION.sub("", decode(page.markup, stated)[0].replace("\0", ""), count=1)
