"""How Russian family names and patronymics bend, backwards: a form in a case to the nominatives it may come from.

In: a word in lower case, gender and case. Out: nominatives in lower case. The rules are those of school grammars: names
in -ов and -ин bend like nouns but for the instrumental, those in -ский like adjectives, women's in -ова and -ская
likewise; names in consonants bend for men alone; names in -о, -и, -у and -ых never do.
"""

import re
from collections.abc import Mapping

_SIBILANTS = "жшчщц"
_VOWELS = "аеёиоуыэюя"
_OWNING = re.compile(r".*(?:[оеё]в|[иы]н)\Z")  # stems of Иванов, Путин
_FIXED = re.compile(r".*(?:[оуэюёеи]|[ыи]х)\Z")
_OBLIQUE = re.compile(r".{2,}(?:[ое]го|[ое]му|[кцн]им|ым|ую)\Z")  # cases of adjectives, never a nominative
_PATRONYMIC = re.compile(
    r"(.{2,}(?:[оеё]в|ь|[иуй](?:лл)?|м|к|т))(ич)(а|у|ем|е)?\Z|(.{2,}(?:[оеё]в|ич))(н)(а|ы|е|у|ой)\Z"
)
_MALE = {"": "nom", "а": "gen acc", "у": "dat", "ем": "ins", "е": "loc"}
_FEMALE = {"а": "nom", "ы": "gen", "е": "dat loc", "у": "acc", "ой": "ins"}
# Letters that tell a name of the language; others are left as they are.
LETTERS = re.compile(r"[а-яё'’]+\Z")
ADJECTIVES_FOLLOW = False
PARTICLES = frozenset(
    "аль эль ас ад ар ат аш бен бин ибн абу фон дер ден де ди да ду дю дель делла ла ле лос ван тер заде оглы".split()
)


