"""An article -> how to cite it: the sentence that its page prints, and the files that programs read."""

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from indexer.article import Article, Translation
from webui import i18n, markup
from webui.addresses import downloads
from webui.formats import citations
from webui.i18n import gettext
from webui.presenters.lines import untitled
from webui.presenters.links import Link
from webui.presenters.reading import translated

# The ways to cite that are files: the name of each in addresses, and its own.
STYLES = (("bibtex", "BibTeX"), ("ris", "RIS"), ("csl-json", "CSL-JSON"))


def citation(
    article: Article, permalink: str, archive_name: str, today: date, made: Translation | None = None
) -> Markup:
    """The citation in the reader's language; its names, dates and addresses keep their own direction. `made` is the
    translation by a machine in which the article is read."""
    wording = replace(_wording(article), machine=translated.cited(made) if made else "")
    found = citations.pieces(article, citations.Reading(permalink, archive_name, today), wording)
    return markup.isolated((piece.text, piece.direction, piece.language) for piece in found)


def files(article: Article) -> tuple[Link, ...]:
    """The citation in other formats."""
    return tuple(Link(text, downloads.citation(form, article.id)) for form, text in STYLES)


def _wording(article: Article) -> citations.Wording:
    language = i18n.language_name(article.translated_from) if article.translated_from else ""
    return citations.Wording(
        undated=gettext("undated"),
        untitled=untitled(),
        accessed=gettext("accessed"),
        archived=gettext("Archived copy"),
        translated=gettext("Translated from %(language)s", language=language).replace("{", "").replace("}", ""),
        quotes=i18n.quotation_marks(),
        between=i18n.semicolon(),
    )
