"""Plain text to sentences of words that know where they stand.

In: the text of one field. Out: `Sentence` values, words and their character offsets. Called by the
extractor at run time and by training, so that the tagger sees the same words in both.
"""

import re
from dataclasses import dataclass
from functools import cache

# What is spelt out in the pattern below; the compiled tokeniser has its words from here.
ABBREVIATIONS = tuple(
    "Mr Mrs Ms Dr St Gen Col Lt Maj Capt Cpl Sgt Sen Sens Rep Reps Gov Prof Hon Rev Jr Sr No vs Inc Corp Ltd Co "
    "Bros Jan Feb Aug Sept Oct Nov Dec Ave Blvd Mt Ft".split()
)
PARTICLES = ("al", "el", "ul", "as", "ad", "ar", "at", "an", "az", "ash", "bin")  # al-Assad
CLITICS = ("s", "re", "ve", "ll", "d", "m", "S")  # behind an apostrophe
INNER_CLITICS = ("s", "S", "re", "ve", "ll")  # these end a word that goes on behind an apostrophe or "&"
DOMAINS = ("com", "org", "net")
ELISIONS = (*"ldnmtscjLDNMTSCJ", "qu", "Qu", "dell", "nell", "all", "sull", "un", "Dell", "Nell", "All", "Un")
IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # one CJK character is a word
_INNER = "|".join(rf"{clitic}\b" for clitic in INNER_CLITICS)
_DOMAINS = "|".join(rf"\.{domain}\b" for domain in DOMAINS)

# One alternative per kind of word, the most specific first, after the plain words that most of a text is made of.
_TOKEN = (
    r"[A-Za-z]?[a-z]+(?=[ ,;:)])|"
    r"(?:[A-Z]\.){2,}"  # U.S.
    rf"|(?:{'|'.join(ABBREVIATIONS)})\.(?=\s|,|$)"
    r"|(?<!\w)[A-Z]\.(?=\s?\w)"  # J. as in J. Smith
    rf"|{IDEOGRAPH.pattern}"
    rf"|(?:{'|'.join(PARTICLES)})-[A-Z]\w+"  # al-Assad
    rf"|[^\W\d_]+(?=n['’]t\b)|n['’]t\b|['’](?:{'|'.join(CLITICS)})\b"  # do|n't, Lavrov|'s
    r"|[a-z]+(?:-[a-z]+)+\b(?!['’-])"  # long-term; but London|-|based, Israel|-|Hamas: names stand alone
    r"|\d+(?:[.,:]\d+)+"
    rf"|\w+(?:[&’'](?!{_INNER})\w+|&(?=\W))*(?:{_DOMAINS})?"
    r"|[^\w\s]"
)
_ELIDERS = frozenset({"fr", "it", "ca", "oc"})
_ELIDING = rf"(?:{'|'.join(ELISIONS)})['’](?=\w)|" + _TOKEN


def _with_letters(letter: str, skipped: str = "") -> str:
    """The pattern of words that are made of other letters; `skipped` is as good as a space."""
    pattern = _TOKEN.replace(r"|\w+(?:[&", rf"|{letter}+(?:[&")
    return pattern.replace(r"|[^\w\s]", rf"|[^\w\s{skipped}]")


