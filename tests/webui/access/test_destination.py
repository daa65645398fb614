"""Where a login leads: an address of this site, whatever `next` says."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.webui.closed import Browser, Site
from webui.access.destination import LONGEST, safe

FOREIGN = [
    "https://evil.example/", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example",
    "\\\\evil.example", "/\\/evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "http:evil.example",
    "http:///evil.example", "https:/evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "vbscript:x", "/\x00/evil.example", "evil.example", "@evil.example", ".evil.example", "?q=a", "#x", "",
    "/\u2028/evil.example", "/\u3000/evil.example", "/／evil.example", "/login", "/login?next=/login", "/login/",
    "/logout", "/logout?x=1", "/" + "a" * LONGEST, "/a\r\nSet-Cookie: x=1",
]  # fmt: skip
OURS = [
    "/",
    "/search?q=a&b=c",
    "/article/a1#m1",
    "/person/%D0%A1",
    "/search?q=//evil.example",
    "/article/https://a.b/c",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_elsewhere_becomes_the_front_page(text: str) -> None:
    assert safe(text) == "/"
    assert safe(text, "/news") == "/news/"


@pytest.mark.parametrize("text", OURS)
def test_addresses_of_the_site_are_kept(text: str) -> None:
    assert safe(text) == text
    assert safe("/news" + text, "/news") == "/news" + text
    assert safe(text, "/other") == "/other/"


def test_a_site_below_a_path_leads_to_no_other_host() -> None:
    assert safe("/news//evil.example", "/news") == "/news/"
    assert safe("/newsroom", "/news") == "/news/"


def _as_a_browser_reads_it(address: str) -> str:
    """The address that a browser goes to: control characters dropped, backslashes turned (WHATWG URL)."""
    text = address.strip("".join(map(chr, range(33))))
    text = re.sub(r"[\t\r\n]", "", text).replace("\\", "/")
    text = re.sub(r"^/{2,}", "//", text)
    return urljoin("https://archive.example/login", text)


@given(st.text(alphabet=st.sampled_from("/\\:@.?#% \t\n\rahtpsevilx\x00\u2028"), max_size=40) | st.text(max_size=60))
@example("/%09/evil.example")
@example("/%2f/evil.example")
@example("/;//evil.example")
def test_whatever_is_stated_leads_to_this_site(text: str) -> None:
    for root in ("", "/news"):
        found = safe(text, root)
        assert found.startswith(f"{root}/")
        assert found.isascii()
        read = urlsplit(_as_a_browser_reads_it(found))
        assert (read.scheme, read.netloc) == ("https", "archive.example")
        assert safe(found, root) == found


@pytest.mark.parametrize("text", [*FOREIGN, *OURS])
def test_the_login_leads_where_it_is_safe(site: Site, text: str) -> None:
    browser = Browser(site.app())
    data = {"name": "anna", "password": "seven lamps by the grey canal", "token": browser.form("/login")}
    answer = browser.post("/login", data, query_string={"next": text})
    assert answer.status_code == 303
    assert answer.headers["Location"] == safe(text)
    again = browser.get("/login", query_string={"next": text})
    assert (again.status_code, again.headers["Location"]) == (303, safe(text))
