"""Text -> terms: the same functions at index and at query time, for every engine.

`fold` takes case, accents and width away; `tokens` cuts the folded text into words; `stem` reduces a word in one
language. A word's position is its index in `tokens(text)`. What a person can rely on:

- `Café`, `CAFÉ` and `cafe` are one word; so are `أحمد` and `احمد`, `Straße` and `strasse`, `２０２１` and `2021`.
- `Lavrov's` is `lavrov`, `l'homme` is `homme`, `O'Brien` is `obrien`, `U.S.` is `us`.
- Chinese, Japanese, Korean and Thai, written without spaces, are cut into overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

# Snowball algorithm of each language, by the primary subtag of its BCP 47 tag. Others are folded only.
STEMMERS: dict[str, str] = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

# Scripts written without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Vowel signs of the Indic scripts and Tibetan: no letters to `\w`, but part of the word.
_MARKS = (
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc\u09be-\u09c4"
    "\u09c7-\u09c8\u09cb-\u09cd\u09d7\u09e2-\u09e3\u09fe\u0a01-\u0a03\u0a3c\u0a3e-\u0a42\u0a47-\u0a48"
    "\u0a4b-\u0a4d\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0ac5\u0ac7-\u0ac9\u0acb-\u0acd"
    "\u0ae2-\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c\u0b3e-\u0b44\u0b47-\u0b48\u0b4b-\u0b4d\u0b55-\u0b57"
    "\u0b62-\u0b63\u0b82\u0bbe-\u0bc2\u0bc6-\u0bc8\u0bca-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c44"
    "\u0c46-\u0c48\u0c4a-\u0c4d\u0c55-\u0c56\u0c62-\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cc4\u0cc6-\u0cc8"
    "\u0cca-\u0ccd\u0cd5-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d44\u0d46-\u0d48\u0d4a-\u0d4d"
    "\u0d57\u0d62-\u0d63\u0d81-\u0d83\u0dca\u0dcf-\u0dd4\u0dd6\u0dd8-\u0ddf\u0df2-\u0df3\u0f18-\u0f19\u0f35"
    "\u0f37\u0f39\u0f3e-\u0f3f\u0f71-\u0f84\u0f86-\u0f87\u0f8d-\u0f97\u0f99-\u0fbc\u0fc6"
)
_LETTER = rf"[^\W\d_{_UNSPACED}]"
_WORD = rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])+"
_ACRONYM = rf"(?<![^\W_]){_LETTER}(?:\.{_LETTER})+(?![^\W_])\.?"
_TOKEN = re.compile(rf"({_ACRONYM})|({_WORD}(?:'{_WORD})*)|([{_UNSPACED}]+)")
_UNSPACED_ONLY = re.compile(rf"[{_UNSPACED}]+\Z")

# One pass for plain ASCII: letters lower-cased, digits, apostrophe and dot kept, everything else a space.
_ASCII = (
    "".join(chr(b).lower() if chr(b).isalnum() or chr(b) in "'." else " " for b in range(128)).encode() + b" " * 128
)
_ELISIONS = frozenset("l d j m t s n c qu jusqu lorsqu puisqu dell nell all un".split())


class _FoldTable(dict[int, str]):
    """Code point -> folded text, filled as characters are met: what `str.translate` wants."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


# Letters that Unicode does not decompose, and those that must not lose what looks like an accent.
_SPECIAL = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
    "й": "й", "ё": "е", "ї": "ї", "ґ": "г", "ў": "ў", "ς": "σ",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": "",
    "’": "'", "‘": "'", "ʼ": "'", "＇": "'",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip


def _fold_character(character: str) -> str:
    lowered = character.lower()
    if (special := _SPECIAL.get(lowered)) is not None:
        return special
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Mn" and not "\u0900" <= character <= "\u17ff":
        return ""
    if "\uac00" <= character <= "\ud7af" or "\u0900" <= character <= "\u17ff" or "\u3040" <= character <= "\u30ff":
        return character  # decomposing Hangul, Indic or kana changes the letter
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c) != "Mn")
    return "".join(_SPECIAL.get(c, c) for c in plain.casefold()) or lowered


_FOLDS = _FoldTable()


