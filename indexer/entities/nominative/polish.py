"""How Polish family names bend, backwards: a form in a case to the nominatives it may come from.

In: a word in lower case, gender and case. Out: nominatives in lower case. Names in -ski bend like adjectives, those in
consonants like nouns and for men alone, those in -a for both; those in -o bend like nouns in -a.
"""

import re
from collections.abc import Mapping

LETTERS = re.compile(r"[a-ząćęłńóśźżäöüéèáíóúčšžëïçñøåôâêîûřýěůßō'’]+\Z")
ADJECTIVES_FOLLOW = True
PARTICLES = frozenset("von van der den de da di du del della la le al el bin ibn".split())
_ADJECTIVE = re.compile(r".*(?:[sc]k|dzk)\Z")
# Stems whose last consonants change before some endings, and the consonants of the nominative.
_SOFTENED = (
    ("dzi", "d"), ("ci", "t"), ("rz", "r"), ("si", "s"), ("zi", "z"), ("li", "l"), ("ni", "n"), ("wi", "w"),
    ("mi", "m"), ("bi", "b"), ("pi", "p"), ("fi", "f"), ("śl", "sł"), ("l", "ł"),
)  # fmt: skip
_FEMININE = (("dz", "g"), ("c", "k"), ("sz", "ch"))  # Dudzie is of Duda, Polce of Polka
_OBLIQUE = re.compile(r".{2,}(?:[iey]ego|[iey]emu|[sc]kim|dzkim|owi|ą|ę)\Z")
# Endings behind an apostrophe, of names whose last letter is not spoken or is foreign: "Farage'a", "Tony'ego".
_ENDINGS = {
    "a": "gen acc", "ego": "gen acc", "owi": "dat", "emu": "dat", "em": "ins", "im": "ins loc", "ym": "ins loc",
    "m": "ins loc",
    "u": "loc", "ie": "loc",
}  # fmt: skip
_APART = re.compile(rf"(.{{3,}})['’]({'|'.join(_ENDINGS)})\Z")
_VOWELS = "aeiouyąęó"


def patronymic(_: str) -> None:
    """Polish has none."""


_ADJECTIVES_OF: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "m": {"nom": ("y", "i"), "gen": ("iego", "ego"), "dat": ("iemu", "emu"), "acc": ("y", "i"), "ins": ("ym", "im"),
          "loc": ("ym", "im")},
    "f": {"nom": ("a",), "gen": ("iej", "ej"), "dat": ("iej", "ej"), "acc": ("ą",), "ins": ("ą",),
          "loc": ("iej", "ej")},
    "n": {"nom": ("e",), "gen": ("iego", "ego"), "dat": ("iemu", "emu"), "acc": ("e",), "ins": ("ym", "im"),
          "loc": ("ym", "im")},
    "p": {"nom": ("e",), "gen": ("ych", "ich"), "dat": ("ym", "im"), "acc": ("e",), "ins": ("ymi", "imi"),
          "loc": ("ych", "ich")},
}  # fmt: skip


def adjective(word: str, gender: str, case: str) -> str | None:
    """The nominative of an adjective in a gender and case; None for a word that is none of these."""
    ending = next((end for end in _ADJECTIVES_OF[gender][case] if word.endswith(end)), None)
    if ending is None or len(word) < len(ending) + 3:
        return None
    if ending in _ADJECTIVES_OF[gender]["nom"]:
        return word
    stem, soft = word[: -len(ending)], ending[0] == "i"
    last = {"m": "i" if soft else "y", "f": "a", "n": "e", "p": "e"}[gender]
    keeps = soft and (stem[-1] not in "kg" or gender in "np") and gender != "m"
    return stem + ("i" if keeps else "") + last


def family(word: str, gender: str, case: str) -> list[str]:
    """Nominatives of a family name in a case; the likeliest first."""
    apart = _APART.match(word)
    if apart:
        return [apart.group(1)] if case in _ENDINGS[apart.group(2)].split() and gender == "m" else []
    if case == "nom":
        return [] if _OBLIQUE.match(word) else [word]
    return _men(word, case) if gender == "m" else _women(word, case)


