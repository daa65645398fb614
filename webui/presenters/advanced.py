"""A form of advanced search -> the page with its fields, their lists, and the query that they write."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.fields import BY_NAME, Kind
from indexer.search.lexer import DEFAULT_DISTANCE
from indexer.search.request import Sort
from indexer.search.results import Facet
from webui import frequent
from webui.addresses import advanced, params, urls
from webui.addresses.advanced import BOXES, Composed, Form
from webui.i18n import gettext, lazy_gettext
from webui.markup import plain
from webui.presenters import words
from webui.presenters.lines import articles
from webui.presenters.links import Link
from webui.presenters.results.facets import filter_chips

_SELECTS = ("language", "translated_from")
# Boxes that are shown only where the archive has such values.
_RARE = ("collection", "translated_from", "author", "topic")
_SUGGESTED = ("person", "organisation", "place", "source")
_LABELS = {
    "words": lazy_gettext("All of these words"),
    "phrase": lazy_gettext("This exact phrase"),
    "any": lazy_gettext("Any of these words"),
    "none": lazy_gettext("None of these words"),
    "near": lazy_gettext("These words near each other"),
    "with_title": lazy_gettext("Words in the title"),
    "with_body": lazy_gettext("Words in the text"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One field of the form. `options` are values and what people read, in a list to choose from (`chosen`) or beside
    a box to type in; `suggests` is the kind of names that are offered while one types."""

    name: str
    label: str
    value: str
    problem: str = ""
    options: tuple[tuple[str, str], ...] = ()
    chosen: bool = False
    suggests: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter of the search that the form goes on from."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class AdvancedPage:
    """Everything that the template of advanced search prints."""

    words: tuple[Box, ...]
    distance: Box
    fields: tuple[Box, ...]
    ranges: tuple[tuple[str, Box, Box], ...]
    rest: Box
    sorts: tuple[Link, ...]
    kept: tuple[Kept, ...]
    hidden: params.Pairs
    problem: str
    warnings: tuple[str, ...]
    query: str
    count: str
    clear_url: str


def advanced_page(
    form: Form, composed: Composed, facets: Mapping[str, Facet], total: int | None, *, sent: bool
) -> AdvancedPage:
    """Present the form; what is wrong with it only where it was `sent`."""
    problems = {name: words.warning_text(each) for name, each in composed.problems.items()} if sent else {}

    def box(name: str, label: str, **more: object) -> Box:
        value = plain(form.typed.get(name, ""))
        return Box(name, label, value, problems.get(name, ""), **more)  # type: ignore[arg-type]  # of Box

    named = [box(name, _label(name), **_offers(name, form, facets)) for name in BOXES if _shown(name, form, facets)]
    (start, end), (first, last) = advanced.RANGES
    from_, to = gettext("From"), gettext("To")
    return AdvancedPage(
        words=tuple(box(name, _label(name)) for name in ("words", "phrase", "any", "none", "near")),
        distance=Box("within", "", form.typed.get("within", str(DEFAULT_DISTANCE)), problems.get("within", "")),
        fields=tuple(named),
        ranges=(
            (gettext("Published"), box(start, from_), box(end, to)),
            (gettext("Added to the archive"), box(first, from_), box(last, to)),
        ),
        rest=box("rest", gettext("Also, in the query language")),
        sorts=tuple(
            Link(
                str(words.SORT_LABELS[each]), "" if each is Sort.RELEVANCE else each, current=each is form.request.sort
            )
            for each in Sort
        ),
        kept=_kept(form),
        hidden=form.kept(urls.base_request()),
        problem=problems.get("", ""),
        warnings=tuple(words.warning_text(each) for each in form.warnings),
        query=plain(composed.query),
        count="" if total is None else articles(total),
        clear_url=urls.page("/advanced") if form.typed or form.request.filters else "",
    )


def _label(name: str) -> str:
    return str(_LABELS[name]) if name in _LABELS else words.field_label(BOXES[name])


def _shown(name: str, form: Form, facets: Mapping[str, Facet]) -> bool:
    field = BOXES[name]
    return field not in _RARE or name in form.typed or bool(frequent.values(facets, field)) or not facets


def _offers(name: str, form: Form, facets: Mapping[str, Facet]) -> dict[str, object]:
    """The values to choose from; to be typed, places and organisations as the reader's language writes them."""
    field = BOXES[name]
    if BY_NAME[field].kind is Kind.TEXT:
        return {}
    values = list(frequent.values(facets, field))
    if field in _SELECTS:
        typed = [value for value in (form.typed.get(name),) if value and value not in values]
        options = sorted(
            ((each, words.value_label(field, each)) for each in [*values, *typed]), key=lambda pair: pair[1]
        )
        return {"options": tuple(options), "chosen": bool(options)}
    labels = values if field == "category" else [words.value_label(field, each) for each in values]
    return {
        "options": tuple((label, "") for label in dict.fromkeys(labels)),
        "suggests": field if field in _SUGGESTED else "",
    }


def _kept(form: Form) -> tuple[Kept, ...]:
    pairs = [pair for chosen in form.request.filters for pair in params.filter_pairs(chosen)]
    chips = filter_chips(form.request)
    return tuple(
        Kept(name, value, f"{chip.label}: {chip.text}") for (name, value), chip in zip(pairs, chips, strict=True)
    )
