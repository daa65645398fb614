"""`Article` -> its page: text with matches and names marked, when and where from, what is near it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo

from markupsafe import Markup

from indexer.article import ENTITY_KINDS, Article, Entity, Precision, Published
from indexer.browsing.languages import Languages
from indexer.search.request import DateRange, SearchRequest, Sort
from indexer.search.results import Hit
from indexer.threads.thread import Thread
from indexer.timeline import of_day
from indexer.zones import STATED, named, zone_of
from webui import i18n, markup
from webui.addresses import clippings, urls
from webui.formats import json_ld
from webui.i18n import gettext, ngettext
from webui.presenters import card, words
from webui.presenters.lines import Line, Stamp, line, stamp, untitled
from webui.presenters.links import Link, category_links, foreign, source_link
from webui.presenters.reading import beside, cite, elsewhere, translation
from webui.presenters.reading import thread as threads
from webui.presenters.reading.beside import Pairs
from webui.presenters.reading.translated import comes_first
from webui.presenters.reading.translation import Text, Translated

Spans = Sequence[tuple[int, int]]
NAMES_SHOWN = 12  # of each kind beside the text


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in the list that it was opened from."""

    text: str
    back: str
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A titled list of links."""

    field: str
    label: str
    links: tuple[Link, ...]
    more_url: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Other articles of the same day."""

    title: str
    lines: tuple[Line, ...]
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Another paper's print of the story."""

    line: Line
    beside: Link


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the article: since when it says so, where it is read, and where it is set beside the newest."""

    text: str
    url: str
    compare: Link | None
    shown: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """What an article said at other times. `note` says that an earlier version is shown, `newest_url` leads on."""

    title: str
    listed: tuple[Version, ...]
    note: str
    newest_url: str


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """The note in the place of an article that its source took back."""

    source: str
    since: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that the article template prints."""

    title: Markup
    title_text: str
    summary: Markup | None
    dateline: Markup | None
    paragraphs: tuple[Markup, ...]
    language: str
    direction: str
    language_name: str | None
    translated_from: str | None
    categories: tuple[Link, ...]
    authors: tuple[Link, ...]
    topics: tuple[Link, ...]
    source: Link | None
    stamp: Stamp | None
    stated: str
    original: Link | None
    links: tuple[Link, ...]
    picture: elsewhere.Picture | None
    matches: str
    matches_note: str
    entities: tuple[Group, ...]
    thread: threads.Beside | None
    related: tuple[Line, ...]
    day: Day | None
    place: Place | None
    canonical: str
    address: str
    card: card.Card
    data: Markup
    citation: Markup
    citations: tuple[Link, ...]
    others: tuple[Link, ...]
    copies: tuple[Copy, ...]
    beside: beside.Beside | None
    versions: Versions | None
    translated: Translated | None
    clip: str