def _men(word: str, case: str) -> list[str]:
    for ending, cases in (("iego", "gen acc"), ("ego", "gen acc"), ("iemu", "dat"), ("emu", "dat"), ("im", "ins loc"),
                          ("ym", "ins loc")):  # fmt: skip
        if word.endswith(ending) and case in cases.split() and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            return [stem + ("i" if ending[0] == "i" else "y")]
    found = _nouns_in_a(word, case)
    stem = ""
    if case in ("gen", "acc") and word.endswith("a"):
        stem = word[:-1]
    elif case == "dat" and word.endswith("owi"):
        stem = word[:-3]
    elif case == "ins" and word.endswith("em"):
        stem = word[:-2]
    elif case == "loc" and word.endswith("u"):
        stem = word[:-1]
    elif case == "loc" and word.endswith("e"):
        found += [word[: -1 - len(soft)] + hard for soft, hard in _SOFTENED if word[:-1].endswith(soft)]
    stem = stem.rstrip("'’")
    if len(stem) > 2 and stem[-1] not in _VOWELS[:-1]:
        found += _consonant(stem)
    elif len(stem) > 2 and stem.endswith("i"):
        base = stem[:-1]
        soft = base[:-1] + {"n": "ń", "c": "ć", "s": "ś", "z": "ź"}.get(base[-1], base[-1])
        found += [base, soft] if base[-1] in "kg" else [soft, base]
    elif len(stem) > 2 and word[-1] == "a" and stem[-1] in "y":
        found.append(stem)
    if word[-1] in "iyeouó" and case != "nom" and not found:
        found.append(word)
    return found


def _consonant(stem: str) -> list[str]:
    """A stem as it stands, or with the vowel that the nominative has: "Marka" is of Marek, "Tuska" of Tusk."""
    found = [stem]
    if len(stem) > 3 and stem[-1] in "kcłlr" and stem[-2] not in _VOWELS:
        before = stem[:-1]
        if stem[-1] == "k" and before[-1] not in "srcn":
            found.insert(0, before + ("iek" if before[-1] == "i" else "ek"))
        elif stem[-1] == "c" and before[-1] not in "rzt":
            found.insert(0, before[:-1] + {"ń": "ni"}.get(before[-1], before[-1]) + "ec")
        else:
            found.append(before + "e" + stem[-1])
    return found


def _nouns_in_a(word: str, case: str) -> list[str]:
    """Names in -a and -o, of men and women alike: "Dudy", "Dudzie", "Dudę", "Dudą"."""
    if len(word) < 4:
        return []
    stem = word[:-1]
    if case == "gen":
        if word[-1] == "y":
            return [stem + "a", stem + "o"]
        return [stem + "a", stem + "o", stem + "ia"] if word[-1] == "i" and stem[-1] in "kgl" else []
    if case == "acc":
        return [stem + "a", stem + "o"] if word[-1] == "ę" else []
    if case == "ins":
        return [stem + "a", stem + "o"] if word[-1] == "ą" else []
    if case in ("dat", "loc") and word[-1] == "e":
        hard = [stem[: -len(soft)] + plain for soft, plain in (*_FEMININE, *_SOFTENED) if stem.endswith(soft)]
        return [one + end for one in hard for end in "ao"]
    return []


def _women(word: str, case: str) -> list[str]:
    if word.endswith("iej") and case in ("gen", "dat", "loc"):
        return [word[:-3] + "a"]
    if word.endswith("ej") and case in ("gen", "dat", "loc"):
        return [word[:-2] + "a"]
    if word.endswith("ą") and case in ("acc", "ins"):
        return [word[:-1] + "a"]
    if word[-1] not in _VOWELS or word[-1] in "ouó":
        return [word]
    return [*_nouns_in_a(word, case), *([word] if word[-1] in "ieoy" else [])]
