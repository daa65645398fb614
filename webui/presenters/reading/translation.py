"""An article and a machine's translation of it -> which of the texts its page shows, and the ways to the others.

The address says it (`text=translation`, `text=original`, `text=both`); where it does not, what the reader can read is
shown (`presenters.translated`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from markupsafe import Markup

from indexer.article import Article, Translation
from indexer.timeline import of_day
from webui import i18n, markup
from webui.addresses import urls
from webui.i18n import gettext
from webui.presenters.links import Link
from webui.presenters.reading import translated
from webui.presenters.reading.beside import Pair, Pairs

View = Literal["translation", "original", "both"]
VIEWS: tuple[View, ...] = ("translation", "original", "both")
PARAMETER = "text"

Spans = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts beside each other: its language in words and as a tag, and its direction."""

    name: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Translated:
    """What the page says of the translation, whichever text it shows. `other` is the headline in the other language,
    `rows` the two texts paragraph by paragraph where both are shown, with `sides` above them."""

    view: View
    views: tuple[Link, ...]
    credit: str
    warning: str
    other: translated.Heading | None
    rows: tuple[Pair, ...] = ()
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A translation, ready to be printed."""

    title: Markup
    summary: Markup | None
    paragraphs: tuple[Markup, ...]


def view_of(article: Article, asked: str) -> View:
    """What is shown of an article."""
    if article.translation is None:
        return "original"
    known = next((view for view in VIEWS if view == asked), None)
    return known or ("translation" if translated.comes_first(article) else "original")


def tells_more(summary: str, body: str) -> bool:
    """Whether a summary says what the beginning of the text does not; else it would be read twice."""
    told = summary.strip()
    return bool(told) and not body.lstrip().startswith(told.rstrip(" .…"))


def text(made: Translation, spans: Spans, numbers: markup.MatchNumbers, *, with_title: bool = True) -> Text:
    """The translation with the matches in it; they are numbered as they are met."""
    title = numbers.mark(made.title, spans.get("translation.title", ())) if with_title else Markup()
    told = tells_more(made.summary, made.body)
    summary = numbers.mark(made.summary, spans.get("translation.summary", ())) if told else None
    matches = spans.get("translation.body", ())
    paragraphs = tuple(
        numbers.annotate(part, markup.within(matches, start, start + len(part)), [])
        for start, part in markup.paragraphs(made.body)
    )
    return Text(title, summary, paragraphs)


def translated_page(
    article: Article, view: View, kept: Pairs, originals: Sequence[Markup], text: Text | None
) -> Translated | None:
    """What the page of a translated article says of it, given the paragraphs of the original and the translation."""
    made = article.translation
    if made is None:
        return None
    title, own = markup.plain(made.title), markup.plain(article.title)
    first = view == "translation" or (view == "both" and translated.comes_first(article))
    other = translated.heading(own, article.language) if first else translated.heading(title, made.language)
    rows = zip_longest(originals, text.paragraphs if text else (), fillvalue=Markup()) if view == "both" else ()
    return Translated(
        view=view,
        views=tuple(_link(article, each, view, kept) for each in VIEWS),
        credit=_credit(article, made),
        warning=gettext("Machines make mistakes: check the original before you quote."),
        other=other if other.text and view != "original" else None,
        rows=tuple(Pair(left, right) for left, right in rows),
        sides=(_side(article.language), _side(made.language)) if view == "both" else (),
    )


def _link(article: Article, view: View, current: View, kept: Pairs) -> Link:
    labels: dict[View, str] = {
        "translation": gettext("Translation"),
        "original": gettext("Original"),
        "both": gettext("Side by side"),
    }
    url = urls.with_pairs(urls.article(article.id), [*kept, (PARAMETER, view)])
    return Link(labels[view], url, current=view == current)


def _credit(article: Article, made: Translation) -> str:
    """Who translated it from which language, and when."""
    name, language = translated.engine(made), i18n.language_name(article.language) if article.language else ""
    if name and language:
        said = gettext("Translated from %(language)s by %(engine)s", language=language, engine=name)
    else:
        said = translated.cited(made)
    if made.made is None:
        return said
    return i18n.dateline(said, i18n.period(of_day(made.made.date())))


def _side(language: str | None) -> Side:
    return Side(i18n.language_name(language) if language else "", language or "", i18n.direction(language))
