"""Addresses of the searches near one: the same search, but for one filter or another range of dates.

A page of results has hundreds of them. Making each request and writing its address whole took a third of what
presenting a page took; here the parts that stay are written once.
"""

from indexer.search.request import DateRange, Filter, SearchRequest
from webui.addresses import params

_SEARCH = "/search"


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
        self.nothing_asked = request == base
        self._start = root + _SEARCH
        self._query = params.query_string(params.query_pairs(request, base))
        self._filters = [(chosen.field, _filtered(chosen)) for chosen in request.filters]
        self._dates = _dated(request.dates)
        self._added = params.query_string(params.arrival_pairs(request.added))
        self._options = params.query_string(params.option_pairs(request.with_page(1), base))
        # The parameters of the search itself, at its first page.
        self.parameters = joined(
            self._query, self._dates, self._added, *(text for _, text in self._filters), self._options
        )
        self._around: dict[str, tuple[Filter, str, str]] = {}

    def with_filter(self, field: str, value: str) -> str:
        """Where `value` is chosen too."""
        chosen, before, behind = self._beside(field)
        return self._search(before, _filtered(chosen.choosing(value)), behind)

    def with_only(self, field: str, value: str) -> str:
        """Where `value` alone is chosen of its field."""
        chosen, before, behind = self._beside(field)
        return self._search(before, _filtered(chosen.only(value)), behind)

    def with_exclusion(self, field: str, value: str) -> str:
        """Where `value` is excluded too."""
        chosen, before, behind = self._beside(field)
        return self._search(before, _filtered(chosen.excluding(value)), behind)

    def without_filter(self, field: str, value: str) -> str:
        """Where `value` is neither chosen nor excluded."""
        chosen, before, behind = self._beside(field)
        return self._search(before, _filtered(chosen.without(value)), behind)

    def with_dates(self, dates: DateRange) -> str:
        """In another range of dates."""
        return self._search(
            self._query, _dated(dates), self._added, *(text for _, text in self._filters), self._options
        )

    @property
    def any_dates(self) -> str:
        """Where no dates are chosen: whoever chooses them adds the parameters `params.DATES` to this."""
        return self.with_dates(DateRange())

    def _beside(self, field: str) -> tuple[Filter, str, str]:
        """The filter of a field, and what stands before and behind it in an address."""
        if field not in self._around:
            ordered = sorted(self._filters, key=lambda each: each[0])
            before = [text for name, text in ordered if name < field]
            behind = [text for name, text in ordered if name > field]
            self._around[field] = (
                self.request.filter(field),
                joined(self._query, self._dates, self._added, *before),
                joined(*behind, self._options),
            )
        return self._around[field]

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
    return params.query_string(params.date_pairs(dates))
