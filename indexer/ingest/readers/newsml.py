"""Wire XML of the IPTC: NewsML-G2 items and messages, NewsML 1 and NITF. One article for each news item.

Parsed by lxml without entities, network or DTD. Elements are found by local name, as the namespaces of these formats
changed with their versions while their words did not.
"""

import re
from collections.abc import Iterator
from typing import Any

from indexer.ingest.markup import plain_line
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, NotArticles
from indexer.ingest.readers.xml import all_of as _all
from indexer.ingest.readers.xml import attribute as _attribute
from indexer.ingest.readers.xml import children as _children
from indexer.ingest.readers.xml import first as _first
from indexer.ingest.readers.xml import local as _local
from indexer.ingest.readers.xml import text as _text
from indexer.ingest.readers.xml import texts as _texts
from indexer.ingest.readers.xml import tree_of, xml_bytes
from indexer.ingest.streams import Input
from indexer.ingest.values import either
from indexer.rejection import Origin

# Roots that hold news, and those of the same family that describe something else.
ROOTS = frozenset({"newsItem", "newsMessage", "NewsML", "NewsItem", "nitf", "contentSet"})
OTHER_ROOTS = frozenset(
    "conceptItem knowledgeItem planningItem catalogItem packageItem groupSet contentMeta itemMeta newsCoverageSet "
    "catalog schema".split()
)
_ENTITY_KINDS = {
    "cpnat:person": "person", "cpnat:organisation": "organisation", "cpnat:geoarea": "place", "cpnat:poi": "place",
}  # fmt: skip
_NITF_SUBJECT = ("tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail")
_DATE = re.compile(r"(\d{8}T\d{6})([+-]\d{4})?")


def read_newsml(source: Input) -> Iterator[Item]:
    """The news items of a document."""
    data, replaced = xml_bytes(source)
    items = _items(tree_of(data))
    if not items:
        raise NotArticles("a wire document without news items")
    for number, (item, kind) in enumerate(items, 1):
        fields = _OLD[kind](item) if kind in _OLD else _g2(item)
        kept = {key: value for key, value in fields.items() if value}
        yield RawArticle(Origin(source.path, number), fields=kept, replaced=replaced)


def _items(root: Any) -> list[tuple[Any, str]]:
    name = _local(root)
    if name in ("newsItem", "nitf", "contentSet", "NewsItem"):
        return [(root, name)]
    return [(item, _local(item)) for item in _all(root, "newsItem", "NewsItem")]


def _g2(item: Any) -> dict[str, Any]:
    meta = next(iter(_all(item, "contentMeta")), item)
    names = {concept.get("qcode"): _text(_first(concept, "name")) for concept in _all(item, "assert")}
    subjects = [(subject, _name(subject, names)) for subject in _children(meta, "subject")]
    body, extra = _content(item)
    fields: dict[str, Any] = {
        **extra,
        "id": item.get("guid"),
        "title": _headline(meta) or extra.get("title"),
        "summary": extra.get("summary") or _text(_first(meta, "description")),
        "body": body,
        "published": _dates(item, "firstCreated", "contentCreated", "versionCreated"),
        "updated": _date(_first(item, "contentModified", "versionCreated")),
        "version": item.get("version"),
        "status": _attribute(_first(item, "pubStatus"), "qcode"),
        "language": _attribute(_first(meta, "language"), "tag") or _language_of(item),
        "source": _source(item, names),
        "author": [name for creator in _children(meta, "creator") if (name := _name(creator, names))]
        or _texts(_children(meta, "by")),
        "dateline": _text(_first(meta, "dateline")) or _name(_first(meta, "located"), names),
        "category": [name for subject, name in subjects if name and not _entity_kind(subject)],
        "slugline": _text(_first(meta, "slugline")),
        "topics": [name for subject, name in subjects if name and not _entity_kind(subject)] or extra.get("topics"),
        "keywords": _texts(_children(meta, "keyword")),
        "copyright": _text(_first(item, "copyrightNotice")),
        "editorial_note": _text(_first(item, "edNote")),
        "translation_of": _translated(item),
    }
    for subject, name in subjects:
        if name and (kind := _entity_kind(subject)):
            fields.setdefault(kind, []).append(name)
    if not body and fields["summary"]:
        fields["body"], fields["summary"] = fields["summary"], None  # a picture or a film: its caption is its text
    return fields


def _translated(item: Any) -> str | None:
    """What an item translates, as a link says it (`irel:translatedFrom`): its address, else its id."""
    for link in _all(item, "link"):
        if "translat" in str(link.get("rel", "")).lower() and (named := link.get("href") or link.get("residref")):
            return str(named)
    return None


def _content(item: Any) -> tuple[str, dict[str, Any]]:
    """The running text of an item, and what an NITF body says besides."""
    for holder in _all(item, "inlineXML", "inlineData", "nitf"):
        nitf = holder if _local(holder) == "nitf" else _first(holder, "nitf")
        if nitf is not None:
            return str(_nitf(nitf).get("body") or ""), {k: v for k, v in _nitf(nitf).items() if k != "body"}
        html = _first(holder, "body", "html")
        if html is not None:
            return _markup(html), {}
        if _local(holder) == "inlineData" and holder.text and holder.text.strip():
            return str(holder.text), {}
    return "", {}


