"""What the configuration knows of a source -> the lines of its page: where it is, and what it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from indexer.search.request import Sort
from indexer.sources import Source
from indexer.timeline import of_day
from webui import i18n, markup
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.links import Link


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: what it is, and a text or links that say it. `away` leads to another site, whose address
    it is."""

    label: str
    text: str = ""
    links: tuple[Link, ...] = ()
    away: str = ""


def known(source: Source | None, shown: str, seen: datetime | None = None) -> tuple[Known, ...]:
    """What is known of a source, but for the name by which it is shown; `seen` is when it last brought something."""
    return tuple(_known(source, shown, seen)) if source else ()


def _known(source: Source, shown: str, seen: datetime | None) -> Iterator[Known]:
    if source.country:
        yield Known(gettext("Country"), i18n.country_name(source.country))
    if source.language:
        yield Known(words.field_label("language"), words.value_label("language", source.language))
    if source.translated_from:
        yield Known(words.field_label("translated_from"), words.value_label("translated_from", source.translated_from))
    if source.site:
        yield Known(gettext("Site"), away=source.site)
    if seen:
        day = i18n.period(of_day(seen.date()))
        yield Known(gettext("Last news"), f"{i18n.dateline(day, i18n.clock(seen))} {i18n.offset_name(0)}")
    if source.collections:
        base = replace(urls.base_request(), sort=Sort.NEWEST)
        links = tuple(
            Link(markup.plain(name), urls.search(base.with_filter("collection", name))) for name in source.collections
        )
        yield Known(words.fields_label("collection"), links=links)
    others = [markup.plain(name) for name in (source.name, *source.other_names) if name != shown]
    if others:
        yield Known(gettext("Other names"), i18n.comma().join(others))
    if source.licence:
        yield Known(gettext("Licence"), markup.plain(source.licence))
