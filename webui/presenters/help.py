"""Help with searching: the query syntax as examples with what each finds, and the page of a search that is not
answered, with why, what helps, and all that was typed still in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.errors import QueryTooExpensive, SearchTimeout
from webui.addresses import params, urls
from webui.http.errors import too_long
from webui.i18n import gettext, lazy_gettext, number
from webui.markup import plain
from webui.presenters import words

# What each kind of example shows; see `webui.examples`.
_MEANINGS = {
    lazy_gettext("Words"): {
        "words": lazy_gettext("both words, or one of them where few articles have both"),
        "and": lazy_gettext("both words, anywhere in the article"),
        "phrase": lazy_gettext("these words, in this order"),
        "or": lazy_gettext("one word or the other"),
        "not": lazy_gettext("the first word, without the second"),
        "prefix": lazy_gettext("words that begin so; three letters at least"),
        "wildcard": lazy_gettext("words with any letter in the place of the question mark"),
        "fuzzy": lazy_gettext("words spelt much like this"),
        "exact": lazy_gettext("exactly this form of the word"),
        "near": lazy_gettext("both words, at most five words apart"),
        "slop": lazy_gettext("these words in this order, with at most five others among them"),
        "group": lazy_gettext("parentheses keep words together"),
        "everything": lazy_gettext("every article"),
    },
    lazy_gettext("Where they stand, and who is named"): {
        "title": lazy_gettext("the word in the title"),
        "source": lazy_gettext("what a source has published"),
        "collection": lazy_gettext("what the sources of a collection have published"),
        "person": lazy_gettext("articles that name a person, in whatever script"),
        "organisation": lazy_gettext("articles that name an organisation"),
        "place": lazy_gettext("articles that name a place"),
        "author": lazy_gettext("what an author wrote"),
        "topic": lazy_gettext("articles on a topic"),
        "category": lazy_gettext("a category and what lies below it"),
        "language": lazy_gettext("articles in a language"),
        "translated_from": lazy_gettext("articles translated from a language"),
        "any": lazy_gettext("articles that have any value in the field"),
        "none": lazy_gettext("articles that have none"),
        "url": lazy_gettext("articles from this address"),
        "extra": lazy_gettext("articles whose source states something under this name"),
    },
    lazy_gettext("When"): {
        "month": lazy_gettext("published in that month"),
        "between": lazy_gettext("published between two dates"),
        "span": lazy_gettext("published on these days, the first and the last included"),
        "day": lazy_gettext("published on that day of any year"),
        "undated": lazy_gettext("articles without a date"),
        "added": lazy_gettext("added to the archive on that day or later"),
    },
}
KINDS = {kind: text for meanings in _MEANINGS.values() for kind, text in meanings.items()}
_TIPS = ("phrase", "or", "not", "prefix", "person")


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it finds, and in how many articles where that is known."""

    query: str
    meaning: str
    url: str
    count: str = ""


def examples(queries: Mapping[str, str], counts: Mapping[str, int]) -> list[tuple[str, list[Example]]]:
    """The examples that find something, in groups, in the order of how often they are needed."""
    found = {kind: query for kind, query in queries.items() if counts.get(kind) != 0}
    return [
        (str(label), [_example(kind, text, found, counts) for kind, text in meanings.items() if kind in found])
        for label, meanings in _MEANINGS.items()
    ]


def tips(queries: Mapping[str, str]) -> list[Example]:
    """The few examples that stand at the search box."""
    return [_example(kind, KINDS[kind], queries, {}) for kind in _TIPS if kind in queries]


def _example(kind: str, meaning: object, queries: Mapping[str, str], counts: Mapping[str, int]) -> Example:
    count = number(counts[kind]) if kind in counts else ""
    return Example(plain(queries[kind]), str(meaning), urls.page("/search", [("q", queries[kind])]), count)


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
