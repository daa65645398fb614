"""The archive: one facade over configuration, engine, ingest and entities. The command line, the web and Python
programs all go through it, so that a query means the same everywhere.

    with open_archive("index_data") as archive:
        archive.build(["articles/"])
        results = archive.search("lavrov biden", source="SANA", from_="2021-10")
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, Unpack

from indexer import spellcheck
from indexer.alerting import Alerting
from indexer.arguments import id_of, ids_of, number_of, one_of, paths_of, text_of
from indexer.article import ENTITY_KINDS, Article, EntityKind
from indexer.asking import TERMS
from indexer.config import Config, load_config
from indexer.engines.registry import open_engine
from indexer.errors import ArchiveClosed, ItemsRejected, NotFound, UsageError
from indexer.rejection import Origin, Reject, Rejected
from indexer.search.options import SearchOptions, build_request, facet_name
from indexer.search.request import MAX_SIZE, Match, SearchRequest
from indexer.search.signature import with_options
from indexer.sources import Catalogue

if TYPE_CHECKING:
    from indexer.adding import Addable
    from indexer.engines.base import Engine
    from indexer.entities.corrections import Corrections
    from indexer.entities.evidence import Evidence
    from indexer.highlight.whole_article import Highlights
    from indexer.ingest.pipeline import BuildReport, Interrupted, Progress
    from indexer.search.results import (
        ArchiveStats,
        CheckReport,
        FacetPage,
        Hit,
        JoinedName,
        SearchResults,
        Suggestion,
        WordCounts,
    )
    from indexer.search.significance import SignificantTerms
    from indexer.updating import ArticleFields
    from indexer.writing import Change, Writable, WriteCounts

_ORDERS = ("count", "name")
REMOVE_BATCH = 10_000  # ids handed to the writer at a time


def open_archive(
    path_or_config: str | Path | Config | None = None, *, config: Config | None = None, timeout: float = 0
) -> Archive:
    """Open an archive, or the place where one will be built.

    Args:
        path_or_config: an index directory, a configuration file (`*.toml`) or a `Config`; without one, `config.toml`
            in the current directory and `BROADSHEET_...` in the environment decide.
        config: settings to use with an index directory.
        timeout: seconds to wait for another writer to finish before `build`, `add`, `remove` and `optimize` raise
            IndexLocked; `math.inf` waits for ever.

    Raises:
        ConfigError: the configuration cannot be read or names an engine that is not there.
        IndexCorrupt, IndexFormatMismatch, EngineUnavailable: there is an index, but it cannot be opened.
    """
    if isinstance(path_or_config, Config):
        opened = Archive(path_or_config, timeout=timeout)
    elif path_or_config is None:
        opened = Archive(config or load_config(), timeout=timeout)
    elif Path(path_or_config).suffix == ".toml":
        opened = Archive(load_config(path_or_config), timeout=timeout)
    else:
        opened = Archive((config or load_config()).with_index(path_or_config), timeout=timeout)
    opened.engine.check_format()
    return opened


class Archive(Alerting):
    """One open archive; a context manager. Reading is safe from several threads.

    Made without `open_archive` it may be one of another version of Broadsheet, for `stored` and `rebuild` alone.

    Readers see the generation that was newest when they last called `refresh`; what this object writes, it sees.
    Iterating gives every article whole, `len()` counts those, and an archive is never false. Once closed, every method
    raises `ArchiveClosed`.
    """

    def __init__(self, config: Config, engine: Engine | None = None, *, timeout: float = 0) -> None:
        self.config = config
        self._timeout = timeout
        self._engine = open_engine(config) if engine is None else engine
        self._catalogue = Catalogue(config.sources)
        self._closed = False

    # Reading

    @with_options
    def request(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> SearchRequest:
        """The request that `search` would send: options of `indexer.search.options` over the configured sizes.

        Raises:
            UsageError: an unknown option, field, sort or facet, or a value out of range.
            WrongType: the query or an option is of a type that is not taken.
        """
        self._check_open()
        if isinstance(query, SearchRequest):
            if options:
                raise UsageError(
                    f"a SearchRequest already says everything; {', '.join(options)} cannot be added to it. "
                    "Pass a query string, or change the request with dataclasses.replace."
                )
            return query
        return build_request(query, options, self._base)

    @with_options
    def search(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> SearchResults:
        """Answer a query string with options, or a whole request.

        With `spellcheck`, which options have unless they say otherwise, a misspelt query without hits is answered as
        corrected; `results.request` is what was answered, for `scan` and others.

        Raises:
            UsageError, QueryTooExpensive: what was asked cannot be answered.
            NoIndex, SearchTimeout and other `StateError`s: the archive cannot answer now.
        """
        return spellcheck.search(self.engine, self.request(query, **options))

    @with_options
    def top(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> tuple[Hit, ...]:
        """The hits of `search` alone, in the same order and with the same scores: without a total, facets, snippets and
        suggestions, which takes a fraction of the time. Words are searched as they are spelt.

            best = archive.top("energy oil", size=10)

        Raises:
            UsageError, QueryTooExpensive: what was asked cannot be answered.
            NoIndex, SearchTimeout and other `StateError`s: the archive cannot answer now.
        """
        return self.engine.top(self.request(query, **options))

    def get(self, id: str) -> Article:
        """The whole article of an id.

        Raises:
            NotFound: there is no such article.
        """
        found = self.engine.get([id_of(id)])[0]
        if found is None:
            raise NotFound.article(id, self.place)
        return found

    def get_many(self, ids: str | Iterable[str]) -> list[Article | None]:
        """Whole articles in the order asked for; None where there is none."""
        return self.engine.get(ids_of(ids))

    def __contains__(self, id: object) -> bool:
        return self.engine.get([id_of(id)])[0] is not None

    def __iter__(self) -> Iterator[Article]:
        return self.scan()

    def __len__(self) -> int:
        return self.engine.search(SearchRequest(size=0, facets=(), snippets=False)).total

    def __bool__(self) -> bool:
        return True

    def highlight(self, article: Article, query: str, *, budget_ms: int | None = None) -> Highlights:
        """Where a query matches in a whole article: a mapping to spans of offsets into its title, summary and body,
        and into those of its translation by a machine, as `translation.title` and so on.

        After `budget_ms`, and after 20,000 matches, what was found is given, and in `reached` how much of the body was
        looked through.
        """
        from indexer.engines.shared.marking import QueryMarker

        self._check_open()
        return QueryMarker(text_of("query", query)).highlight(article, budget_ms)

    @with_options
    def facet_values(
        self,
        field: str,
        query: str | SearchRequest = "",
        *,
        contains: str = "",
        order: Literal["count", "name"] = "count",
        offset: int = 0,
        limit: int = 50,
        **options: Unpack[SearchOptions],
    ) -> FacetPage:
        """All values of one facet under a search, paged; `contains` searches among them.

        Raises:
            UsageError: no such facet, or no such order.
        """
        one_of("order", order, _ORDERS)
        request = self.request(query, **options)
        wanted = partial(
            self.engine.facet_values,
            field=facet_name(field), contains=text_of("contains", contains), order=order,
            offset=number_of("offset", offset), limit=number_of("limit", limit),
        )  # fmt: skip
        found = wanted(request)
        if not spellcheck.nothing_has_all(found.total + found.missing, found.matching):
            return found
        corrected = spellcheck.correction(self.engine, request)
        return replace(wanted(replace(request, query=corrected.query)), corrected=corrected) if corrected else found

    @with_options
    def significant_terms(
        self, query: str | SearchRequest = "", *, limit: int = TERMS, **options: Unpack[SearchOptions]
    ) -> SignificantTerms:
        """Words and names that are said more in the hits of a search than in the rest of the archive, the most
        significant first; `narrowed` of the answer is the search for the hits that have one.

        At most the 10,000 best hits are looked at. docs/words.md says how it is computed.

        Raises:
            UsageError, QueryTooExpensive: what was asked cannot be answered.
        """
        request = self.request(query, **options)
        wanted = partial(self.engine.significant_terms, size=number_of("limit", limit))
        found = wanted(request)
        if not spellcheck.nothing_has_all(found.total, found.matching):
            return found
        corrected = spellcheck.correction(self.engine, request)
        return replace(wanted(replace(request, query=corrected.query)), corrected=corrected) if corrected else found

    def evidence(self, kind: EntityKind, name: str, articles: int = 40) -> Evidence:
        """How the newest articles that name an entity spell it, and in which sentences; any spelling finds it.

        Raises:
            WrongValue: there are no entities of that kind.
        """
        from indexer.entities.evidence import gather

        one_of("kind", kind, ENTITY_KINDS)
        chosen: SearchOptions = {kind: [text_of("name", name)]}  # type: ignore[misc]  # a kind is the name of its facet
        newest: SearchOptions = {
            **chosen,
            "all_mentions": True,
            "sort": "newest",
            "size": min(number_of("articles", articles), MAX_SIZE),
        }
        request = self.request(**newest)
        found = self.engine.search(replace(request, facets=(), snippets=False))
        held = self.engine.get([hit.article.id for hit in found.hits])
        return gather(filter(None, held), kind, found.request.filter(kind).values[0])

    def joined_names(self, kind: EntityKind, name: str) -> tuple[JoinedName, ...]:
        """The names that articles have and that are shown under this one, as they surely mean it or are short for it,
        each with its number of articles; any spelling finds it.

        Raises:
            WrongValue: there are no entities of that kind.
        """
        one_of("kind", kind, ENTITY_KINDS)
        return self.engine.joined_names(kind, text_of("name", name))

    def suggest(self, text: str, size: int = 8) -> list[Suggestion]:
        """Entities, sources and titles for what has been typed so far."""
        return self.engine.suggest(text_of("text", text), number_of("size", size))

    def related(self, id: str, size: int = 5) -> list[Hit]:
        """Articles most like the one named.

        Raises:
            NotFound: there is no such article.
        """
        return self.engine.related(id_of(id), number_of("size", size))

    def copies(self, id: str) -> list[Hit]:
        """The other articles that tell the same story in nearly the same words, oldest first.

        Raises:
            NotFound: there is no such article.
        """
        return self.engine.copies(id_of(id))

    def word_counts(self, terms: Collection[str], request: SearchRequest) -> WordCounts:
        """In how many of a request's articles each index term is; not for programs."""
        return self.engine.word_counts(terms, request)

    @with_options
    def scan(self, query: str | SearchRequest = "", **options: Unpack[SearchOptions]) -> Iterator[Article]:
        """Every matching article, whole, in index order, in flat memory; words are searched as they are spelt."""
        request = self.request(query, **options)
        found = self.engine.scan(replace(request, facets=(), snippets=False))
        return found if request.translation else (article.with_translation(None) for article in found)

    def percolate(self, requests: Iterable[str | SearchRequest], ids: str | Iterable[str]) -> list[tuple[str, ...]]:
        """Which of some articles each of many searches finds: for each search their ids, in the order of `ids`.

        Made for thousands of searches that are kept, held against what a commit has added: these articles alone are
        looked at. It finds what `search` finds, but plain words must all be there (function words aside) unless `match`
        is `best`, and are searched as they are spelt. A search that is refused, or takes more than its `budget_ms`,
        finds nothing, and the log says why.

        Raises:
            WrongType: a search is neither a query nor a request.
        """
        return self.engine.percolate([self.request(query) for query in requests], ids_of(ids))

    def stored(self) -> Iterator[Article]:
        """Every article as it is stored, withdrawn ones too, whichever version of Broadsheet has built the archive.

        Raises:
            NoIndex: there is none.
        """
        return self.engine.stored()

    def stats(self) -> ArchiveStats:
        """What the archive holds."""
        found = self.engine.stats()
        return replace(found, taggers=self._taggers(found, self.config.entities.enabled))

    def check(self) -> CheckReport:
        """Verify every file of the index."""
        return self.engine.check()

    @property
    def generation(self) -> int:
        """The number of the commit that is being read."""
        return self.engine.generation

    @property
    def identity(self) -> str:
        """What names the commit that is being read: no other has it, of this archive or another in its place."""
        return self.engine.identity

    @property
    def lost(self) -> str:
        """What is known of a newer state that cannot be read, so that this is an older one; "" of none."""
        return self.engine.lost

    def refresh(self) -> bool:
        """Move to the commit that is there now; returns whether that is another one.

        Raises:
            NoIndex: the archive that was open is gone.
        """
        return self.engine.refresh()

    @property
    def rules(self) -> Corrections:
        """The corrections of names and sources, as they are applied; not for programs. `corrections` is their file."""
        return self.engine.rules

    @property
    def catalogue(self) -> Catalogue:
        """What finds the sources that the configuration knows; not for programs. `sources` lists them."""
        self._check_open()
        return self._catalogue

    # Writing

    def build(
        self,
        sources: str | PathLike[str] | Iterable[str | PathLike[str]],
        progress: Progress | None = None,
        *,
        entities: bool | None = None,
        interrupted: Interrupted = "raise",
    ) -> BuildReport:
        """Read files and folders (`-` is standard input) into the archive; building the same again changes nothing.

        Ctrl-C ends it at the next article: what was read so far is committed.

        Args:
            sources: the path of a file or folder, or several.
            progress: called now and then with how far the build is.
            entities: whether to find people, organisations and places; None leaves it to the configuration.
            interrupted: whether a build that was stopped raises, or returns a report that says so.

        Raises:
            UsageError: a source does not exist.
            IndexLocked: another writer still has this archive after the `timeout` it was opened with.
            KeyboardInterrupt: the build was stopped.
        """
        from indexer.ingest.pipeline import build  # the readers' libraries take a second to import

        one_of("interrupted", interrupted, ("raise", "report"))
        paths = paths_of(sources)
        try:
            with self._enriching(entities) as enrich:
                report = build(
                    paths, self._writable, self.config, enrich=enrich, progress=progress, interrupted=interrupted
                )
        except KeyboardInterrupt:
            self.engine.refresh()  # what was read is committed
            raise
        self.engine.refresh()
        found = self.config.entities.enabled if entities is None else entities
        return replace(report, taggers=self._taggers(self.engine.stats(), found))

    def add(self, articles: Iterable[Addable] | Addable, *, strict: bool = False) -> WriteCounts:
        """Add articles, or mappings and dataclasses with the field names that files may use, in one commit.

        What cannot become an article is counted in `rejected`, with its number in the order given.

        Args:
            articles: several, or one. The article of a hit has no body and is refused, lest the body be lost.
            strict: add nothing if anything is rejected.

        Raises:
            WrongType, WrongValue: an item is no article, mapping or dataclass, or that of a hit; nothing was added.
            ItemsRejected: `strict`, and items were rejected; nothing was added.
            IndexLocked: another writer still has this archive after the `timeout` it was opened with.
        """
        from indexer.adding import item_of, items_of
        from indexer.ingest.normalise import Preparer  # as above

        items = items_of(articles)
        rejected: list[Reject] = []
        with self._enriching() as enrich, self._writable.writer(Preparer(self.config), enrich) as writer:
            for at, item in enumerate(items, 1):
                origin = Origin("python", at)
                try:
                    writer.add(item_of(item, at), origin)
                except Rejected as why:
                    rejected.append(why.at(origin))
                    if strict:
                        raise ItemsRejected(tuple(rejected)) from None
            counts = writer.commit(strict=strict)
        self.engine.refresh()
        if not rejected:
            return counts
        every = sorted((*counts.rejected, *rejected), key=lambda reject: reject.origin.record or 0)
        return replace(counts, rejected=tuple(every))

    def update(self, id: str, /, **fields: Unpack[ArticleFields]) -> Article:
        """Change some fields of an article and keep all else, its body too; returns the article as it is then.

        The change is a new version of the article, whatever it says; one that changes nothing writes nothing.

        Raises:
            NotFound: there is no such article.
            WrongType: a field that no article has, or one that the archive sets.
            WrongValue: a field cannot have that value.
            IndexLocked: another writer still has this archive after the `timeout` it was opened with.
        """
        from indexer.ingest.normalise import Preparer  # as above
        from indexer.updating import updated

        if updated(found := self._as_stored(id), fields) is found:
            return self.get(id)
        with self._enriching() as enrich, self._writable.writer(Preparer(self.config), enrich) as writer:
            self.engine.refresh()  # another writer may have changed it until we had the lock
            writer.add(updated(self._as_stored(id), fields), Origin("python", 1))
            writer.commit(strict=True)
        self.engine.refresh()
        return self.get(id)

    @with_options
    def remove(
        self,
        ids: str | Iterable[str] = (),
        *,
        query: str | SearchRequest | None = None,
        **options: Unpack[SearchOptions],
    ) -> int:
        """Delete articles by id, or all those that a query and filters match; returns how many there were.

        Of a query of plain words every one must match, unless the options say otherwise.

        Raises:
            UsageError: nothing says what to remove.
            IndexLocked: another writer still has this archive after the `timeout` it was opened with.
        """
        names = ids_of(ids)
        if query is not None or options:
            names.extend(article.id for article in self.scan(_strictly(query or "", options), **options))
        elif not names:
            raise UsageError("nothing says what to remove. Name ids, a query or a filter.")
        removed = 0
        with self._writable.writer(_as_it_is) as writer:
            for start in range(0, len(names), REMOVE_BATCH):
                removed += writer.remove(names[start : start + REMOVE_BATCH])
            writer.commit()
        self.engine.refresh()
        return removed

    def optimize(self) -> None:
        """Merge the index into as few parts as can be and give back the room of deleted articles."""
        from indexer.patience import patiently

        patiently(self.engine.optimize, self._timeout)
        self.engine.refresh()

    def rebuild(self, *, entities: bool = False) -> int:
        """Index the articles that the archive stores again, from themselves: it keeps what it has of them, and when
        they came. Returns how many there are. Searches go on meanwhile. Names and collections of sources, and which of
        them translate, are those that the configuration has now.

        Args:
            entities: whether to find people, organisations and places anew, as the configuration says.

        Raises:
            NoIndex: there is none.
            IndexLocked: another writer still has this archive after the `timeout` it was opened with.
        """
        from indexer.filing import Refiling

        return self.engine.rebuild(Refiling(self.config.sources, self._enrich(True) if entities else None))

    # Holding

    @property
    def engine(self) -> Engine:
        """What answers; not for programs.

        Raises:
            ArchiveClosed: the archive was closed.
        """
        self._check_open()
        return self._engine

    def _check_open(self) -> None:
        if self._closed:
            raise ArchiveClosed(f"The archive {self.place} was closed. Open it again: open_archive({self.place!r})")

    @property
    def place(self) -> str:
        """Where the archive lives, for messages."""
        return self.config.archive.index

    @property
    def corrections(self) -> Path:
        """The file of corrections of entities, beside the index."""
        return Path(self.config.archive.index) / self.config.entities.corrections

    def close(self) -> None:
        """Release everything held open. Calling it twice is harmless."""
        self._closed = True
        self._engine.close()

    def __enter__(self) -> Self:
        self._check_open()
        return self

    def __repr__(self) -> str:
        return f"<Archive {self.place}{' (closed)' if self._closed else ''}>"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _as_stored(self, id: str) -> Article:
        """An article before corrections, which stay outside of what is written.

        Raises:
            NotFound: there is no such article.
        """
        found = self.engine.as_stored(id_of(id))
        if found is None:
            raise NotFound.article(id, self.place)
        return found

    def _amend(self, ids: list[str], change: Change, *, insist: bool) -> int:
        """Commit articles as `change` makes them, if no other process is writing; see `running.Writing`."""
        writable = self._writable if insist else self.engine
        with writable.writer(_as_it_is) as writer:
            amended = writer.amend(ids, change)
            writer.commit()
        self.engine.refresh()
        return amended

    @property
    def _writable(self) -> Writable:
        from indexer.patience import Patient

        return Patient(self.engine, self._timeout)

    @property
    def _base(self) -> SearchRequest:
        search = self.config.search
        return SearchRequest(
            match=Match(search.match),
            size=search.page_size,
            facet_size=search.facet_size,
            spellcheck=True,
            budget_ms=search.budget_ms,
        )

    def _taggers(self, held: ArchiveStats, wanted: bool) -> dict[str, str]:
        """The tagger of each language that the archive holds, if names are looked for."""
        if not wanted:
            return {}
        from indexer.entities.choose import taggers_of

        return taggers_of(filter(None, held.languages), self.config.entities.taggers)


def _strictly(query: str | SearchRequest, options: SearchOptions) -> str | SearchRequest:
    """A query of which every word must match, where nobody has said otherwise."""
    from indexer.search.printer import every_word

    if isinstance(query, str):
        return query if "match" in options else every_word(query)
    return replace(query, query=every_word(query.query)) if query.match is Match.AUTO else query


def _as_it_is(item: Article) -> Article:
    return item
