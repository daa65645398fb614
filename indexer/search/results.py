"""What an archive answers: plain values without HTML, the same from every engine and through every door.

`SearchResults.to_dict()` is the JSON of the HTTP API and of `indexer search --json`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

from indexer.article import Article
from indexer.deferred import Deferred
from indexer.interchange import translation_record
from indexer.search.printer import to_text
from indexer.search.query import EVERYTHING, Node, QueryWarning
from indexer.search.request import Match, SearchRequest

if TYPE_CHECKING:
    from pandas import DataFrame

NOTHING_ASKED = SearchRequest()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of `field` with the matches in it: `text[start:end]` for each span, in order, not overlapping.

    `leading` and `trailing` say whether text was cut before and after.
    """

    field: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    leading: bool = False
    trailing: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"field": self.field, "text": self.text, "spans": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class Share:
    """One clause's part of a hit's score that one field gives: all parts add up to the score."""

    clause: str
    field: str
    score: float
    frequency: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"clause": self.clause, "field": self.field, "score": self.score, "frequency": self.frequency}


@dataclass(frozen=True, slots=True)
class Hit(Deferred):
    """An article that matched. `article` has every field but the body's text, which `Archive.get` returns.

    What an engine stores is read when `article` or `title_spans` first are, which may raise what reading an index does.

    `title_spans` are the matches in the title; `copies` counts the other articles collapsed into this one. Where a
    machine translated the article, `translation_snippets` and `translation_title_spans` show the translation; where
    only this matched, `snippets` are the same, of the field `translation`.
    """

    article: Article
    score: float
    snippets: tuple[Snippet, ...] = ()
    title_spans: tuple[tuple[int, int], ...] = ()
    explanation: tuple[Share, ...] = ()
    copies: int = 0
    copy_sources: int = 0
    translation_snippets: tuple[Snippet, ...] = ()
    translation_title_spans: tuple[tuple[int, int], ...] = ()

    def __repr__(self) -> str:
        return f"<Hit {self.score:.3f} {self.article!r}>"

    @property
    def id(self) -> str:
        """The article's id."""
        source = getattr(self, "_source", None)
        return self.article.id if source is None else source.field("id")

    @property
    def by_translation(self) -> bool:
        """Whether the query is found in the machine's translation and nowhere else."""
        return any(snippet.field == "translation" for snippet in self.snippets)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        a = self.article
        record: dict[str, Any] = {
            "id": a.id,
            "title": a.title,
            "summary": a.summary,
            "published": a.published.isoformat() if a.published else None,
            "precision": a.published.precision.value if a.published else None,
            "added": f"{a.added:%Y-%m-%dT%H:%M:%SZ}" if a.added else None,
            "source": a.source,
            "url": a.url,
            "category": a.category,
            "language": a.language,
            "translated_from": a.translated_from,
            "author": list(a.author),
            "topic": list(a.topic),
            "collection": list(a.collection),
            "score": round(self.score, 6),
            "snippets": [snippet.to_dict() for snippet in self.snippets],
            "title_spans": [list(span) for span in self.title_spans],
            "person": list(a.names("person")),
            "organisation": list(a.names("organisation")),
            "place": list(a.names("place")),
        }
        if a.translation:
            made = translation_record(a.translation)
            record["translation"] = {
                **{name: value for name, value in made.items() if name != "body"},
                "snippets": [snippet.to_dict() for snippet in self.translation_snippets],
                "title_spans": [list(span) for span in self.translation_title_spans],
            }
        if a.published and a.published.day != a.published.instant.date():
            record["day"] = a.published.day.isoformat()
        if self.copies:
            record["copies"] = self.copies
            record["copy_sources"] = self.copy_sources
        if self.explanation:
            record["explanation"] = [share.to_dict() for share in self.explanation]
        return record


def outline(article: Article) -> dict[str, Any]:
    """The JSON form of an article that no search found: that of a hit, without what a search adds."""
    found = Hit(article, 0.0).to_dict()
    if article.translation:
        made = translation_record(article.translation)
        found["translation"] = {name: value for name, value in made.items() if name != "body"}
    return {name: value for name, value in found.items() if name not in ("score", "snippets", "title_spans")}


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet. For `published` the value is a period (`2021-10`)."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        record: dict[str, Any] = {"value": self.value, "count": self.count, "selected": self.selected}
        if self.excluded:
            record["excluded"] = True
        return record


def buckets_of(
    rows: Iterable[tuple[str, int]], selected: Collection[str] = (), excluded: Collection[str] = ()
) -> tuple[Bucket, ...]:
    """The buckets of values and their counts, given which values a filter has chosen and left out."""
    if selected or excluded:
        return tuple(Bucket(value, count, value in selected, value in excluded) for value, count in rows)
    return tuple([_plain_bucket(value, count) for value, count in rows])  # a page has some hundred


