"""One address for all the ways in which one page is linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.addresses import canonical, is_home, page_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://A.Example:443/x?utm_source=f&id=7&fbclid=z#top", "https://a.example/x?id=7"),
        ("http://a.example", "https://a.example/"),
        ("http://www.a.example/x", "https://a.example/x"),
        ("http://a.example:8080/x?q=a%20b", "https://a.example:8080/x?q=a%20b"),
        ("https://a.example/новости/%d0%bc", "https://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%BC"),
        ("https://a.example/%7Eann/%e4x%2fy", "https://a.example/~ann/%E4x%2Fy"),
        ("https://a.example/100%", "https://a.example/100%"),
        ("https://a.example/a/b/", "https://a.example/a/b"),
        ("https://a.example/?b=2&a=1&&_ga=3&yclid=4&spm=5", "https://a.example/?a=1&b=2"),
        ("https://müller.example./x", "https://xn--mller-kva.example/x"),
        ("https://a.example/live#block-12", "https://a.example/live#block-12"),
        ("https://a.example/live#post_65a1", "https://a.example/live#post_65a1"),
        ("https://a.example/live#1234567", "https://a.example/live#1234567"),
        ("https://a.example/#!/story/7", "https://a.example/#!/story/7"),
        ("https://a.example/x#comment-12", "https://a.example/x"),
        ("https://a.example/x#entry-content", "https://a.example/x"),
        ("https://a.example/x#:~:text=some%20words", "https://a.example/x"),
        ("https://a.example/x#xtor=RSS-12", "https://a.example/x"),
        ("https://a.example/x#section-2", "https://a.example/x"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_an_address_as_an_id(address: str, expected: str) -> None:
    assert canonical(address) == expected


@given(st.text(max_size=40))
def test_the_form_is_its_own_form(rest: str) -> None:
    once = canonical(f"https://a.example/{rest}")
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("fetched", "stated", "expected"),
    [
        (None, "https://a.example/x", "https://a.example/x"),
        (None, "https://a.example/", None),
        ("https://a.example/x", None, "https://a.example/x"),
        ("https://a.example/x", "https://a.example", "https://a.example/x"),
        ("https://a.example/", "https://a.example", "https://a.example"),
        ("https://m.a.example/x?out=amp", "https://www.a.example/x", "https://www.a.example/x"),
        ("https://b.example/x", "https://a.example/x", "https://b.example/x"),
    ],
)
def test_what_a_page_calls_its_address_is_not_always_believed(
    fetched: str | None, stated: str | None, expected: str | None
) -> None:
    assert page_address(fetched, stated) == expected


def test_a_front_page_has_no_path_and_no_query() -> None:
    assert is_home("https://a.example")
    assert is_home("https://a.example/#top")
    assert not is_home("https://a.example/?p=12")
    assert not is_home("http://[::1")
