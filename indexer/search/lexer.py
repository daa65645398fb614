"""Query text -> tokens with their places in it. What the parser reads; it never fails and takes linear time.

Which names may stand before a colon, and which of them come before dates, it is told with `Names`.

Typographic and full-width signs are taken for the ASCII signs they stand for, character by character, so that every
offset counts in the text as typed.
"""

import difflib
import re
from dataclasses import dataclass
from enum import Enum, auto

from indexer.search.notices import notice
from indexer.search.query import QueryWarning

DEFAULT_DISTANCE = 10  # of NEAR without a number
MAX_DISTANCE = 1_000  # words; beyond it a phrase or NEAR means no more than AND
_MOST_COMPARED = 8  # unknown fields for which a known one is sought: half a millisecond each

_SIGNS = {
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2033\u300c\u300d\u300e\u300f\u301d\u301e\u301f\uff02",
    "'": "\u2018\u2019\u201a\u201b\u02bb\u02bc\u2032\u00b4\u1ffd\uff07",
    "(": "\uff08\ufe59",
    ")": "\uff09\ufe5a",
    "-": "\u2010\u2011\u2212\ufe63\uff0d",
    ":": "\uff1a\ufe55",
    "=": "\uff1d",
    "*": "\uff0a",
    "~": "\uff5e\u301c",
    "|": "\uff5c",
    "/": "\uff0f",
    "<": "\uff1c",
    ">": "\uff1e",
    "+": "\uff0b",
    # Signs that part words and mean nothing here: Chinese, Arabic, Hindi and Greek punctuation, dashes, ellipses.
    " ": "\u2026\u00a1\u00bf\u037e\u060c\u061b\u061f\u06d4\u0964\u0965"
    "\u2329\u232a\u3001\u3002\u3008\u3009\u300a\u300b\u3010\u3011\u3014\u3015\uff01\uff0c\uff1b\uff1f\uff61\uff64"
    "\u200b\u200e\u200f\ufeff",
}
_ASCII_SIGN = {ord(sign): plain for plain, signs in _SIGNS.items() for sign in signs}
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# On a Hebrew keyboard the sign of an acronym is typed as a double quote.
_HEBREW_ACRONYM = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')

# What may stand before a word without belonging to it. "*" and "?" are patterns, "#", "$" and "@" stay.
LEADING = ".,;:!'`´<>[]{}+=&%^\\/~_-"
TRAILING = ".,;:!'`´<>[]{}=&^\\/_-"

