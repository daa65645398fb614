"""The files of a dossier, one after another.

The articles are gone through twice: first without their texts, to know where each will stand and how many have which
value; then page by page, with passages and texts. Memory holds a line of each article and the words of the search.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from indexer.archive import Archive
from indexer.article import Article
from indexer.engines.shared.marking import QueryMarker
from indexer.highlight.whole_article import Highlights
from indexer.search.request import MAX_SIZE
from webui import i18n
from webui.dossier import articles, front, lists, names, record
from webui.dossier.articles import Shelf
from webui.dossier.front import Subject
from webui.dossier.gathering import Gathered, Moved
from webui.dossier.output import Output
from webui.dossier.search_data import SearchData
from webui.presenters import words

STATIC = Path(__file__).parents[1] / "static"
ASSETS = ("site.css", "icon.svg", "dossier/dossier.css", "dossier/dossier.js")

Progress = Callable[[int, int], None]  # how many articles of how many are written


def write_all(archive: Archive, subject: Subject, templates: Environment, output: Output, progress: Progress) -> str:
    """Write every file; returns the SHA-256 of the manifest.

    Raises:
        Moved: the archive has moved to another commit.
        QueryTooExpensive, SearchTimeout, StateError: the archive cannot answer.
    """
    writing = _Writing(archive, subject, templates, output, progress)
    writing.gather()
    writing.articles()
    writing.in_time()
    writing.facets()
    writing.front()
    for asset in ASSETS:
        output.write(f"assets/{Path(asset).name}", (STATIC / asset).read_bytes())
    record.write_record(output, record.about(subject, i18n.interface_language()), writing.rows)
    return record.write_manifest(output)


class _Writing:
    """What is known while a dossier is written."""

    def __init__(
        self, archive: Archive, subject: Subject, templates: Environment, output: Output, progress: Progress
    ) -> None:
        self.rows: list[bytes] = []
        self._archive = archive
        self._subject = subject
        self._reader = subject.reader
        self._templates = templates
        self._output = output
        self._progress = progress
        parts: Any = templates.get_template("dossier/_parts.html").make_module({})
        self._brief, self._hit = parts.brief, parts.hit
        self._gathered = Gathered(archive.config.entities.min_mentions, all_mentions=self._reader.request.all_mentions)
        self._lines: list[Markup] = []
        self._offered: tuple[str, ...] = ()
        self._ranked: dict[str, list[str]] = {}
        self._data = SearchData()
        self._marker = QueryMarker(self._reader.request.query) if self._reader.request.query else None
        self._frame = front.frame(subject, ())

    def gather(self) -> None:
        """Look at every article once, without its text."""
        for hits in self._reader.pages(MAX_SIZE, snippets=False):
            for hit in hits:
                number = self._gathered.add(hit.article)
                self._lines.append(self._brief(lists.entry(hit, number, passages=False)))
        if len(self._lines) != self._reader.amount:
            raise Moved
        self._offered = lists.offered(self._gathered)
        self._ranked = {name: lists.ranked(values) for name, values in self._gathered.labels.items()}
        self._frame = front.frame(self._subject, self._offered)

    def articles(self) -> None:
        """The pages of results, and those of the articles on them."""
        shelf = self._shelf()
        total = self._reader.amount
        pages = -(-total // lists.ON_PAGE)
        number = 0
        for page, hits in enumerate(self._reader.pages(lists.ON_PAGE), 1):
            first = number + 1
            entries = [lists.entry(hit, at, passages=True) for at, hit in enumerate(hits, first)]
            listing = lists.results(page, pages, [self._hit(entry) for entry in entries], total)
            self._page(names.results(page), "list", "results", listing)
            for number, article in enumerate(self._reader.articles(hits), first):
                if self._gathered.numbers.get(article.id) != number:
                    raise Moved
                self._article(article, number, names.results(page), shelf)
            self._progress(number, total)

    def in_time(self) -> None:
        """The same articles by their days."""
        self._listings(lists.in_order(self._gathered), "chronology", names.chronology, lists.chronology)

    def facets(self) -> None:
        """The values of each facet, and the articles under each of them."""
        for field in self._offered:
            if field == "published":
                self._dates()
                continue
            values, shown = self._gathered.labels[field], self._ranked[field]
            self._page(names.facet(field), "facet", field, lists.facet_page(field, values, shown))
            for rank, value in enumerate(shown, 1):
                title = words.value_label(field, value)
                self._of_value(field, title, values[value], partial(names.value, field, rank))

    def _dates(self) -> None:
        periods = self._gathered.periods
        self._page(names.facet("published"), "facet", "published", lists.dates_page(periods))
        for period, numbers in periods.items():
            self._of_value("published", lists.period_label(period), numbers, partial(names.period, period))

    def front(self) -> None:
        """The first page, the page of the search, and what its script reads."""
        page = front.front_page(self._subject, self._gathered, self._offered)
        self._page(names.FRONT, "front", "front", page)
        self._page(names.SEARCH, "search", "search", front.search_page())
        for path, script in self._data.files():
            self._output.write(path, script)

    def _article(self, article: Article, number: int, on_page: str, shelf: Shelf) -> None:
        budget_ms = self._reader.request.budget_ms
        for at, version in enumerate(article.versions, 1):
            newest = version is article
            page = articles.article_page(
                version,
                self._marker.highlight(version, budget_ms) if self._marker else Highlights({}),
                shelf,
                number=number,
                on_page=on_page,
                newest=None if newest else article,
                copies=self._reader.copies(article.id) if newest else (),
                others=self._reader.others(article) if newest else (),
            )
            self._page(names.article(number) if newest else names.version(number, at), "article", "", page)
        self.rows.append(record.row(number, article))
        self._data.add(number, article)

    def _of_value(self, field: str, title: str, numbers: Sequence[int], name: lists.Name) -> None:
        self._listings(numbers, field, name, partial(lists.of_value, title, field, name))

    def _listings(
        self, numbers: Sequence[int], here: str, name: lists.Name, made: Callable[..., lists.Listing]
    ) -> None:
        """Pages that list articles by their numbers."""
        pages = -(-len(numbers) // lists.LISTED)
        for page in range(1, pages + 1):
            part = numbers[(page - 1) * lists.LISTED : page * lists.LISTED]
            listing = made(page, pages, [self._lines[number - 1] for number in part], len(numbers))
            self._page(name(page), "list", here, listing)

    def _shelf(self) -> Shelf:
        subject = self._subject
        pages = {
            (field, value): names.BELOW + names.value(field, rank)
            for field, shown in self._ranked.items()
            if field in self._offered
            for rank, value in enumerate(shown, 1)
        }
        return Shelf(
            self._gathered.numbers, pages, subject.archive, subject.address, subject.zone, subject.made,
            self._reader.amount,
        )  # fmt: skip

    def _page(self, path: str, template: str, here: str, page: Any) -> None:
        root = names.BELOW if "/" in path else ""
        text = self._templates.get_template(f"dossier/{template}.html").render(
            frame=self._frame, root=root, here=here, path=path, page=page
        )
        self._output.write(path, text)
