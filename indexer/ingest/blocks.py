"""A body that is an object -> its paragraphs: blocks of editors, sections with headings, nodes of rich text.

Known by the keys under which editors and APIs keep text (WordPress, Arc, EditorJS, ProseMirror, Slate, Portable Text,
Contentful, Fundus). Of an object that has none of them, what reads like prose is the text. Called by `values`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from indexer.ingest.markup import plain_text

DEEPEST = 16
# Where one text stands; of several under one object the first.
_TEXTS = (
    "rendered", "content", "text", "value", "body", "paragraph", "#text", "$text", "html", "raw", "plain", "markdown",
    "fullcaption", "default",
)  # fmt: skip
# Where further objects or lists stand.
_INSIDE = (
    "paragraphs", "sections", "blocks", "content", "body", "text", "children", "nodes", "data", "items", "elements",
    "content_elements", "document", "parts", "value", "rendered", "root", "p",
)  # fmt: skip
# What may follow the text of the same object.
_BELOW = ("paragraphs", "sections", "subsections", "children", "blocks")
_HEADINGS = ("headline", "heading", "title", "header")
_LEADS = ("summary", "lead", "intro", "standfirst", "abstract")
# Parts that are not the text of a body.
_NOT_PROSE = frozenset(
    "byline title headline kicker date image gallery video author_info deck caption related audio embed iframe "
    "advertisement ad newsletter".split()
)
_WHOLES = frozenset("doc document root article body section".split())
_INLINE = frozenset("text span link hyperlink entry-hyperlink a strong em bold italic mention".split())
_BREAKS = frozenset("hard_break hardbreak br linebreak".split())
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
SHORTEST_PROSE = 20


def paragraphs(value: Any) -> list[str]:
    """The paragraphs of a body, in order."""
    return list(_of(value, 0))


def lead(value: Any) -> str:
    """The summary that a body holds beside its sections."""
    if not isinstance(value, Mapping):
        return ""
    found = next((value[key] for key in _LEADS if value.get(key)), None)
    return "\n\n".join(paragraphs(found))


def are_sections(value: Any) -> bool:
    """Whether a list holds the sections of a text rather than the names of sections."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(item, Mapping) and any(item.get(key) for key in (*_BELOW, "text", "content")) for item in value
        )
    )


def _of(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if text := plain_text(value):
            yield text
    elif depth > DEEPEST:
        return
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _of(item, depth + 1)
    elif isinstance(value, Mapping):
        yield from _of_object(value, depth)


def _of_object(item: Mapping[str, Any], depth: int) -> Iterator[str]:
    kind = _kind(item)
    if kind in _NOT_PROSE:
        return
    keys = [key for key in _TEXTS if isinstance(item.get(key), str) and item[key]][:1]
    keys += [key for key in _BELOW if item.get(key)] if keys else [key for key in _INSIDE if item.get(key)][:1]
    if not keys:
        yield from _unknown(item, depth)
        return
    found: list[str] = []
    for key in keys:
        nodes = item[key]
        inline = kind not in _WHOLES and (kind or key == "children") and _are_inline(nodes)
        found += _of(_run(nodes, depth) if inline else nodes, depth + 1)
    if found and depth:
        yield from (heading for key in _HEADINGS if item.get(key) for heading in _of(item[key], depth + 1))
    yield from found


def _unknown(item: Mapping[str, Any], depth: int) -> Iterator[str]:
    """What reads like prose; of the same text in several languages the first."""
    if len(item) > 1 and all(_LANGUAGE.fullmatch(str(key)) for key in item):
        yield from _of(item.get("en") or next(iter(item.values())), depth + 1)
        return
    for value in item.values():
        for text in _of(value, depth + 1):
            if len(text) >= SHORTEST_PROSE and "://" not in text[:10] and not text.isalnum():
                yield text


def _kind(item: Mapping[str, Any]) -> str:
    stated = next((item[key] for key in ("subtype", "type", "_type", "nodeType") if isinstance(item.get(key), str)), "")
    return stated.lower()


def _are_inline(nodes: Any) -> bool:
    """Whether nodes are pieces of one line."""
    return isinstance(nodes, list) and all(
        isinstance(node, Mapping) and (_kind(node) in _INLINE | _BREAKS or (not _kind(node) and "text" in node))
        for node in nodes
    )


def _run(nodes: Any, depth: int) -> str:
    """The text of nodes in a line."""
    if isinstance(nodes, str):
        return nodes
    if not isinstance(nodes, list) or depth > DEEPEST:
        return ""
    return "".join(
        "\n" if _kind(node) in _BREAKS else _run(next((node[key] for key in _RUNS if node.get(key)), ""), depth + 1)
        for node in nodes
        if isinstance(node, Mapping)
    )


_RUNS = ("text", "value", "content", "children")
