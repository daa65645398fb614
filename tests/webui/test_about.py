"""What a site says of itself."""

from pathlib import Path
from typing import Any

import pytest

from indexer.config import load_config
from tests.engines.corpus import ARTICLES
from tests.webui.page import get
from tests.webui.site import make_client
from webui import markup


def said(**web: Any) -> list[str]:
    return get(make_client(**web), "/privacy").texts("//div[@class='text']/p")


def test_the_footer_of_every_page_leads_to_them() -> None:
    client = make_client(ARTICLES)
    page = get(client, "/search?q=lavrov")
    for text, path in (("About this archive", "/about"), ("Privacy", "/privacy"), ("Disclaimer", "/disclaimer")):
        assert page.link(text, "//footer") == path
        assert (get(client, path).status, get(client, path).one("//h1")) == (200, text)


def test_without_files_they_say_what_is_true_of_this_site() -> None:
    about = get(make_client(ARTICLES), "/about").texts("//div[@class='text']/p")[0]
    sources = len({article.source for article in ARTICLES if article.source})
    assert about == f"Broadsheet keeps {len(ARTICLES)} articles of {sources} sources, to be searched and read."
    plain, full = said(), said(access_log="full", log_queries=True, keyboard_shortcuts=False)
    assert plain[1:3] == [
        "No cookies are set. If you switch the keyboard shortcuts off, your browser remembers it.",
        "The log of this site notes that a page was asked for, without your address and without what you searched for.",
    ]
    assert full[1:3] == [
        "No cookies are set.",
        "The log of this site notes your address and what you ask for. "
        "Searches that take long are noted with their words.",
    ]
    assert plain[3] == (
        "Clippings, notes on them and your last ten searches are kept by your browser alone, until you clear them or "
        "switch it off. Notes are never sent; the list of clippings asks for its articles by their ids, which stand in "
        "its address. Clippings"
    )
    assert said(access_log="off")[2] == "This site keeps no log of what is asked for."


def test_a_file_stands_in_the_place_of_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "us.md").write_text(
        "# Who we are\n\nThe *county* library <script>alert(1)</script>.\n", encoding="utf-8"
    )
    (tmp_path / "config.toml").write_text('[web]\nabout = "us.md"\n', encoding="utf-8")
    web = load_config(tmp_path / "config.toml", {}).web
    assert (web.about, web.privacy) == (str(tmp_path / "us.md"), "")
    page = get(make_client(about=web.about), "/about")
    assert page.texts("//div[@class='text']/*") == ["Who we are", "The county library <script>alert(1)</script>."]
    assert page.all("//div[@class='text']//script") == []


def test_a_file_that_cannot_be_read_is_logged_and_the_page_is_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = get(make_client(ARTICLES, about=str(tmp_path / "none.md")), "/about")
    assert page.status == 200
    assert "none.md" not in page.text
    assert "none.md" in caplog.records[0].getMessage()


def test_markdown_makes_no_markup_but_its_own() -> None:
    text = "[a](javascript:alert(1)) [b](https://x.example/?a=1&b=2) <b>c</b> ![d](x.png)\n\n| e |\n|---|\n| f |\n"
    assert markup.markdown(text) == (
        '<p>[a](javascript:alert(1)) <a href="https://x.example/?a=1&amp;b=2">b</a> &lt;b&gt;c&lt;/b&gt; </p>\n'
        "<table>\n<thead>\n<tr>\n<th>e</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>f</td>\n</tr>\n</tbody>\n</table>\n"
    )
