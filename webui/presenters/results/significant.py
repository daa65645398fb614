"""`SignificantTerms` -> the panel of words and names of the hits, each the way to those hits that have it."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.search.request import SearchRequest
from indexer.search.significance import WORD, SignificantTerm, SignificantTerms
from webui import i18n
from webui.addresses import params, urls
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.links import Link

PARAMETER = "words"  # 1 opens the panel
TERMS = 12
OPEN: params.Pairs = [(PARAMETER, "1")]
_FILTERS = "#filters"  # the panel is first among them


@dataclass(frozen=True, slots=True)
class WordsPanel:
    """The panel, and the address without it; or, where it is closed, the address that opens it."""

    terms: tuple[Link, ...] = ()
    note: str = ""
    close_url: str = ""
    open_url: str = ""


def wanted(arguments: Mapping[str, str]) -> bool:
    """Whether an address asks for the panel."""
    return arguments.get(PARAMETER) == "1"


def kept(arguments: Mapping[str, str]) -> params.Pairs:
    """What a form says so that the panel stays open."""
    return OPEN if wanted(arguments) else []


def words_panel(found: SignificantTerms | None, request: SearchRequest) -> WordsPanel:
    """The panel of a search; closed where nothing was asked of its words."""
    fresh = request.with_page(1)
    if found is None:
        return WordsPanel(open_url=_opened(fresh))
    return WordsPanel(
        terms=tuple(_link(found, term) for term in found),
        note=_note(found),
        close_url=urls.search(fresh, anchor=_FILTERS[1:]),
    )


def _opened(request: SearchRequest) -> str:
    return urls.with_pairs(urls.search(request), OPEN) + _FILTERS


def _link(found: SignificantTerms, term: SignificantTerm) -> Link:
    share, rest = i18n.percent(term.share), i18n.percent(term.rest_share)
    said = gettext("in %(share)s of these, %(rest)s of the rest", share=share, rest=rest)
    return Link(
        text=term.text,
        url=_opened(found.narrowed(term)),
        count=i18n.number(term.count),
        note=said if term.kind == WORD else f"{words.field_label(term.kind)}{i18n.comma()}{said}",
        language=term.language,
    )


def _note(found: SignificantTerms) -> str:
    if not found.terms:
        return gettext("Nothing is said much more in these than elsewhere in the archive.")
    if found.foreground < found.total:
        return gettext("Counted in the best %(count)s.", count=i18n.number(found.foreground))
    return ""
