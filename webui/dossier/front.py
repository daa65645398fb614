"""What a dossier is of -> its first page, and what stands on all of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from indexer.receipts.receipt import Receipt
from indexer.search.request import SearchRequest, Sort
from indexer.search.results import SearchResults
from indexer.timeline import of_day
from indexer.version import version
from webui import i18n, markup
from webui.addresses import urls
from webui.dossier import names
from webui.dossier.gathering import Gathered, Reader
from webui.i18n import gettext, ngettext
from webui.presenters import counts, words
from webui.presenters.lines import articles
from webui.presenters.links import Link
from webui.presenters.results import facets
from webui.presenters.results.facets import Chip
from webui.presenters.results.guidance import warning_texts

# Files of a disk have no origin that browsers agree on: Chromium takes them for 'self', others by their scheme.
_HERE = "'self' file:"
POLICY = (
    f"default-src 'none'; script-src {_HERE}; style-src {_HERE}; img-src {_HERE}; form-action {_HERE}; base-uri 'none'"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a dossier is of: the archive, the search, the receipt of it where there is one, and when it was made."""

    archive: str
    address: str
    zone: str
    reader: Reader
    receipt: Receipt | None
    made: datetime

    @property
    def found(self) -> SearchResults:
        """The answer to the search."""
        return self.reader.found

    @property
    def cut(self) -> bool:
        """Whether the search finds more than the dossier holds."""
        return self.reader.amount < self.found.total

    @property
    def fingerprint(self) -> str:
        """That of what was found; "" where that is nothing, or where it is not known."""
        return (self.receipt.fingerprint or "") if self.receipt and self.found.total else ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page."""

    policy: str
    archive: str
    asked: str
    language: str
    direction: str
    made: str
    sections: tuple[tuple[str, str, str], ...]  # a key, a text and a path
    version: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything that the template of the first page prints."""

    title: str
    count: str
    span: str
    cut: str
    chips: tuple[Chip, ...]
    understood: str
    corrected: str
    warnings: tuple[str, ...]
    order: str
    sources: str
    undated: str
    generation: str
    identity: str
    address: str
    made: str
    made_iso: str
    token: str
    fingerprint: str
    check_url: str
    unissued: str
    contents: tuple[Link, ...]
    citation: Markup


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the page of the search says of so many hits, for each plural category; a script puts the number for `#`."""

    counts: dict[str, str]


def search_page() -> SearchPage:
    """Present the page of the search."""
    return SearchPage(
        {
            category: ngettext("%(count)s article", "%(count)s articles", amount, count="#")
            for category, amount in i18n.plural_categories()
        }
    )


def frame(subject: Subject, offered: Sequence[str]) -> Frame:
    """What stands on every page, given the facets that have pages."""
    language = i18n.interface_language()
    sections = [
        ("front", gettext("Dossier"), names.FRONT),
        ("results", gettext("Articles"), names.FIRST_RESULTS),
        ("chronology", gettext("Chronology"), names.FIRST_IN_TIME),
        *((name, words.fields_label(name), names.facet(name)) for name in offered),
    ]
    return Frame(
        policy=POLICY,
        archive=markup.plain(subject.archive),
        asked=_asked(subject.reader.request),
        language=language,
        direction=i18n.direction(language),
        made=_moment(subject.made),
        sections=tuple(sections if subject.reader.amount else sections[:1]),
        version=version(),
    )


def front_page(subject: Subject, gathered: Gathered, offered: Sequence[str]) -> FrontPage:
    """Present what a dossier is of."""
    found, request = subject.found, subject.reader.request
    undated = gathered.days.count(None)
    receipt = subject.receipt
    return FrontPage(
        title=markup.plain(request.query) or _asked(request),
        count=articles(subject.reader.amount),
        span=_span(gathered),
        cut=_cut(subject),
        chips=tuple(facets.chips(request, found.tree, found.matching)),
        understood=markup.plain(found.understood) if request.query else "",
        corrected=markup.plain(found.query) if found.corrected else "",
        warnings=(*_instead(found, request), *warning_texts(found.warnings)),
        order=str(words.SORT_LABELS[_order(request)]),
        sources=counts.values("source", _distinct(gathered, "source")) if gathered.days else "",
        undated=articles(undated) if undated else "",
        generation=i18n.number(found.generation),
        identity=subject.reader.identity,
        address=subject.address,
        made=_moment(subject.made),
        made_iso=subject.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        token=receipt.token if receipt else "",
        fingerprint=subject.fingerprint,
        check_url=urls.absolute(urls.page(f"/receipt/{receipt.token}")) if receipt and subject.address else "",
        unissued="" if receipt else gettext("The search is too long for a receipt."),
        contents=tuple(_contents(gathered, offered, bool(request.query))),
        citation=_citation(subject, gathered),
    )


def _asked(request: SearchRequest) -> str:
    """A search in a line: its words, and what narrows it."""
    narrowed = (_words_of(chip) for chip in facets.filter_chips(request))
    return " · ".join(filter(None, (markup.plain(request.query), *narrowed))) or gettext("All articles")


def _words_of(chip: Chip) -> str:
    """A chip as text."""
    return f"{chip.label}: {chip.text}" if chip.label else chip.text


def _order(request: SearchRequest) -> Sort:
    """The order of the articles; without words all are as relevant, and the newest come first."""
    return request.sort if request.query or request.sort is not Sort.RELEVANCE else Sort.NEWEST


def _contents(gathered: Gathered, offered: Sequence[str], passages: bool) -> list[Link]:
    if not gathered.days:
        return []
    listed = gettext("Articles, with the passages that were found") if passages else gettext("Articles")
    found = [
        Link(listed, names.FIRST_RESULTS, i18n.number(len(gathered.days))),
        Link(gettext("Chronology, from the first day to the last"), names.FIRST_IN_TIME),
    ]
    for name in offered:
        amount = i18n.number(_distinct(gathered, name)) if name != "published" else ""
        found.append(Link(words.fields_label(name), names.facet(name), amount))
    return found


def _distinct(gathered: Gathered, name: str) -> int:
    values = gathered.labels[name]
    return len(values) - ("" in values)


def _span(gathered: Gathered) -> str:
    if gathered.first is None or gathered.last is None:
        return ""
    first, last = i18n.period(gathered.first), i18n.period(gathered.last)
    return first if first == last else gettext("%(start)s to %(end)s", start=first, end=last)


def _instead(found: SearchResults, request: SearchRequest) -> tuple[str, ...]:
    """That another spelling was searched for than the one that was typed."""
    if not found.corrected:
        return ()
    return (
        gettext(
            "Nothing was found for %(typed)s. This dossier is of %(query)s instead.",
            typed=i18n.quoted(markup.plain(found.query)), query=i18n.quoted(markup.plain(request.query)),
        ),
    )  # fmt: skip


def _cut(subject: Subject) -> str:
    if not subject.cut:
        return ""
    return gettext(
        "The search finds %(total)s. This dossier holds the first %(count)s of them, in the order named below.",
        total=articles(subject.found.total), count=i18n.number(subject.reader.amount),
    )  # fmt: skip


def _citation(subject: Subject, gathered: Gathered) -> Markup:
    """How the whole is cited; each part keeps its own direction."""
    parts = [
        markup.plain(subject.archive),
        gettext("Dossier of the search %(query)s", query=i18n.quoted(_asked(subject.reader.request))),
        articles(subject.reader.amount),
        _span(gathered),
        _moment(subject.made),
        gettext("State %(generation)s of the archive", generation=i18n.number(subject.found.generation)),
        gettext("Fingerprint %(fingerprint)s", fingerprint=subject.fingerprint) if subject.fingerprint else "",
        subject.address,
    ]
    told = [(part, "auto", "") for part in parts if part]
    return markup.isolated(piece for part in told for piece in (part, (". ", "", "")))


def _moment(at: datetime) -> str:
    return i18n.dateline(i18n.period(of_day(at.astimezone(UTC).date())), f"{i18n.clock(at, UTC)} UTC")
