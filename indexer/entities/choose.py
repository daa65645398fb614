"""Which tagger reads which language.

In: the `taggers` table of the configuration (language -> "crf", "gazetteer", "spacy:PATH", "natasha", "jieba").
Out: a `Tagger`, loaded when a language first needs it. Called by the extractor.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.packed import DEFAULT_LANGUAGE, has_weights
from indexer.entities.tagger import Tagger
from indexer.errors import ConfigError

# Kinds that the trained tagger of a language may give: those it was right with in 85 of 100 cases or more, on texts
# it was not made from. docs/entities.md has the figures.
KINDS: Mapping[str, tuple[EntityKind, ...]] = {
    "en": ENTITY_KINDS,
}
DEFAULT = dict.fromkeys(KINDS, "crf")
FALLBACK = "gazetteer"  # languages without a tagger of their own: names of places and institutions only
UNKNOWN_LANGUAGE = DEFAULT_LANGUAGE
NAMES = ("crf", "gazetteer", "natasha", "jieba", "spacy:")


class TaggerChoice:
    """Chooses and keeps taggers."""

    def __init__(self, taggers: Mapping[str, str]) -> None:
        self._names = {**DEFAULT, **{language.lower(): name for language, name in taggers.items()}}
        for language, name in taggers.items():
            if name not in NAMES[:-1] and not name.startswith("spacy:"):
                near = difflib.get_close_matches(name, NAMES, 1)
                hint = f"; perhaps you meant {near[0]!r}" if near else ""
                raise ConfigError(
                    f"[entities] taggers: {name!r} for language {language!r} is no tagger{hint}. "
                    "Use crf, gazetteer, natasha, jieba or spacy:PATH."
                )
        self._loaded: dict[str, Tagger] = {}

    def name_for(self, language: str | None) -> str:
        """The configured name of the tagger for a BCP 47 language ("en-GB" uses "en")."""
        tag = (language or UNKNOWN_LANGUAGE).lower()
        return self._names.get(tag) or self._names.get(tag.split("-")[0]) or FALLBACK

    def for_language(self, language: str | None) -> Tagger:
        """The tagger for a language."""
        name = self.name_for(language)
        base = (language or UNKNOWN_LANGUAGE).lower().split("-")[0]
        key = f"{name}:{base}"
        if key not in self._loaded:
            self._loaded[key] = _load(name, base)
        return self._loaded[key]

    def check(self) -> None:
        """Load every configured tagger, so that what is missing is told at start."""
        for language in self._names:
            self.for_language(language)


def _load(name: str, language: str) -> Tagger:
    if name == "crf":
        from indexer.entities.crf import CrfTagger

        trained = CrfTagger.of(language if has_weights(language) else DEFAULT_LANGUAGE)
        return with_listed(trained, language, KINDS.get(language, ENTITY_KINDS))
    if name == "gazetteer":
        from indexer.entities.gazetteer import GazetteerTagger

        return GazetteerTagger(language)
    from indexer.entities.adapters import load_adapter

    return with_listed(load_adapter(name), language)


def with_listed(tagger: Tagger, language: str, kinds: Sequence[EntityKind] = ENTITY_KINDS) -> Tagger:
    """A tagger of which only some kinds count, beside the listed names of its language."""
    if language == DEFAULT_LANGUAGE:
        return tagger
    from indexer.entities.gazetteer import GazetteerTagger
    from indexer.entities.named_by_list import NamedByList

    return NamedByList(tagger, GazetteerTagger(language), kinds)


def names_only(languages: Iterable[str], taggers: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the languages in which names of places and institutions are found by list, and no people."""
    choice = TaggerChoice(taggers)
    return tuple(sorted({language for language in languages if choice.name_for(language) == FALLBACK}))
