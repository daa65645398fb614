"""Text -> text without what makes no other word: case, accents, width, spelling habits of a script.

`fold` is what words are compared by; `light` takes away what never matters and keeps accents and endings, which is what
stemmers want to see. Called by the other modules of this package, and wherever labels are compared.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
# Invisible characters that part nothing: soft hyphen, zero-width space and non-joiner, word joiner, byte order mark.
_INVISIBLE = "\u00ad\u200b\u200c\u2060\ufeff"
# A zero-width joiner changes the letter before it (Malayalam), and so belongs to it.
_JOINER = "\u200d"
_SOUND_MARKS = "\u3099\u309a"  # of kana, combining
_HALF_WIDTH_MARKS = "\uff9e\uff9f"
# Signs that are typed for an apostrophe, among them the okina, the prime, the acute and the grave accent.
_APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u00b4`\u2032\uff07\u05f3\uff40"
_GERSHAYIM = "\u05f4"

# Letters that Unicode does not decompose, and those that must not lose what looks like an accent.
_SPECIAL = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
    "й": "й", "ё": "е", "ї": "ї", "ґ": "г", "ў": "ў", "ς": "σ",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": "",
    # Heh goal, teh marbuta goal, ae, and heh with yeh above, as Urdu, Kurdish and Persian write them.
    "\u06c1": "ه", "\u06c3": "ه", "\u06d5": "ه", "\u06c0": "ه", "\u06c2": "ه",
    "\u093c": "",  # the dot below of Devanagari, written or left out
    "\u0901": "\u0902",
    _GERSHAYIM: '"',
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_INVISIBLE, ""),
    **dict(zip(_HALF_WIDTH_MARKS, _SOUND_MARKS, strict=True)),
    **{mark: mark for mark in (*_SOUND_MARKS, _JOINER)},  # `_SEQUENCE` has the last word on them
}  # fmt: skip

# What only two characters together say, in folded text: kana with a voice mark, letters of Hangul, a nasal of
# Devanagari before a consonant of its class (written so or with a dot), final consonants of Malayalam.
_SEQUENCE = re.compile(
    f"[\u3041-\u30ff]?[{_SOUND_MARKS}]"
    "|[\uac00-\ud7a3]?[\u1100-\u11ff]+"
    "|\u0919\u094d(?=[\u0915-\u0919])|\u091e\u094d(?=[\u091a-\u091e])|\u0923\u094d(?=[\u091f-\u0923])"
    "|\u0928\u094d(?=[\u0924-\u0928])|\u092e\u094d(?=[\u092a-\u092e])"
    f"|[\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15]\u0d4d{_JOINER}"
    f"|{_JOINER}"
)
_BEGINS_SEQUENCE = re.compile(f"[{_SOUND_MARKS}\u1100-\u11ff{_JOINER}\u0919\u091e\u0923\u0928\u092e]")
_CHILLU = dict(zip("\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15", "\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f", strict=True))
_ANUSVARA = "\u0902"

# Marks of Arabic vowels and the lengthening stroke: no letter, whoever stems.
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670]")


@cache
def _simplified() -> dict[str, str]:
    """The simplified character that stands for each traditional one; see `data/ATTRIBUTION.md`."""
    traditional, simplified = (_HERE / "data" / "simplified.txt").read_text(encoding="utf-8").split()
    return dict(zip(traditional, simplified, strict=True))


class _FoldTable(dict[int, str]):
    """Code point -> folded text, filled as characters are met: what `str.translate` wants."""

    def __missing__(self, code: int) -> str:
        folded: str = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    lowered = character.lower()
    special: str | None = _SPECIAL.get(lowered)
    if special is not None:
        return special
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if "\u0900" <= character <= "\u0dff":  # as letters and signs, of which the dot below is no more
        return "".join(_SPECIAL.get(c, c) for c in unicodedata.normalize("NFD", character))
    if category == "Mn" and not "\u0e00" <= character <= "\u17ff":
        return ""
    if "\uac00" <= character <= "\ud7af" or "\u0e00" <= character <= "\u17ff" or "\u3040" <= character <= "\u30ff":
        return character  # decomposing Hangul, Thai or kana changes the letter
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not _is_accent(c))
    plain = "".join(_SPECIAL.get(c, c) for c in plain.casefold())
    return "".join(_simplified().get(c, c) for c in plain) or lowered


def _is_accent(character: str) -> bool:
    return unicodedata.category(character) == "Mn" and character not in _SOUND_MARKS


_FOLDS = _FoldTable()


def _put_together(found: re.Match[str]) -> str:
    text = found.group()
    if text[-1] == _JOINER:
        return _CHILLU.get(text[0], "")
    if text[-1] == "\u094d":
        return _ANUSVARA
    composed = unicodedata.normalize("NFC", text)
    return composed if text[-1] not in _SOUND_MARKS or len(composed) == 1 != len(text) else text.rstrip(_SOUND_MARKS)


def fold(text: str) -> str:
    """The text without case, accents, width and invisible characters. Idempotent; may change the length."""
    if text.isascii():
        return text.lower().replace("`", "'")
    folded = text.translate(_FOLDS)
    return _SEQUENCE.sub(_put_together, folded) if _BEGINS_SEQUENCE.search(folded) else folded


def fold_map(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text, and for each of its characters the offset in `text` it came from.

    The offsets end with `len(text)`; None stands for "the same offsets", the common case.
    """
    folded = fold(text)
    if text.isascii() or (len(folded) == len(text) and all(len(_FOLDS[ord(c)]) == 1 for c in set(text))):
        return folded, None
    offsets = [at for at, character in enumerate(text) for _ in _FOLDS[ord(character)]]
    letters = text.translate(_FOLDS)
    if _BEGINS_SEQUENCE.search(letters):
        offsets = [offsets[at] for at in _kept(letters)]
    offsets.append(len(text))
    return folded, offsets


