"""Filters and facets of the oracle: which articles a request lets through, and how often each value occurs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from indexer.analysis import fold, tokens
from indexer.article import ENTITY_KINDS, Entity
from indexer.errors import UsageError
from indexer.fields import BY_NAME, Kind
from indexer.search.notices import notice
from indexer.search.query import Exact, Node, Phrase, QueryWarning, Term
from indexer.search.request import MISSING, DateRange, Filter, Period, SearchRequest
from indexer.search.results import Bucket, Facet
from indexer.zones import latest_day
from tests.engines.matching import Corpus, Document, edit_distance, leaves

MIN_MENTIONS = 2  # an entity found fewer times, and in the body alone, is searchable but in no facet
MOST_DAYS = 62
MOST_MONTHS_DAYS = 5 * 366


def check_facet(name: str) -> None:
    if name not in BY_NAME or not BY_NAME[name].facet:
        raise UsageError(f"There is no facet {name!r}.")


def facet_values(document: Document, field: str, everything: bool = False) -> tuple[str, ...]:
    """The values under which an article counts in a facet; with `everything` those it names in passing too."""
    if field in ENTITY_KINDS:
        named = [e for e in document.article.entities if e.kind == field and e.name]
        counted = {e.name: None for e in named if everything or not is_passing(e)}
        return tuple(counted)
    return document.labels(field)


def is_passing(entity: Entity) -> bool:
    in_body = all(mention.field == "body" for mention in entity.mentions)
    stated = entity.given or entity.added is not None
    return not stated and len(entity.mentions) < MIN_MENTIONS and in_body


def upwards(value: str) -> list[str]:
    """A path and the paths above it, each ending with a step: slashes in a row stand between two steps."""
    path = value.rstrip("/") or value
    return [path[: step.end()] for step in re.finditer(r"/*[^/]+", path)] or [path]


def has_value(document: Document, field: str, value: str, everything: bool = False) -> bool:
    """Whether a filter value chooses an article."""
    if BY_NAME[field].kind is Kind.DATE:
        published = document.article.published
        if value == MISSING or published is None:
            return value == MISSING and published is None
        period = Period.parse(value)
        return period.first <= published.day <= period.last
    values = facet_values(document, field, everything)
    if value == MISSING:
        return not values
    if BY_NAME[field].kind is Kind.PATH:
        return any((value.rstrip("/") or value) in upwards(held) for held in values)
    return (document.naming.shown(field, value) or value) in values


def by_labels(corpus: Corpus, request: SearchRequest) -> SearchRequest:
    """The request with values that are no labels exchanged for the labels that they mean."""

    def meant(field: str, values: tuple[str, ...]) -> tuple[str, ...]:
        alike = {value: labels_alike(corpus, field, value) or [value] for value in values}
        return tuple(dict.fromkeys(label for value in values for label in alike[value]))

    filters = tuple(Filter(f.field, meant(f.field, f.values), meant(f.field, f.excluded)) for f in request.filters)
    return replace(request, filters=filters)


def labels_alike(corpus: Corpus, field: str, value: str) -> list[str]:
    """The labels that a value means; none where it is none, equals none and is no other name of an entity."""
    if value == MISSING or BY_NAME[field].kind is Kind.DATE:
        return [value]
    if any(has_value(document, field, value, True) for document in corpus.documents):
        return [corpus.naming.shown(field, value) or value]
    is_path = BY_NAME[field].kind is Kind.PATH
    wanted = fold(value.rstrip("/") or value if is_path else value)
    alike = sorted({shown for written, shown in _written(corpus.documents, field) if fold(written) == wanted})
    others = corpus.naming.elsewhere(field, value)
    return alike or (others if field == "person" or len(others) == 1 else [])


def nearest_label(documents: Sequence[Document], field: str, value: str) -> str | None:
    """The label that is spelt most like a value that equals none, else the most frequent with its words in it."""
    wanted = fold(value)
    edits = 0 if len(wanted) < 3 else 1 if len(wanted) < 5 else 2
    counts = count(documents, field)
    ranked = []
    for label in {shown for _, shown in _written(documents, field)}:
        distance = edit_distance(wanted, fold(label))
        if distance <= edits:
            ranked.append((distance, fold(label)[:1] != wanted[:1], -counts[label], label))
        elif tokens(value) and f" {' '.join(tokens(value))} " in f" {' '.join(tokens(label))} ":
            ranked.append((edits + 1, fold(label)[:1] != wanted[:1], -counts[label], label))
    return min(ranked)[-1] if ranked and tokens(value) else None


def _written(documents: Iterable[Document], field: str) -> set[tuple[str, str]]:
    """Each spelling of a label of the archive, and the label it is shown by; paths with those above them."""
    if BY_NAME[field].kind is Kind.PATH:
        return {(path, path) for d in documents for label in d.labels(field) for path in upwards(label)}
    names = {(label, label) for d in documents for label in d.labels(field)}
    spelt = [(label, o) for d in documents for (kind, label), o in d.naming.spellings.items() if kind == field]
    return names | {(other, label) for label, others in spelt for other in others}


def advice(corpus: Corpus, request: SearchRequest, tree: Node) -> Iterator[QueryWarning]:
    """The labels that may have been meant by values that equal none, and by people named in another script."""
    for chosen in request.filters:
        for value in (*chosen.values, *chosen.excluded):
            if labels_alike(corpus, chosen.field, value):
                continue
            likely = corpus.naming.likely(value) if chosen.field == "person" else None
            if (label := nearest_label(corpus.documents, chosen.field, value) or likely) is not None:
                yield notice("perhaps-value", 0, 0, chosen.field, value, label)
    for leaf in leaves(tree):
        if isinstance(leaf, Term | Exact | Phrase) and leaf.field == "person" and not getattr(leaf, "slop", 0):
            label = None if corpus.labels_meant("person", leaf) else corpus.naming.likely(leaf.text)
            if label is not None:
                yield notice("perhaps-value", 0, 0, "person", leaf.text, label)


def passes(document: Document, request: SearchRequest, ignoring: str | None = None) -> bool:
    """Whether an article passes the filters, those on one field left out."""
    if request.dates and ignoring != "published":
        published = document.article.published
        first, last = request.dates.first, request.dates.last
        if published is None or (first and published.day < first) or (last and published.day > last):
            return False
    for chosen in request.filters:
        if chosen.field == ignoring:
            continue
        every = request.all_mentions
        if chosen.values and not any(has_value(document, chosen.field, value, every) for value in chosen.values):
            return False
        if any(has_value(document, chosen.field, value, every) for value in chosen.excluded):
            return False
    return True


def count(documents: Sequence[Document], field: str, everything: bool = False) -> Counter[str]:
    """How many articles have each value; a path counts for the paths above it too."""
    counts: Counter[str] = Counter()
    for document in documents:
        values = facet_values(document, field, everything)
        if BY_NAME[field].kind is Kind.PATH:
            values = tuple(dict.fromkeys(path for value in values for path in upwards(value)))
        counts.update(values)
    return counts


def facet(documents: Sequence[Document], field: str, request: SearchRequest) -> Facet:
    """A facet of articles that passed the filters on the other fields."""
    if BY_NAME[field].kind is Kind.DATE:
        return _date_facet(documents, request)
    chosen = request.filter(field)
    counts = count(documents, field, request.all_mentions)
    listed = dict(in_order(counts.items())[: request.facet_size])
    for value in (*chosen.values, *chosen.excluded):
        if value != MISSING:
            listed[value] = counts[value]
    return Facet(
        field,
        tuple(Bucket(v, n, v in chosen.values, v in chosen.excluded) for v, n in in_order(listed.items())),
        distinct=len(counts),
        missing=sum(has_value(document, field, MISSING, request.all_mentions) for document in documents),
        missing_selected=MISSING in chosen.values,
        missing_excluded=MISSING in chosen.excluded,
    )


def in_order(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The most frequent first, then A-Z."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def _date_facet(documents: Sequence[Document], request: SearchRequest) -> Facet:
    chosen = request.filter("published")
    days = [document.article.published.day for document in documents if document.article.published]
    interval, listed = histogram(days, request.dates)
    distinct = sum(n > 0 for n in listed.values())
    for value in (*chosen.values, *chosen.excluded):
        if value != MISSING and value not in listed:
            listed[value] = sum(has_value(document, "published", value) for document in documents)
    return Facet(
        "published",
        tuple(Bucket(v, n, v in chosen.values, v in chosen.excluded) for v, n in sorted(listed.items())),
        distinct=distinct,
        missing=len(documents) - len(days),
        interval=interval,
        missing_selected=MISSING in chosen.values,
        missing_excluded=MISSING in chosen.excluded,
    )


def histogram(days: Sequence[date], selected: DateRange) -> tuple[str, dict[str, int]]:
    """Interval, and counts of every period from the first to the last day, cut to the selected range."""
    first = max([min(days, default=date.max), selected.first or date.min])
    last = min([max(days, default=date.min), selected.last or date.max])
    believed = [day for day in days if first <= day <= latest_day()]
    if selected.last is None and believed:
        last = max(believed)
    if first > last:
        return "year", {}
    span = (last - first).days + 1
    interval = "day" if span <= MOST_DAYS else "month" if span <= MOST_MONTHS_DAYS else "year"
    cut = {"day": 10, "month": 7, "year": 4}[interval]
    counts = {(first + timedelta(n)).isoformat()[:cut]: 0 for n in range(span)}
    for day in days:
        if first <= day <= last:
            counts[day.isoformat()[:cut]] += 1
    return interval, counts
