"""Surface forms to names: what stands in the text, without what is not part of the name.

In: a surface form and its kind ("President Putin's", person). Out: the cleaned name ("Putin"), or the name of the
alias table (US -> United States). Also decides when two spellings surely name one person. Called by the extractor,
by corrections and by the variants of a whole archive.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.folding import fold as fold
from indexer.entities.gazetteer import listed_places
from indexer.entities.no_names import is_no_name
from indexer.entities.packed import DATA
from indexer.entities.people import bare_person, calmed
from indexer.entities.titles import DIRECTION_NAMES, DIRECTIONS
from indexer.errors import InternalError

ALIASES = DATA / "aliases.tsv"
MAX_NAME = 120  # characters; longer "names" are tables or lists the tagger fell for

_PLAIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*\Z")  # what most names are: nothing of it needs mending
_JOINED = re.compile("[ .-]")
_SPACES = re.compile(r"\s+")
_EDGES = " \t\n.,;:!?\"'“”‘’«»()[]{}<>*_-–—/|\\·•"
# "Lavrov's", "Peoples'", and "Lavrov s" where a source lost its punctuation.
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|(?<=\w) s)$")
_ABBREVIATION = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St|Bros)|[A-Z]\.[A-Z]|\b[A-Z])\.$")
_HYPHEN = re.compile(r"\s*-\s*")
_UNBALANCED = re.compile(r"^[^(]*\) *|[ (]*\([^)]*$")
_LINKS = frozenset("of the and for in on at to de &".split())
_LETTER = re.compile(r"[^\W\d_]")
_PARTICLES_OF_NAMES = frozenset("of de del la du des von van der den bin ibn al el".split())
_SMALL = frozenset(
    "of the and for in on at to a an with by from as or de del la le les des du von van der den bin ibn al el".split()
)


def clean(surface: str, kind: EntityKind) -> str:
    """The name inside a surface form: no quotes, possessive, article, title or direction; shouting calmed.

    Returns an empty string when nothing of a name is left.
    """
    name = surface
    if not _PLAIN.match(name):
        name = _SPACES.sub(" ", surface.replace("’", "'")).strip(_EDGES[:3] + _EDGES[4:])
        name = name if _ABBREVIATION.search(name) else name.strip(_EDGES)
        name = name.replace("'S", "'s") if name[-2:] == "'S" else name
        name = _POSSESSIVE.sub("", name).strip(_EDGES[:3] + _EDGES[4:])
        name = name if _ABBREVIATION.search(name) else name.rstrip(".")
        if " -" in name or "- " in name:
            name = _HYPHEN.sub("-", name)
    elif name.endswith(" s"):
        name = name[:-2]
    if name[:4].lower() == "the ":
        name = name[4:]
    name = _calm(name, kind)
    if "(" in name or ")" in name:
        name = _UNBALANCED.sub("", name)
    while " " in name and (cut := name.rpartition(" "))[2] in _LINKS:
        name = cut[0]
    if kind == "person":
        name = bare_person(name)
    elif kind == "place":
        name = _without_direction(name)
    if len(name) > MAX_NAME or not _LETTER.search(name):
        return ""
    return "" if is_no_name(name, kind, _is_place) else name


def _is_place(low: str) -> bool:
    """Whether a folded name is that of a place that is listed."""
    return place_named(low) is not None


def place_named(low: str) -> str | None:
    """The name of the listed place that has this folded name."""
    kind, name = read_aliases().folded.get(low, (None, None))
    return name if kind == "place" else listed_places().get(low)


def _calm(name: str, kind: EntityKind) -> str:
    """ "SERGEI LAVROV" -> "Sergei Lavrov"; acronyms and short organisations stay."""
    if not name.isupper() or len(name) < 5 or "." in name:
        return name
    if " " not in name and kind == "organisation":
        return name
    return calmed(name, _PARTICLES_OF_NAMES if kind == "person" else _SMALL)


def _without_direction(name: str) -> str:
    first, _, rest = name.partition(" ")
    if rest[:1].isupper() and first.lower() in DIRECTIONS and name.lower() not in DIRECTION_NAMES:
        return rest if first[0].islower() or first.lower().endswith("ern") else name
    return name


@dataclass(frozen=True, slots=True)
class Aliases:
    """The alias table: other names to the name shown, by folded form, by exact form, and by exact form and kind."""

    folded: Mapping[str, tuple[EntityKind, str]]
    exact: Mapping[str, tuple[EntityKind, str]]
    own: Mapping[tuple[EntityKind, str], str] = field(default_factory=dict)

    def find(self, name: str, kind: EntityKind) -> tuple[EntityKind, str] | None:
        """The kind and name that this name stands for, if the table has it.

        A person who has the name of a place stays one, if it is a single word: Holland may be a man, Hamas is none.
        """
        if shown := self.own.get((kind, name)):
            return kind, shown
        hit = self.exact.get(name) or self.folded.get(fold(name))
        if hit is None or hit[0] == kind or "person" not in (hit[0], kind):
            return hit
        if kind != "person":
            return None
        return hit if hit[0] == "organisation" or _JOINED.search(name) else None

    def variants(self) -> dict[tuple[EntityKind, str], tuple[str, ...]]:
        """All names of each entry, for search by variant."""
        names: dict[tuple[EntityKind, str], list[str]] = {}
        for table in (self.folded, self.exact):
            for variant, entry in table.items():
                names.setdefault(entry, []).append(variant)
        for (kind, variant), shown in self.own.items():
            names.setdefault((kind, shown), []).append(variant)
        return {entry: tuple(sorted(found)) for entry, found in names.items()}


@lru_cache(maxsize=4)
def read_aliases(path: Path = ALIASES) -> Aliases:
    """Read the alias table of the package."""
    folded: dict[str, tuple[EntityKind, str]] = {}
    exact: dict[str, tuple[EntityKind, str]] = {}
    own: dict[tuple[EntityKind, str], str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        kind_text, _, rest = line.partition("\t")
        name, _, others = rest.partition("\t")
        kinds = {kind: kind for kind in ENTITY_KINDS}
        if kind_text not in kinds or not name:
            raise InternalError(f"{path} line {number}: expected kind, name and other names, found {line!r}")
        entry = (kinds[kind_text], name.removeprefix("~"))
        if name == entry[1]:
            folded[fold(name)] = entry
        for other in filter(None, (text.strip() for text in others.split(";"))):
            if other.startswith("="):
                exact[other[1:]] = entry
            elif other.startswith("~"):
                own[entry[0], other[1:]] = entry[1]
            else:
                folded[fold(other)] = entry
    return Aliases(folded, exact, own)


def canonical(surface: str, kind: EntityKind, aliases: Aliases | None = None) -> tuple[EntityKind, str] | None:
    """Kind and name of a surface form by itself, without the rest of its document; None when it is no name."""
    table = aliases or read_aliases()
    stripped = surface.strip()
    hit = table.find(stripped, kind)
    if hit:
        return hit
    name = clean(surface, kind)
    if not name:
        return None
    return table.find(name, kind) or (kind, name)


# Given names that are one name in different romanisations. Only these and mere differences of spelling merge.
_GIVEN = (
    "mohammed mohamed mohammad mohamad muhammad muhammed mohamet", "aleksandr alexander aleksander alexandr",
    "hussein hussain husain husein hossein hosein husayn", "ahmed ahmad ahmet", "osama usama", "mahmoud mahmud",
    "yusuf youssef yousef yusef yousuf yousif", "mustafa mostafa moustafa", "khaled khalid", "omar umar",
    "ibrahim ebrahim", "ismail esmail ismael", "qasem qassem kassem kasim qasim qassim ghasem", "nouri nuri nuri",
    "hosni husni", "saeed sayeed", "evgeny yevgeny evgeni yevgeni evgenii yevgenii", "elena yelena",
    "ekaterina yekaterina", "yegor egor", "yulia julia iulia", "alexei aleksei alexey aleksey", "yuri yury yuriy",
    "abdullah abdallah", "abdel abdul", "walid waleed", "majid majeed", "rashid rasheed", "hamid hameed",
    "karim kareem",
    "salim saleem selim", "nasser nasir naser", "faisal feisal faysal", "hasan hassan", "ali aly",
    "tareq tarek tariq",
    "binyamin benjamin", "anthony antony", "mikhail mihail michail", "nikolai nikolay nikolaj nicolai",
    "sergei sergey sergej serguei", "andrei andrey andrej", "dmitri dmitry dmitriy dimitri dmitrij",
    "vasily vasili vasiliy",
    "arkady arkadi", "gennady gennadi gennadiy", "georgy georgi georgiy", "grigory grigori grigoriy",
    "valery valeri valeriy",
    "vitaly vitali vitaliy", "anatoly anatoli anatoliy", "oleksandr olexander olexandr", "serhiy serhii sergiy",
    "volodymyr volodimir", "petro petr", "moshe moshe", "yitzhak yitzchak itzhak", "shimon shimeon", "ehud ehud",
)  # fmt: skip
_GIVEN_CLASS = {word: number for number, row in enumerate(_GIVEN) for word in row.split()}
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben"})
_SPELLINGS = (("iy", "i"), ("yy", "i"), ("ij", "i"), ("ii", "i"), ("y", "i"), ("ow", "ov"), ("w", "v"))
_ARTICLE_FIRST = re.compile(r"^(?:[Aa]l|[Ee]l)-(?=\w)")
_BREAKS = str.maketrans({"-": " ", ".": " ", "'": None})
_DOUBLED = re.compile(r"(.)\1+")


def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name that count: folded, no particles, no dots, articles cut off ("al-Assad")."""
    words = fold(_ARTICLE_FIRST.sub("", name) if "-" in name else name).translate(_BREAKS).split()
    return (*words[:1], *[word for word in words[1:] if word not in _PARTICLES])


