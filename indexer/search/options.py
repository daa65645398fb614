"""Keyword options -> `SearchRequest`, for Python callers and the command line.

`source="SANA"` or `source=["SANA", "TASS"]` chooses, `exclude={"source": "SANA"}` removes, `missing="category"` selects
articles without a value, `from_="2021-10"` and `to="2021-10-14"` bound the day of publication,
`added_from="2026-11-03T14:00"` and `added_to` when the archive first held the article. What cannot be meant raises
`UsageError` with the nearest right thing.
"""

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, TypeVar

from indexer.errors import UsageError, WrongType, WrongValue
from indexer.fields import FACET_FIELDS, QUERY_FIELDS, Kind
from indexer.search.request import MAX_SIZE, MISSING, Arrival, DateRange, Filter, Match, Period, SearchRequest, Sort

Values = str | Iterable[str]
Day = str | date | Period
_Choice = TypeVar("_Choice", bound=StrEnum)
NO_FACETS = "none"
ALL_FACETS = "all"


class SearchOptions(TypedDict, total=False):
    """What `Archive.search` takes beside the query; each facet field of `fields.py` is an option of its own."""

    published: Day | Iterable[Day]
    source: Values
    collection: Values
    category: Values
    language: Values
    translated_from: Values
    author: Values
    topic: Values
    person: Values
    organisation: Values
    place: Values
    exclude: Mapping[str, Values]
    missing: Values
    from_: Day | None
    to: Day | None
    added_from: str | date | None
    added_to: str | date | None
    match: str | Match
    sort: str | Sort
    size: int
    page: int
    cursor: str | None
    facets: Values | None
    facet_size: int
    snippets: bool
    explain: bool
    group: bool
    recency: bool
    all_mentions: bool
    spellcheck: bool
    translation: bool
    budget_ms: int | None


_FACET_NAMES = tuple(field.name for field in FACET_FIELDS)
_OTHER_OPTIONS = tuple(name for name in SearchOptions.__annotations__ if name not in _FACET_NAMES)
# Options that are attributes of the request under their own names and need no conversion.
_FLAGS = ("snippets", "explain", "group", "recency", "all_mentions", "spellcheck", "translation")
_AS_THEY_ARE = ("cursor", *_FLAGS, "budget_ms")
_NUMBERS = ("size", "page", "facet_size", "budget_ms")
_OPTIONAL = ("budget_ms", "cursor")


def build_request(query: str, options: SearchOptions, base: SearchRequest | None = None) -> SearchRequest:
    """One request out of a query and options; what the options leave open is taken from `base`.

    Raises:
        UsageError: an unknown option, field, sort or facet, a date that does not exist, a size or page out of range.
        WrongType: an option or the query is of a type that is not taken.
    """
    given = _checked(query, options)
    base = base or SearchRequest()
    facets = options.get("facets")
    size = options.get("size", base.size)
    page = options.get("page", base.page)
    facet_size = options.get("facet_size", base.facet_size)
    if not 0 <= size <= MAX_SIZE:
        raise UsageError(
            f"size {size} is out of range: a page has 0 to {MAX_SIZE} hits. Use pages or cursors for more."
        )
    if page < 1:
        raise UsageError(f"page {page} does not exist: pages count from 1.")
    if facet_size < 1:
        raise UsageError(f"facet_size {facet_size} is out of range: ask for 1 value or more.")
    return SearchRequest(
        query=_printable(query),
        filters=_filters(options),
        dates=_dates(options.get("from_"), options.get("to")),
        added=_arrival(options.get("added_from"), options.get("added_to")),
        match=_choice("match", options.get("match", base.match), Match),
        sort=_choice("sort", options.get("sort", base.sort), Sort),
        page=page,
        size=size,
        facets=base.facets if facets is None else parse_facets(facets),
        facet_size=facet_size,
        **{name: given.get(name, getattr(base, name)) for name in _AS_THEY_ARE},
    )


def _checked(query: object, options: SearchOptions) -> dict[str, Any]:
    """The options, each known and of its type."""
    if not isinstance(query, str):
        raise WrongType(f"The query is {described(query)}, not text. Leave it out to find everything.")
    given: dict[str, Any] = dict(options)
    for name, value in given.items():
        if name not in SearchOptions.__annotations__:
            raise WrongType(f"unknown search option {name!r}{nearest(name, (*_FACET_NAMES, *_OTHER_OPTIONS))}")
        if value is None and name in _OPTIONAL:
            continue
        if name in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int)):
            raise WrongType(f"{name} is {described(value)}, not a whole number.")
        if name in _FLAGS and not isinstance(value, bool):
            raise WrongType(f"{name} is {described(value)}, neither True nor False.")
        if name == "cursor" and not isinstance(value, str):
            raise WrongType(f"cursor is {described(value)}, not the next_cursor of an earlier answer.")
        if name == "exclude" and not isinstance(value, Mapping | None):
            raise WrongType(f"exclude is {described(value)}. Write it so: exclude={{'source': 'SANA'}}.")
    return given


