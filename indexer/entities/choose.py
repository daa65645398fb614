"""Which tagger reads which language.

In: the `taggers` table of the configuration (language -> "crf", "gazetteer", "spacy:PATH", "natasha"), and what is
installed. Out: a `Tagger`, loaded when a language first needs it. Called by the extractor; `taggers_of` tells people.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.lexicon import Lexicon
from indexer.entities.packed import DEFAULT_LANGUAGE, has_weights
from indexer.entities.tagger import Tagger
from indexer.errors import ConfigError

# Kinds that the trained tagger of a language may give: those it was right with in 85 of 100 cases or more, on texts
# it was not made from. docs/entities.md has the figures.
KINDS: Mapping[str, tuple[EntityKind, ...]] = {
    "ar": ENTITY_KINDS,
    "de": ("person", "place"),
    "en": ENTITY_KINDS,
    "es": ENTITY_KINDS,
    "fr": ("person", "place"),
    "it": ENTITY_KINDS,
    "nl": ("person", "place"),
    "pl": ENTITY_KINDS,
    "pt": ("person", "place"),
    "ru": ENTITY_KINDS,
    "zh": ENTITY_KINDS,
}
CASELESS = frozenset({"ar", "zh"})  # written without capitals: features and weights of another making
DEFAULT = dict.fromkeys(KINDS, "crf")
FALLBACK = "gazetteer"  # languages without a tagger of their own: names of places and institutions only
UNKNOWN_LANGUAGE = DEFAULT_LANGUAGE
NAMES = ("crf", "gazetteer", "natasha", "spacy:")
# Names under which pipelines of spaCy are installed, the best first, and the language with a package of its own.
_PIPELINES = tuple(f"{{}}_core_{genre}_{size}" for genre in ("news", "web") for size in ("trf", "lg", "md", "sm"))
_PACKAGES = {"ru": "natasha"}
_SMALL_GOLD = frozenset({"fr", "nl"})  # languages in which full names are also known by the given name
_GONE = {"jieba": "jieba is no longer used: it cuts words and finds hardly a name. Leave it out for what is built in"}


class TaggerChoice:
    """Chooses and keeps taggers."""

    def __init__(self, taggers: Mapping[str, str]) -> None:
        self._configured = {language.lower(): name for language, name in taggers.items()}
        for language, name in taggers.items():
            if name in _GONE:
                raise ConfigError(f"[entities] taggers: {_GONE[name]} (language {language!r}).")
            if name not in NAMES[:-1] and not name.startswith("spacy:"):
                near = difflib.get_close_matches(name, NAMES, 1)
                hint = f"; perhaps you meant {near[0]!r}" if near else ""
                raise ConfigError(
                    f"[entities] taggers: {name!r} for language {language!r} is no tagger{hint}. "
                    "Use crf, gazetteer, natasha or spacy:PATH."
                )
        self._loaded: dict[str, Tagger] = {}

    def name_for(self, language: str | None) -> str:
        """The name of the tagger for a BCP 47 language ("en-GB" uses "en").

        The configured one; else one that is installed for the language; else the one that is built in.
        """
        tag = (language or UNKNOWN_LANGUAGE).lower()
        base = tag.split("-")[0]
        configured = self._configured.get(tag) or self._configured.get(base)
        return configured or installed(base) or DEFAULT.get(base, FALLBACK)

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
        for language in self._configured:
            self.for_language(language)


def _load(name: str, language: str) -> Tagger:
    if name == "crf" and language in CASELESS:
        from indexer.entities.caseless.load import caseless_tagger

        return caseless_tagger(language)
    if name == "crf":
        from indexer.entities.crf import CrfTagger

        trained = CrfTagger.of(language if has_weights(language) else DEFAULT_LANGUAGE)
        return around(trained, trained.lexicon, language, KINDS.get(language, ENTITY_KINDS))
    if name == "gazetteer":
        from indexer.entities.gazetteer import GazetteerTagger

        return GazetteerTagger(language)
    from indexer.entities.adapters import load_adapter

    return with_listed(load_adapter(name), language)


def around(trained: Tagger, lexicon: Lexicon, language: str, kinds: Sequence[EntityKind] = ENTITY_KINDS) -> Tagger:
    """A trained tagger with what is done for its language besides; of its names only these kinds count."""
    if language == DEFAULT_LANGUAGE:
        return trained
    from indexer.entities.full_names import FullNames
    from indexer.entities.genitive import Nominative
    from indexer.entities.nominative.tagger import RULES
    from indexer.entities.trimmed import Trimmed

    if language in RULES:
        return with_listed(trained, language, kinds)  # a head word with a capital is a name there: "Сенат", "Sejm"
    people = FullNames(trained, lexicon) if language in _SMALL_GOLD else trained
    named = with_listed(Trimmed(people, lexicon), language, kinds)
    return Nominative(named, lexicon) if language == "de" else named


def with_listed(tagger: Tagger, language: str, kinds: Sequence[EntityKind] = ENTITY_KINDS) -> Tagger:
    """A tagger of which only some kinds count, beside the listed names of its language; people in the nominative."""
    if language == DEFAULT_LANGUAGE:
        return tagger
    from indexer.entities.gazetteer import GazetteerTagger
    from indexer.entities.named_by_list import NamedByList
    from indexer.entities.nominative.tagger import RULES, InNominative

    named = NamedByList(tagger, GazetteerTagger(language), kinds)
    return InNominative(named, language) if language in RULES else named


@lru_cache(maxsize=64)
def installed(language: str) -> str:
    """The tagger that is installed beside Broadsheet for a language, or "".

    English has none: what is built in reads it as well as a small pipeline, at many times the rate.
    """
    if language == DEFAULT_LANGUAGE or not language.isalpha():
        return ""
    package = _PACKAGES.get(language)
    if package and find_spec(package):
        return package
    if not find_spec("spacy"):
        return ""
    models = (pipeline.format(language) for pipeline in _PIPELINES)
    return next((f"spacy:{model}" for model in models if find_spec(model)), "")


def taggers_of(languages: Iterable[str], taggers: Mapping[str, str]) -> dict[str, str]:
    """The name of the tagger of each language, in order of the language."""
    choice = TaggerChoice(taggers)
    return {language: choice.name_for(language) for language in sorted(set(languages))}


def in_words(names: Mapping[str, str]) -> list[str]:
    """What the taggers of languages find, languages alike together: "de, en: people, organisations, places (crf)"."""
    groups: dict[str, list[str]] = {}
    for language, name in names.items():
        groups.setdefault(_found_by(name, language.split("-")[0]), []).append(language)
    return [f"{', '.join(found)}: {what}" for what, found in groups.items()]


def _found_by(name: str, language: str) -> str:
    kinds = KINDS.get(language, ENTITY_KINDS) if name == "crf" else () if name == FALLBACK else ENTITY_KINDS
    listed = "known places and institutions"
    if not kinds:
        return f"{listed} only, no people"
    told = [_PLURALS[kind] for kind in kinds]
    return f"{', '.join(told if len(kinds) == len(ENTITY_KINDS) else [*told, listed])} ({name})"


_PLURALS: Mapping[EntityKind, str] = {"person": "people", "organisation": "organisations", "place": "places"}
