"""Names of people in other scripts -> how they may be spelt in Latin letters.

In: a name in Cyrillic, Greek, Arabic or Hebrew letters (Лавров, ميقاتي). Out: the spellings of each of its words in all
usual systems: for Cyrillic ISO 9, BGN/PCGN, ALA-LC, passports (ICAO 9303) and the press of
English, French, German and Spanish; for Greek ELOT 743 and BGN/PCGN; for Arabic and Hebrew ALA-LC, BGN/PCGN and the
press, with any short vowels, since these are not written. Spellings are those of folded words. Called by the engines
through `shared.search.other_names`, and by `variants` for full names that are surely one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer import analysis
from indexer.entities.spellings_of import Parts, Spellings

# Letters that a name has at least for the one person of an archive whom it fits to be the one meant. Where short vowels
# are not written it must be more than a family name besides. Measured: `docs/decisions/0050-names-in-every-script.md`.
TELLING, TELLING_CONSONANTS = 6, 9

_CYRILLIC = """
    дж:j|dzh|dj|dsch|g  кс:ks|x  ья:ya|ia|ja|a|iya  ье:ye|ie|je|e  ью:yu|iu|ju  ьё:yo|io|jo|e|ye
    а:a б:b в:v|w|f|ff г:g|h|gh|gu ґ:g|h д:d е:e|ye|je|ie ё:yo|jo|io|e|o|ye є:ye|ie|je|e ж:zh|j|z|sch|sh з:z|s
    и:i|y|ee і:i|y ї:yi|i|ji й:y|i|j|iy| к:k|c|q|ck л:l|ll м:m н:n о:o|a п:p р:r|rr с:s|ss|c т:t|tt у:u|ou|oo|w ф:f|ph
    х:kh|h|ch|x|j ц:ts|c|tz|z|cz ч:ch|tch|c|tsch|cz|tsh ш:sh|ch|s|sch|sz щ:shch|sch|shtch|chtch|schtsch|sc|s|sh ъ:
    ы:y|i ь:|i|y э:e|a|ae ю:yu|iu|ju|u|iou ѣ:e я:ya|ia|ja|a
    ў:u|w|v ђ:dj|d|gj ј:j|y|i љ:lj|l њ:nj|n ћ:c|ch|tj џ:dz|dzh|j
"""
_CYRILLIC_ENDINGS = """
    ский:ski|sky|skiy|skyy|skii|skij|skyi|skyj|skyi|skoy цкий:tski|tsky|tskiy|cki|cky|ckij|tskyi|tskyy|tskij|tskii
    ський:ski|sky|skiy|skyy|skii|skij|skyi|skyj цький:tski|tsky|tskiy|tskyi|tskyy|ckyj
    ий:y|i|iy|ii|ij|yi|yy|yj ый:y|i|yy|iy|yi|ij|yj ой:oy|oi|oj|oï ей:ey|ei|ej|eï|ai ай:ay|ai|aj
    ев:ev|yev|iev|jew|ew|eff|eev ов:ov|ow|off|of
"""
_GREEK = """
    ου:ou|u μπ:b|mp ντ:d|nt|nd γκ:g|gk|ng|nk γγ:ng τζ:tz|j|dz ευ:ef|ev|eu αυ:af|av|au αι:e|ai ει:i|ei οι:i|oi
    α:a β:v|b γ:g|gh|y|j δ:d|dh ε:e ζ:z|s η:i|e θ:th|t ι:i|y|j κ:k|c λ:l μ:m ν:n ξ:x|ks ο:o π:p ρ:r|rh σ:s|ss ς:s|
    τ:t υ:y|i|u φ:f|ph χ:ch|h|kh|x ψ:ps ω:o
