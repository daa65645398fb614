"""The search box for browsers: its description (OpenSearch 1.1) and its suggestions (OpenSearch Suggestions 1.0).

Pure: addresses and words come in, XML and a JSON value go out. Called by `machine`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from webui.formats.atom import OPENSEARCH
from webui.formats.feed import clean

DESCRIPTION_TYPE = "application/opensearchdescription+xml; charset=utf-8"
SUGGESTIONS_TYPE = "application/x-suggestions+json"
SHORT_NAME = 16  # characters, by the specification
DESCRIPTION = 1024


@dataclass(frozen=True, slots=True)
class Box:
    """The search box of a site; each address is whole, without parameters."""

    name: str
    description: str
    search: str
    suggest: str
    feed: str
    own: str
    icon: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to offer while a person types: what to search for, a remark, and where it leads."""

    text: str
    remark: str
    url: str


def describe(box: Box) -> str:
    """The description that a browser reads once."""
    urls = (
        ("text/html", "results", f"{box.search}?q={{searchTerms}}"),
        (SUGGESTIONS_TYPE, "suggestions", f"{box.suggest}?q={{searchTerms}}"),
        ("application/atom+xml", "results", f"{box.feed}?q={{searchTerms}}&page={{startPage?}}"),
        ("application/opensearchdescription+xml", "self", box.own),
    )
    lines = [
        f"<ShortName>{_text(box.name, SHORT_NAME)}</ShortName>",
        f"<Description>{_text(box.description, DESCRIPTION)}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        f'<Image width="16" height="16" type="image/svg+xml">{escape(box.icon)}</Image>',
        *(f'<Url type="{kind}" rel="{rel}" template={quoteattr(template)}/>' for kind, rel, template in urls),
    ]
    body = "\n".join(lines)
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{head}\n<OpenSearchDescription xmlns="{OPENSEARCH}">\n{body}\n</OpenSearchDescription>\n'


def suggestions(typed: str, offers: Iterable[Offer]) -> list[object]:
    """What was typed, and three lists of one length: texts, remarks, addresses."""
    listed = list(offers)
    return [
        typed,
        [offer.text for offer in listed],
        [offer.remark for offer in listed],
        [offer.url for offer in listed],
    ]


def _text(text: str, length: int) -> str:
    return escape(" ".join(clean(text).split())[:length].strip())
