"""A search that is not answered -> its page: why, what helps, and all that was typed, still in its place."""

from dataclasses import dataclass, replace

from indexer.errors import QueryTooExpensive, SearchTimeout
from webui.addresses import params, urls
from webui.http.errors import too_long
from webui.i18n import gettext
from webui.markup import plain
from webui.presenters import words


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
        kept=params.write(replace(asked.request, query="", page=1, cursor=None), urls.base_request()),
        warnings=tuple(words.warning_text(each) for each in asked.warnings),
    )
