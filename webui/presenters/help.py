"""Help with searching: the query syntax as rows of an example and what it finds, and the page of a search that is not
answered, with why, what helps, and all that was typed still in its place."""

from dataclasses import dataclass, replace

from indexer.errors import QueryTooExpensive, SearchTimeout
from webui.addresses import params, urls
from webui.http.errors import too_long
from webui.i18n import gettext
from webui.markup import plain
from webui.presenters import words


def rows() -> list[tuple[str, str]]:
    """Examples in the order of how often they are needed."""
    return [
        ("lavrov biden", gettext("both words, or one of them where few articles have both")),
        ("lavrov AND biden", gettext("both words, anywhere in the article")),
        ('"normandy group"', gettext("these words, in this order")),
        ("lavrov OR putin", gettext("one word or the other")),
        ("summit -rome", gettext("the first word, without the second")),
        ("minist*", gettext("words that begin so; three letters at least")),
        ("lavrof~", gettext("words spelt much like this")),
        ("=ministers", gettext("exactly this form of the word")),
        ("lavrov NEAR/5 biden", gettext("both words, at most five words apart")),
        ("title:summit", gettext("the word in the title")),
        ('source:SANA person:"Joe Biden"', gettext("what a source wrote about a person")),
        ("org:NATO place:Kyiv", gettext("an organisation and a place")),
        ("category:Politics lang:en", gettext("a category and a language")),
        ("date:2021-10", gettext("published in that month")),
        ("after:2021 before:2022-03", gettext("published between two dates")),
        ("added:2026-11-03..", gettext("added to the archive on that day or later")),
        ("on:10-14", gettext("published on that day of any year")),
        ("(lavrov OR putin) summit", gettext("parentheses keep words together")),
    ]


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """Everything that the template of refused searches prints; `kept` goes along with what is typed next."""

    title: str
    reason: str
    query: str
    kept: params.Pairs
    warnings: tuple[str, ...]


def refused_page(error: QueryTooExpensive | SearchTimeout, asked: params.Read) -> RefusedPage:
    """Present a query that was refused, or a search that was given up."""
    if isinstance(error, SearchTimeout):
        title, reason = too_long()
    else:
        title = gettext("This search cannot be answered")
        reason = words.warning_text(error.warning) if error.warning else plain(str(error))
    return RefusedPage(
        title=title,
        reason=reason,
        query=asked.request.query,
        kept=params.write(replace(asked.request.with_page(1), query=""), urls.base_request()),
        warnings=tuple(words.warning_text(each) for each in asked.warnings),
    )
