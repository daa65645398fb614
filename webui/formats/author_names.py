"""An author as stated -> the parts of a name that reference managers sort and abbreviate by.

Only what the writing shows is decided: a byline that is an office ("Newsroom"), or a name that is written without
spaces, stays whole. Called by `citations`.
"""

import re
import unicodedata
from dataclasses import dataclass

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
# Lower-case words before a family name that belong to it: "Ursula von der Leyen".
PARTICLES = frozenset(
    "al bin bint da das de del della den der des di do dos du el ibn la le lo ten ter van vom von y zu zum zur".split()
)
# Words of bylines that are no person's: "Reuters Staff", "Central Desk".
_OFFICE_WORDS = frozenset(
    "administration agence agencia agency agentur associated bbc broadcasting bureau center centre committee "
    "correspondent correspondents department desk editor editorial editors foundation group institute journal magazine "
    "media ministry network news newspaper newsroom office post press radio redaktion reporter reporters rédaction "
    "redacción report service services staff team television times tribune tv university wire wires редакция агентство "
    "служба".split()
)
_ACRONYM = 5  # letters; a longer name in capitals may be a person's
# Scripts written without spaces between the parts of a name, or family name first.
_FAMILY_FIRST = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts; without a given name it is an office, or a name that is not parted."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def whole(self) -> bool:
        """Whether the name must not be taken apart."""
        return not self.given

    def __str__(self) -> str:
        """Family name first, as in a list of references: `King, Martin Luther, Jr.`."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)


def part(text: str) -> Name:
    """The parts of one author's name.

    `Jane Doe`, `Doe, Jane`, `Martin Luther King, Jr.`, `Ursula von der Leyen` are parted; `Reuters Staff`, `AFP` and
    `王小明` are not.
    """
    text = " ".join(text.split())
    before, comma, after = (side.strip() for side in text.partition(","))
    if comma and _is_suffix(after):
        return _parted(before, after)
    if comma and before and after and "," not in after and not is_office(text):
        return Name(before, after)
    return Name(text) if comma else _parted(text, "")


def _parted(text: str, suffix: str) -> Name:
    words = text.split(" ")
    if not suffix and len(words) > 2 and _is_suffix(words[-1]):
        words, suffix = words[:-1], words[-1]
    if len(words) < 2 or is_office(text):
        return Name(f"{text}, {suffix}" if suffix else text)
    if _FAMILY_FIRST.search(text):
        return Name(words[0], " ".join(words[1:]), suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES and words[start - 1][0].islower():
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _is_suffix(text: str) -> bool:
    return text.replace(".", "").lower() in SUFFIXES


def is_office(text: str) -> bool:
    """Whether a byline shows by its words that it is no person: `Reuters Staff`, `Desk 4`, `AFP`."""
    if text.isupper() and len(text) <= _ACRONYM and " " not in text:
        return True
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return any(word in _OFFICE_WORDS or word.isdigit() for word in words)