def facet_name(name: str) -> str:
    """The canonical name of a facet field; its query aliases are understood.

    Raises:
        UsageError: no such facet.
    """
    if not isinstance(name, str):
        raise WrongType(f"A facet is named by text, not by {described(name)}.")
    wanted = name.strip().lower().replace("-", "_")
    field = QUERY_FIELDS.get(wanted)
    if field is None or not field.facet:
        raise UsageError(f"unknown facet {name!r}{nearest(wanted, _FACET_NAMES)}")
    return field.name


def facet_names_text() -> str:
    """All facets, for help texts."""
    return ", ".join(_FACET_NAMES)


def parse_facets(facets: Values) -> tuple[str, ...]:
    """Names of facets: a list, or text such as `source,person`, `all`, `none`."""
    if not isinstance(facets, Iterable):
        raise WrongType(f"facets is {described(facets)}. Write names: 'source,person', a list, 'all' or 'none'.")
    names = [part for part in facets.split(",") if part.strip()] if isinstance(facets, str) else list(facets)
    match [name.strip().lower() if isinstance(name, str) else name for name in names]:
        case [word] if word == NO_FACETS:
            return ()
        case [word] if word == ALL_FACETS:
            return _FACET_NAMES
    return tuple(dict.fromkeys(facet_name(name) for name in names))


def _filters(options: SearchOptions) -> tuple[Filter, ...]:
    chosen: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    for name in _FACET_NAMES:
        chosen.setdefault(name, []).extend(_values(options.get(name)))
    for name in _values(options.get("missing")):
        chosen[facet_name(name)].append(MISSING)
    for name, values in (options.get("exclude") or {}).items():
        excluded.setdefault(facet_name(name), []).extend(_values(values))
    built = []
    for name in sorted(_FACET_NAMES):
        keep, drop = (_clean(name, group.get(name, ())) for group in (chosen, excluded))
        if both := set(keep) & set(drop):
            raise UsageError(f"{name} {sorted(both)[0]!r} is both chosen and excluded. Leave one of the two out.")
        if keep or drop:
            built.append(Filter(name, keep, drop))
    return tuple(built)


def _clean(name: str, values: Iterable[str]) -> tuple[str, ...]:
    texts = (_printable(value) for value in values)
    if QUERY_FIELDS[name].kind is Kind.DATE:
        texts = (str(Period.parse(text)) if text != MISSING else text for text in texts)
    return tuple(dict.fromkeys(texts))


def _values(values: object) -> list[str]:
    if values is None:
        return []
    found: list[str] = []
    for value in [values] if isinstance(values, str) or not isinstance(values, Iterable) else values:
        if isinstance(value, date | Period):
            value = str(_period(value))
        if not isinstance(value, str):
            raise WrongType(f"{value!r} is not a filter value. Write text, or a list of texts.")
        found.append(value)
    return found


def _period(value: object) -> Period:
    """The period that is meant; a `datetime` means its day."""
    if isinstance(value, Period):
        return value
    if isinstance(value, date):
        return Period(value.year, value.month, value.day)
    if not isinstance(value, str) and type(value) is not int:  # a year may be a number
        raise WrongType(f"{value!r} is not a date. Write 2021, 2021-10 or 2021-10-14, or pass a date.")
    return Period.parse(str(value))


def _dates(start: Day | None, end: Day | None) -> DateRange:
    dates = DateRange(*(None if value is None or value == "" else _period(value) for value in (start, end)))
    if dates.first and dates.last and dates.first > dates.last:
        raise UsageError(f"the range from {start} to {end} is empty: its end lies before its start.")
    return dates


def _arrival(start: str | date | None, end: str | date | None) -> Arrival:
    first, last = (Arrival.parse_end(str(each)) if each else None for each in (start, end))
    added = Arrival(first, last)
    if added.backwards:
        raise UsageError(f"the time of arrival from {start} to {end} is empty: its end lies before its start.")
    return added


def _choice(name: str, value: str, kind: type[_Choice]) -> _Choice:
    try:
        return kind(value)
    except ValueError:
        raise WrongValue(f"unknown {name} {value!r}{nearest(str(value), [each.value for each in kind])}") from None


def _printable(text: str) -> str:
    # The shell hands over bytes that are no UTF-8 as lone surrogates, which can be neither printed nor searched.
    return text.encode("utf-8", "replace").decode("utf-8")


def described(value: object) -> str:
    """What a value is, for messages: `None`, `17`, `a list`."""
    if value is None or isinstance(value, int | float | str):
        return repr(value)
    kind = type(value).__name__
    if kind == "bytes":
        return kind
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: what was meant, or what there is."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f". Perhaps you meant {close[0]!r}?" if close else f". Known: {', '.join(names)}."
