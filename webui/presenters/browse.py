"""Periods and names -> their pages: a year's months, a month's days, a day's articles, the profile of a name."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from indexer.browsing.profiles import Profile
from indexer.entities.variants import Suggestion
from indexer.search.request import DateRange, Period, Sort
from indexer.search.results import JoinedName, SearchResults
from webui import i18n, markup
from webui.addresses import downloads, params, urls
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.front import group
from webui.presenters.lines import Line, articles, line
from webui.presenters.links import Link
from webui.presenters.reading.article import Group
from webui.presenters.source import Known, known
from webui.presenters.time import calendar, heat
from webui.presenters.time.histogram import Held, Histogram, by_period, histogram

SPELLINGS = 12  # other forms of a name that are listed
COMPANIONS = 8  # values of each list beside a profile


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Everything that the archive template prints.

    The page of all years has `years`; that of a year `months` and the `shades` of their days; that of a month its
    `weeks`; that of a day `beside`, its month. `drawn` is what the months or weeks are of, `lines` are articles, and
    `list_title` is what they are called.
    """

    title: str
    count: str
    crumbs: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    years: tuple[calendar.Row, ...] = ()
    months: tuple[heat.Month, ...] = ()
    shades: tuple[heat.Shade, ...] = ()
    weeks: tuple[tuple[heat.Cell, ...], ...] = ()
    drawn: str = ""
    beside: heat.Month | None = None
    weekdays: tuple[tuple[str, str], ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    list_title: str = ""
    all_url: str | None = None
    all_text: str = ""
    feeds: tuple[downloads.FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Probable:
    """Another name that probably means the same, and the command that shows both as one."""

    name: Link
    command: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Everything that the profile template prints."""

    kind: str
    name: str
    value: str
    parameter: str
    count: str
    span: str
    within: str
    histogram: Histogram | None
    lines: tuple[Line, ...]
    spellings: tuple[str, ...]
    corrections: tuple[str, ...]
    short: tuple[str, ...]
    probable: tuple[Probable, ...]
    groups: tuple[Group, ...]
    known: tuple[Known, ...]
    all_url: str
    all_text: str
    feeds: tuple[downloads.FeedLink, ...]


def years_page(found: SearchResults) -> ArchivePage:
    """All years, newest first, and what has no date."""
    facet = found.facets["published"]
    return ArchivePage(
        title=gettext("The archive by date"),
        count=articles(found.total),
        years=calendar.years(by_period(facet), facet.missing),
    )


def period_page(
    period: Period,
    found: SearchResults,
    around: Period | None,
    counts: Mapping[Period, int],
    before: Period | None,
    after: Period | None,
) -> ArchivePage:
    """One year, month or day.

    Args:
        period: which.
        found: its newest articles, or all of a day.
        around: what is drawn: the period itself, or where it has no articles, the smallest around it that has; None
            for all years.
        counts: of each day in `around`, or in its month where it is a day; of each year where it is None.
        before: the nearest earlier period with articles.
        after: the nearest later one.
    """
    listed = replace(urls.plain_request(), dates=DateRange(period, period), sort=Sort.NEWEST)
    listing = urls.nearby(listed)
    page = ArchivePage(
        title=i18n.full_day(period.first) if period.day else i18n.period(period),
        count=articles(found.total) if found.total else gettext("Nothing is archived from then."),
        crumbs=calendar.trail(period),
        previous=_neighbour(before),
        next=_neighbour(after),
        weekdays=tuple(i18n.weekday_names()),
        letters=tuple(i18n.weekday_names("narrow")),
        lines=tuple(line(hit, listing, at) for at, hit in enumerate(found.hits, 1)),
        list_title="" if period.day else gettext("Latest"),
        all_url=urls.search(listed) if found.total > len(found.hits) else None,
        all_text=gettext("All: %(count)s", count=articles(found.total)),
        feeds=downloads.feeds(listed),
    )
    if around is None:
        return replace(page, years=calendar.years(counts))
    drawn = i18n.period(around)
    if around.month is None:
        shades = heat.shades(heat.busiest(counts))
        return replace(page, drawn=drawn, months=heat.months(around.year, counts), shades=shades)
    if around.day is None:
        return replace(page, drawn=drawn, weeks=heat.weeks(around, counts, here=period))
    return replace(page, beside=heat.month(Period(around.year, around.month), counts, here=period))


def profile_page(profile: Profile, held: Held, seen: datetime | None = None) -> ProfilePage:
    """A source, person, organisation or place: how much, when, with whom, and the last articles.

    Of an entity also how it is spelled, and who or what of its kind stands beside it; of a source that is followed when
    it was last `seen` with something new.
    """
    field, name, found = profile.field, profile.name, profile.found
    base = replace(urls.base_request().with_filter(field, name), sort=Sort.NEWEST)
    narrowed = replace(base, all_mentions=profile.in_passing)
    named = replace(urls.base_request(), query=profile.beside_query)
    days = [period for period, count in by_period(found.facets["published"]).items() if count]
    groups = [
        group(facet, COMPANIONS, named if each == field else narrowed)
        for each, facet in profile.named_with.items()
        if facet.buckets
    ]
    near = urls.nearby(narrowed)
    shown = words.value_label(field, name)
    return ProfilePage(
        kind=words.field_label(field),
        name=shown,
        value=name,
        parameter=params.FILTER_PARAMETERS[field],
        count=articles(found.total),
        span=words.dates_label(DateRange(min(days), max(days))) if days else "",
        within=gettext("Search within these articles"),
        histogram=histogram(found.facets["published"], near, held),
        lines=tuple(line(hit, near, at) for at, hit in enumerate(found.hits, 1)),
        spellings=tuple(spelling for spelling in profile.spellings if spelling != shown)[:SPELLINGS],
        corrections=tuple(words.rule_text(rule) for rule in profile.rules),
        short=tuple(_short(each) for each in profile.joined if each.short),
        probable=tuple(_probable(profile, each) for each in profile.probable),
        groups=tuple(groups),
        known=known(profile.source, name, seen),
        all_url=urls.search(narrowed),
        all_text=gettext("All: %(count)s", count=articles(found.total)),
        feeds=downloads.feeds(narrowed),
    )


def _short(joined: JoinedName) -> str:
    """How many articles name it by a short name alone."""
    return ngettext(
        "%(count)s article names it only as %(name)s",
        "%(count)s articles name it only as %(name)s",
        joined.articles,
        count=i18n.number(joined.articles),
        name=markup.plain(joined.name),
    )


def _probable(profile: Profile, pair: Suggestion) -> Probable:
    """The other of two names that probably mean the same, with the command that merges them."""
    own = pair.name == profile.name
    other, count = (pair.into, pair.into_count) if own else (pair.name, pair.count)
    link = Link(markup.plain(other), urls.profile(profile.field, other), i18n.number(count))
    return Probable(link, shlex.join(["indexer", "entities", "merge", pair.kind, pair.name, pair.into]))


def _neighbour(near: Period | None) -> Link | None:
    """The nearest period in which there is anything."""
    return Link(i18n.period(near), urls.period(near)) if near else None
