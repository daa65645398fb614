"""A receipt held against the archive -> its page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.article import Article
from indexer.receipts.comparison import ReceiptComparison
from webui import i18n
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters.lines import Line, article_line, articles
from webui.presenters.results.facets import Chip, chips


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """Everything that the receipt template prints."""

    title: str
    verdict: str
    chips: tuple[Chip, ...]
    then: str
    then_iso: str
    then_count: str
    then_generation: str
    now_count: str
    now_generation: str
    fingerprint: str
    new: tuple[Line, ...]
    search_url: str
    renew_url: str
    address: str


def receipt_page(found: ReceiptComparison, new: Sequence[Article], address: str) -> ReceiptPage:
    """Present a comparison with the new articles that are to be listed."""
    receipt = found.receipt
    base = urls.base_request()
    match = found.matching.mode if found.matching else base.match
    request = replace(
        base,
        query=found.request.query,
        filters=found.request.filters,
        dates=found.request.dates,
        added=found.request.added,
        match=match,
        all_mentions=found.request.all_mentions,
    )
    return ReceiptPage(
        title=gettext("Receipt of a search"),
        verdict=_verdict(found),
        chips=tuple(chips(request, found.tree, found.matching)),
        then=f"{i18n.full_day(receipt.time.date())}, {i18n.clock(receipt.time)} UTC",
        then_iso=receipt.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        then_count=articles(receipt.total),
        then_generation=i18n.number(receipt.generation),
        now_count=articles(found.total),
        now_generation=i18n.number(found.generation),
        fingerprint=receipt.fingerprint,
        new=tuple(article_line(article) for article in new),
        search_url=urls.search(request),
        renew_url=urls.receipt(request),
        address=address,
    )


def _verdict(found: ReceiptComparison) -> str:
    if found.changed is False:
        return gettext("Nothing has changed: the same articles are found.")
    if found.new is not None and found.gone is not None:
        new, gone = i18n.number(found.new), i18n.number(found.gone)
        return gettext("Since then: %(new)s new, %(gone)s gone.", new=new, gone=gone)
    if found.net > 0:
        return gettext("Since then: %(count)s more than before.", count=articles(found.net))
    if found.net < 0:
        return gettext("Since then: %(count)s fewer than before.", count=articles(-found.net))
    if found.changed:
        return gettext("As many articles as before, but not the same ones.")
    return gettext("As many articles as before.")
