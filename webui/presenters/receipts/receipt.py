"""A receipt held against the archive, or two beside each other -> their page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.receipts.comparison import ReceiptComparison, ReceiptsComparison
from indexer.receipts.difference import ReceiptDifference
from indexer.receipts.found import Edited
from indexer.receipts.receipt import Receipt
from indexer.search.request import SearchRequest
from webui import i18n
from webui.addresses import downloads, urls
from webui.i18n import gettext, ngettext
from webui.markup import plain
from webui.presenters import words
from webui.presenters.lines import Line, article_line, articles
from webui.presenters.links import Link
from webui.presenters.results.facets import Chip, chips

SHOWN = 20  # articles of each kind that the page lists
_NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class State:
    """What was found at a time: a row of the table. Now has no time and no address."""

    time: str
    iso: str
    count: str
    generation: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Articles of one kind, each with the way to what differs where there is one; `shown` says which of how many."""

    id: str
    title: str
    shown: str
    lines: tuple[tuple[Line, Link | None], ...]


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Everything that the receipt template prints. `differing` says in which parts two searches differ, with the values
    in each. `with_path` is where the form leads that takes another receipt; it and the address are empty where there
    are two."""

    title: str
    verdict: str
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    differing: tuple[tuple[str, str, str], ...]
    states: tuple[State, ...]
    fingerprint: str
    sections: tuple[Section, ...]
    search_url: str
    renew_url: str
    address: str
    with_path: str


def receipt_page(found: ReceiptComparison, address: str) -> ReceiptPage:
    """Present a receipt and what has changed since; `address` is that of the page."""
    receipt = found.receipt
    match = found.matching.mode if found.matching else urls.base_request().match
    request = replace(_request(found.request), match=match)
    now = State(gettext("Now"), "", articles(found.total), i18n.number(found.generation))
    return ReceiptPage(
        title=gettext("Receipt of a search"),
        verdict=_since(found.difference, found.net),
        notes=tuple(_notes(found.difference)),
        chips=tuple(chips(request, found.tree, found.matching)),
        differing=(),
        states=(_state(receipt), now),
        fingerprint=receipt.fingerprint,
        sections=tuple(_sections(found.difference)),
        search_url=urls.search(request),
        renew_url=urls.receipt(request),
        address=address,
        with_path=downloads.receipt(receipt.token),
    )


def receipts_page(found: ReceiptsComparison) -> ReceiptPage:
    """Present two receipts and what lies between them."""
    request = _request(found.newer.request)
    return ReceiptPage(
        title=gettext("Two receipts of a search"),
        verdict=_between(found.difference, found.net),
        notes=tuple(_notes(found.difference)),
        chips=(),
        differing=tuple(
            (_part(name), plain(older) or _NOTHING, plain(newer) or _NOTHING) for name, older, newer in found.differing
        ),
        states=tuple(replace(_state(each), url=downloads.receipt(each.token)) for each in (found.older, found.newer)),
        fingerprint="",
        sections=tuple(_sections(found.difference)),
        search_url=urls.search(request),
        renew_url=urls.receipt(request),
        address="",
        with_path="",
    )


def _request(asked: SearchRequest) -> SearchRequest:
    """The search of a receipt as the site asks it."""
    base = urls.base_request()
    return replace(
        base, query=asked.query, filters=asked.filters, dates=asked.dates, added=asked.added, match=asked.match,
        all_mentions=asked.all_mentions, translation=asked.translation,
    )  # fmt: skip


def _state(receipt: Receipt) -> State:
    return State(
        f"{i18n.full_day(receipt.time.date())}, {i18n.clock(receipt.time)} UTC",
        receipt.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        articles(receipt.total),
        i18n.number(receipt.generation),
    )


def _since(found: ReceiptDifference, net: int) -> str:
    if found.changed is False and found.edited:
        return gettext("The same articles are found; changed: %(edited)s.", edited=i18n.number(found.edited))
    if found.changed is False:
        return gettext("Nothing has changed: the same articles are found.")
    if found.new is not None and found.gone is not None:
        new, gone = i18n.number(found.new), i18n.number(found.gone)
        if found.edited:
            edited = i18n.number(found.edited)
            return gettext(
                "Since then: %(new)s new, %(gone)s gone, %(edited)s changed.", new=new, gone=gone, edited=edited
            )
        return gettext("Since then: %(new)s new, %(gone)s gone.", new=new, gone=gone)
    if net > 0:
        return gettext("Since then: %(count)s more than before.", count=articles(net))
    if net < 0:
        return gettext("Since then: %(count)s fewer than before.", count=articles(-net))
    if found.changed:
        return gettext("As many articles as before, but not the same ones.")
    return gettext("As many articles as before.")


def _between(found: ReceiptDifference, net: int) -> str:
    if found.changed is False and found.edited:
        return gettext("Both found the same articles; changed: %(edited)s.", edited=i18n.number(found.edited))
    if found.changed is False:
        return gettext("Both found the same articles.")
    if found.new is not None and found.gone is not None:
        return gettext(
            "From the first to the second: %(new)s new, %(gone)s gone, %(edited)s changed.",
            new=i18n.number(found.new),
            gone=i18n.number(found.gone),
            edited=_NOTHING if found.edited is None else i18n.number(found.edited),
        )
    if net > 0:
        return gettext("The second found more: %(count)s.", count=articles(net))
    if net < 0:
        return gettext("The second found fewer: %(count)s.", count=articles(-net))
    if found.changed:
        return gettext("Both found as many articles, but not the same ones.")
    return gettext("Both found as many articles.")


def _notes(found: ReceiptDifference) -> Iterator[str]:
    """What else is to be known of the numbers."""
    if found.lost:
        yield ngettext(
            "%(count)s of those gone is not in the archive any more.",
            "%(count)s of those gone are not in the archive any more.",
            found.lost,
            count=i18n.number(found.lost),
        )
    if any(each.version is None for each in found.edited_articles):
        yield gettext("The archive keeps the newest version alone: what changed in an article cannot be shown.")


def _sections(found: ReceiptDifference) -> Iterator[Section]:
    listed = (
        ("new", gettext("New articles"), found.new, found.new_articles),
        ("gone", gettext("Not found any more"), (found.gone or 0) - (found.lost or 0), found.gone_articles),
    )
    for id, title, total, named in listed:
        if named:
            shown = named[:SHOWN]
            yield Section(id, title, _shown(len(shown), total), tuple((article_line(each), None) for each in shown))
    if found.edited_articles:
        edited = found.edited_articles[:SHOWN]
        both = tuple((article_line(each.article), _way(each)) for each in edited)
        yield Section("edited", gettext("Changed articles"), _shown(len(edited), found.edited), both)


def _shown(shown: int, total: int | None) -> str:
    """Which of how many; nothing where they are all."""
    if total is None or total <= shown:
        return ""
    first, last, whole = (i18n.number(number) for number in (1, shown, total))
    return gettext("%(first)s to %(last)s of %(total)s", first=first, last=last, total=whole)


def _way(each: Edited) -> Link | None:
    """Where the two versions stand beside each other."""
    if each.version is None or each.against is None:
        return None
    both = [("version", str(each.version)), ("against", str(each.against))]
    return Link(gettext("Compare the two versions"), urls.with_pairs(urls.article(each.article.id), both))


def _part(name: str) -> str:
    """What a part of a search is called."""
    field = name.removeprefix("-")
    if name == "q":
        return gettext("Query")
    if field in ("from", "to"):
        return words.field_label("published")
    if field in ("added_from", "added_to"):
        return words.field_label("added")
    if field in ("match", "all", "translation"):
        return gettext("Options")
    label = words.field_label(field)
    return label if field == name else f"{label} ({gettext('left out')})"
