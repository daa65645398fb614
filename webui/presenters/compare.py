"""Queries over time -> a chart, the table of its numbers, and the form that changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.search.query import QueryWarning
from indexer.search.request import DateRange, SearchRequest
from indexer.search.results import Facet
from indexer.volume import MOST_QUERIES, Series, Volume
from webui import frequent, i18n
from webui.addresses import params, urls
from webui.charts import Chart, line_chart
from webui.i18n import gettext, lazy_gettext, ngettext
from webui.markup import plain
from webui.presenters import words
from webui.presenters.lines import articles
from webui.presenters.links import Link
from webui.presenters.results.facets import Chip, filter_chips
from webui.presenters.time.description import described

EXAMPLE_FACETS = ("person", "place")
FEW_ROWS = 12  # periods whose numbers are shown at once
FIRST_FIELDS = (lazy_gettext("First query"), lazy_gettext("Second query"))


@dataclass(frozen=True, slots=True)
class Compared:
    """One query: its name in the legend, its number of hits, and where it leads."""

    name: str
    count: str
    url: str
    without_url: str
    undated: str


@dataclass(frozen=True, slots=True)
class Row:
    """One period: its name, everything published, and count and share of each query; empty texts in a gap."""

    name: str
    url: str
    published: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything that the template prints. `blanks` names the fields that are empty, `few` is for a short table."""

    queries: tuple[str, ...]
    compared: tuple[Compared, ...]
    chart: Chart | None
    caption: str
    descriptions: tuple[str, ...]
    rows: tuple[Row, ...]
    modes: tuple[Link, ...]
    csv_url: str
    hidden: params.Pairs
    chips: tuple[Chip, ...]
    warnings: tuple[str, ...]
    blanks: tuple[str, ...]
    few: bool
    examples: tuple[Link, ...] = ()


def compare_page(
    queries: Sequence[str],
    found: Volume | None,
    asked: SearchRequest,
    warnings: Sequence[QueryWarning],
    *,
    share: bool,
    rtl: bool,
) -> ComparePage:
    """Present a comparison; without queries there is only the form."""
    filters = params.write(replace(asked, query="", dates=DateRange()), urls.base_request())
    series = found.series if found else ()
    corrected = [params.notice("counted-as", each.query, each.counted) for each in series if each.corrected]
    return ComparePage(
        queries=tuple(plain(query) for query in queries),
        compared=tuple(_compared(at, each, queries, asked, share) for at, each in enumerate(series)),
        chart=_chart(found, share, rtl) if found and found.periods else None,
        caption=_caption(found, share) if found else "",
        descriptions=tuple(_described(found, each) for each in series) if found else (),
        rows=tuple(_row(at, found) for at in range(len(found.periods))) if found else (),
        modes=(
            Link(gettext("Articles"), compare_url(queries, asked, share=False), current=not share),
            Link(gettext("Share of everything published"), compare_url(queries, asked, share=True), current=share),
        ),
        csv_url=compare_url(queries, asked, share=False, path="/compare.csv"),
        hidden=filters + ([("as", "share")] if share else []),
        chips=tuple(filter_chips(replace(asked, query="", dates=DateRange()))),
        warnings=tuple(words.warning_text(each) for each in (*warnings, *corrected)),
        blanks=_blanks(len(queries)),
        few=found is not None and len(found.periods) <= FEW_ROWS,
    )  # fmt: skip


def with_examples(page: ComparePage, found: Mapping[str, Facet]) -> ComparePage:
    """A page without queries, with what can be compared in this archive: the two most frequent names of each kind.

    Args:
        page: the page.
        found: the facets of the whole archive.
    """
    pairs = [frequent.values(found, field)[:2] for field in EXAMPLE_FACETS]
    examples = tuple(
        Link(
            i18n.listed([plain(name) for name in names]),
            urls.page("/compare", [("q", f'"{name.replace(chr(34), " ")}"') for name in names]),
        )
        for names in pairs
        if len(names) == 2
    )
    return replace(page, examples=examples)


def compare_url(queries: Sequence[str], asked: SearchRequest, *, share: bool, path: str = "/compare") -> str:
    """The address of a comparison."""
    filters = params.write(replace(asked, query="", page=1, cursor=None), urls.base_request())
    pairs = [("q", query) for query in queries] + filters + ([("as", "share")] if share else [])
    return urls.page(path, pairs)


def _blanks(asked: int) -> tuple[str, ...]:
    """What the empty fields are called: two to begin with, then one more at a time."""
    if asked < len(FIRST_FIELDS):
        return tuple(str(name) for name in FIRST_FIELDS[asked:])
    return (gettext("Another query"),) if asked < MOST_QUERIES else ()


def _compared(at: int, series: Series, queries: Sequence[str], asked: SearchRequest, share: bool) -> Compared:
    others = [query for number, query in enumerate(queries) if number != at]
    undated = ngettext("%(count)s undated", "%(count)s undated", series.undated, count=i18n.number(series.undated))
    return Compared(
        name=plain(series.counted) or gettext("All articles"),
        count=articles(series.total),
        url=urls.search(replace(asked, query=series.counted)),
        without_url=compare_url(others, asked, share=share),
        undated=undated if series.undated else "",
    )


def _chart(found: Volume, share: bool, rtl: bool) -> Chart:
    labels = [i18n.period(period, long=False) for period in found.periods]
    if share:
        return line_chart(labels, [each.shares for each in found.series], i18n.percent, rtl=rtl)
    return line_chart(
        labels, [each.counts for each in found.series], lambda value: i18n.number(int(value)), whole=True, rtl=rtl
    )


def _caption(found: Volume, share: bool) -> str:
    listed = i18n.listed([_named(each) for each in found.series])
    if share:
        return gettext("Share of everything published: %(queries)s", queries=listed)
    return gettext("Articles over time: %(queries)s", queries=listed)


def _named(series: Series) -> str:
    return i18n.quoted(plain(series.counted)) if series.counted else gettext("All articles")


def _described(found: Volume, series: Series) -> str:
    counted = dict(zip(found.periods, series.counts, strict=True))
    held = {period for period, count in counted.items() if count is not None}
    return f"{_named(series)}: {described({period: count or 0 for period, count in counted.items()}, held)}"


def _row(at: int, found: Volume) -> Row:
    period = found.periods[at]
    return Row(
        name=i18n.period(period),
        url=urls.period(period),
        published=i18n.number(found.published[at]),
        cells=tuple(_cell(each.counts[at], each.shares[at]) for each in found.series),
    )


def _cell(count: int | None, share: float | None) -> tuple[str, str]:
    return ("", "") if count is None or share is None else (i18n.number(count), i18n.percent(share, 2))
