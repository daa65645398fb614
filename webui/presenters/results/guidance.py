"""What stands above the hits: other spellings, how strictly words were taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.browsing.narrowing import Narrower, Narrowing, NarrowingWay
from indexer.search.printer import to_text, with_value
from indexer.search.query import QueryWarning
from indexer.search.request import Match, SearchRequest, Sort
from indexer.search.results import Matching, SearchResults
from webui import i18n, markup
from webui.addresses import urls
from webui.i18n import gettext, ngettext
from webui.presenters import words
from webui.presenters.lines import articles
from webui.presenters.links import Link

MOST_NARROWER = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """The query that is answered in place of the one that was typed, and the way to that."""

    shown: Link
    instead: Link


@dataclass(frozen=True, slots=True)
class Meant:
    """The label that a filter's value may have been meant for."""

    field: str
    value: str
    link: Link


def did_you_mean(results: SearchResults, request: SearchRequest) -> Link | None:
    """Another spelling that finds something, with how much."""
    found = results.did_you_mean
    if found is None:
        return None
    url = urls.search(replace(request, query=found.query, page=1, cursor=None))
    return Link(markup.plain(found.query), url, articles(found.total))


def correction(results: SearchResults, request: SearchRequest) -> Correction | None:
    """What the answered query was, where it is not the one that was typed."""
    if results.corrected is None:
        return None
    fresh = request.with_page(1)
    typed = replace(fresh, query=results.query, spellcheck=False)
    return Correction(
        shown=Link(markup.plain(request.query), urls.search(fresh)),
        instead=Link(markup.plain(results.query), urls.search(typed)),
    )


def warning_texts(warnings: Sequence[QueryWarning]) -> tuple[str, ...]:
    """What is printed as text; of values that are no labels there are links."""
    return tuple(dict.fromkeys(words.warning_text(each) for each in warnings if each.code != words.PERHAPS_VALUE))


def values_meant(results: SearchResults, request: SearchRequest) -> Iterator[Meant]:
    """The labels that values of filters, or names in the query, may have been meant for, each with the search that has
    it in their place."""
    for warning in results.warnings:
        if warning.code != words.PERHAPS_VALUE:
            continue
        field, value, label = warning.values
        chosen, without = request.filter(field), request.without_filter(field, value)
        if value in chosen.excluded:
            meant = without.with_exclusion(field, label)
        elif value in chosen.values:
            meant = without.with_filter(field, label)
        else:
            query = to_text(with_value(results.tree, field, value, label))
            meant = replace(request, query=query, page=1, cursor=None)
        link = Link(words.value_label(field, label), urls.search(meant))
        yield Meant(words.field_label(field), markup.plain(value), link)


def ways(matching: Matching, request: SearchRequest, totals: tuple[int, int] | None) -> tuple[Link, Link] | None:
    """How many articles have all of the words, and how many some; None where these are the same."""
    having_all, having_some = totals or (matching.all, matching.best)
    if having_all == having_some:
        return None
    fresh = request.with_page(1)
    ways = (
        (Match.ALL, having_all, _having_all(having_all)),
        (Match.BEST, having_some, _having_some(having_some, request)),
    )
    strict, loose = (
        Link(text, urls.search(replace(fresh, match=match)) if count else "", current=match is matching.mode)
        for match, count, text in ways
    )
    return strict, loose


def narrower(found: Narrowing | None) -> tuple[Link, ...]:
    """What narrows a search with too many hits, each with how many it leaves: at most `MOST_NARROWER`, so that they
    stand in one line."""
    choices = found.named(MOST_NARROWER) if found else ()
    return tuple(Link(_narrower_label(each), urls.search(_plainly(each)), i18n.number(each.total)) for each in choices)


def _plainly(choice: Narrower) -> SearchRequest:
    """The narrower search as an address of a page says it: with what pages ask for in any case."""
    base, asked = urls.base_request(), choice.request
    return replace(
        base, query=asked.query, filters=asked.filters, dates=asked.dates, added=asked.added, match=asked.match,
        all_mentions=asked.all_mentions, spellcheck=asked.spellcheck, translation=asked.translation,
    )  # fmt: skip


def _narrower_label(choice: Narrower) -> str:
    if choice.way is NarrowingWay.ALL:
        return gettext("All of these words")
    if choice.field is None or choice.value is None:
        return markup.plain(choice.label)
    return words.filter_label(choice.field, choice.value)


def _having_all(count: int) -> str:
    if not count:
        return gettext("No article has all of these words")
    return ngettext(
        "%(count)s article has all of these words",
        "%(count)s articles have all of these words",
        count,
        count=i18n.number(count),
    )


def _having_some(count: int, request: SearchRequest) -> str:
    if request.sort is Sort.RELEVANCE:
        return ngettext(
            "%(count)s has some, best first",
            "%(count)s have some, best first",
            count,
            count=i18n.number(count),
        )
    return ngettext("%(count)s has some", "%(count)s have some", count, count=i18n.number(count))
