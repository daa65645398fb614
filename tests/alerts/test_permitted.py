"""Where readers may have messages sent: what patterns let pass, and what only looks like it."""

import pytest

from indexer.alerts.permitted import may_mail, may_post


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("anna@news.example", True),
        ("ANNA@News.Example", True),
        ("anna@sub.news.example", False),
        ("anna@news.example.evil.example", False),
        ("news.example@evil.example", False),
        ("desk@other.example", True),
        ("anna@other.example", False),
    ],
)
def test_mail(address: str, may: bool) -> None:
    assert may_mail(("*@news.example", "desk@other.example"), address) is may


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://hooks.news.example/in/1", True),
        ("https://hooks.news.example/in/", True),
        ("https://hooks.news.example/out", False),
        ("https://hooks.news.example/in/../out", False),
        ("https://hooks.news.example/in/%2e%2e/out", False),
        ("http://hooks.news.example/in/1", False),
        ("https://hooks.news.example:8443/in/1", False),
        ("https://hooks.news.example.evil.example/in/1", False),
        ("https://evil.example/?https://hooks.news.example/in/1", False),
        ("https://evil.example/hooks.wild.example/x", False),
        ("https://a.wild.example/x", True),
        ("https://wild.example/x", False),
    ],
)
def test_webhooks(address: str, may: bool) -> None:
    assert may_post(("https://hooks.news.example/in/*", "https://*.wild.example/*"), address) is may


def test_without_patterns_nothing_passes() -> None:
    assert not may_mail((), "anna@news.example")
    assert not may_post((), "https://hooks.news.example/")
