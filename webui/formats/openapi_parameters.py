"""What the addresses of the JSON API take: the parameters of its OpenAPI description."""

from typing import Any

from indexer.search.request import MAX_SIZE, Match, Sort
from webui.addresses import params

CURSOR = "^[A-Za-z0-9_-]*$"  # opaque to clients, but made of no other signs
MAX_OFFSET, MAX_LIMIT, MAX_SUGGESTIONS = 10_000_000, 1000, 50
MAX_TERMS = 100  # words and names of hits; three times as many are counted
MAX_RELATED = 100  # articles
MAX_TRENDS = 50  # names; each costs some searches
MAX_VERSION = 1_000_000
MOST_LINES = 100  # of a batch
BATCH_SECONDS = 10.0  # after which lines are not answered any more
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}


def narrowing_parameters() -> list[Schema]:
    """What decides which articles are found."""
    found = [
        query("q", _TEXT, "the query, in the syntax of the search box; at most 1,000 characters"),
        query(
            "match", _TEXT, f"whether all words of a plain query must match: {', '.join(each.value for each in Match)}"
        ),
        query("from", _TEXT, "first year, month or day: 2021, 2021-10, 2021-10-14"),
        query("to", _TEXT, "last year, month or day, included"),
        query(
            "added_from", _TEXT, "first year, month, day, minute or second of arrival: 2026-11-03, 2026-11-03T14:00Z"
        ),
        query("added_to", _TEXT, "last one, included; days and times without a zone are those of the archive's"),
        query("all", _TEXT, "1 counts people, organisations and places named in passing too"),
        query("spellcheck", _TEXT, "0 does not answer a misspelt query without hits as corrected"),
        query("translation", _TEXT, "off neither searches nor shows what machines translated"),
    ]
    for field, parameter in params.FILTER_PARAMETERS.items():
        values = {"type": "array", "items": {"type": "string"}}
        found.append(query(parameter, values, f"{field} is any of these; an empty value means none at all", many=True))
        found.append(query(f"-{parameter}", values, f"{field} is none of these", many=True))
    return found


def search_parameters() -> list[Schema]:
    """The parameters of a search, in the order of `docs/url-parameters.md`.

    All are texts: what makes no sense is ignored with a warning, and so is nothing that a schema could forbid.
    """
    return [
        *narrowing_parameters(),
        query("sort", _TEXT, f"the order of hits: {', '.join(each.value for each in Sort)}"),
        query("page", _TEXT, "a number that counts from 1"),
        query("size", _TEXT, f"hits on a page, 0 to {MAX_SIZE}"),
        query(
            "cursor", {"type": "string", "pattern": CURSOR}, "next_cursor of an earlier answer; takes the place of page"
        ),
        query("facets", _TEXT, "facets to count, parted by commas; all or none"),
        query("facet_size", _TEXT, f"values of each facet, 1 to {params.MAX_FACET_SIZE}"),
        query("snippets", _TEXT, "0 cuts no passages"),
        query("explain", _TEXT, "1 says what each clause adds to a score"),
        query("group", _TEXT, "1 collapses copies of a story into one hit"),
        query("recency", _TEXT, "1 lets newer articles weigh more"),
    ]


def query(name: str, schema: Schema, description: str, *, many: bool = False) -> Schema:
    """A parameter behind the question mark."""
    found: Schema = {"name": name, "in": "query", "description": description, "schema": schema}
    return found | ({"style": "form", "explode": True} if many else {})


def path_parameter(name: str, schema: Schema) -> Schema:
    """A part of the path."""
    return {"name": name, "in": "path", "required": True, "schema": _TEXT | schema}


def article_id(where: str) -> Schema:
    """The id of an article, in the path or behind the question mark."""
    return {"name": "id", "in": where, "required": True, "description": "the article's id",
            "schema": {"type": "string", "minLength": 1}}  # fmt: skip


def fields() -> Schema:
    """Which fields of a hit are wanted."""
    return query("fields", _TEXT, "what to return of each hit, parted by commas; the id always comes")


def number(low: int, high: int) -> Schema:
    """A number in a range."""
    return {"type": "integer", "minimum": low, "maximum": high}


def paging() -> list[Schema]:
    """Which part of a list is wanted."""
    return [
        query("offset", number(0, MAX_OFFSET), "how many to leave out at the start"),
        query("limit", number(0, MAX_LIMIT), "how many"),
    ]


def facet_parameters() -> list[Schema]:
    """Which values of a facet are wanted, and in which order."""
    return [
        query("contains", _TEXT, "only values that contain this text"),
        query("order", {"type": "string", "enum": ["count", "name"]}, "the order of values"),
        *paging(),
    ]


def group() -> Schema:
    """Whether copies of a story are one."""
    return query("group", {"type": "string", "enum": ["0", "1"]}, "1 takes copies of a story as one")