def patronymic(word: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Nominative, gender and cases of a patronymic ("владимировича"); None for another word."""
    found = _PATRONYMIC.match(word)
    if not found:
        return None
    if found.group(2):
        return found.group(1) + "ич", "m", tuple(_MALE[found.group(3) or ""].split())
    return found.group(4) + "на", "f", tuple(_FEMALE[found.group(6)].split())


# Adjectives that stress their ending, among those that name bodies and places.
_STRESSED = frozenset(
    "городск областн морск донск окружн миров цифров земск мужск дворцов лугов боров полев ключев".split()
)
_ADJECTIVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "m": {"nom": ("ый", "ий", "ой"), "gen": ("ого", "его"), "dat": ("ому", "ему"),
          "acc": ("ого", "его", "ый", "ий", "ой"),
          "ins": ("ым", "им"), "loc": ("ом", "ем")},
    "f": {"nom": ("ая", "яя"), "gen": ("ой", "ей"), "dat": ("ой", "ей"), "acc": ("ую", "юю"), "ins": ("ой", "ей"),
          "loc": ("ой", "ей")},
    "n": {"nom": ("ое", "ее"), "gen": ("ого", "его"), "dat": ("ому", "ему"), "acc": ("ое", "ее"), "ins": ("ым", "им"),
          "loc": ("ом", "ем")},
    "p": {"nom": ("ые", "ие"), "gen": ("ых", "их"), "dat": ("ым", "им"), "acc": ("ые", "ие"), "ins": ("ыми", "ими"),
          "loc": ("ых", "их")},
}  # fmt: skip


def adjective(word: str, gender: str, case: str) -> str | None:
    """The nominative of an adjective in a gender and case; None for a word that is none of these."""
    ending = next((end for end in _ADJECTIVES[gender][case] if word.endswith(end)), None)
    if ending is None or len(word) < len(ending) + 3:
        return None
    if case == "nom" or ending in _ADJECTIVES[gender]["nom"]:
        return word
    stem = word[: -len(ending)]
    soft = ending[0] in "еи" and stem[-1] not in "кгхжшчщц"
    if gender == "m":
        return stem + ("ой" if stem in _STRESSED else "ий" if soft or stem[-1] in "кгхжшчщ" else "ый")
    if gender == "f":
        return stem + ("яя" if soft else "ая")
    if gender == "n":
        return stem + ("ее" if soft or stem[-1] in "жшчщц" else "ое")
    return stem + ("ие" if soft or stem[-1] in "кгхжшчщ" else "ые")


def family(word: str, gender: str, case: str) -> list[str]:
    """Nominatives of a family name in a case; the likeliest first."""
    if case == "nom":
        return [] if _OBLIQUE.match(word) else [word]
    return _men(word, case) if gender == "m" else _women(word, case)


def _men(word: str, case: str) -> list[str]:
    found: list[str] = []
    adjectives = {"gen": "ого", "acc": "ого", "dat": "ому", "loc": "ом"}
    if word.endswith(adjectives.get(case, "\0")):
        stem = word[: -len(adjectives[case])]
        return [stem + "ий", stem + "ой"] if stem[-1:] in "кгх" else [stem + "ой", stem + "ый"]
    if case in ("gen", "acc", "dat", "loc") and word.endswith({"dat": "ему", "loc": "ем"}.get(case, "его")):
        found.append(word[:-3] + "ий" if case != "loc" else word[:-2] + "ий")
    if case == "ins":
        return _men_by(word)
    ending = {"gen": "а", "acc": "а", "dat": "у", "loc": "е"}[case]
    soft = {"gen": "я", "acc": "я", "dat": "ю", "loc": "е"}[case]
    if word.endswith(ending) and len(word) > 3 and word[-2] not in _VOWELS + "ь":
        found.append(word[:-1])
    if word.endswith(soft) and len(word) > 3:
        stem = word[:-1]
        if stem[-1] in _VOWELS:
            found.append(stem + "й")
        elif case != "loc" or stem[-1] in "лнрт":
            found.append(stem + "ь")
    found += _nouns_in_a(word, case)
    if _FIXED.match(word):
        found.append(word)
    return found


def _men_by(word: str) -> list[str]:
    """Of the instrumental: "Путиным", "Ходорковским", "Трампом", "Обамой"."""
    if word.endswith("ым"):
        stem = word[:-2]
        return [stem] if _OWNING.match(stem) else [stem + "ый", stem + "ой"]
    if word.endswith("им"):
        return [word[:-1] + "й", word[:-2] + "ой"]
    if word.endswith("ом"):
        return [word[:-2]]
    if word.endswith("ем"):
        stem = word[:-2]
        return [stem] if stem[-1:] in _SIBILANTS else [stem + "й"] if stem[-1:] in _VOWELS else [stem + "ь"]
    return _nouns_in_a(word, "ins") or ([word] if _FIXED.match(word) else [])


def _nouns_in_a(word: str, case: str) -> list[str]:
    """Names in -а and -я, of men and women alike: "Обамы", "Обаме"."""
    stem, end = word[:-1], word[-1:]
    if len(stem) < 3:
        return []
    if case == "gen":
        if end == "ы":
            return [stem + "а"]
        if end == "и" and stem[-1] in "кгхжшчщ":
            return [stem + "а"]
        return [stem + "я"] if end == "и" and stem[-1] in "иеь" else []
    if case in ("dat", "loc"):
        if end == "е" and stem[-1] not in "иь":
            return [stem + "а"] if stem[-1] not in _VOWELS else [stem + "я"]
        return [stem + "я"] if end == "и" and stem[-1] == "и" else []
    if case == "acc":
        return [stem + "а"] if end == "у" else [stem + "я"] if end == "ю" else []
    if word.endswith("ой"):
        return [word[:-2] + "а"]
    if word.endswith("ей"):
        return [word[:-2] + ("а" if word[-3] in _SIBILANTS else "я")]
    return []


def _women(word: str, case: str) -> list[str]:
    if word[-1:] not in _VOWELS + "й" or (word.endswith("й") and not word.endswith(("ой", "ей"))):
        return [word]  # Меркель, Клинтон, Мэй
    if case == "acc":
        if word.endswith(("ую", "юю")):
            return [word[:-2] + ("ая" if word.endswith("ую") else "яя")]
        return _nouns_in_a(word, case) or ([word] if _FIXED.match(word) else [])
    if word.endswith("ой"):
        stem = word[:-2]
        if _OWNING.match(stem):
            return [stem + "а"]
        return [stem + "ая"] if stem.endswith(("ск", "цк")) or case != "ins" else [stem + "а", stem + "ая"]
    if word.endswith("ей") and len(word) > 4 and word[-3] in _SIBILANTS + "н":
        return [word, word[:-2] + "яя" if word[-3] == "н" else word[:-2] + "ая"]
    return _nouns_in_a(word, case) or ([word] if _FIXED.match(word) else [])
