"""An article -> its page in a dossier: the whole text with the words of the search marked, and what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from indexer.article import ENTITY_KINDS, Article
from indexer.highlight.whole_article import Highlights
from indexer.search.results import Hit
from indexer.timeline import of_day
from webui import i18n, markup
from webui.addresses import urls
from webui.dossier import names
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.lines import Stamp, stamp, untitled
from webui.presenters.links import Link, foreign
from webui.presenters.reading import beside, cite, elsewhere, translation
from webui.presenters.reading.article import looked_through, stated_time
from webui.presenters.reading.beside import Pair
from webui.presenters.reading.translated import Heading, heading
from webui.presenters.reading.translation import Side


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the pages of articles are made with: where other articles and values of facets have their pages, what the
    archive is called and where it is, when the dossier was made."""

    numbers: Mapping[str, int]
    values: Mapping[tuple[str, str], str]
    archive: str
    address: str
    zone: str
    made: datetime
    total: int


@dataclass(frozen=True, slots=True)
class Other:
    """Another article; without an address where the dossier does not hold it."""

    title: Markup | str
    language: str
    direction: str
    facts: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """A titled list of names; those without an address have no page."""

    field: str
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A machine's translation beside the text: its headline, who made it, and both paragraph by paragraph."""

    title: Heading
    credit: str
    warning: str
    sides: tuple[Side, ...]
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that the template prints."""

    number: int
    place: str
    previous: str
    next: str
    results: str
    title: Markup
    title_text: str
    summary: Markup | None
    dateline: str
    paragraphs: tuple[Markup, ...]
    language: str
    direction: str
    kicker: str
    authors: tuple[Link, ...]
    source: Link | None
    stamp: Stamp | None
    stated: str
    language_name: str
    translated_from: str
    topics: tuple[Link, ...]
    original: Link | None
    links: tuple[Link, ...]
    picture: elsewhere.Picture | None
    matches: str
    matches_note: str
    translated: Translated | None
    version: str
    newest: str
    versions: tuple[Link, ...]
    versions_title: str
    copies: tuple[Other, ...]
    others: tuple[Other, ...]
    groups: tuple[Group, ...]
    citation: Markup
    id: str
    hash: str
    added: str
    address: str


def article_page(
    article: Article,
    marks: Highlights,
    shelf: Shelf,
    *,
    number: int,
    on_page: str,
    newest: Article | None = None,
    copies: Sequence[Hit] = (),
    others: Sequence[Article] = (),
) -> ArticlePage:
    """Present an article, or an earlier version of one.

    Args:
        article: the whole article.
        marks: the query's matches in it.
        shelf: what all pages of articles share.
        number: its place in the dossier, from 1.
        on_page: the page of results that lists it.
        newest: the newest version, where the article is an earlier one.
        copies: other prints of the same story.
        others: the same article in other languages.
    """
    numbers = markup.MatchNumbers()
    title = numbers.mark(article.title, marks.get("title", ())) if article.title else Markup.escape(untitled())
    tells_more = translation.tells_more(article.summary, article.body)
    summary = numbers.mark(article.summary, marks.get("summary", ())) if tells_more else None
    paragraphs = _paragraphs(article.body, marks.get("body", ()), numbers)
    translated = _translated(article, marks, numbers, paragraphs)
    permalink = shelf.address and urls.absolute(urls.article(article.id))
    links = elsewhere.originals(article)
    whole = newest or article
    return ArticlePage(
        number=number,
        place=gettext("%(position)s of %(total)s", position=i18n.number(number), total=i18n.number(shelf.total)),
        previous=_below(number - 1) if number > 1 else "",
        next=_below(number + 1) if number < shelf.total else "",
        results=f"{names.BELOW}{on_page}#no-{number}",
        title=title,
        title_text=markup.plain(article.title) or untitled(),
        summary=summary,
        dateline=markup.plain(article.dateline or ""),
        paragraphs=() if translated else paragraphs,
        language=article.language or "",
        direction=i18n.direction(article.language),
        kicker=words.value_label("category", article.category) if article.category else "",
        authors=_links("author", article.author, article, shelf),
        source=next(iter(_links("source", [article.source] if article.source else (), article, shelf)), None),
        stamp=stamp(article),
        stated=stated_time(article, shelf.zone),
        language_name=i18n.language_name(article.language) if article.language else "",
        translated_from=i18n.language_name(article.translated_from) if article.translated_from else "",
        topics=_links("topic", article.topic, article, shelf),
        original=links[0] if links else None,
        links=links,
        picture=elsewhere.picture(article),
        matches=_matches(numbers.count),
        matches_note=looked_through(article, marks.reached),
        translated=translated,
        version=gettext("This is how the article stood on %(time)s.", time=beside.moment(article)) if newest else "",
        newest=_below(number) if newest else "",
        versions=_versions(whole, article, number) if whole.earlier else (),
        versions_title=_changed(len(whole.earlier)),
        copies=tuple(_other(hit.article, shelf) for hit in copies),
        others=tuple(_other(each, shelf) for each in others),
        groups=_groups(article, shelf),
        citation=cite.citation(article, permalink, shelf.archive, shelf.made.date(), article.translation),
        id=markup.plain(article.id),
        hash=article.content_hash,
        added=_moment(article.added),
        address=permalink,
    )


def _below(number: int) -> str:
    return names.BELOW + names.article(number)


def _matches(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s match in this article", "%(count)s matches in this article", count, count=i18n.number(count)
    )


def _changed(count: int) -> str:
    return ngettext("Changed %(count)s time", "Changed %(count)s times", count, count=i18n.number(count))


def _paragraphs(text: str, spans: Sequence[tuple[int, int]], numbers: markup.MatchNumbers) -> tuple[Markup, ...]:
    return tuple(
        numbers.mark(part, markup.within(spans, start, start + len(part))) for start, part in markup.paragraphs(text)
    )


def _translated(
    article: Article, marks: Highlights, numbers: markup.MatchNumbers, paragraphs: Sequence[Markup]
) -> Translated | None:
    made = article.translation
    if made is None:
        return None
    text = translation.text(made, marks, numbers)
    about = translation.translated_page(article, "both", (), paragraphs, text)
    if about is None:
        return None
    return Translated(
        title=heading(text.title, made.language),
        credit=about.credit,
        warning=about.warning,
        sides=about.sides,
        rows=about.rows,
    )


def _links(field: str, values: Sequence[str], article: Article, shelf: Shelf) -> tuple[Link, ...]:
    return tuple(
        Link(words.value_label(field, value), shelf.values.get((field, value), ""), language=foreign(value, article))
        for value in values
    )


def _groups(article: Article, shelf: Shelf) -> tuple[Group, ...]:
    named = ((kind, tuple(dict.fromkeys(article.names(kind)))) for kind in ENTITY_KINDS)
    return tuple(Group(kind, words.fields_label(kind), _entities(kind, found, shelf)) for kind, found in named if found)


def _entities(kind: str, found: Sequence[str], shelf: Shelf) -> tuple[Link, ...]:
    return tuple(Link(words.value_label(kind, name), shelf.values.get((kind, name), "")) for name in found)


def _versions(newest: Article, shown: Article, number: int) -> tuple[Link, ...]:
    """All versions, the newest first."""
    last = len(newest.versions)
    return tuple(
        Link(
            beside.moment(version),
            names.BELOW + (names.article(number) if at == last else names.version(number, at)),
            current=version is shown,
        )
        for at, version in reversed(list(enumerate(newest.versions, 1)))
    )


def _other(article: Article, shelf: Shelf) -> Other:
    number = shelf.numbers.get(article.id)
    when = stamp(article)
    language = i18n.language_name(article.language) if article.language and not i18n.is_read(article.language) else ""
    facts = filter(None, (markup.plain(article.source or ""), when.text if when else "", language))
    return Other(
        title=markup.plain(article.title) or untitled(),
        language=article.language or "",
        direction=i18n.direction(article.language),
        facts=" · ".join(facts),
        url=_below(number) if number else "",
    )


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    return i18n.dateline(i18n.period(of_day(at.astimezone(UTC).date())), f"{i18n.clock(at, UTC)} UTC")
