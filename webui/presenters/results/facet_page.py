"""All values of a facet -> their page: search among them, A-Z or by count, and checkboxes that lead to the articles.

The page is one form, so that what was ticked is kept whichever of its buttons is pressed: they go on to another part,
order or search among the values, and `show` to the articles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from indexer.analysis import fold
from indexer.search.query import QueryWarning
from indexer.search.request import MISSING, SearchRequest
from indexer.search.results import Bucket, FacetPage, settled
from webui import i18n
from webui.addresses import params, urls
from webui.i18n import gettext
from webui.markup import plain
from webui.presenters import counts, words
from webui.presenters.results import paging
from webui.presenters.results.choices import Choice, choices
from webui.presenters.results.facets import Chip, chips

PARAMETERS = ("ui", "contains", "order", "part", "show", "beside")
LIMIT = 60
MAX_PART = 100_000
# Values that are sorted by what the reader's language calls them.
MOST_SORTED = 10_000

# Parameters of how results are shown, which other words and filters leave as they are.
_KEPT = ("sort", "size", "snippets", "group", "recency", "all", "translation")

Order = Literal["count", "name"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the values is asked for; parts count from 1. `beside`: the script of the results asks, for its panel."""

    contains: str = ""
    order: Order = "count"
    part: int = 1
    beside: bool = False

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> Self:
        """From the parameters of the address; what makes no sense is left at its default."""
        part = arguments.get("part", "")
        sensible = part.isascii() and part.isdigit() and 1 <= int(part) <= MAX_PART
        return cls(
            contains=arguments.get("contains", "").strip()[: params.MAX_CONTAINS],
            order="name" if arguments.get("order") == "name" else "count",
            part=int(part) if sensible else 1,
            beside="beside" in arguments,
        )

    @property
    def limit(self) -> int:
        """How many values a part has."""
        return LIMIT

    @property
    def offset(self) -> int:
        """How many values come before the part."""
        return (self.part - 1) * LIMIT


@dataclass(frozen=True, slots=True)
class Button:
    """What is sent when a button is pressed."""

    text: str
    value: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a long list; None among `numbers` is a gap."""

    previous: str | None
    next: str | None
    numbers: tuple[Button | None, ...]


@dataclass(frozen=True, slots=True)
class ValuesPage:
    """Everything that the facet template prints."""

    label: str
    count: str
    chips: tuple[Chip, ...]
    back_url: str
    path: str
    within: str
    contains: str
    keep: params.Pairs
    warnings: tuple[str, ...]
    orders: tuple[Button, ...]
    choices: tuple[Choice, ...]
    parts: Parts | None


def facet_page(
    field: str, found: FacetPage, request: SearchRequest, wanted: Wanted, warnings: Sequence[QueryWarning]
) -> ValuesPage:
    """Present one part of a facet's values."""
    request = settled(request, found.matching)
    pairs = params.write(request.with_page(1), urls.base_request())
    parameter = params.FILTER_PARAMETERS[field]
    chosen = request.filter(field)
    missing = Bucket(MISSING, found.missing, MISSING in chosen.values, MISSING in chosen.excluded)
    near = urls.nearby(request)
    return ValuesPage(
        label=words.fields_label(field),
        count=counts.values(field, found.total),
        chips=tuple(chips(request, found.tree, found.matching)),
        back_url=urls.search(request),
        path=urls.page(f"/facet/{field}"),
        within=gettext("Search among all of them") if wanted.contains else counts.among(field, found.total),
        contains=plain(wanted.contains),
        keep=[
            *(pair for pair in pairs if pair[0].removeprefix("-") != parameter),
            *([("order", wanted.order)] if wanted.order != "count" else ()),
        ],
        warnings=tuple(words.warning_text(each) for each in warnings),
        orders=(
            Button(gettext("Most articles"), "count", wanted.order == "count"),
            Button(gettext("A–Z"), "name", wanted.order == "name"),
        ),
        choices=choices(
            field,
            found.buckets,
            near,
            missing if missing.selected or missing.excluded else None,
            directory=near.nothing_asked and not wanted.beside,
        ),
        parts=_parts(found.total, wanted.part),
    )


def is_translated(field: str) -> bool:
    """Whether the values of a field are written otherwise in the reader's language than in the archive."""
    return field in words.TRANSLATED and i18n.interface_language() != "en"


def in_readers_order(found: FacetPage, wanted: Wanted) -> FacetPage:
    """A part of all values in the order of what the reader sees. In a script other than Latin what is known in it comes
    before what is not."""
    labels = {bucket.value: fold(words.value_label(found.field, bucket.value)) for bucket in found.buckets}
    other_script = not fold(i18n.own_name(i18n.interface_language())).isascii()

    def place(bucket: Bucket) -> tuple[bool, str, str]:
        label = labels[bucket.value]
        return other_script and label.isascii(), label, bucket.value

    shown = sorted(found.buckets, key=place)[wanted.offset : wanted.offset + wanted.limit]
    return replace(found, buckets=tuple(shown))


def kept(request: SearchRequest) -> params.Pairs:
    """What the form of the results page must send along beside its visible fields."""
    plain_request = SearchRequest(
        sort=request.sort,
        size=request.size,
        group=request.group,
        recency=request.recency,
        all_mentions=request.all_mentions,
        translation=request.translation,
        facet_size=request.facet_size,
        snippets=request.snippets,
    )
    base = urls.base_request()
    pairs = [pair for pair in params.write(plain_request, base) if pair[0] in _KEPT]
    return pairs + params.filter_pairs(request.filter("published"))


def _parts(values: int, current: int) -> Parts | None:
    last = -(-values // LIMIT)
    if last < 2:
        return None
    return Parts(
        previous=str(min(current - 1, last)) if current > 1 else None,
        next=str(current + 1) if current < last else None,
        numbers=tuple(
            None if number is None else Button(i18n.number(number), str(number), number == current)
            for number in paging.named(current, last)
        ),
    )
