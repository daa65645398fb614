"""Rows of a batch -> the page with its form and its table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.batch.rows import NOTHING, TOO_LATE, BatchRow
from indexer.search.request import SearchRequest
from indexer.timeline import of_day
from webui import i18n
from webui.addresses import params, urls
from webui.formats.openapi_parameters import MOST_LINES
from webui.i18n import gettext, lazy_gettext
from webui.markup import plain
from webui.presenters import words
from webui.presenters.lines import articles
from webui.presenters.links import Link
from webui.presenters.results.facets import Chip, filter_chips
from webui.presenters.results.guidance import narrower

_ERRORS = {
    NOTHING: lazy_gettext("This line names nothing to search for."),
    TOO_LATE: lazy_gettext("The time was up before this line. Search it by itself, or in a shorter batch."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was found, and where it leads. `remarks` are told below it, `further` are searches beside it."""

    query: str
    url: str
    count: str
    first: str
    last: str
    sources: str
    remarks: tuple[str, ...]
    further: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Everything that the template prints. `path` is where the form is sent, with the filters in it."""

    text: str
    rows: tuple[Row, ...]
    chips: tuple[Chip, ...]
    warnings: tuple[str, ...]
    path: str
    csv_path: str
    most: str


def batch_page(text: str, asked: params.Read, rows: Sequence[BatchRow], lines: int) -> BatchPage:
    """Present the rows of a batch; without any there is only the form.

    Args:
        text: what was written in the form.
        asked: the filters, as the address says them.
        rows: the rows.
        lines: how many lines were written.
    """
    narrowed = replace(asked.request, query="", page=1, cursor=None)
    pairs = params.write(narrowed, urls.base_request())
    warnings = [words.warning_text(each) for each in asked.warnings]
    most = i18n.number(MOST_LINES)
    if lines > MOST_LINES:
        warnings.append(gettext("Only the first %(most)s lines were searched.", most=most))
    return BatchPage(
        text=plain(text),
        rows=tuple(_row(row, narrowed) for row in rows),
        chips=tuple(filter_chips(narrowed)),
        warnings=tuple(dict.fromkeys(warnings)),
        path=urls.page("/batch", pairs),
        csv_path=urls.page("/batch.csv", pairs),
        most=most,
    )


def _row(row: BatchRow, narrowed: SearchRequest) -> Row:
    answered = row.total is not None
    asked = replace(narrowed, query=row.query, match=row.request.match, spellcheck=False)
    return Row(
        query=plain(row.query),
        url=urls.search(asked) if answered else "",
        count=i18n.number(row.total) if row.total is not None else "",
        first=_day(row.first),
        last=_day(row.last),
        sources=i18n.listed(
            [f"{words.value_label('source', each.value)} ({i18n.number(each.count)})" for each in row.sources]
        ),
        remarks=tuple(_remarks(row)),
        further=tuple(_further(row, asked)),
    )


def _day(day: date | None) -> str:
    return i18n.period(of_day(day), long=False) if day else ""


def _remarks(row: BatchRow) -> Iterator[str]:
    if row.same_as:
        yield gettext("The same as line %(number)s.", number=i18n.number(row.same_as))
        return
    if row.error in _ERRORS:
        yield str(_ERRORS[row.error])
    else:
        yield from dict.fromkeys(words.warning_text(warning) for warning in row.warnings)
        if row.error and not row.warnings:
            yield plain(row.error)


def _further(row: BatchRow, asked: SearchRequest) -> Iterator[Link]:
    """What may have been meant, and what would narrow too many hits."""
    if row.same_as:
        return
    if row.did_you_mean:
        meant = row.did_you_mean
        yield Link(plain(meant.query), urls.search(replace(asked, query=meant.query)), articles(meant.total))
    yield from narrower(row.narrowing)