_new: Callable[[type[Bucket]], Bucket] = object.__new__
_VALUE, _COUNT, _SELECTED, _EXCLUDED = (
    getattr(Bucket, name).__set__ for name in ("value", "count", "selected", "excluded")
)


def _plain_bucket(value: str, count: int) -> Bucket:
    """A bucket of a value that no filter speaks of, in three fifths of the time that its constructor takes."""
    made = _new(Bucket)
    _VALUE(made, value)
    _COUNT(made, count)
    _SELECTED(made, False)
    _EXCLUDED(made, False)
    return made


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one field over all matches, its own selection ignored.

    `distinct` is how many values occur in all; `missing` counts matches without a value (undated, for `published`).
    `interval` is `year`, `month` or `day` for a date facet. An engine that could only estimate `distinct` says
    in `margin` how far off it may be: the true number is within so many of it. Counts of buckets are exact all the
    same.
    """

    field: str
    buckets: tuple[Bucket, ...]
    distinct: int
    missing: int = 0
    interval: str | None = None
    missing_selected: bool = False
    missing_excluded: bool = False
    margin: int = 0

    @property
    def estimated(self) -> bool:
        """Whether `distinct` is not exact."""
        return self.margin > 0

    def to_pandas(self) -> "DataFrame":
        """The values with their counts, as a data frame; see `SearchResults.to_pandas`."""
        from indexer.search.tables import buckets_frame

        return buckets_frame(self.field, self.buckets)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        record: dict[str, Any] = {
            "buckets": [bucket.to_dict() for bucket in self.buckets],
            "distinct": self.distinct,
            "missing": self.missing,
        }
        if self.interval:
            record["interval"] = self.interval
        if self.estimated:
            record |= {"estimated": True, "margin": self.margin}
        return record


@dataclass(frozen=True, slots=True)
class Suggested:
    """Another query that was verified to have `total` hits under the same filters.

    It is `sure` where the words that it spells otherwise stand nowhere in the archive, or are so rare that they are
    slips themselves and no filter hides them.
    """

    query: str
    total: int
    sure: bool = field(default=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"query": self.query, "total": self.total}


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """How many articles one part of the query or one filter would match or allow.

    For a clause of the query: its own hits, without filters. For a filter: the hits if it alone were dropped.
    """

    label: str
    count: int
    field: str | None = None
    value: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"label": self.label, "count": self.count, "field": self.field, "value": self.value}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why there are no hits: each clause's own count, what dropping each filter would give, and what finds something.

    `together` are the largest parts of the query that are found together under the same filters, `some` its words where
    some of them suffice (`Match.BEST`); that is None where nothing has any, and for queries that say more than words.
    """

    clauses: tuple[ClauseCount, ...] = ()
    filters: tuple[ClauseCount, ...] = ()
    together: tuple[ClauseCount, ...] = ()
    some: ClauseCount | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "clauses": [clause.to_dict() for clause in self.clauses],
            "filters": [chosen.to_dict() for chosen in self.filters],
            "together": [part.to_dict() for part in self.together],
            "some": self.some.to_dict() if self.some else None,
        }


@dataclass(frozen=True, slots=True)
class Matching:
    """How a query of several plain words was answered, `mode` being `Match.ALL` or `Match.BEST`.

    So many articles of the whole archive, filters and dates aside, have `all` of the words, and so many some (`best`).
    `words` are those of weight, as a query has them; they are no part of the JSON.
    """

    mode: Match
    all: int
    best: int
    words: tuple[str, ...] = field(default=(), compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"mode": self.mode.value, "all": self.all, "best": self.best}