_CASELESS = {
    # Vowel signs are part of a word; marks of writing direction are nothing to read.
    **dict.fromkeys(
        ("ar", "fa", "ur"),
        _with_letters(r"[\w\u064b-\u065f\u0670]", r"\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"),
    ),
    # Figures and foreign words end where a character begins: 2012 | 年.
    **dict.fromkeys(("zh", "ja"), _with_letters(r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")),
}
# Shortened words of other languages that keep their dot, and initials in letters that the pattern above has not.
_RUSSIAN = (
    r"(?<!\w)[А-ЯЁA-Z]\.(?=\s?\w)"
    r"|(?:г|гг|ул|им|пл|пр|просп|пер|пос|обл|ст|стр|св|мр|гн|млн|млрд|тыс|руб|долл|тел|ред|рис|напр|проф|акад|канд"
    r"|докт|ген|полк|подп|кв|чел|ок|см|ср|тов|зам|нач|гос)\.(?=\s|,|$)|" + _TOKEN
)
_POLISH = (
    r"(?<!\w)[A-ZĆŁÓŚŹŻ]\.(?=\s?\w)"
    r"|(?:prof|r|ul|im|al|pl|os|św|ks|bp|abp|kard|gen|płk|mjr|kpt|por|ppłk|sierż|asp|insp|nadinsp|red|inż|mgr|hab|min|pos|sen|tzw|np|tj"
    r"|zł|mln|tys|godz|woj|pow|gm|nr|str|art|ust|ok|ds|ws|zob)\.(?=\s|,|$)|" + _TOKEN
)
# Compiled when a text is cut, which whoever only searches does not.
_PATTERNS = {
    **dict.fromkeys(_ELIDERS, _ELIDING),
    **_CASELESS,
    "ru": _RUSSIAN,
    "pl": _POLISH,
}
# A dot after these, or after a single capital, does not end a sentence.
NO_STOP = frozenset(
    "Mr. Mrs. Ms. Dr. St. Gen. Col. Lt. Maj. Capt. Cpl. Sgt. Sen. Sens. Rep. Reps. Gov. Prof. Hon. Rev. No. vs. Mt. "
    "Ft.".split()
)
ENDERS = frozenset({".", "!", "?", "…", "。", "！", "？", "؟", "۔"})
CLOSERS = frozenset("\"'”’»)]")
# What stands before the first word of a sentence.
OPENERS = " \t\u00a0\"“‘'«(\u3000"
QUOTES = "\"“‘'"
# A colon or dash after a few capitals ends a headline-like lead-in; longer sentences are cut for the decoder.
MAX_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of one sentence; word `i` is `text[starts[i]:starts[i] + len(words[i])]`."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the words `[first, last)`."""
        return self.starts[first], self.starts[last - 1] + len(self.words[last - 1])


def pattern(language: str | None) -> re.Pattern[str]:
    """What a word is in a language."""
    return _compiled(_source(language))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _source(language: str | None) -> str:
    return _PATTERNS.get(language or "", _TOKEN)


def is_compiled(language: str | None) -> bool:
    """Whether the compiled tokeniser knows what a word is in a language."""
    return _source(language) in (_TOKEN, _ELIDING)


def elides(language: str | None) -> bool:
    """Whether a language writes short words with an apostrophe before the next."""
    return _source(language) == _ELIDING


def sentences(text: str, language: str | None = None) -> list[Sentence]:
    """The sentences of a text, in order. Line breaks end a sentence; every word keeps its offset.

    In languages that elide articles, "l'ONU" is two words; Russian and Polish have shortened words of their own,
    and what is a letter differs in Arabic and Chinese.
    """
    found: list[Sentence] = []
    words: list[str] = []
    starts: list[int] = []
    line_end = 0
    pending = False  # an ender was seen; the sentence closes at the next word that is not a closing quote

    def close() -> None:
        nonlocal words, starts
        if words:
            found.append(Sentence(tuple(words), tuple(starts)))
            words, starts = [], []

    for match in pattern(language).finditer(text):
        start = match.start()
        word = match.group()
        if start >= line_end:
            close()
            pending = False
            cut = text.find("\n", start)
            line_end = len(text) + 1 if cut < 0 else cut
        if pending and word not in CLOSERS:
            pending = False
            if word[0] >= "\u2e80" or (not word[0].islower() and text[start - 1] in OPENERS):
                close()
        elif len(words) >= MAX_SENTENCE:
            close()
        words.append(word)
        starts.append(start)
        if word[-1] in ENDERS:
            pending = len(word) == 1 or (len(word) > 2 and word not in NO_STOP and _may_end(text, match.end()))
    close()
    return found


# After "U.S." or "Corp." a sentence ends only where the next word usually starts one.
STARTERS = frozenset(
    "The This That These Those It He She They We I In On At But And For As If When While After Before A An His Her "
    "Its Their Our There However Meanwhile".split()
)
_NEXT_WORD = re.compile(rf"\s+[{QUOTES}]?(\w+)")


def _may_end(text: str, end: int) -> bool:
    following = _NEXT_WORD.match(text, end)
    return following is not None and following.group(1) in STARTERS