def article_page(
    article: Article,
    spans: Mapping[str, Spans],
    *,
    archive_name: str,
    today: date,
    newest: Article | None = None,
    against: int | None = None,
    thread: Thread | None = None,
    related: Sequence[Hit] = (),
    same_day: tuple[Sequence[Hit], int] = ((), 0),
    place: Place | None = None,
    languages: Languages | None = None,
    copies: Sequence[Hit] = (),
    other: Article | None = None,
    kept: Pairs = (),
    zone: str = "UTC",
    reached: int | None = None,
    shown: Pairs = (),
    text: str = "",
) -> ArticlePage:
    """Present an article.

    Args:
        article: the whole article.
        spans: the query's matches in its title, summary and body.
        archive_name: what its citation and its data call the archive.
        today: the day on which it is read, for its citation.
        newest: the newest version, where the article is an earlier one.
        against: the number of the version to be set beside it, from 1.
        thread: what its story is linked to in the days around it.
        related: articles like it.
        same_day: other articles of its day, and how many there are in all.
        place: where it stands in a list of results.
        languages: the same article in other languages.
        copies: other prints of the same story.
        other: the one of them to be set beside it.
        kept: parameters that stay when another text is set beside it: the search it was found by, and its place there.
        zone: the archive's zone, in which times are also shown; or `STATED`.
        reached: how many characters of the body were looked through for matches, where these are not all.
        shown: parameters of the address that say which version is shown, and what beside it.
        text: whether the original is to be shown, its translation, or both; see `reading.translation`.
    """
    numbers = markup.MatchNumbers()
    view = translation.view_of(article, text) if other is None and against is None else "original"
    made = article.translation if view != "original" else None
    first = made if made and (view == "translation" or comes_first(article)) else None
    read = Text(Markup.escape(untitled()), None, ())
    own = read
    if view != "translation":
        own = _own_text(article, spans, numbers, with_title=first is None)
    if made:
        read = translation.text(made, spans, numbers, with_title=first is not None)
    title, summary = (read.title, read.summary) if first else (own.title, own.summary)
    paragraphs = read.paragraphs if view == "translation" else own.paragraphs
    permalink = urls.absolute(urls.article(article.id))
    links = elsewhere.originals(article)
    return ArticlePage(
        title=title,
        title_text=markup.plain(first.title if first else article.title) or untitled(),
        summary=summary,
        dateline=Markup.escape(markup.plain(article.dateline)) if article.dateline and not made else None,
        paragraphs=paragraphs,
        language=(first.language if first else article.language) or "",
        direction=i18n.direction(first.language if first else article.language),
        language_name=i18n.language_name(article.language) if article.language else None,
        translated_from=i18n.language_name(article.translated_from) if article.translated_from else None,
        categories=category_links(article.category),
        authors=_filter_links("author", article.author, article),
        topics=_filter_links("topic", article.topic, article),
        source=source_link(article),
        stamp=stamp(article),
        stated=stated_time(article, zone),
        original=links[0] if links else None,
        links=links,
        picture=elsewhere.picture(article),
        matches=ngettext(
            "%(count)s match in this article", "%(count)s matches in this article", numbers.count,
            count=i18n.number(numbers.count),
        ) if numbers.count else "",
        matches_note=looked_through(article, reached),
        entities=_entities(article),
        thread=threads.beside_article(thread) if thread else None,
        related=tuple(line(hit) for hit in related),
        day=_day(article, *same_day),
        place=place,
        canonical=permalink,
        address=urls.with_pairs(permalink, shown),
        card=card.article_card(article, permalink),
        data=json_ld.dump(json_ld.news_article(article, permalink, archive_name, urls.absolute(urls.page("/")))),
        citation=cite.citation(article, permalink, archive_name, today, made),
        citations=cite.files(article),
        others=tuple(_other(languages, each, kept) for each in languages.others) if languages else (),
        copies=tuple(_copy(article, hit, kept) for hit in copies),
        beside=beside.version(article, newest, against, kept) if newest and against
        else beside.copy(article, other, kept) if other and any(hit.id == other.id for hit in copies)
        else beside.translation(article, paragraphs, other, kept) if other else None,
        versions=_versions(article, newest, kept) if newest and newest.earlier else None,
        translated=translation.translated_page(article, view, kept, own.paragraphs, read if made else None)
        if other is None and against is None else None,
        clip=clippings.written(article.id),
    )  # fmt: skip


def _own_text(article: Article, spans: Mapping[str, Spans], numbers: markup.MatchNumbers, *, with_title: bool) -> Text:
    """The article's own text with the matches in it, which are numbered as they are met."""
    title = numbers.mark(article.title, spans.get("title", ())) if with_title and article.title else Markup()
    summary = _summary(article, spans, numbers)
    return Text(title or Markup.escape(untitled()), summary, _paragraphs(article, spans.get("body", ()), numbers))


def withdrawn_page(article: Article) -> WithdrawnPage:
    """Present what is left of an article that its source took back."""
    named = next((version.source for version in reversed(article.versions) if version.source), None)
    return WithdrawnPage(markup.plain(named or ""), beside.moment(article))


def looked_through(article: Article, reached: int | None) -> str:
    """What is to be said where not all matches are marked."""
    if reached is None:
        return ""
    share = i18n.percent(reached / max(len(article.body), 1))
    return gettext("Matches were looked for in the first %(share)s of the text only.", share=share)


def _versions(article: Article, newest: Article, kept: Pairs) -> Versions:
    versions, url = newest.versions, urls.with_pairs(urls.article(newest.id), kept)
    listed = []
    for number, version in enumerate(versions, 1):
        here = urls.with_pairs(url, [("version", str(number))]) if version is not newest else url
        both = urls.with_pairs(url, [("version", str(number)), ("against", str(len(versions)))])
        compare = Link(gettext("Compare with the newest"), both) if version is not newest else None
        listed.append(Version(beside.moment(version), here, compare, version is article))
    count = len(newest.earlier)
    return Versions(
        title=ngettext("Changed %(count)s time", "Changed %(count)s times", count, count=i18n.number(count)),
        listed=tuple(reversed(listed)),
        note=gettext("This is how the article stood on %(time)s.", time=beside.moment(article))
        if article is not newest
        else "",
        newest_url=url,
    )


def place_in_results(request: SearchRequest, position: int, total: int, before: Hit | None, after: Hit | None) -> Place:
    """Where an article stands in the results of a request; positions count from 1."""
    page = (position - 1) // request.size + 1 if request.size else 1
    near = urls.nearby(request)
    return Place(
        text=gettext("%(position)s of %(total)s", position=i18n.number(position), total=i18n.number(total)),
        back=urls.search(request.with_page(page), anchor=f"hit-{position}"),
        previous=urls.article(before.id, near, position - 1) if before else None,
        next=urls.article(after.id, near, position + 1) if after else None,
    )