def fold(text: str) -> str:
    """The text without case, accents, width and invisible characters. Idempotent; may change the length."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def fold_map(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text, and for each of its characters the offset in `text` it came from.

    The offsets end with `len(text)`; None stands for "the same offsets", the common case.
    """
    folded = fold(text)
    if text.isascii() or (len(folded) == len(text) and all(len(_FOLDS[ord(c)]) == 1 for c in set(text))):
        return folded, None
    offsets = [at for at, character in enumerate(text) for _ in fold(character)]
    offsets.append(len(text))
    return folded, offsets


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order."""
    if text.isascii():
        return ascii_tokens(text)
    return [token for token, _, _ in _cut(fold(text))]


def ascii_tokens(text: str) -> list[str]:
    """`tokens` for ASCII text, ten times as fast."""
    pieces = ascii_pieces(text)
    if all(map(str.isalnum, pieces)):
        return pieces
    found: list[str] = []
    for piece in pieces:
        if piece.isalnum():
            found.append(piece)
        else:
            found += piece_tokens(piece)
    return found


def ascii_pieces(text: str) -> list[str]:
    """ASCII text cut at everything but letters, digits, and the dots and apostrophes inside words.

    `[token for piece in ascii_pieces(text) for token in piece_tokens(piece)]` is `tokens(text)`: a bulk writer looks up
    each distinct piece once.
    """
    plain = text.encode("ascii").translate(_ASCII)
    plain = plain.replace(b". ", b" ").replace(b"' ", b" ").replace(b" '", b" ")
    return plain.decode("ascii").split()


def piece_tokens(piece: str) -> list[str]:
    """The tokens of one piece; usually the piece itself."""
    return [piece] if piece.isalnum() else [token for token, _, _ in _cut(piece)]


def token_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of `tokens(text)`, each with its start and end offset in `text`."""
    folded, offsets = fold_map(text)
    if offsets is None:
        return list(_cut(folded))
    return [(token, offsets[start], offsets[end - 1] + 1) for token, start, end in _cut(folded)]


def _cut(folded: str) -> Iterable[tuple[str, int, int]]:
    for found in _TOKEN.finditer(folded):
        start, end = found.span()
        match found.lastindex:
            case 1:
                yield found.group().replace(".", ""), start, end
            case 2:
                word = found.group()
                if "'" in word:
                    word, lead, tail = _without_apostrophes(word)
                    start, end = start + lead, end - tail
                yield word, start, end
            case _ if end - start == 1:
                yield found.group(), start, end
            case _:
                for at in range(start, end - 1):
                    yield folded[at : at + 2], at, at + 2


def _without_apostrophes(word: str) -> tuple[str, int, int]:
    """A word that holds apostrophes as one token; how many characters were dropped at its start and end."""
    lead = tail = 0
    if word.endswith("'s"):
        word, tail = word[:-2], 2
    head, mark, rest = word.partition("'")
    if mark and head in _ELISIONS and len(rest) > 1:
        word, lead = rest, len(head) + 1
    return word.replace("'", ""), lead, tail


def is_unspaced(token: str) -> bool:
    """Whether a token comes from a script without spaces, and so is a pair of characters or a single one."""
    return _UNSPACED_ONLY.match(token) is not None


@lru_cache(maxsize=64)
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm, 0)  # its own cache costs more than it saves: whoever stems in bulk has one


def algorithm(language: str | None) -> str | None:
    """The Snowball algorithm for a BCP 47 tag, or None where words of the language are only folded."""
    return STEMMERS.get(language.partition("-")[0].lower()) if language else None


def stem(token: str, language: str | None) -> str:
    """A folded word reduced to its stem, folded again; numbers and words of unknown languages stay as they are."""
    name = algorithm(language)
    if name is None or not token.isalpha():
        return token
    return fold(_stemmer(name).stemWord(token)) or token


def stem_all(words: Sequence[str], language: str | None) -> list[str]:
    """The `stem` of each word, three times as fast as one by one."""
    name = algorithm(language)
    if name is None:
        return list(words)
    reduced = _stemmer(name).stemWords(list(words))
    return [(fold(short) or word) if word.isalpha() else word for word, short in zip(words, reduced, strict=True)]


def stems(token: str, languages: Iterable[str | None]) -> tuple[str, ...]:
    """The distinct stems of a word over the languages an archive holds, in the order of the languages."""
    return tuple(dict.fromkeys(stem(token, language) for language in languages)) or (token,)