"""
_ARABIC = """
    او:o|u|ou|au|aw|av اي:i|e|ei|ai|y|ay|ey ا:a|e|aa|o ب:b|p ت:t ث:th|s|t ج:j|g|dj|gu|dsch ح:h خ:kh|ch|h|j
    د:d ذ:dh|z|d|th ر:r ز:z|s س:s|c ش:sh|ch|sch
    ص:s ض:d|dh|z ط:t ظ:z|dh|th ع:|a|aa غ:gh|g|rh ف:f|v|ph ق:q|k|g|c|gh ك:k|c|q|ck ل:l م:m ن:n ه:h|
    و:w|v|u|o|ou|oo|ow|aw|au ي:y|i|e|ee|ei|ai|ay|iy|ie ء: ؤ:o|u|w| ئ:i|e|y| پ:p چ:ch|g ڤ:v گ:g|k ژ:zh|j ک:k|c|q
    ی:y|i|e|ee|ei|ai
"""
_ARABIC_ENDINGS = "ا:a|ah|o|e ه:a|ah|e|eh|h ي:i|y|a|ee|ie و:u|o|ou|oo|w"
_HEBREW = """
    א:|a|e|i|o ב:b|v ג:g|j ד:d ה:h|a|e ו:v|w|o|u|ou ז:z ח:h|ch|kh ט:t י:i|y|e|j|ei כ:k|kh|ch|c ך:kh|ch|k|h ל:l מ:m ם:m
    נ:n ן:n ס:s ע:|a|e|o פ:p|f|ph ף:f|ph צ:tz|ts|z|c ץ:tz|ts|z ק:k|q|c ר:r ש:sh|s|ch ת:t|th
"""
_HEBREW_ENDINGS = "ה:a|ah|e|eh|h ו:u|o|ou|w י:i|y|ai|ei"
_SHORT_VOWELS = ("", "a", "e", "i", "o", "u", "ou", "ee", "oo")
# Letters that bear any vowel at the beginning of a word.
_INITIAL = {"ا": ("a", "e", "i", "o", "u", "aa", "ei", "ou"), "א": ("a", "e", "i", "o", "u", "ei", "ou")}
LONGEST = 15  # letters of a word; longer ones are no names


def letter_table(text: str) -> dict[str, tuple[str, ...]]:
    """Letters with their spellings, of rows such as `kh:х|к`; one that ends with a stroke may be left out."""
    rows = (row.partition(":") for row in text.split())
    return {letters: tuple(dict.fromkeys(spellings.split("|"))) for letters, _, spellings in rows}


def longest_first(table: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """What cuts a word into the letters of a table."""
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class _Script:
    """How words of a script are spelt: by letters, longest first, and at their end."""

    letters: re.Pattern[str]
    spellings: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]
    vowels: tuple[str, ...] = ()


def _script(letters: str, endings: str = "", vowels: tuple[str, ...] = ()) -> _Script:
    """A script of its tables; what stands in both is written with the letters of folded words."""
    spellings = {analysis.fold(each) if len(each) > 1 else each: to for each, to in letter_table(letters).items()}
    return _Script(longest_first(spellings), spellings, letter_table(endings), vowels)


_SCRIPTS = (
    _script(_CYRILLIC, _CYRILLIC_ENDINGS),
    _script(_GREEK),
    _script(_ARABIC, _ARABIC_ENDINGS, vowels=_SHORT_VOWELS),
    _script(_HEBREW, _HEBREW_ENDINGS, vowels=_SHORT_VOWELS),
)


@dataclass(frozen=True, slots=True)
class Romanised:
    """A name by the spellings of its words. `telling` says that the one person whom they fit is the one meant."""

    words: tuple[Spellings, ...]
    telling: bool

    def fits(self, label: str) -> bool:
        """Whether the words of a label are these, in this order, those before and between left out."""
        words = iter(analysis.tokens(label))
        return all(any(wanted.fits(word) for word in words) for wanted in self.words)

    def means(self, label: str) -> bool:
        """The same, where the last of them ends the label: a given name alone is nobody's name."""
        return self.fits(label) and self.family.fits(analysis.tokens(label)[-1])

    def begun(self) -> "Romanised":
        """The same with any letters behind the last word."""
        return Romanised((*self.words[:-1], self.family.begun()), self.telling)

    @property
    def family(self) -> Spellings:
        """The spellings of the last word, by which people are looked for."""
        return self.words[-1]


