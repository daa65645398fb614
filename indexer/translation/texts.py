"""An article to its translation, paragraph by paragraph, and whether it wants one.

In: an `Article` and the configuration. Out: a `Translation`, or why there is none. Called by `enrich` and `running`.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from indexer.article import Article, Translation
from indexer.config import TranslationConfig
from indexer.translation.base import same_language
from indexer.translation.kept import Kept
from indexer.translation.names import names_in

# Paragraphs and what parts them, in turn.
_PARTING = re.compile(r"(\n[^\S\n]*\n\s*)")
WHOLE = "all"


def target_of(language: str | None, config: TranslationConfig) -> str | None:
    """The language that articles in a language are translated into; None where they are not: it is one that readers
    read, or none that is to be translated, or not known."""
    if not language or not config.into or any(same_language(language, read) for read in config.into):
        return None
    if config.languages and not any(same_language(language, one) for one in config.languages):
        return None
    return config.into[0]


def wanted(article: Article, config: TranslationConfig) -> str | None:
    """The language that an article is to be translated into; None where it is not."""
    if article.withdrawn or not any(_texts(article, config)):
        return None
    if config.sources and (article.source or "").casefold() not in {name.casefold() for name in config.sources}:
        return None
    return target_of(article.language, config)


def has_translation(article: Article, target: str, config: TranslationConfig) -> bool:
    """Whether an article has all the translation that it is to have, by whichever engine."""
    there = article.translation
    if there is None or there.language != target:
        return False
    return not (config.what == WHOLE and article.body.strip() and not there.body.strip())


def translation_of(article: Article, target: str, config: TranslationConfig, kept: Kept) -> Translation:
    """The translation of an article, by the engine or from what is kept.

    Raises:
        NoPair: the engine does not have its languages.
        TranslationFailed: the engine failed.
    """
    title, summary, body = _texts(article, config)
    parts = _PARTING.split(body)
    assert article.language is not None
    came = kept.translate([title, summary, *parts[::2]], article.language, target, names_in(article))
    parts[::2] = came[2:]
    return Translation(
        language=target,
        title=came[0],
        summary=came[1],
        body="".join(parts),
        engine=kept.translator.name,
        version=kept.translator.version,
        made=datetime.now(UTC).replace(microsecond=0),
    )


def _texts(article: Article, config: TranslationConfig) -> Sequence[str]:
    return article.title, article.summary, article.body if config.what == WHOLE else ""
