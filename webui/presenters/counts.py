"""How many values a facet has, in the word for its kind: 725 people, 31 sources."""

from collections.abc import Callable

from webui import i18n
from webui.i18n import gettext, ngettext

# Each a call of its own, so that the messages are collected.
_COUNTED: dict[str, Callable[[int, str], str]] = {
    "source": lambda n, count: ngettext("%(count)s source", "%(count)s sources", n, count=count),
    "collection": lambda n, count: ngettext("%(count)s collection", "%(count)s collections", n, count=count),
    "category": lambda n, count: ngettext("%(count)s category", "%(count)s categories", n, count=count),
    "language": lambda n, count: ngettext("%(count)s language", "%(count)s languages", n, count=count),
    "translated_from": lambda n, count: ngettext(
        "%(count)s original language", "%(count)s original languages", n, count=count
    ),
    "author": lambda n, count: ngettext("%(count)s author", "%(count)s authors", n, count=count),
    "topic": lambda n, count: ngettext("%(count)s topic", "%(count)s topics", n, count=count),
    "person": lambda n, count: ngettext("%(count)s person", "%(count)s people", n, count=count),
    "organisation": lambda n, count: ngettext("%(count)s organisation", "%(count)s organisations", n, count=count),
    "place": lambda n, count: ngettext("%(count)s place", "%(count)s places", n, count=count),
    "published": lambda n, count: ngettext("%(count)s date", "%(count)s dates", n, count=count),
}


def values(field: str, amount: int) -> str:
    """So many values of a facet, in words."""
    return _COUNTED[field](amount, i18n.number(amount))


def all_values(field: str, amount: int) -> str:
    """The way to all values of a facet."""
    return gettext("All %(values)s", values=values(field, amount))


def among(field: str, amount: int) -> str:
    """The name of a search among the values of a facet."""
    return gettext("Search among %(values)s", values=values(field, amount))


def changes() -> dict[str, str]:
    """What the button says when so many changes wait for it: the form for each plural category of the language.

    A script puts the number in the place of `#`.
    """
    return {
        category: ngettext("Apply %(count)s change", "Apply %(count)s changes", amount, count="#")
        for category, amount in i18n.plural_categories()
    }
