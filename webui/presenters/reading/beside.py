"""Two texts -> the page of both: a translation by paragraphs; a copy or another version sentence by sentence, with the
words marked that only one of them has, and as one text for where there is no room for two columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import zip_longest

from markupsafe import Markup

from indexer.article import Article
from indexer.browsing import differences
from indexer.browsing.alignment import Effort
from indexer.timeline import of_day
from webui import i18n, markup
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters.lines import stamp, untitled

Pairs = Sequence[tuple[str, str]]  # parameters of an address


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands left and right; of two that differ also both as one text, what is gone before what came."""

    left: Markup | str
    right: Markup | str
    differs: bool = False
    both: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Another text set beside the article. `compared` tells a copy or version, which is mostly the same, from a
    translation. `ours` and `title` head the columns."""

    title: str
    rows: tuple[Pair, ...]
    language: str
    direction: str
    url: str
    close_url: str
    ours: str
    note: str = ""
    compared: bool = False


def translation(article: Article, paragraphs: Sequence[Markup], other: Article, kept: Pairs) -> Beside:
    """The article beside its original or a translation."""
    theirs = [markup.plain(text) for _, text in markup.paragraphs(other.body)]
    return Beside(
        title=markup.plain(other.title) or untitled(),
        rows=tuple(Pair(left, right) for left, right in zip_longest(paragraphs, theirs, fillvalue=Markup())),
        language=other.language or "",
        direction=i18n.direction(other.language),
        url=urls.with_pairs(urls.article(other.id), _search(kept)),
        close_url=urls.with_pairs(urls.article(article.id), kept),
        ours=i18n.language_name(article.language) if article.language else "",
    )


def copy(article: Article, other: Article, kept: Pairs) -> Beside:
    """The article beside another print of its story; `kept` are the parameters of the search it was found by."""
    url = urls.with_pairs(urls.article(other.id), _search(kept))
    return _compared(article, other, (_print(article), _print(other)), url, kept)


def version(article: Article, newest: Article, number: int, kept: Pairs) -> Beside:
    """A version of an article beside that of another number, from 1."""
    other = newest.versions[number - 1]
    url = urls.with_pairs(urls.article(newest.id), [*kept, ("version", str(number))])
    return _compared(article, other, (moment(article), moment(other)), url, kept)


def moment(article: Article) -> str:
    """Since when an article says what it says."""
    stood = article.stood
    if stood is None:
        return ""
    return i18n.dateline(i18n.period(of_day(stood.date())), f"{i18n.clock(stood, UTC)} UTC")


def _print(article: Article) -> str:
    """Who printed it, and when."""
    when, source = stamp(article), markup.plain(article.source or "")
    if when is None:
        return source or untitled()
    return i18n.dateline(source, when.day) if source else when.day


def _search(kept: Pairs) -> Pairs:
    """The search alone: the place in its list is another article's."""
    return [(name, value) for name, value in kept if name != "pos"]


def _compared(article: Article, other: Article, heads: tuple[str, str], url: str, kept: Pairs) -> Beside:
    effort = Effort()
    whole = article.id == other.id
    left, right = (markup.plain(differences.told(each, whole=whole)) for each in (article, other))
    rows = tuple(_pair(row, effort) for row in differences.compare(left, right, effort))
    note = gettext("It would take too long to compare these texts to the end. What was not compared is marked whole.")
    return Beside(
        title=heads[1],
        rows=rows,
        language=other.language or "",
        direction=i18n.direction(other.language),
        url=url,
        close_url=urls.with_pairs(urls.article(article.id), kept),
        ours=heads[0],
        note=note if effort.spent else "",
        compared=True,
    )


def _pair(row: differences.Row, effort: Effort) -> Pair:
    if not row.differs:
        return Pair(row.left, row.right)
    left, right = differences.changed_words(row.left, row.right, effort)
    return Pair(markup.pieces(left, "del"), markup.pieces(right, "ins"), True, _both(left, right))


def _both(left: differences.Pieces, right: differences.Pieces) -> Markup:
    """Two sides as one text. What they share stands in both in the same order, so the right side's is left out."""
    found: list[Markup] = []
    came = iter(right)
    for text, gone in left:
        if gone:
            found.append(markup.pieces([(text, True)], "del"))
            continue
        for theirs, new in came:
            if not new:
                break
            found.append(markup.pieces([(theirs, True)], "ins"))
        found.append(Markup.escape(text))
    found += [markup.pieces([(text, True)], "ins") for text, new in came if new]
    return Markup().join(found)
