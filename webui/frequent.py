"""The most frequent values of each facet: for lists beside boxes, and for examples. Counted once for each commit."""

from collections.abc import Mapping
from dataclasses import replace

from indexer.archive import Archive
from indexer.errors import StateError
from indexer.fields import FACET_FIELDS
from indexer.search.results import Facet
from webui import holder
from webui.addresses import urls
from webui.memo import remembered

VALUES = 30  # of each facet: more are quicker typed than looked through
FIELDS = tuple(field.name for field in FACET_FIELDS)


def readable() -> Archive | None:
    """The archive of this request; None while there is nothing to read, for pages that say something without it."""
    try:
        return holder.archive()
    except StateError:
        return None


def facets(archive: Archive | None, language: str | None = None) -> Mapping[str, Facet]:
    """Every facet with the values that most articles have; of the articles in a language alone if one is named."""
    if archive is None:
        return {}
    asked = replace(urls.plain_request(), size=0, facets=FIELDS, facet_size=VALUES)
    if language:
        asked = asked.with_filter("language", language)
    try:
        return remembered(archive, ("frequent", language), lambda: archive.search(asked).facets)
    except StateError:
        return {}


def values(found: Mapping[str, Facet], field: str) -> tuple[str, ...]:
    """The values of one of the facets that some article has, the most frequent first."""
    return tuple(bucket.value for bucket in found[field].buckets if bucket.count) if field in found else ()
