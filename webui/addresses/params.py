"""URL parameters <-> `SearchRequest`, both ways. The only place that knows what the parameters are called.

`read` never raises: what it cannot use it leaves out and says so in a warning that the page shows. `write` gives the
shortest parameters that `read` turns back into the same request. Repeating a filter parameter means OR, a leading
`-` excludes, and an empty value stands for articles without a value (`source=`, `-source=`).
"""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote_plus

from indexer.errors import UsageError
from indexer.fields import FACET_FIELDS, QUERY_FIELDS, Kind
from indexer.search.dates import read_both, read_written
from indexer.search.moments import Moment
from indexer.search.options import parse_facets
from indexer.search.query import QueryWarning
from indexer.search.request import MAX_SIZE, MISSING, Arrival, DateRange, Filter, Match, Period, SearchRequest, Sort

Pairs = list[tuple[str, str]]

# The two ends of a range: of publication, and of arrival.
DATES = ("from", "to")
ARRIVAL = ("added_from", "added_to")
# A field whose parameter has another name than the field.
_RENAMED = {"language": "lang"}
FILTER_PARAMETERS: dict[str, str] = {field.name: _RENAMED.get(field.name, field.name) for field in FACET_FIELDS}
# Parameter, or another name a query may use for the field, to the field.
_FILTER_FIELDS = {
    **{alias: field.name for alias, field in QUERY_FIELDS.items() if field.facet},
    **{parameter: name for name, parameter in FILTER_PARAMETERS.items()},
}
# Each value costs the engine a pass; a crawler that adds values without end is stopped here.
MAX_VALUES = 50
MAX_PAGE = 1_000_000
MAX_FACET_SIZE = 1_000
MAX_CONTAINS = 200  # characters searched for among the values of a facet
# Added to addresses by others; of no consequence, so not worth a warning.
_TRACKERS = ("utm_", "fbclid", "gclid", "mc_", "_ga")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
_EXCERPT = 60