def settled(request: SearchRequest, matching: Matching | None) -> SearchRequest:
    """The request that says outright how its words were matched, for what is asked later and must not decide again."""
    return replace(request, match=matching.mode) if matching else request


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to one `SearchRequest`: a sequence of the hits on this page, false where there are none.

    `took_ms` is the engine's time; `understood` the canonical query.

    `tree` is the query as it was run, for who shows its parts, and `request` the request as it was answered: its
    filters by the labels of the archive, its query as corrected. Both are no part of the JSON. `matching` is None where
    there was nothing to decide: one word, or a query with operators, quotation marks, patterns or fields.

    Where nothing had the words of `query` and one was surely misspelt, all else is the answer to the query `corrected`.

    `total` counts articles on all pages, `len()` the hits on this one. Where copies are collapsed, `stories` counts the
    hits on all pages, within `stories_margin` where that is not 0; otherwise it is None.
    """

    query: str
    understood: str
    total: int
    hits: tuple[Hit, ...] = ()
    facets: dict[str, Facet] = field(default_factory=dict)
    warnings: tuple[QueryWarning, ...] = ()
    generation: int = 0
    took_ms: float = 0.0
    page: int = 1
    size: int = 20
    next_cursor: str | None = None
    did_you_mean: Suggested | None = None
    corrected: Suggested | None = None
    diagnosis: Diagnosis | None = None
    stories: int | None = None
    stories_margin: int = 0
    matching: Matching | None = None
    tree: Node = field(default=EVERYTHING, repr=False, compare=False)
    request: SearchRequest = field(default=NOTHING_ASKED, repr=False, compare=False)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __bool__(self) -> bool:
        return bool(self.hits)

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[at]

    def __repr__(self) -> str:
        from indexer.search.tables import summary  # most searches are never printed

        return f"<SearchResults: {summary(self)}>"

    def _repr_html_(self) -> str:
        from indexer.search.tables import results_html  # as above

        return results_html(self)

    def to_pandas(self) -> "DataFrame":
        """The hits on this page as a data frame, a row for each under its id.

        Raises:
            LibraryMissing: pandas is not installed.
        """
        from indexer.search.tables import hits_frame  # as above

        return hits_frame(self.hits)

    @property
    def listed(self) -> int:
        """How many hits there are on all pages together."""
        return self.total if self.stories is None else self.stories

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        record = {
            "query": self.query,
            "understood": self.understood,
            "warnings": [warning.to_dict() for warning in self.warnings],
            "total": self.total,
            "stories": self.stories,
            "matching": self.matching.to_dict() if self.matching else None,
            "generation": self.generation,
            "took_ms": round(self.took_ms, 3),
            "hits": [hit.to_dict() for hit in self.hits],
            "facets": {name: facet.to_dict() for name, facet in self.facets.items()},
            "did_you_mean": self.did_you_mean.to_dict() if self.did_you_mean else None,
            "corrected": self.corrected.to_dict() if self.corrected else None,
            "diagnosis": self.diagnosis.to_dict() if self.diagnosis else None,
            "next_cursor": self.next_cursor,
        }
        if self.stories_margin:
            record["stories_margin"] = self.stories_margin
        return record


@dataclass(frozen=True, slots=True)
class FacetPage:
    """One page of a facet's values: `total` of them fit the search in the facet, `buckets` are this page.

    `tree` is the query as it was run, `matching` how, `request` the request as it was answered, `corrected` its query
    where that is misspelt.
    """

    field: str
    buckets: tuple[Bucket, ...]
    total: int
    missing: int = 0
    tree: Node = EVERYTHING
    request: SearchRequest = NOTHING_ASKED
    matching: Matching | None = None
    warnings: tuple[QueryWarning, ...] = ()
    corrected: Suggested | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "field": self.field,
            "understood": to_text(self.tree),
            "matching": self.matching.to_dict() if self.matching else None,
            "corrected": self.corrected.to_dict() if self.corrected else None,
            "buckets": [bucket.to_dict() for bucket in self.buckets],
            "total": self.total,
            "missing": self.missing,
            "warnings": [warning.to_dict() for warning in self.warnings],
        }

    def to_pandas(self) -> "DataFrame":
        """The values with their counts, as a data frame; see `SearchResults.to_pandas`."""
        from indexer.search.tables import buckets_frame

        return buckets_frame(self.field, self.buckets)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to offer while a person types: a value of `kind` (title, source, person ...) and its count.

    `matched` is the name in another language that was typed, where that is why the value is offered.
    """

    kind: str
    text: str
    count: int
    matched: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        record: dict[str, Any] = {"kind": self.kind, "text": self.text, "count": self.count}
        return record | ({"matched": self.matched} if self.matched else {})


@dataclass(frozen=True, slots=True)
class JoinedName:
    """A name that articles have and that is shown under another, and how many articles have it. `short` says that it is
    a short name that nearly all articles mean the other by; else it is another spelling."""

    name: str
    articles: int
    short: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"name": self.name, "articles": self.articles, "short": self.short}


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """What an archive holds. Days are ISO dates, sizes in bytes.

    `future` counts articles of a day after tomorrow; `last_day` is the last before it that has any. `taggers` says by
    which tagger a build finds names in the articles of each language; it is empty where entities are not looked for.
    """

    articles: int
    undated: int
    first_day: str | None
    last_day: str | None
    generation: int
    segments: int
    bytes: int
    distinct: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    engine: str = ""
    future: int = 0
    taggers: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class WordCounts:
    """In how many of so many `articles` each index term is."""

    articles: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `indexer check` found: a line for each damaged or missing file, and how many were sound."""

    files: int
    articles: int
    problems: tuple[str, ...] = ()