_SPACE = re.compile(r"\s+")
_QUOTE = re.compile(r'=?"')
_QUOTED = re.compile(r'"([^"]*)("?)(?:~(\d*))?')
_WORD = re.compile(r'[^\s()"|\u2012-\u2015]+')
_DATES = re.compile(r'[^\s()"|]+')  # a dash may join two dates, 2019–2021, where it parts words
_DASHES = re.compile(r"[-\u2012-\u2015]+")
_JUNK = re.compile(rf"[{re.escape(LEADING)}]*")
_FIELD = re.compile(r"([^\W\d_][\w-]*(?:\.[\w.-]+)?):(?!//)")
_NEAR = re.compile(r"NEAR(?:/(\d+))?\Z")


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token, `[start, end)` of the text.

    `text` is a word as typed, the inside of a quotation, or a field's name in lower case. `number` is the slop of a
    quotation or the distance of NEAR. `exact` marks `="..."`.
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What may stand before a colon, in lower case: all such names, those of them before dates, and the beginning of
    further names that nobody can list."""

    known: frozenset[str]
    dated: frozenset[str] = frozenset()
    opening: str = ""

    def __contains__(self, name: str) -> bool:
        return name in self.known or (bool(self.opening) and name.startswith(self.opening))


_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
# A text of so many words or more, all in capitals and at most a third of them operators, is a sentence: it means none.
_SHOUTED_WORDS = 5
_SINGLE = {"(": Kind.OPEN, ")": Kind.CLOSE}


def plain_signs(text: str) -> str:
    """The text with ASCII signs for typographic ones, and spaces for control characters; of the same length."""
    plain = _INVISIBLE.sub(" ", text).translate(_ASCII_SIGN)
    return _HEBREW_ACRONYM.sub("\u05f4", plain) if '"' in plain else plain


def lex(text: str, names: Names) -> tuple[list[Token], list[QueryWarning]]:
    """All tokens of a query, and what was odd about them."""
    lexer = _Lexer(plain_signs(text), names)
    lexer.run()
    return lexer.tokens, lexer.warnings


def _is_shouted(text: str) -> bool:
    """Whether a sentence is typed in capitals, so that they do not set operators apart from words.

    Quotations and words joined by NEAR are of someone who knows the signs: `"UN SECURITY COUNCIL" AND NATO` is no
    sentence.
    """
    if any(map(str.islower, text)):
        return False
    words = [word for word in _QUOTED.sub(" ", text).split() if word.isupper()]
    operators = sum(word in _OPERATORS or _NEAR.match(word) is not None for word in words)
    return len(words) - operators >= _SHOUTED_WORDS and operators * 3 <= len(words)


class _Lexer:
    """The position in the text while it is read."""

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.at = 0
        self.tokens: list[Token] = []
        self.warnings: list[QueryWarning] = []
        self.word_end = 0  # of the last run of word characters that was looked at
        self.unknown = 0  # fields so far
        self.shouted = _is_shouted(text)

    def run(self) -> None:
        """Read everything."""
        text, size = self.text, len(self.text)
        while self.at < size:
            sign = text[self.at]
            if found := _SPACE.match(text, self.at):
                self.at = found.end()
            elif sign in _SINGLE:
                self._put(_SINGLE[sign], sign, self.at + 1)
            elif sign == "|":
                self._alternatives()
            elif _DASHES.match(sign):
                self._dashes()
            elif _QUOTE.match(text, self.at):
                self._quoted()
            else:
                self._word()

    def _put(self, kind: Kind, text: str, end: int, number: int = 0, exact: bool = False) -> None:
        self.tokens.append(Token(kind, text, self.at, end, number, exact))
        self.at = end

    def _alternatives(self) -> None:
        end = self.at
        while self.text.startswith("|", end):
            end += 1
        self._put(Kind.OR, "|", end)

    def _dashes(self) -> None:
        """One hyphen before something excludes it; a hyphen by itself, or several, are a dash."""
        found = _DASHES.match(self.text, self.at)
        assert found is not None
        end = found.end()
        following = self.text[end : end + 1]
        if self.text[self.at : end] == "-" and following and not following.isspace() and following not in ")|":
            self._put(Kind.NOT, "-", end)
        else:
            self.at = end

    def _quoted(self) -> None:
        exact = self.text[self.at] == "="
        found = _QUOTED.match(self.text, self.at + exact)
        assert found is not None
        if not found[2]:
            self.warnings.append(notice("unclosed-quote", self.at, found.end()))
        self._put(Kind.QUOTED, found[1], found.end(), self._distance(found[3] or "0", found.end()), exact)

    def _distance(self, digits: str, end: int) -> int:
        number = int(digits) if len(digits) <= 5 else MAX_DISTANCE + 1
        if number > MAX_DISTANCE:
            self.warnings.append(notice("distance-capped", self.at, end, digits, MAX_DISTANCE))
        return min(number, MAX_DISTANCE)

    def _word(self) -> None:
        if self.at >= self.word_end:  # else this is what follows the name of an unknown field
            found = (_DATES if self._dated() else _WORD).match(self.text, self.at)
            assert found is not None
            self.word_end = found.end()
        end = self.word_end
        is_value = self._named() is not None
        if not is_value and self._field(end):
            return
        word = self.text[self.at : end]
        if not is_value and word in _OPERATORS:
            if self.shouted:
                self._put(Kind.WORD, word, end)
            else:
                self._put(_OPERATORS[word], word, end)
        elif not is_value and (near := _NEAR.match(word)):
            self._put(Kind.NEAR, word, end, self._distance(near[1] or str(DEFAULT_DISTANCE), end))
        else:
            self._put(Kind.WORD, word, end)

    def _named(self) -> str | None:
        """The field whose name ends right here."""
        last = self.tokens[-1] if self.tokens else None
        return last.text if last and last.kind is Kind.FIELD and last.end == self.at else None

    def _dated(self) -> bool:
        return self._named() in self.names.dated

    def _field(self, end: int) -> bool:
        """Read `name:` at the start of the word; whether there was one."""
        junk = _JUNK.match(self.text, self.at)
        assert junk is not None
        named = _FIELD.match(self.text, junk.end(), end)
        if named is None:
            return False
        name = named[1].lower()
        if "." in name and name not in self.names:
            return False  # a host with its port, a file with a line
        if name in self.names:
            self.at = junk.end()
            self._put(Kind.FIELD, name, named.end())
            self.word_end = self.at  # a value may reach further than a word: 2019–2021
            return True
        if self.text[named.end() : named.end() + 1].isdigit():
            return False  # a time, a score, a port
        self.at = junk.end()
        self._unknown(named[1], named.end())
        self._put(Kind.WORD, named[1], named.end())
        return True

    def _unknown(self, name: str, end: int) -> None:
        self.unknown += 1
        close = self._nearest(name.lower()) if self.unknown <= _MOST_COMPARED else None
        code, values = ("perhaps-field", (name, close)) if close else ("unknown-field", (name,))
        self.warnings.append(notice(code, self.at, end, *values))

    def _nearest(self, name: str) -> str | None:
        if not 3 <= len(name) <= 20:
            return None
        close = difflib.get_close_matches(name, self.names.known, n=1, cutoff=0.75)
        return close[0] if close else None