def day_request(article: Article, size: int) -> SearchRequest | None:
    """The search for other articles of the day on which one was published."""
    if article.published is None:
        return None
    day = i18n.published_period(article.published)
    return SearchRequest(dates=DateRange(day, day), sort=Sort.NEWEST, size=size, facets=(), snippets=False, group=True)


def _other(languages: Languages, other: Article, kept: Pairs) -> Link:
    label = i18n.language_name(other.language) if other.language else untitled()
    if other is languages.original:
        text = gettext("Read the original beside it (%(language)s)", language=label)
    else:
        text = gettext("Read the translation beside it (%(language)s)", language=label)
    return Link(text, urls.with_pairs(urls.article(languages.article.id), [*kept, ("beside", other.id)]))


def _copy(article: Article, hit: Hit, kept: Pairs) -> Copy:
    url = urls.with_pairs(urls.article(article.id), [*kept, ("beside", hit.id)])
    return Copy(line(hit), Link(gettext("Compare the texts"), url))


def _summary(article: Article, spans: Mapping[str, Spans], numbers: markup.MatchNumbers) -> Markup | None:
    if not translation.tells_more(article.summary, article.body):
        return None
    return numbers.mark(article.summary, spans.get("summary", ()))


def _paragraphs(article: Article, spans: Spans, numbers: markup.MatchNumbers) -> tuple[Markup, ...]:
    links = [
        (mention.start, mention.end, urls.profile(entity.kind, entity.name), entity.kind)
        for entity in article.entities
        for mention in entity.mentions
        if mention.field == "body"
    ]
    links.sort()
    return tuple(
        numbers.annotate(
            text, markup.within(spans, start, start + len(text)), markup.links_within(links, start, len(text))
        )
        for start, text in markup.paragraphs(article.body)
    )


def stated_time(article: Article, zone: str) -> str:
    """The time in UTC, as the source stated it, and in the archive's zone, where each differs from the one shown."""
    published = article.published
    if published is None or published.precision is not Precision.SECOND:
        return ""
    parts = [f"{_elsewhere(published, UTC)} UTC"] if published.offset else []
    stated = zone_of(published.zone)
    if stated is not None and _differs(published, stated):
        parts.append(gettext("%(time)s as stated (%(zone)s)", time=_elsewhere(published, stated), zone=published.zone))
    elif published.zone and stated is None:
        parts.append(gettext("zone as stated: %(zone)s", zone=markup.plain(published.zone)))
    if (ours := None if zone == STATED else named(zone)) and _differs(published, ours):
        parts.append(f"{_elsewhere(published, ours)} {zone}")
    return " · ".join(parts)


def _differs(published: Published, zone: tzinfo) -> bool:
    """Whether clocks in a zone showed another time than the one that is shown, or in UTC."""
    offset = published.instant.astimezone(zone).utcoffset()
    return bool(offset) and offset != timedelta(minutes=published.offset)


def _elsewhere(published: Published, zone: tzinfo) -> str:
    """The time of day in a zone, after the day where that is another one than the day shown."""
    there = published.instant.astimezone(zone)
    clock = i18n.clock(there, zone)
    return clock if there.date() == published.day else i18n.dateline(i18n.period(of_day(there.date())), clock)


def _filter_links(field: str, values: Sequence[str], article: Article) -> tuple[Link, ...]:
    near = urls.everything()
    return tuple(
        Link(markup.plain(value), near.with_filter(field, value), language=foreign(value, article)) for value in values
    )


def _entities(article: Article) -> tuple[Group, ...]:
    groups = []
    for kind in ENTITY_KINDS:
        named = {entity.name: entity for entity in reversed(article.entities) if entity.kind == kind}
        names = list(dict.fromkeys(article.names(kind)))[:NAMES_SHOWN]
        if names:
            links = tuple(_entity_link(named[name]) for name in names)
            groups.append(Group(kind, words.fields_label(kind), links))
    return tuple(groups)


def _entity_link(entity: Entity) -> Link:
    """The way to all about an entity; says by which short name alone the article names it, and where a correction adds
    it to the article."""
    note = words.added_by(entity.added) if entity.added else ""
    label = words.value_label(entity.kind, entity.name)
    return Link(label, urls.profile(entity.kind, entity.name), _only_as(entity.short), note=note)


def _only_as(short: str) -> str:
    return gettext("named only as %(name)s", name=markup.plain(short)) if short else ""


def _day(article: Article, hits: Sequence[Hit], total: int) -> Day | None:
    if article.published is None:
        return None
    period = i18n.published_period(article.published)
    others = [hit for hit in hits if hit.id != article.id]
    if not others:
        return None
    return Day(
        title=gettext("All news articles on %(date)s", date=i18n.period(period)),
        lines=tuple(line(hit) for hit in others),
        url=urls.period(period),
        text=ngettext("%(count)s article", "%(count)s articles", total, count=i18n.number(total)),
    )
