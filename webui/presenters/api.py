"""What an archive holds -> examples of its JSON API, each an address that answers."""

from dataclasses import dataclass

from indexer.search.results import SearchResults
from webui import markup
from webui.addresses import params, urls
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.lines import untitled

ROOT = "/api/v1"
EXAMPLE_FACETS = ("person", "source")  # by the first of these that the archive has, articles are asked for


@dataclass(frozen=True, slots=True)
class Example:
    """An address of the API, and what it answers."""

    text: str
    url: str


def root() -> str:
    """Below which addresses the API is, set apart as a text that runs from left to right."""
    return f"\u2066{urls.page(ROOT)}\u2069"


def examples(found: SearchResults) -> tuple[Example, ...]:
    """A search, an article and counts over time, with names and ids of this archive.

    Args:
        found: the newest article, with the facets `EXAMPLE_FACETS`.
    """
    listed = []
    for field in EXAMPLE_FACETS:
        value = next((bucket.value for bucket in found.facets[field].buckets if bucket.value), None)
        if value is not None:
            name = words.value_label(field, value)
            text = (
                gettext("The newest articles that name %(name)s", name=name)
                if field == "person"
                else gettext("The newest articles of %(name)s", name=name)
            )
            pairs = [(params.FILTER_PARAMETERS[field], value), ("sort", "newest")]
            listed.append(Example(text, urls.page(f"{ROOT}/search", pairs)))
            break
    for hit in found.hits[:1]:
        id, title = hit.article.id, markup.plain(hit.article.title) or untitled()
        url = urls.page(f"{ROOT}/articles/{urls.segment(id)}") if urls.fits_path(id) else None
        listed.append(Example(title, url or urls.page(f"{ROOT}/articles", [("id", id)])))
    listed.append(Example(gettext("How many articles there are of each year"), urls.page(f"{ROOT}/calendar")))
    return tuple(listed)
