"""Pages that would keep a parser for minutes are rejected before they are parsed, and others are not."""

import pytest

from indexer.ingest.html_limits import MOST_ATTRIBUTES, MOST_TAGS, check_markup
from indexer.ingest.page import page_fields
from indexer.ingest.raw import Page
from indexer.rejection import Rejected

MANY = " ".join(f"a{number}=1" for number in range(MOST_ATTRIBUTES + 1))
FEW = " ".join(f"a{number}=1" for number in range(MOST_ATTRIBUTES))


@pytest.mark.parametrize(
    "text",
    [
        f"<div {MANY}>",
        f"text <p>a<div {MANY}",
        f"<div title='>' {MANY}>",
        f"<div title='<script>' {MANY} lang='</script>'>",
        f'<div title="<!--" {MANY}>-->',
        f"<script {MANY}></script>",
        f'<script>if (a<b) c = "</script><div {MANY}>',
        "<div " + MANY.replace("=1", "='>'").replace(" ", "/") + ">",
        "<div " + MANY.replace("=1", '=">"').replace(" ", "") + ">",
        "<div " + MANY.replace("=1", "") + ">",
        "<div " + MANY.replace("=1", " = 1") + ">",
        "<div =" + MANY.replace(" ", " =") + ">",
    ],
)
def test_an_element_with_more_attributes_than_any_is_rejected(text: str) -> None:
    with pytest.raises(Rejected, match="too_complex") as caught:
        check_markup(text)
    assert caught.value.detail == f"An element of the page has more than {MOST_ATTRIBUTES} attributes."


@pytest.mark.parametrize(
    "text",
    [
        f"<div {FEW}>",
        f"<div {FEW}><div {FEW}>",
        f"<div title='{MANY}'>",
        f"<script>for (i<n) {{ {MANY} }}</script>",
        f"<style>a<b {MANY}</style>",
        f"<!-- <div {MANY}> -->",
        f"a < b {MANY}",
    ],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    check_markup(text)


def test_a_page_of_more_tags_than_any_is_rejected() -> None:
    check_markup("<p>ab" * MOST_TAGS)
    with pytest.raises(Rejected, match="too_complex") as caught:
        page_fields(Page(b"<p>ab" * (MOST_TAGS + 1)))
    assert caught.value.detail == f"The page has more than {MOST_TAGS:,} tags."
