"""Addresses of the searches near one: the same search, but for one filter or another range of dates.

A page of results has hundreds of them. Making each request and writing its address whole took a third of what
presenting a page took; here the parts that stay are written once.
"""

from dataclasses import dataclass

from indexer.search.request import DateRange, Filter, SearchRequest
from webui.addresses import params

_SEARCH = "/search"


@dataclass(frozen=True, slots=True)
class _Beside:
    """The filter of a field, and what stands before and behind it in an address. Where the field has none, an address
    that chooses or excludes a value is the `choosing` or `excluding` start, the value, and the `end`."""

    chosen: Filter
    before: str
    behind: str
    choosing: str
    excluding: str
    end: str


class Nearby:
    """Gives the same addresses as `urls.search` of the changed requests."""

    def __init__(self, request: SearchRequest, base: SearchRequest, root: str = "") -> None:
        """Around one search.

        Args:
            request: the search.
            base: what an address means where it says nothing.
            root: the path where the site is mounted.
        """
        self.request = request
        self._base = base
        self.nothing_asked = request == base
        self._start = root + _SEARCH
        self._query = params.query_string(params.query_pairs(request, base))
        self._filters = [(chosen.field, _filtered(chosen)) for chosen in request.filters]
        self._dates = _dated(request.dates)
        self._added = params.query_string(params.arrival_pairs(request.added))
        self._options = params.query_string(params.option_pairs(request.with_page(1), base))
        # The parameters of the search itself, at its first page.
        filtered = joined(self._added, *(text for _, text in self._filters))
        self._found = joined(self._query, self._dates, filtered)
        self._behind_dates = joined(filtered, self._options)
        self.parameters = joined(self._found, self._options)
        self._around: dict[str, _Beside] = {}

    def with_filter(self, field: str, value: str) -> str:
        """Where `value` is chosen too."""
        near = self._beside(field)
        return self._choosing(near, value) or self._filtered(near, near.chosen.choosing(value))

    def with_only(self, field: str, value: str) -> str:
        """Where `value` alone is chosen of its field."""
        near = self._beside(field)
        return self._choosing(near, value) or self._filtered(near, near.chosen.only(value))

    def with_exclusion(self, field: str, value: str) -> str:
        """Where `value` is excluded too."""
        near = self._beside(field)
        if near.excluding:
            return f"{near.excluding}{params.quoted(value)}{near.end}"
        return self._filtered(near, near.chosen.excluding(value))

    def without_filter(self, field: str, value: str) -> str:
        """Where `value` is neither chosen nor excluded."""
        near = self._beside(field)
        return self._filtered(near, near.chosen.without(value))

    def with_dates(self, dates: DateRange) -> str:
        """In another range of dates."""
        return self._search(self._query, _dated(dates), self._behind_dates)

    def with_options(self, **changed: object) -> str:
        """With other options, by attribute; at its first page, unless they say which."""
        options = params.option_pairs(self.request, self._base, **{"page": 1, "cursor": None} | changed)
        return self._search(self._found, params.query_string(options))

    @property
    def any_dates(self) -> str:
        """Where no dates are chosen: whoever chooses them adds the parameters `params.DATES` to this."""
        return self.with_dates(DateRange())

    def _beside(self, field: str) -> _Beside:
        known = self._around.get(field)
        if known is None:
            known = self._around[field] = self._placed(field)
        return known

    def _placed(self, field: str) -> _Beside:
        ordered = sorted(self._filters, key=lambda each: each[0])
        before = joined(self._query, self._dates, self._added, *(text for name, text in ordered if name < field))
        behind = joined(*(text for name, text in ordered if name > field), self._options)
        chosen, name = self.request.filter(field), params.FILTER_PARAMETERS[field]
        if chosen.values or chosen.excluded:
            return _Beside(chosen, before, behind, "", "", "")
        choosing, excluding = (self._search(before, f"{params.quoted(each)}=") for each in (name, f"-{name}"))
        return _Beside(chosen, before, behind, choosing, excluding, f"&{behind}" if behind else "")

    @staticmethod
    def _choosing(near: _Beside, value: str) -> str:
        """Where `value` is chosen of a field that has no filter; nothing where it has one."""
        return f"{near.choosing}{params.quoted(value)}{near.end}" if near.choosing else ""

    def _filtered(self, near: _Beside, chosen: Filter) -> str:
        return self._search(near.before, _filtered(chosen), near.behind)

    def _search(self, *parts: str) -> str:
        return asking(self._start, *parts)


def joined(*parts: str) -> str:
    """Parameters, written already, as one text."""
    return "&".join(filter(None, parts))


def asking(address: str, *parts: str) -> str:
    """An address with parameters, written already, behind what it may ask itself."""
    text = joined(*parts)
    return f"{address}{'&' if '?' in address else '?'}{text}" if text else address


def _filtered(chosen: Filter) -> str:
    return params.query_string(params.filter_pairs(chosen))


def _dated(dates: DateRange) -> str:
    # A period is written in digits and hyphens, which stand in an address as they are.
    return "&".join([f"{name}={period}" for name, period in params.date_pairs(dates)])
