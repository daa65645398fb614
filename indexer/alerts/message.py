"""What an alert says: a `AlertMessage` with the articles that newly match, fixed once it is written down.

Mails, webhooks, feeds and pages are made of it, so that a message that is sent again says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer.alerts.fired import Fired
from indexer.receipts.pairs import Pairs


@dataclass(frozen=True, slots=True)
class AlertedArticle:
    """One article of a message: what it is called, where it is from, its page where the site has an address, and which
    words and filters of the alert it matches."""

    id: str
    title: str
    source: str = ""
    published: str = ""
    language: str = ""
    translated_title: str = ""
    link: str = ""
    fired: tuple[Fired, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.id,
            "title": self.title,
            "translated_title": self.translated_title or None,
            "source": self.source or None,
            "published": self.published or None,
            "language": self.language or None,
            "link": self.link or None,
            "fired": [each.to_dict() for each in self.fired],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "AlertedArticle":
        """Read `to_dict` back."""
        texts = {key: value or "" for key, value in record.items() if key != "fired"}
        return cls(**texts, fired=tuple(Fired(each["text"], tuple(each["fields"])) for each in record["fired"]))


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """One message of an alert.

    `total` is how many articles newly match, of which `articles` are the newest. `search` finds all of them, and
    `link` is its page. That of a test has no `id`.
    """

    id: str
    alert: str
    name: str
    made: datetime
    total: int
    search: Pairs
    articles: tuple[AlertedArticle, ...]
    link: str = ""

    @property
    def further(self) -> int:
        """How many articles are not listed."""
        return self.total - len(self.articles)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.id,
            "alert": self.alert,
            "name": self.name,
            "made": self.made.isoformat(timespec="microseconds"),
            "total": self.total,
            "further": self.further,
            "search": [list(pair) for pair in self.search],
            "link": self.link or None,
            "articles": [each.to_dict() for each in self.articles],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "AlertMessage":
        """Read `to_dict` back."""
        return cls(
            id=record["id"],
            alert=record["alert"],
            name=record["name"],
            made=datetime.fromisoformat(record["made"]),
            total=record["total"],
            search=tuple((name, value) for name, value in record["search"]),
            articles=tuple(map(AlertedArticle.from_dict, record["articles"])),
            link=record["link"] or "",
        )


def headline(message: AlertMessage) -> str:
    """`3 new articles: Lavrov in Damascus`."""
    return f"{message.total:,} new article{'' if message.total == 1 else 's'}: {message.name}"


def as_text(message: AlertMessage, archive: str, page: str = "") -> str:
    """The message as plain text.

    Args:
        message: it.
        archive: what the archive is called.
        page: the address of the alert's own page, where it has one.
    """
    lines = [headline(message), ""]
    for number, article in enumerate(message.articles, 1):
        lines += _article(number, article)
    if message.further:
        lines += [f"and {message.further:,} further", ""]
    if message.link:
        lines += [f"All {message.total:,} of them: {message.link}" if message.total > 1 else message.link, ""]
    lines += ["-- ", f"Alert {message.alert} of {archive}{f', message {message.id}' if message.id else ''}"]
    if page:
        lines.append(f"To see or end it: {page}")
    return "\n".join(lines) + "\n"


def _article(number: int, article: AlertedArticle) -> list[str]:
    title = article.translated_title or article.title or "(untitled)"
    facts = ", ".join(filter(None, (article.source, article.published or "undated", article.language)))
    shown = [f"{number}. {title}"]
    if article.translated_title and article.title:
        shown.append(f"   {article.title}")
    shown.append(f"   {facts}")
    if article.fired:
        shown.append(f"   found by {'; '.join(map(str, article.fired))}")
    shown += [f"   {article.link}"] if article.link else [f"   {article.id}"]
    return [*shown, ""]
