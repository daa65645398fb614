"""An article -> its citation in the reader's language."""

from datetime import date

from indexer.article import Article
from webui import i18n
from webui.addresses import urls
from webui.formats import citations
from webui.i18n import gettext
from webui.presenters.lines import untitled

# The ways to cite that are files: the name of each in addresses, and its own.
STYLES = (("bibtex", "BibTeX"), ("ris", "RIS"), ("csl-json", "CSL-JSON"))


def citation(article: Article, archive_name: str, today: date) -> str:
    """The plain citation of an article that is read on a day."""
    reading = citations.Reading(urls.absolute(urls.article(article.id)), archive_name, today)
    return citations.plain(article, reading, wording(article))


def wording(article: Article) -> citations.Wording:
    """The words of a plain citation."""
    language = i18n.language_name(article.translated_from) if article.translated_from else ""
    return citations.Wording(
        undated=gettext("undated"),
        untitled=untitled(),
        accessed=gettext("accessed"),
        archived=gettext("Archived copy"),
        translated=gettext("Translated from %(language)s", language=language).replace("{", "").replace("}", ""),
    )
