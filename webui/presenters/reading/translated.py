"""A machine's translation of an article -> who made it, in words, and whether it or the original is shown first.

The reader's language decides: who cannot read the original but can read the translation gets this first. A hit that
only the translation has shows the translation, whatever language that is.
"""

from dataclasses import dataclass

from markupsafe import Markup

from indexer.article import Article, Translation
from indexer.search.results import Hit
from webui import i18n, markup
from webui.i18n import gettext

# How engines write their names; others are named as the archive has them.
_NAMES = {
    "apertium": "Apertium",
    "apertium-apy": "Apertium",
    "libretranslate": "LibreTranslate",
    "argos": "Argos Translate",
    "argostranslate": "Argos Translate",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline in another language than the text below it."""

    text: Markup | str
    language: str
    direction: str


def comes_first(article: Article) -> bool:
    """Whether the reader's language is that of the translation and not that of the article."""
    made = article.translation
    return made is not None and i18n.is_read(made.language) and not i18n.is_read(article.language)


def shown_first(hit: Hit) -> bool:
    """Whether a list shows a hit in translation."""
    return comes_first(hit.article) or (hit.by_translation and hit.article.translation is not None)


def engine(made: Translation) -> str:
    """The name of what made a translation."""
    name = markup.plain(made.engine).strip()
    return _NAMES.get(name.lower(), name)


def credit(made: Translation) -> str:
    """Who made a translation, as it stands in a line of facts."""
    name = engine(made)
    return gettext("translated by %(engine)s", engine=name) if name else gettext("machine translation")


def cited(made: Translation) -> str:
    """Who made a translation, as a citation has it."""
    name = engine(made)
    return gettext("Machine translation by %(engine)s", engine=name) if name else gettext("Machine translation")


def heading(text: Markup | str, language: str | None) -> Heading:
    """A headline with its language."""
    return Heading(text, language or "", i18n.direction(language))
