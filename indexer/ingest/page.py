"""An HTML page -> the fields of its article: main text and what the page says about it. Called by `normalise`.

Three witnesses are heard: the page's JSON-LD, its meta tags, and what trafilatura finds in its visible text. For each
field a table in `page_facts` says whom to believe first; docs/formats.md gives the measured quality.
"""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxml import etree
from lxml import html as lxml_html

from indexer.ingest import values
from indexer.ingest.addresses import canonical
from indexer.ingest.charset import decode
from indexer.ingest.html_limits import check_markup
from indexer.ingest.images import page_image
from indexer.ingest.json_ld import article_object
from indexer.ingest.main_text import main_text
from indexer.ingest.markup import plain_line, small_print
from indexer.ingest.page_facts import Facts, facts_of
from indexer.ingest.raw import Page
from indexer.ingest.rejects import excerpt
from indexer.rejection import Rejected

# A few words without a title are a menu or an error message.
SHORTEST_UNTITLED = 100

# "MENINGSMÅLING:" above a headline.
LONGEST_KICKER = 40

# The declaration of the charset comes early, if not always as early as it should.
HEAD = 1 << 14
# Parameters of a home page: its language, its lists, its search, where a reader came from.
_NOT_OF_ARTICLES = frozenset(
    "lang language hl locale l page paged s q search query cat tag m author category_name feed amp ref "
    "from source src v "
    "via view mode theme edition region country refresh nocache sort order year monthnum day output format".split()
)
# A longer text in a table is no entry of it.
LONGEST_CELL = 150
_IN_LAYOUT = ("td", "p", "table", "h1", "article", "form")

_NO_LETTER = re.compile(r"[\W_]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)


def page_fields(page: Page) -> dict[str, Any]:
    """The article of a page, under the article's own field names.

    Raises:
        Rejected: `no_article` when the page has no running text, `extraction_failed` when it cannot be parsed,
            `too_complex` when it would take too much to try.
    """
    text = _text(page)
    check_markup(text)
    try:
        tree = lxml_html.document_fromstring(text) if text.strip() else None
    except (etree.ParserError, ValueError, AssertionError) as error:
        raise Rejected("extraction_failed", f"{error}.", excerpt(text)) from None
    if tree is None:
        raise Rejected("no_article", "The page is empty.")
    _put_small_print(tree)
    original = values.archived(page.url) or page.url if page.url else None
    described = article_object(tree, original)
    facts = facts_of(tree, described, original, page.fetched)
    # A page that is not known to be the front page, and calls itself so, may be an article that names it by mistake.
    may_be = facts.is_article or (
        original is None and 1 in (len(tree.findall(".//article")), len(tree.findall(".//h1")))
    )
    if not described and not may_be and (facts.home or (facts.url and _is_front_page(facts.url))):
        raise Rejected("no_article", "A front page.", facts.title)
    image = page_image(tree, described, facts.url)
    _keep_prose(tree)
    headings = {_letters(element.text_content()) for element in tree.iter("h1")} - {""}
    body, notices = main_text(tree, described, facts.url)
    body = _without_heading(headings, body)
    if notices and _letters(body) in headings:
        body = ""
    if not (body or (facts.title and (described or notices))) or (not facts.title and len(body) < SHORTEST_UNTITLED):
        raise Rejected("no_article", "The page has no running text.", facts.title or excerpt(text))
    return _fields(page, facts, body, "" if body else notices) | ({"image": image} if image else {})


def _put_small_print(tree: Any) -> None:
    """Keep words whole that have their reading above them."""
    etree.strip_elements(tree, "rp", with_tail=False)
    for element in list(tree.iter("rt")):
        element.text = small_print(element.text_content())
        del element[:]
    for element in tree.iter("ruby"):
        if not any(child.tail and child.tail.strip() for child in element) and element.text:
            element.text = element.text.strip()
    etree.strip_tags(tree, "rt", "rtc", "rb", "ruby")


def _is_front_page(address: str) -> bool:
    """Whether an address is that of a whole site; `/?p=123` names an article of one."""
    parts = urlsplit(canonical(address))
    return parts.path in ("", "/") and not any(
        key.lower() not in _NOT_OF_ARTICLES for key, value in parse_qsl(parts.query) if value.strip()
    )


def _keep_prose(tree: Any) -> None:
    """Take out code, which stands even inside paragraphs, and open the tables and forms that whole pages stand in."""
    for element in list(tree.iter("script", "style")):
        if element.getparent() is not None:
            element.drop_tree()
    whole = len(tree.text_content())
    for form in list(tree.iter("form")):
        if len(form.text_content()) * 2 > whole:
            form.tag = "div"
    for table in {table for element in tree.iter(*_IN_LAYOUT) if (table := _laid_out_by(element)) is not None}:
        for element in (table, *table.iterchildren("tbody", "thead", "tfoot", "tr")):
            for row in (element, *element.iterchildren("tr")):
                for cell in row.iterchildren("td", "th"):
                    cell.tag = "div"
                row.tag = "div"


def _laid_out_by(element: Any) -> Any:
    """The table that an element stands in, if it is no cell of figures: such a table only lays out the page."""
    own = sum(len(text) for text in (element.text, *(child.tail for child in element)) if text)
    if element.tag in ("td", "p") and own < LONGEST_CELL:
        return None
    return next(element.iterancestors("table"), None)


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


def _fields(page: Page, facts: Facts, body: str, only_notice: str) -> dict[str, Any]:
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
        "url": facts.url,
        "archived_url": page.url if archived else None,
        "entities": list(facts.about),
        "translationOfWork": facts.translates,
        "workTranslation": list(facts.translations),
        "hreflang": dict(facts.alternates),
        "topics": list(facts.topics),
        "modified_stated": facts.modified if facts.modified != facts.published else None,
        "fetched": page.fetched,
        "only_notice": only_notice,
    }
    return {name: value for name, value in fields.items() if value}


def _text(page: Page) -> str:
    found = _META_CHARSET.search(page.markup[:HEAD]) or _XML_CHARSET.match(page.markup)
    declared = found[1].decode("ascii", "replace") if found else None
    # lxml refuses text that still declares an encoding.
    text = decode(page.markup, page.charset, declared)[0].replace("\0", "")
    return _XML_DECLARATION.sub("", text, count=1)
