"""Links as pages print them: a text, and where it leads."""

from dataclasses import dataclass

from webui import markup
from webui.addresses import urls
from webui.addresses.neighbours import Nearby
from webui.presenters import words


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `note` says more about it."""

    text: str
    url: str
    count: str = ""
    current: bool = False
    note: str = ""


def profile_link(field: str, name: str | None) -> Link | None:
    """A link to the page about a source, person, organisation or place."""
    return Link(words.value_label(field, name), urls.profile(field, name)) if name else None


def category_links(path: str | None, near: Nearby | None = None) -> tuple[Link, ...]:
    """Each step of a category, leading to everything in it, or to what of a search is in it."""
    steps = path.split("/") if path else []
    near = near or urls.everything()
    return tuple(
        Link(markup.plain(step), near.with_only("category", "/".join(steps[: at + 1]))) for at, step in enumerate(steps)
    )