NOTICES: dict[str, str] = {
    "unknown-parameter": "The address has a part “{0}” that means nothing here; it was ignored.",
    "perhaps-parameter": "The address has a part “{0}” that means nothing here; it was ignored. Is it “{1}”?",
    "repeated-parameter": "“{0}” was given more than once; only the first was used.",
    "bad-date-parameter": "“{1}” is not a date and was ignored. Write 2021, 2021-10, 2021-10-14 or October 2021.",
    "bad-arrival-parameter": "“{1}” is no time and was ignored. Write 2026, 2026-11, 2026-11-03 or 2026-11-03T14:00.",
    "reversed-date-parameters": "The first date, {0}, lies after the second, {1}; they were exchanged.",
    "bad-number": "“{1}” is not a number from {2} to {3}, so {0} was ignored.",
    "bad-choice": "“{1}” is not possible for {0} and was ignored. Possible: {2}.",
    "bad-switch": "“{1}” is neither 1 nor 0, so {0} was ignored.",
    "bad-facet": "There is no facet “{1}”; {0} was ignored.",
    "too-many-values": "More than {0} values were chosen; the others were ignored.",
    "bad-cursor": "The place in the list that the address names is not one of this search; this is its first page.",
    "too-many-queries": "Only the first {0} queries are compared.",
    "counted-as": "Nothing has “{0}”; the numbers are those of “{1}”.",
    "long-window": "The time was cut to its last {0} days.",
    "no-date": "“{0}” is not a date. Write 2021, 2021-10 or 2021-10-14.",
    "no-arrival": "“{0}” is no time. Write 2026, 2026-11, 2026-11-03 or 2026-11-03T14:00.",
    "no-distance": "“{0}” is not a number of words from 0 to {1}.",
    "chosen-and-excluded": "“{1}” was both chosen and excluded; it was left out.",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A request read from an address, and what was ignored on the way; `unread` is what was written for dates that are
    none, by parameter, so that it stays in its box."""

    request: SearchRequest
    warnings: tuple[QueryWarning, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def notice(code: str, *values: object) -> QueryWarning:
    """The warning of a code about a parameter."""
    texts = tuple(text if len(text := str(value)) <= _EXCERPT else text[: _EXCERPT - 1] + "…" for value in values)
    return QueryWarning(code, NOTICES[code].format(*texts), values=texts)


def read(pairs: Iterable[tuple[str, str]], base: SearchRequest, also: Sequence[str] = ()) -> Read:
    """The request that parameters describe, over the defaults in `base`.

    Args:
        pairs: names and values in the order of the address.
        base: what holds where the address says nothing.
        also: further names that mean something to the page, so that they are not warned about.
    """
    reader = _Reader(base, also)
    for name, value in pairs:
        reader.take(name, value)
    return reader.finish()


def answered(asked: SearchRequest, found: SearchRequest) -> SearchRequest:
    """A request with the query and the filters that were answered: what all addresses of an answer are made of."""
    return replace(asked, query=found.query, filters=found.filters)


def write(request: SearchRequest, base: SearchRequest) -> Pairs:
    """The parameters that say how `request` differs from `base`."""
    pairs = query_pairs(request, base) + date_pairs(request.dates) + arrival_pairs(request.added)
    for chosen in request.filters:
        pairs += filter_pairs(chosen)
    return pairs + option_pairs(request, base)


def query_pairs(request: SearchRequest, base: SearchRequest) -> Pairs:
    """The parameter of the query."""
    return [("q", request.query)] if request.query != base.query else []


def date_pairs(dates: DateRange) -> Pairs:
    """The parameters of a range of dates."""
    return [(name, str(period)) for name, period in zip(DATES, (dates.start, dates.end), strict=True) if period]


def arrival_pairs(added: Arrival) -> Pairs:
    """The parameters of a range of arrival."""
    if not added:
        return []
    return [(name, str(end)) for name, end in zip(ARRIVAL, (added.start, added.end), strict=True) if end]


def filter_pairs(chosen: Filter) -> Pairs:
    """The parameters of one field's filter."""
    parameter = FILTER_PARAMETERS[chosen.field]
    return [(parameter, value) for value in chosen.values] + [(f"-{parameter}", value) for value in chosen.excluded]


def option_pairs(request: SearchRequest, base: SearchRequest, **changed: object) -> Pairs:
    """The parameters of everything else: order, page, size and switches; some of them `changed`, by attribute."""
    pairs: Pairs = []
    for name, (attribute, to_text) in _WRITTEN.items():
        value = changed[attribute] if attribute in changed else getattr(request, attribute)
        if value != getattr(base, attribute):
            pairs.append((name, to_text(value)))
    return pairs


def query_string(pairs: Pairs) -> str:
    """Parameters as they stand in an address behind the question mark."""
    return "&".join([f"{quoted(name)}={quoted(value)}" for name, value in pairs])


@lru_cache(maxsize=2048)
def quoted(text: str) -> str:
    """A name or a value as it stands in an address."""
    return quote_plus(text, safe="/:")


_WRITTEN: dict[str, tuple[str, Callable[..., str]]] = {
    "match": ("match", str),
    "sort": ("sort", str),
    "page": ("page", str),
    "size": ("size", str),
    "cursor": ("cursor", lambda cursor: cursor or ""),
    "facets": ("facets", lambda facets: ",".join(facets) or "none"),
    "facet_size": ("facet_size", str),
    "snippets": ("snippets", lambda on: str(int(on))),
    "explain": ("explain", lambda on: str(int(on))),
    "group": ("group", lambda on: str(int(on))),
    "recency": ("recency", lambda on: str(int(on))),
    "all": ("all_mentions", lambda on: str(int(on))),
    "spellcheck": ("spellcheck", lambda on: str(int(on))),
    "translation": ("translation", lambda on: "on" if on else "off"),
}
_NUMBERS = {"page": (1, MAX_PAGE), "size": (0, MAX_SIZE), "facet_size": (1, MAX_FACET_SIZE)}
_CHOICES: dict[str, type[StrEnum]] = {"match": Match, "sort": Sort}
_SWITCHES = ("snippets", "explain", "group", "recency", "all", "spellcheck", "translation")
_NAMES = ("q", *DATES, *ARRIVAL, *_WRITTEN)


class _Reader:
    """Takes parameters one at a time."""

    def __init__(self, base: SearchRequest, also: Sequence[str]) -> None:
        self.base = base
        self.also = also
        self.single: dict[str, str] = {}
        self.values: dict[tuple[str, bool], list[str]] = {}
        self.warnings: list[QueryWarning] = []
        self.unread: list[tuple[str, str]] = []

    def warn(self, code: str, *values: object) -> None:
        self.warnings.append(notice(code, *values))

    def take(self, name: str, value: str) -> None:
        if name in _NAMES:
            if name in self.single and self.single[name] != value:
                self.warn("repeated-parameter", name)
            self.single.setdefault(name, value)
        elif field := _FILTER_FIELDS.get(name.removeprefix("-")):
            self.values.setdefault((field, name.startswith("-")), []).append(value)
        elif name not in self.also and not name.startswith(_TRACKERS):
            known = (*_NAMES, *FILTER_PARAMETERS.values(), *self.also)
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
            self.warn("perhaps-parameter", name, close[0]) if close else self.warn("unknown-parameter", name)

    def finish(self) -> Read:
        changed: dict[str, object] = {"query": self.single.get("q", self.base.query).strip()}
        if filters := self._filters():
            changed["filters"] = filters
        if dates := self._dates():
            changed["dates"] = dates
        if added := self._arrival():
            changed["added"] = added
        for name, (low, high) in _NUMBERS.items():
            self._number(changed, name, low, high)
        for name in _SWITCHES:
            self._switch(changed, name)
        for name, kind in _CHOICES.items():
            self._choice(changed, name, kind)
        self._facets(changed)
        if cursor := self.single.get("cursor"):
            changed["cursor"] = cursor
        request = replace(self.base, **changed)  # type: ignore[arg-type]  # each value was made for its attribute
        return Read(request, tuple(dict.fromkeys(self.warnings)), tuple(self.unread))

    def _filters(self) -> tuple[Filter, ...]:
        found: list[Filter] = []
        left = MAX_VALUES
        for field in sorted({name for name, _ in self.values}):
            chosen, excluded = (
                self._clean(field, self.values.get((field, negative), [])) for negative in (False, True)
            )
            for value in [value for value in chosen if value in excluded]:
                self.warn("chosen-and-excluded", field, value or "∅")
                chosen.remove(value)
                excluded.remove(value)
            if len(chosen) + len(excluded) > left:
                self.warn("too-many-values", MAX_VALUES)
            chosen = chosen[:left]
            excluded = excluded[: left - len(chosen)]
            left -= len(chosen) + len(excluded)
            if chosen or excluded:
                found.append(Filter(field, tuple(chosen), tuple(excluded)))
        return tuple(found)

    def _clean(self, field: str, values: Sequence[str]) -> list[str]:
        if QUERY_FIELDS[field].kind is Kind.DATE:
            periods = [value if value == MISSING else self._period(field, value) for value in values]
            values = [str(period) for period in periods if period is not None]
        return list(dict.fromkeys(values))

    def _period(self, name: str, text: str) -> Period | None:
        try:
            return Period.parse(text)
        except UsageError:
            self.warn("bad-date-parameter", name, text)
            return None

    def _dates(self) -> DateRange:
        start, end = self._written(DATES)
        if start and end and start.first > end.last:
            self.warn("reversed-date-parameters", start, end)
            start, end = end, start
        return DateRange(start, end)

    def _written(self, names: tuple[str, str]) -> tuple[Period | None, Period | None]:
        """What two boxes say of publication. A range in one of them is the whole, where the other says nothing."""
        texts = [self.single.get(name, "").strip() for name in names]
        if not all(texts) and (whole := read_both("".join(texts))):
            return whole.start, whole.end
        read = [read_written(text) if text else None for text in texts]
        for name, text, found in zip(names, texts, read, strict=True):
            if text and found is None:
                self.warn("bad-date-parameter", name, text)
                self.unread.append((name, text))
        return (read[0].start if read[0] else None), (read[1].end if read[1] else None)

    def _arrival(self) -> Arrival:
        ends: list[Period | Moment | None] = []
        for at, name in enumerate(ARRIVAL):
            text = self.single.get(name, "").strip()
            end = self._arrived(text, last=at == 1) if text else None
            if text and end is None:
                self.warn("bad-arrival-parameter", name, text)
                self.unread.append((name, text))
            ends.append(end)
        added = Arrival(*ends)
        if added.backwards:
            self.warn("reversed-date-parameters", *ends)
            return Arrival(*reversed(ends))
        return added

    @staticmethod
    def _arrived(text: str, *, last: bool) -> Period | Moment | None:
        try:
            return Arrival.parse_end(text)
        except UsageError:
            found = read_written(text)
            return (found.end if last else found.start) if found else None

    def _number(self, changed: dict[str, object], name: str, low: int, high: int) -> None:
        text = self.single.get(name, "").strip()
        if not text:
            return
        if text.isascii() and text.isdigit() and len(text) <= len(str(high)) and low <= int(text) <= high:
            changed[name] = int(text)
        else:
            self.warn("bad-number", name, text, low, high)

    def _switch(self, changed: dict[str, object], name: str) -> None:
        if name not in self.single:
            return
        text = self.single[name].strip().lower()
        if text in _TRUE or text in _FALSE:
            changed[_WRITTEN[name][0]] = text in _TRUE
        else:
            self.warn("bad-switch", name, text)

    def _choice(self, changed: dict[str, object], name: str, kind: type[StrEnum]) -> None:
        text = self.single.get(name, "").strip().lower()
        if not text:
            return
        try:
            changed[name] = kind(text)
        except ValueError:
            self.warn("bad-choice", name, text, ", ".join(each.value for each in kind))

    def _facets(self, changed: dict[str, object]) -> None:
        text = self.single.get("facets", "").strip()
        if not text:
            return
        try:
            changed["facets"] = parse_facets(text)
        except UsageError:
            self.warn("bad-facet", "facets", text)
