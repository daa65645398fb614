"""A search as pairs of texts and back: what decides which articles are found, and no more.

`("source", "SANA")` chooses, `("-source", "SANA")` leaves out, an empty value stands for articles without one.
"""

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

from indexer.errors import UsageError
from indexer.fields import QUERY_FIELDS, Kind
from indexer.search.moments import Moment
from indexer.search.request import MISSING, Arrival, DateRange, Filter, Match, Period, SearchRequest

MOST = 200  # pairs; each value costs an engine a pass, and anyone can make up a receipt
_DATES = ("from", "to")
_ARRIVAL = ("added_from", "added_to")

Pairs = tuple[tuple[str, str], ...]


def write(request: SearchRequest) -> Pairs:
    """The query, dates, arrival, filters, way of matching and what counts of a request, as far as it states them."""
    found = [("q", request.query)] if request.query else []
    stated = zip(_DATES, (request.dates.start, request.dates.end), strict=True)
    found += [(name, str(period)) for name, period in stated if period]
    found += [
        (name, str(end)) for name, end in zip(_ARRIVAL, (request.added.start, request.added.end), strict=True) if end
    ]
    for each in request.filters:
        found += [(each.field, value) for value in each.values] + [(f"-{each.field}", value) for value in each.excluded]
    if request.match is not Match.AUTO:
        found.append(("match", request.match.value))
    if request.all_mentions:
        found.append(("all", "1"))
    if not request.translation:
        found.append(("translation", "off"))
    return tuple(found)


def read(pairs: Iterable[tuple[str, str]]) -> SearchRequest:
    """The request of the first `MOST` pairs; what means nothing is left out."""
    single: dict[str, str] = {}
    values: dict[str, tuple[list[str], list[str]]] = {}
    for name, value in islice(pairs, MOST):
        field = QUERY_FIELDS.get(name.removeprefix("-"))
        if field is None or not field.facet:
            single.setdefault(name, value)
        elif (stated := _stated(field.kind, value)) is not None:
            values.setdefault(field.name, ([], []))[name.startswith("-")].append(stated)
    return SearchRequest(
        query=single.get("q", "").strip(),
        filters=tuple(
            Filter(name, tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(excluded)))
            for name, (chosen, excluded) in sorted(values.items())
        ),
        dates=DateRange(*(_period(single.get(name, "")) for name in _DATES)),
        match=Match(single["match"]) if single.get("match") in set(Match) else Match.AUTO,
        all_mentions=single.get("all") == "1",
        translation=single.get("translation") != "off",
        added=Arrival(*(_end_of_arrival(single.get(name, "")) for name in _ARRIVAL)),
    )


def _stated(kind: Kind, value: str) -> str | None:
    """A value of a filter as requests have it; None where it cannot be one."""
    if kind is not Kind.DATE or value == MISSING:
        return value
    period = _period(value)
    return str(period) if period else None


def _end_of_arrival(text: str) -> Period | Moment | None:
    with suppress(UsageError):
        return Arrival.parse_end(text)
    return None


def _period(text: str) -> Period | None:
    with suppress(UsageError):
        return Period.parse(text)
    return None
