"""Bodies that are objects."""

from typing import Any

import pytest

from indexer.ingest import blocks, values

BODIES: dict[str, Any] = {
    "rendered": {"rendered": "<p>The quay opened.</p><p>All came.</p>", "protected": False},
    "sections": {"sections": [{"headline": [], "paragraphs": ["The quay opened.", "All came."]}]},
    "paragraphs": {"paragraphs": ["The quay opened.", {"text": "All came."}]},
    "EditorJS": {
        "time": 1,
        "blocks": [
            {"type": "paragraph", "data": {"text": "The <b>quay</b> opened."}},
            {"type": "image", "data": {"caption": "A crane"}},
            {"type": "paragraph", "data": {"text": "All came."}},
        ],
    },
    "ProseMirror": {
        "type": "doc",
        "content": [
            {
                "type": "paragraph",
                "content": [{"type": "text", "text": "The quay "}, {"type": "text", "text": "opened."}],
            },
            {"type": "paragraph", "content": [{"type": "text", "text": "All came."}]},
        ],
    },
    "Portable Text": [
        {"_type": "block", "children": [{"_type": "span", "text": "The "}, {"_type": "span", "text": "quay opened."}]},
        {"_type": "image", "asset": {"_ref": "image-1"}},
        {"_type": "block", "children": [{"_type": "span", "text": "All came."}]},
    ],
    "Contentful": {
        "nodeType": "document",
        "content": [
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": "The "},
                    {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": "quay"}]},
                    {"nodeType": "text", "value": " opened."},
                ],
            },
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "All came."}]},
        ],
    },
    "Slate": [
        {"children": [{"text": "The quay "}, {"text": "opened.", "bold": True}]},
        {"children": [{"text": "All came."}]},
    ],
    "Draft.js": {"blocks": [{"text": "The quay opened.", "type": "unstyled"}, {"text": "All came."}], "entityMap": {}},
    "Arc": [{"type": "text", "content": "The quay opened."}, {"type": "text", "content": "<p>All came.</p>"}],
    "languages": {"en": "The quay opened.\n\nAll came.", "fr": "Le quai a ouvert."},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_bodies_of_many_editors(body: Any) -> None:
    assert values.prose(body) == "The quay opened.\n\nAll came."


def test_headings_of_sections_stay_and_the_lead_is_apart() -> None:
    body = {"summary": ["In short."], "sections": [{"headline": ["Later"], "paragraphs": ["The ferry sails."]}]}
    assert blocks.paragraphs(body) == ["Later", "The ferry sails."]
    assert blocks.lead(body) == "In short."


def test_of_an_unknown_object_what_reads_like_prose_is_kept() -> None:
    body = {
        "1": "The first paragraph of it.",
        "ref": "https://quay.example/first page of it",
        "2": "The second paragraph of it.",
    }
    assert blocks.paragraphs(body) == ["The first paragraph of it.", "The second paragraph of it."]
    assert blocks.paragraphs({"ref": "a/b", "n": 3}) == []


def test_names_of_sections_are_no_text() -> None:
    assert blocks.are_sections([{"title": "One", "text": "Text."}])
    assert not blocks.are_sections([{"id": "sport", "webTitle": "Sport"}])
    assert not blocks.are_sections(["Sport"])


def test_depth_is_bounded() -> None:
    body: Any = "Deep."
    for _ in range(500):
        body = {"content": [body]}
    assert blocks.paragraphs(body) == []