@lru_cache(maxsize=65_536)
def spelling(word: str) -> str:
    """One spelling for sounds that transliterations write differently and that never part two names."""
    for many, one in _SPELLINGS:
        word = word.replace(many, one)
    return _DOUBLED.sub(r"\1", word)


def person_key(name: str) -> tuple[str, ...]:
    """Equal for two spellings that surely name one person: "Sergei Lavrov" and "Sergey Lavrov".

    Given names are compared by the table of romanisations, family names by spelling alone, so that "Khamenei" and
    "Khomeini", "Daniel" and "Danielle" stay apart. One-word names have no other spelling.
    """
    words = person_words(name)
    if len(words) < 2:
        return words
    *given, family = words
    return (*[given_key(word) if len(word) > 1 else word for word in given], spelling(family))


def given_key(word: str) -> str:
    """Equal for romanisations of one given name; `word` is folded."""
    return f"#{_GIVEN_CLASS[word]}" if word in _GIVEN_CLASS else spelling(word)


_SOUNDS = (
    ("sch", "s"), ("tch", "c"), ("tsh", "c"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"),
    ("dh", "d"), ("zh", "z"), ("ck", "k"), ("dj", "j"), ("w", "v"), ("q", "k"), ("x", "ks"), ("y", "i"), ("j",
    "i"), ("c", "k"), ("z", "s"),
)  # fmt: skip
_VOWELS = re.compile("[aeiou]")


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonants of a word as many transliterations share them: blocks in which suggestions are looked for."""
    plain = re.sub("[^a-z]", "", fold(word))
    for many, one in _SOUNDS:
        plain = plain.replace(many, one)
    plain = _DOUBLED.sub(r"\1", plain)
    return plain[:1] + _VOWELS.sub("", plain[1:])