def _kept(letters: str) -> list[int]:
    """For each character of folded text, which of the characters before sequences were put together it begins with."""
    kept: list[int] = []
    at = 0
    for found in _SEQUENCE.finditer(letters):
        kept += range(at, found.start())
        size = len(_put_together(found))
        kept += [min(found.start() + n, found.end() - 1) for n in range(size)]
        at = found.end()
    kept += range(at, len(letters))
    return kept


def is_combining(character: str) -> bool:
    """Whether a character is written on or around the one before it, so that a text is not cut between the two."""
    return (
        (character > "\u02ff" and (unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"))
        or character in _HALF_WIDTH_MARKS
        or character == _JOINER
    )


def whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened so that it cuts no combined character."""
    while 0 < start < len(text) and is_combining(text[start]):
        start -= 1
    while end < len(text) and is_combining(text[end]):
        end += 1
    return start, end


def written_span(text: str, offsets: Sequence[int] | None, start: int, end: int) -> tuple[int, int]:
    """Where a span of folded text stands in the text, given what `fold_map` says: to behind all that was folded to
    nothing but what is invisible."""
    if offsets is None:
        return start, end
    least = offsets[end - 1] + 1
    stop = max(offsets[end], least)
    while stop > least and text[stop - 1] in _INVISIBLE:
        stop -= 1
    return offsets[start], stop


def original_span(text: str, offsets: Sequence[int] | None, start: int, end: int) -> tuple[int, int]:
    """The same, widened so that no combined character is cut: what is marked."""
    span = written_span(text, offsets, start, end)
    return span if text.isascii() else whole_characters(text, *span)


class _LightTable(dict[int, str]):
    """Code point -> the lower-case letter of normal width, its accents kept."""

    def __missing__(self, code: int) -> str:
        found: str = _light_character(chr(code))
        self[code] = found
        return found


_LIGHT_SPECIAL = {
    **{sign: folded for sign, folded in _SPECIAL.items() if sign in _INVISIBLE or sign in _APOSTROPHES},
    "İ": "i", "ẞ": "ß", "\u093c": "", "\u0901": "\u0902", "\u200c": "\u200c", _GERSHAYIM: '"',
    **{mark: mark for mark in (*_SOUND_MARKS, _JOINER)},
}  # fmt: skip


def _light_character(character: str) -> str:
    special: str | None = _LIGHT_SPECIAL.get(character)
    if special is not None:
        return special
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if "\u0900" <= character <= "\u0dff":
        return unicodedata.normalize("NFC", unicodedata.normalize("NFD", character).replace("\u093c", ""))
    if "\u0e00" <= character <= "\u17ff" or "\u3040" <= character <= "\u30ff":
        return character
    return unicodedata.normalize("NFKC", character).lower()


_LIGHTS = _LightTable()


def light(text: str) -> str:
    """A word lower-cased and of normal width, without invisible characters but the half-space; accents are kept."""
    if text.isascii():
        return text.lower().replace("`", "'")
    found = unicodedata.normalize("NFC", text).translate(_LIGHTS)
    if _BEGINS_SEQUENCE.search(found):
        found = _SEQUENCE.sub(_put_together, found)
    return _ARABIC_MARKS.sub("", found)


# Spellings of a letter with two dots where the keyboard has none.
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})


def spelled_out(light_word: str) -> str:
    """A light word with ae, oe, ue for ä, ö, ü: itself where it has none."""
    return light_word.translate(_TWO_LETTERS)
