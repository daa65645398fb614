"""A page as tests look at it: links, texts and fields found by their CSS class or name."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask.testing import FlaskClient
from lxml import html


@dataclass
class Page:
    """One answer, parsed."""

    status: int
    headers: dict[str, str]
    text: str
    tree: html.HtmlElement

    def all(self, selector: str) -> list[html.HtmlElement]:
        """Elements by XPath."""
        return list(self.tree.xpath(selector))

    def texts(self, selector: str) -> list[str]:
        """The texts of elements, white space folded."""
        return [" ".join(element.text_content().split()) for element in self.all(selector)]

    def one(self, selector: str) -> str:
        """The text of the only element."""
        (text,) = self.texts(selector)
        return text

    def link(self, text: str, within: str = "") -> str:
        """Where the only link of a text leads."""
        (found,) = {
            a.get("href") for a in self.all(f"{within}//a[@href]") if " ".join(a.text_content().split()) == text
        }
        return str(found)


def get(client: FlaskClient, path: str, **request: Any) -> Page:
    """Open a page."""
    answer = client.get(path, **request)
    text = answer.get_data(as_text=True)
    return Page(answer.status_code, dict(answer.headers), text, html.document_fromstring(text))


def pressed(page: Page, text: str) -> str:
    """The address that pressing the only button of a text opens, which has a form of its own with nothing to type."""
    (form,) = [button.getparent() for button in page.all("//form/button") if button.text_content() == text]
    pairs = [(field.get("name"), field.get("value")) for field in form.xpath("input")]
    return f"{form.get('action')}?{urlencode(pairs)}"


def arguments(address: str) -> list[tuple[str, str]]:
    """The parameters of an address."""
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)
