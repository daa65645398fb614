"""Facets as filtered aggregations, and their answers as `Facet` values.

Each facet is counted under the filters on other fields alone. While a facet has no more than `ALL` values in the
matches, every shard returns every value, and all is exact. Beyond that the most frequent are counted once more by name
(`recount`), which makes their counts exact too, and how many values there are is estimated by the cluster, within a
margin.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import Any

from indexer.engines.opensearch.cluster import mapping
from indexer.engines.opensearch.query.compile import day_range
from indexer.engines.opensearch.query.filters import Dsl, Find, value_filter
from indexer.engines.shared.days import MOST_MONTHS_DAYS, day_number, day_of, interval_for, latest_shown
from indexer.fields import BY_NAME, Kind
from indexer.search.request import MISSING, DateRange, SearchRequest
from indexer.search.results import Bucket, Facet

# Values of a facet that every shard returns. On 10,000 articles in three shards a facet of people takes 35 ms with
# 1,000 of them and 170 ms with 5,000.
ALL = 1_000
# Values that are counted by name where there are more: at least so many, and so many times those asked for.
CANDIDATES = 200
MARGIN = 2
# Distinct values are counted by hashes of 25 bits up to so many, and by HyperLogLog++ with 2^18 registers beyond. The
# standard error is 1 in 8,000 of the former, 1 in 490 of the latter; margins are five times as wide.
PRECISION = 40_000
FINE_MARGIN, COARSE_MARGIN = 0.001, 0.0105
_YEARS = 10_000


def aggregation(field: str, request: SearchRequest, others: Sequence[Dsl], find: Find, *, future: bool) -> Dsl:
    """The aggregation of a facet under the filters on other fields.

    Args:
        field: the facet.
        request: what is asked.
        others: the filters on other fields.
        find: tells what a name in a filter means.
        future: whether any articles are of the future.
    """
    chosen = request.filter(field)
    every = request.all_mentions
    values = [value for value in (*chosen.values, *chosen.excluded) if value != MISSING]
    named = {value: value_filter(field, find(field, value), every) for value in values}
    parts: dict[str, Dsl] = {"missing": {"filter": value_filter(field, MISSING, every)}}
    if named:
        parts["named"] = {"filters": {"filters": {str(n): dsl for n, dsl in enumerate(named.values())}}}
    if BY_NAME[field].kind is Kind.DATE:
        parts |= _dates(request.dates)
        if future and (latest := latest_shown(request.dates)) is not None:
            until = {"range": {"day": {"lte": day_number(latest)}}}
            parts["believed"] = {"filter": until, "aggs": _dates(request.dates)}
    else:
        where = mapping.facet(field, every)
        parts["values"] = most_frequent(where, ALL)
    return {"filter": {"bool": {"filter": list(others)}}, "aggs": parts}


def most_frequent(where: str, size: int) -> Dsl:
    """An aggregation of the most frequent values of a field of the mapping, of which every shard returns so many."""
    return {"terms": {"field": where, "size": size, "shard_size": max(size, ALL), "order": _ORDER}}


def margin(estimate: int) -> int:
    """How far off an estimated number of distinct values may be; 0 for those so few that it is exact."""
    if estimate <= ALL:
        return 0
    return ceil(estimate * (FINE_MARGIN if estimate <= PRECISION else COARSE_MARGIN))


_ORDER = [{"_count": "desc"}, {"_key": "asc"}]


def _dates(selected: DateRange) -> dict[str, Dsl]:
    inside: Dsl = {"match_all": {}}
    if selected:
        inside = day_range(selected.first, selected.last)
    # More days than this make a histogram of years.
    days = MOST_MONTHS_DAYS + 1
    return {
        "first": {"min": {"field": "day"}},
        "last": {"max": {"field": "day"}},
        "inside": {
            "filter": inside,
            "aggs": {
                "days": {"terms": {"field": "day", "size": days, "shard_size": days}},
                "years": {"terms": {"field": "year", "size": _YEARS, "shard_size": _YEARS}},
            },
        },
    }


def is_whole(answer: Mapping[str, Any]) -> bool:
    """Whether the aggregation of a keyword facet returned every value there is."""
    values = answer["values"]
    return bool(values["sum_other_doc_count"] == 0 and values["doc_count_error_upper_bound"] == 0)


def candidates(answer: Mapping[str, Any], request: SearchRequest) -> list[str]:
    """The values that may be the most frequent, of an answer that is not whole.

    What no shard returned has at most `doc_count_error_upper_bound` articles: the least frequent of `ALL` on each.
    """
    most = max(CANDIDATES, MARGIN * request.facet_size)
    return [bucket["key"] for bucket in answer["values"]["buckets"][:most]]


def recount(where: str, others: Sequence[Dsl], values: Sequence[str]) -> Dsl:
    """An aggregation that counts values of a field of the mapping by name, and how many values there are about."""
    return {
        "filter": {"bool": {"filter": list(others)}},
        "aggs": {
            "values": {
                "terms": {
                    "field": where,
                    "include": list(values),
                    "size": len(values),
                    "shard_size": len(values),
                    "order": _ORDER,
                }
            },
            "distinct": {"cardinality": {"field": where, "precision_threshold": PRECISION}},
        },
    }


def facet(field: str, answer: Mapping[str, Any], request: SearchRequest, counted: Mapping[str, Any] | None) -> Facet:
    """The facet of an answer; `counted` is that of `recount` where the answer is not whole."""
    chosen = request.filter(field)
    missing = answer["missing"]["doc_count"]
    named = [value for value in dict.fromkeys((*chosen.values, *chosen.excluded)) if value != MISSING]
    counts = {value: answer["named"]["buckets"][str(n)]["doc_count"] for n, value in enumerate(named)}
    interval: str | None = None
    if BY_NAME[field].kind is Kind.DATE:
        believed = answer.get("believed")
        # Days of the future are shown where they are asked for, or where there are no others.
        shown = believed if believed and believed["last"]["value"] is not None else answer
        interval, listed = _histogram(shown, request.dates)
        distinct = sum(count > 0 for count in listed.values())
        listed = {value: count for value, count in counts.items() if value not in listed} | listed
        rows = sorted(listed.items())
    else:
        source = answer if counted is None else counted
        buckets = source["values"]["buckets"]
        distinct = len(buckets) if counted is None else int(counted["distinct"]["value"])
        listed = {bucket["key"]: bucket["doc_count"] for bucket in buckets[: request.facet_size]}
        rows = sorted((listed | counts).items(), key=lambda row: (-row[1], row[0]))
    return Facet(
        field,
        tuple(Bucket(value, count, value in chosen.values, value in chosen.excluded) for value, count in rows),
        distinct=distinct,
        missing=missing,
        interval=interval,
        missing_selected=MISSING in chosen.values,
        missing_excluded=MISSING in chosen.excluded,
        margin=0 if counted is None else max(margin(distinct), 1),
    )


def _histogram(answer: Mapping[str, Any], selected: DateRange) -> tuple[str, dict[str, int]]:
    """Interval, and counts of every period from the first to the last match, cut to the selected range."""
    if answer["first"]["value"] is None:
        return "year", {}
    start, end = day_of(int(answer["first"]["value"])), day_of(int(answer["last"]["value"]))
    start, end = max(start, selected.first or start), min(end, selected.last or end)
    if start > end:
        return "year", {}
    span = (end - start).days + 1
    interval = interval_for(span)
    if interval == "year":
        counts = {f"{year:04d}": 0 for year in range(start.year, end.year + 1)}
        for bucket in answer["inside"]["years"]["buckets"]:
            counts[f"{bucket['key']:04d}"] = bucket["doc_count"]
        return interval, counts
    cut = 10 if interval == "day" else 7
    counts = {(start + timedelta(n)).isoformat()[:cut]: 0 for n in range(span)}
    for bucket in answer["inside"]["days"]["buckets"]:
        counts[day_of(bucket["key"]).isoformat()[:cut]] += bucket["doc_count"]
    return interval, counts
