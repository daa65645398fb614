"""What stands in the place of hits where nothing was found: the first hits of the spelling that may have been meant,
parts of the query that are found, filters that keep hits out.
"""

from dataclasses import dataclass, replace

from indexer.search.request import MISSING, Arrival, DateRange, Match, SearchRequest
from indexer.search.results import ClauseCount, Diagnosis, SearchResults
from webui import markup
from webui.addresses import params, urls
from webui.presenters import words
from webui.presenters.lines import Line, articles, line


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to try, and what it finds; without an address where that is nothing."""

    text: str
    count: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Nothing:
    """What the template prints. `kept` is what the search box sends along, in the place of the filters that are not
    shown."""

    lines: tuple[Line, ...]
    some: Hint | None
    together: tuple[Hint, ...]
    clauses: tuple[Hint, ...]
    filters: tuple[Hint, ...]
    kept: params.Pairs


def nothing_found(results: SearchResults, request: SearchRequest, instead: SearchResults | None) -> Nothing:
    """Present what may be tried in the place of a search.

    Args:
        results: its answer, without hits.
        request: the search.
        instead: the first hits of the spelling that may have been meant, or of what has some of the words.
    """
    why = results.diagnosis or Diagnosis()
    base = urls.base_request()
    other_words = replace(request, query="", page=1, cursor=None, match=base.match, spellcheck=base.spellcheck)
    return Nothing(
        lines=_lines(instead, request) if instead else (),
        some=_hint(why.some, replace(request, match=Match.BEST)) if why.some else None,
        together=tuple(_hint(each, request) for each in why.together),
        clauses=tuple(_hint(each, base) for each in why.clauses) if len(why.clauses) > 1 or request.narrowed else (),
        filters=tuple(_without(each, request) for each in why.filters),
        kept=params.write(other_words, base),
    )


def _lines(instead: SearchResults, request: SearchRequest) -> tuple[Line, ...]:
    match = instead.matching.mode if instead.matching else request.match
    near = urls.nearby(replace(request, query=instead.query, match=match, page=1, cursor=None))
    return tuple(line(hit, near, at, passages=False) for at, hit in enumerate(instead.hits, 1))


def _hint(part: ClauseCount, request: SearchRequest) -> Hint:
    """Another query in the place of that of a request."""
    url = urls.search(replace(request, query=part.label, page=1, cursor=None)) if part.count else None
    return Hint(markup.plain(part.label), articles(part.count), url)


def _without(dropped: ClauseCount, request: SearchRequest) -> Hint:
    """The search without one of its filters."""
    if dropped.field in {chosen.field for chosen in request.filters} and dropped.field is not None:
        value = dropped.value or MISSING
        shorter = request.without_filter(dropped.field, value)
        excluded = value in request.filter(dropped.field).excluded
        label = words.filter_label(dropped.field, value, excluded=excluded)
    elif dropped.field == "added":
        shorter = request.with_added(Arrival())
        label = f"{words.field_label('added')}: {words.arrival_label(request.added)}"
    else:
        shorter = request.with_dates(DateRange())
        label = f"{words.field_label('published')}: {words.dates_label(request.dates)}"
    return Hint(label, articles(dropped.count), urls.search(shorter) if dropped.count else None)
