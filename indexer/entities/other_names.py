"""Other names of places, institutions and well-known people, in any language and script.

In: a name as somebody types it (بيروت, Beyrouth, Бейруте), and its kind. Out: the names that it may stand for, as
archives show them (Beirut). The other way round, how such a name is written for readers of a language. The sources are
the alias table, `data/people.tsv` and the lists of `gazetteer` with the inflections that these follow. Nothing of this
is kept in an index. Called by the engines for queries, filters and suggestions, and by the site for its labels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from indexer import analysis
from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.gazetteer import ARABIC_PREFIXES, GAZETTEER, inflected_forms, read_tables
from indexer.entities.normalise import ALIASES, Aliases, read_aliases
from indexer.entities.packed import DATA

PEOPLE = DATA / "people.tsv"
# The languages of the lists in the order in which a name that means two things is understood.
FIRST = ("ar", "zh", "ru", "fr", "de", "es")

_KINDS: Mapping[str, EntityKind] = {kind: kind for kind in ENTITY_KINDS}
Names = Mapping[str, tuple[str, ...]]


def meanings(kind: EntityKind, name: str) -> tuple[str, ...]:
    """The names that a name of a kind may stand for, the likeliest first; none for one that no table has."""
    found: dict[str, None] = {}
    for table in _alias_tables():
        hit = table.find(name, kind)
        if hit and hit[0] == kind:
            found[hit[1]] = None
    key = _key(name)
    found |= dict.fromkeys(_listed()[kind].get(key, ()))
    if own := next((each for each in found if _key(each) == key), None):
        return (own,) if own != name else ()  # Mexico is Mexico, whatever else a Frenchman calls so
    if not found and kind != "person":
        found |= dict.fromkeys(_inflected(kind, key))
    return tuple(found)


@lru_cache(maxsize=4096)
def labels_for(kind: EntityKind, name: str) -> tuple[str, ...]:
    """The labels under which an archive may have what a name stands for, the likeliest first: the names that it stands
    for, then those that surely name the same (`Москва` for Moscow, as a source may state it)."""
    found = meanings(kind, name)
    same = ((each, other) for each in found or (name,) for other in other_names(kind).get(each, ()) if other != name)
    return tuple(dict.fromkeys((*found, *(other for each, other in same if settled(kind, other) == (kind, each)))))


def settled(kind: EntityKind, name: str) -> tuple[EntityKind, str] | None:
    """Kind and name of what a label surely names besides itself: by the alias table, else in another script.

    Not by Latin letters of other languages, where `CPI` is a court and a price index; nor a person by one word of an
    alphabet, which is a family name.
    """
    if (hit := read_aliases().find(name, kind)) is not None or name.isascii() or analysis.fold(name).isascii():
        return hit
    if kind == "person":
        whole = len(words := analysis.tokens(name)) > 1 or any(map(analysis.is_unspaced, words))
        return read_aliases(PEOPLE).find(name, kind) if whole else None
    listed = _listed()[kind].get(_key(name), ())
    return (kind, listed[0]) if len(listed) == 1 else None


@cache
def tables_version() -> str:
    """Changes with what `settled` reads."""
    return blake2b(b"".join(path.read_bytes() for path in (ALIASES, PEOPLE, GAZETTEER)), digest_size=6).hexdigest()


def other_names(kind: EntityKind, *, well_known: bool = False) -> Names:
    """All names of a kind that the tables know, each with its other names as they are written: in all languages, or
    only those in the languages that have lists of cities and institutions, and those of the alias tables."""
    return _other_names(well_known)[kind]


def shown_in(kind: EntityKind, name: str, language: str) -> str | None:
    """How an archive's name is written for readers of a language; None where that is not known.

    `language` is a BCP 47 tag, of which the first part counts. A name that surely names another is written as that.
    """
    table = _shown(language.lower().split("-")[0])
    if (found := table.get((kind, name))) is not None:
        return found
    hit = settled(kind, name)
    if hit and language == "en" and not name.isascii():
        return hit[1]
    return table.get(hit) if hit else None


def _key(name: str) -> str:
    return " ".join(analysis.tokens(name))


@cache
def _alias_tables() -> tuple[Aliases, ...]:
    return read_aliases(), read_aliases(PEOPLE)


@cache
def _listed() -> Mapping[EntityKind, Names]:
    """The names of the lists by their folded words, with what they stand for."""
    found: dict[EntityKind, dict[str, tuple[str, ...]]] = {kind: {} for kind in ENTITY_KINDS}
    for kind, english, name in _rows():
        key = _key(name)
        known = found[kind].get(key, ())
        if key and english not in known:
            found[kind][key] = (*known, english)
    return found


def _rows(languages: Sequence[str] = ()) -> Iterator[tuple[EntityKind, str, str]]:
    """Kind, English name and name, language by language; of all languages where none is stated."""
    tables = read_tables()
    for language in languages or (*FIRST, *sorted(tables.keys() - set(FIRST))):
        for label, names in tables[language].items():
            kind, _, english = label.partition("\t")
            yield from ((_KINDS[kind], english, name) for name in names)


def _inflected(kind: EntityKind, key: str) -> Iterable[str]:
    """What an inflected name stands for: with a Russian or German ending, or written together with an Arabic prefix."""
    if (found := _forms()[kind].get(key)) is not None:
        return found
    listed = _listed()[kind]
    for prefix in ARABIC_PREFIXES:
        rest = key.removeprefix(prefix)
        if rest != key and len(rest) > 2:
            bare = "ال" + rest if prefix.endswith("ل") and len(prefix) > 1 else rest
            if bare in listed:
                return listed[bare]
    return ()


@cache
def _forms() -> Mapping[EntityKind, Names]:
    found: dict[EntityKind, dict[str, tuple[str, ...]]] = {kind: {} for kind in ENTITY_KINDS}
    tables = read_tables()
    for language in ("ru", "de"):
        for label, names in tables[language].items():
            kind, _, english = label.partition("\t")
            for form in (form for name in names for form in inflected_forms(name, language)):
                found[_KINDS[kind]].setdefault(_key(form), (english,))
    return found


@cache
def _other_names(well_known: bool) -> Mapping[EntityKind, Names]:
    found: dict[EntityKind, dict[str, dict[str, None]]] = {kind: {} for kind in ENTITY_KINDS}
    for kind, english, name in _rows(FIRST if well_known else ()):
        found[kind].setdefault(english, {})[name] = None
    for kind, shown, name in (*_written(ALIASES), *_written(PEOPLE)):
        found[kind].setdefault(shown, {})[name] = None
    return {kind: {name: tuple(others) for name, others in table.items()} for kind, table in found.items()}


def _written(path: Path) -> Iterator[tuple[EntityKind, str, str]]:
    """Kind, name shown and other name of the rows of an alias table, as they are written."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, shown, *rest = line.split("\t")
            for other in filter(None, ";".join(rest).split(";")):
                yield _KINDS[kind], shown.removeprefix("~"), other.strip().lstrip("=~")


@cache
def _shown(language: str) -> Mapping[tuple[EntityKind, str], str]:
    """The first of the names that a language's list has for each thing, with a capital letter."""
    found: dict[tuple[EntityKind, str], str] = {}
    for label, (first, *_) in read_tables().get(language, {}).items():
        kind, _, english = label.partition("\t")
        found[_KINDS[kind], english] = first[:1].upper() + first[1:]
    return found
