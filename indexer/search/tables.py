"""Results as tables: HTML for notebooks, data frames for pandas. Called by the methods of `results`."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.article import ENTITY_KINDS
from indexer.errors import LibraryMissing

if TYPE_CHECKING:
    from pandas import DataFrame

    from indexer.search.results import Bucket, Hit, SearchResults

_HEAD = ("", "title", "source", "published", "score")
# What a frame says of each hit, beside its date, its score and the entities.
_COLUMNS = ("title", "source", "category", "language", "author", "topic", "url", "summary")


def results_html(found: "SearchResults") -> str:
    """A small table of the hits, with every text escaped."""
    rows = "".join(_row(number, hit) for number, hit in enumerate(found.hits, first_number(found)))
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return f"<p>{escape(summary(found))}</p>{table}"


def first_number(found: "SearchResults") -> int:
    """The number of the first hit; 1 where a cursor led to it, which does not count."""
    return 1 if found.request.cursor else (found.page - 1) * found.size + 1


def summary(found: "SearchResults") -> str:
    """How many hits of how many, and of what query."""
    count, total = len(found.hits), found.total
    said = f"{count:,} of {total:,} {'article' if total == 1 else 'articles'}"
    if found.stories is not None:
        said += f" in {found.stories:,} {'story' if found.stories == 1 else 'stories'}"
    return f"{said} for {found.query!r}" if found.query else said


def _row(number: int, hit: "Hit") -> str:
    article = hit.article
    title = escape(article.title or article.id)
    if article.url and article.url.lower().startswith(("http://", "https://")):
        title = f'<a href="{escape(article.url)}" rel="noopener noreferrer">{title}</a>'
    published = article.published.isoformat() if article.published else ""
    cells = (str(number), title, escape(article.source or ""), escape(published), f"{hit.score:.2f}")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def hits_frame(hits: Sequence["Hit"]) -> "DataFrame":
    """A row for each hit, under its id; `published` is in UTC."""
    pandas = _pandas()
    rows = [_record(hit) for hit in hits]
    frame = pandas.DataFrame(rows, columns=["id", "published", "score", *_COLUMNS, *ENTITY_KINDS, "copies"])
    # By the second: the nanoseconds that pandas would count end in 1677.
    instants = [hit.article.published.instant.replace(tzinfo=None) if hit.article.published else None for hit in hits]
    frame["published"] = pandas.Series(np.array(instants, "datetime64[s]")).dt.tz_localize("UTC")
    return frame.set_index("id")


def _record(hit: "Hit") -> Mapping[str, Any]:
    article = hit.article
    return {
        "id": article.id,
        "score": hit.score,
        **{name: getattr(article, name) for name in _COLUMNS},
        **{kind: article.names(kind) for kind in ENTITY_KINDS},
        "copies": hit.copies,
    }


def buckets_frame(field: str, buckets: Iterable["Bucket"]) -> "DataFrame":
    """A row for each value of a facet, under the value, with its `count`."""
    found = list(buckets)
    index = _pandas().Index([bucket.value for bucket in found], name=field)
    return _pandas().DataFrame({"count": [bucket.count for bucket in found]}, index=index)


def _pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise LibraryMissing(
            "Data frames need pandas, which is not installed: pip install 'broadsheet[pandas]'"
        ) from None
    return pandas