def _nitf(nitf: Any) -> dict[str, Any]:
    head = _first(nitf, "body.head")
    content = _first(nitf, "body.content")
    identity = _first(nitf, "doc-id")
    issued = _first(nitf, "date.issue", "story.date")
    byline = _first(head, "person", "byline")
    return {
        "id": _attribute(identity, "id-string"),
        "title": _text(_first(head, "hl1")) or _text(_first(nitf, "title")),
        "summary": _markup(_first(head, "abstract")),
        "body": _markup(content),
        "author": _text(byline).partition(",")[0],
        "dateline": _text(_first(head, "dateline")),
        "source": _text(_first(head, "distributor")),
        "published": either(_attribute(issued, "norm"), _text(issued)),
        "version": _attribute(_first(nitf, "du-key"), "version"),
        "same_story": _attribute(_first(nitf, "du-key"), "key"),
        "status": _attribute(_first(nitf, "docdata"), "management-status"),
        "image": _picture(nitf),
        "topics": [*_values(nitf, "tobject.subject", *_NITF_SUBJECT), *_values(nitf, "keyword", "key")],
    }


def _picture(nitf: Any) -> dict[str, str]:
    """The first picture of an NITF body."""
    for media in _all(nitf, "media"):
        address = _attribute(_first(media, "media-reference"), "source")
        if address and media.get("media-type", "image") == "image":
            caption, credit = _text(_first(media, "media-caption")), _text(_first(media, "media-producer"))
            return {"url": address, "caption": caption, "credit": credit}
    return {}


def _newsml1(item: Any) -> dict[str, Any]:
    bodies = sorted((_markup(content) for content in _all(item, "DataContent", "body.content")), key=len)
    language = _first(item, "Language")
    party = _first(_first(item, "Source", "Provider"), "Party")
    return {
        "id": _text(_first(item, "PublicIdentifier")),
        "title": _text(_first(item, "HeadLine")),
        "summary": _text(_first(item, "SubHeadLine")),
        "body": bodies[-1] if bodies else "",
        "published": _dates(item, "FirstCreated", "ThisRevisionCreated"),
        "updated": _date(_first(item, "ThisRevisionCreated")),
        "version": _text(_first(item, "RevisionId")),
        "status": _attribute(_first(item, "Status"), "FormalName"),
        "language": _attribute(language, "FormalName"),
        "source": _attribute(party, "FormalName"),
        "author": _texts(_all(item, "ByLine")),
        "dateline": _text(_first(item, "DateLine")),
        "slugline": _text(_first(item, "SlugLine")),
        "topics": _texts(_all(item, "KeywordLine")),
        "copyright": _text(_first(item, "CopyrightLine")),
    }


_OLD = {"NewsItem": _newsml1, "nitf": _nitf}


def _headline(meta: Any) -> str:
    headlines = _children(meta, "headline")
    main = [headline for headline in headlines if str(headline.get("role", "")).endswith(("main", "h1", "head"))]
    return _text((main or headlines or [None])[0])


def _source(item: Any, names: dict[Any, str]) -> str:
    for element in (_first(item, "infoSource"), _first(item, "provider"), _first(item, "copyrightHolder")):
        if name := _name(element, names):
            return name
    provider = _first(item, "provider")
    return (_attribute(provider, "literal") or _attribute(provider, "qcode") or "").rpartition(":")[2]


def _name(element: Any, names: dict[Any, str]) -> str:
    if element is None:
        return ""
    # A person's other names (alternative, abbreviated) follow the usual one.
    return _text(next(iter(_children(element, "name")), None)) or names.get(element.get("qcode"), "")


def _entity_kind(subject: Any) -> str | None:
    return _ENTITY_KINDS.get(str(subject.get("type", "")).lower())


def _dates(item: Any, *names: str) -> Any:
    """The dates of an item under these names, best first."""
    return either(*(_date(element) for name in names if (element := _first(item, name)) is not None))


def _date(element: Any) -> str:
    text = _text(element)
    return found[1] + (found[2] or "") if (found := _DATE.fullmatch(text)) else text


def _language_of(element: Any) -> str | None:
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") or None


def _values(element: Any, name: str, *attributes: str) -> list[str]:
    """What some attributes of all descendants of a name say."""
    values = (found.get(attribute) for found in _all(element, name) for attribute in attributes)
    return [text for value in values if (text := plain_line(value or ""))]


def _markup(element: Any) -> str:
    """An element's content as markup, for `indexer.ingest.markup` to make paragraphs of."""
    from lxml import etree

    if element is None:
        return ""
    for part in element.iter():
        if isinstance(part.tag, str):
            part.tag = etree.QName(part).localname
    etree.cleanup_namespaces(element)
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