# Cyrillic as newspapers in English write it (BGN/PCGN without its signs), and what Ukrainian writes otherwise.
_RUSSIAN = letter_table("""
    а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch
    ъ: ы:y ь: э:e ю:yu я:ya
""")
_UKRAINIAN = _RUSSIAN | letter_table("г:h ґ:g и:y і:i ї:yi є:ye")
_ONLY_UKRAINIAN = frozenset("ґіїє")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_ADJECTIVE = re.compile("(ий|ый)\\b")  # Зеленский: Zelensky
_SOFT = re.compile("(?<=[жчшщ])ё")  # Горбачёв: Gorbachev
_YE = re.compile("(?:(?<=[аеёиоуыэюяьъ])|(?<![\\w]))е")  # Евгений, Дудаев: Yevgeny, Dudayev


def in_latin(name: str) -> str:
    """A person's full name in Russian or Ukrainian letters as newspapers in English write it, in small letters; any
    other name as it is."""
    if name.isascii() or " " not in name:
        return name
    low = name.lower().translate(_APOSTROPHES)
    ukrainian = bool(_ONLY_UKRAINIAN & set(low)) or "ськ" in low
    table = _UKRAINIAN if ukrainian else _RUSSIAN
    if not all(letter in table or letter in " -." for letter in low):
        return name
    low = _SOFT.sub("е", _ADJECTIVE.sub("ы" if not ukrainian else "и", low))
    if not ukrainian:
        low = _YE.sub("йе", low)
    return "".join(table[letter][0] if letter in table else letter for letter in low)


@lru_cache(maxsize=1024)
def romanised(name: str) -> Romanised | None:
    """How a name may be spelt in Latin letters; None for one in such letters, or in a script that is not known."""
    words = analysis.tokens(name)
    scripts = [_script_of(word) for word in words]
    found = [_parts(word, script) for word, script in zip(words, scripts, strict=True) if script]
    if not words or len(found) < len(words):
        return None
    for place, following in enumerate(words[1:]):
        if words[place] == "عبد" and following.startswith("ال"):
            found[place] += (("", "al", "el", "ul"),)  # Abd, Abdel, Abdul
    telling = is_telling(words, consonants=any(script.vowels for script in scripts if script))
    return Romanised(tuple(map(Spellings, found)), telling)


def is_telling(words: Sequence[str], *, consonants: bool) -> bool:
    """Whether a name says enough for the one person whom it fits to be meant; it takes more without short vowels."""
    letters = sum(map(len, words))
    return len(words) > 1 and letters >= TELLING_CONSONANTS if consonants else letters >= TELLING


def _script_of(word: str) -> _Script | None:
    if len(word) > LONGEST:
        return None
    return next((each for each in _SCRIPTS if all(letter in each.spellings for letter in word)), None)


def _parts(word: str, script: _Script) -> Parts:
    if script.vowels and word.startswith("ال") and len(word) > 4:
        word = word[2:]  # "the Hariri"
    ending = next((each for each in script.endings if word.endswith(each) and len(word) > len(each)), "")
    letters = script.letters.findall(word.removesuffix(ending))
    parts: list[tuple[str, ...]] = []
    for place, letter in enumerate(letters):
        spellings = script.spellings[letter]
        parts.append(_INITIAL[letter] if place == 0 and letter in _INITIAL else spellings)
        if script.vowels and any(spellings):
            # A consonant may be doubled, and vowels follow that are not written.
            parts += [] if any(each[:1] in "aeiou" for each in spellings) else [(*spellings, "")]
            parts += [script.vowels] if ending or place < len(letters) - 1 else []
    return (*parts, script.endings[ending]) if ending else tuple(parts)
