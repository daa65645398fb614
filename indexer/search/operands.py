"""Words and quotations -> leaves of the syntax tree: patterns, fuzzy and exact words, values of fields, dates.

Called by the parser for each operand; appends to its warnings. The names of fields that the lexer needs are `NAMES`.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from indexer.analysis import fold, is_unspaced, tokens
from indexer.fields import QUERY_FIELDS
from indexer.fields import Kind as FieldKind
from indexer.search.dates import ADDED, DATE_WORDS, ON_DAY, read_added, read_dates, read_day
from indexer.search.lexer import LEADING, TRAILING, Kind, Names, Token, lex
from indexer.search.notices import notice
from indexer.search.query import (
    Added,
    And,
    Exact,
    Extra,
    Fuzzy,
    MatchAll,
    Missing,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    QueryWarning,
    Term,
    Wildcard,
    folded_key,
)

MAX_EDITS = 2
EXTRA = "extra."  # before a key that no field holds
WILDCARDS = ("*", "?")
PATTERN_LETTERS = 3  # `mi*` would be half of the dictionary

NAMES = Names(
    known=frozenset((*QUERY_FIELDS, *DATE_WORDS)),
    dated=frozenset((*(name for name, each in QUERY_FIELDS.items() if each.kind is FieldKind.DATE), *DATE_WORDS)),
    opening=EXTRA,
)
_DATE_FIELD = "published"
_FUZZY = re.compile(r"(.+?)~(\d*)\Z", re.DOTALL)
_IN_PHRASE = re.compile(r"\w\*|(?<!\S)\*(?!\S)")  # a star that was meant as a pattern
_WILD = re.compile(r"([?*])")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}\Z")


_DOT_NET = re.compile(r"\.net\b", re.IGNORECASE)  # a dot at the beginning that is part of the word

Warn = Callable[..., None]  # (code, token, *values)


@lru_cache(maxsize=1024)  # an answer asks several times of the words of its query
def is_plain_word(text: str, name: str | None = None) -> bool:
    """Whether a text (after the field `name:`) is read as this one word, and not as an operator or as several."""
    found, _ = lex(f"{name}:{text}" if name else text, NAMES)
    return len(found) == 1 + bool(name) and found[-1].kind is Kind.WORD and found[-1].text == text


def read_operand(
    token: Token, named: Token | None, default_field: str | None, warnings: list[QueryWarning]
) -> Node | None:
    """The node of a word or quotation; None where it holds nothing to search for.

    `named` is the field's token right before it, `default_field` that of the group around it.
    """

    def warn(code: str, at: Token, *values: object) -> None:
        warnings.append(notice(code, at.start, at.end, *values))

    name = named.text if named else default_field
    if name is None:
        return _value(warn, token, None)
    if name.startswith(EXTRA):
        return _extra(warn, token, folded_key(name.removeprefix(EXTRA)))
    known = QUERY_FIELDS.get(name)
    if known is None or known.kind is FieldKind.DATE:
        return _date(warn, token, name, named)
    if token.kind is Kind.WORD and set(token.text) == {"*"}:
        return Not(Missing(known.name))
    return _value(warn, token, known.name)


def _date(warn: Warn, token: Token, name: str, named: Token | None) -> Node | None:
    """A date; what is none is left out, unless the name stood apart from it and so may have been a word."""
    if name == ON_DAY and (day := read_day(token.text)):
        return day
    added = name == ADDED
    word = _DATE_FIELD if name == ON_DAY or name in QUERY_FIELDS else name
    if token.kind is Kind.WORD and set(token.text) == {"*"}:
        return Added() if added else Not(Missing(_DATE_FIELD))
    if read := read_added(token.text) if added else read_dates(word, token.text):
        dates, reversed_ = read
        if reversed_:
            warn("reversed-dates", token, token.text)
        return dates
    if named and named.end < token.start and (value := _value(warn, token, None)):
        warn("word-not-date", named, named.text)
        return And((Term(named.text), value))
    warn("bad-day" if name == ON_DAY else "bad-date", token, token.text)
    return None


def _extra(warn: Warn, token: Token, key: str) -> Node | None:
    """Words under a key of `extra`; patterns are not for them."""
    if not key:
        return None
    if token.kind is Kind.WORD and set(token.text) == {"*"}:
        return Extra(key)
    text = " ".join(unicodedata.normalize("NFC", token.text).split())
    if token.kind is Kind.WORD:
        text = _stripped(text.strip("=*?~"))
    if not tokens(text):
        return None
    if text.rstrip("?") != token.text.rstrip("?") and set("*~") & set(token.text):
        warn("pattern-of-words", token, token.text, text)
    return Extra(key, text)


def _value(warn: Warn, token: Token, name: str | None) -> Node | None:
    if token.kind is Kind.QUOTED:
        text = " ".join(unicodedata.normalize("NFC", token.text).split())
        if not tokens(text):
            return None
        if _IN_PHRASE.search(text):
            typed, text = text, " ".join(text.replace("*", " ").split())
            warn("pattern-of-words", token, typed, text)
        return Exact(text, name) if token.exact else Phrase(text, token.number, name)
    if set(token.text) == {"*"}:
        return MatchAll()
    exact = token.text.startswith("=")
    text = _stripped(token.text)
    if exact:
        text = _stripped(text.strip("*?~"))
        return Exact(text, name) if tokens(text) else None
    if fuzzy := _FUZZY.match(text):
        return _pattern(warn, token, name, fuzzy[1], fuzzy[2])
    if "*" in text or "?" in text:
        return _pattern(warn, token, name, text, None)
    return Term(text, name) if tokens(text) else None


def _pattern(warn: Warn, token: Token, name: str | None, text: str, edits: str | None) -> Node | None:
    """`minist*`, `k?ev` (without edits) or `lavrof~1`; a plain word where a pattern would not work."""
    pattern = text.replace("~", "")
    literal = _stripped(_WILD.sub("", pattern))
    pieces = tokens(literal)
    word = Term(literal, name) if is_plain_word(literal, name) else Phrase(literal, 0, name)
    if len(pieces) == 1 and fold(_WILD.sub("", pattern)) != pieces[0]:
        # `$min*` and `O'Bri*`: in the dictionary of words are "min..." and "obri...".
        pattern = "".join(part if part in WILDCARDS else "".join(tokens(part)) for part in _WILD.split(pattern))
        pattern = _stripped(pattern)  # a question mark may be the last sign now
        literal = _WILD.sub("", pattern)
    pattern = re.sub(r"\*+", "*", pattern)
    if pattern.startswith(WILDCARDS):
        warn("leading-wildcard", token, token.text)
        return None
    if not pieces:
        return None
    if len(pieces) > 1 or (edits is not None and pattern != literal):
        if name != "url" and not (len(pieces) > 1 and is_unspaced(pieces[0])):
            warn("pattern-of-words", token, token.text, literal)
        return word
    if is_unspaced(literal) or (edits is None and pattern == literal):
        return word  # found inside longer runs of such characters anyway
    wanted = PATTERN_LETTERS if edits is not None or pattern == literal + "*" else PATTERN_LETTERS - 1
    if len(pieces[0]) < wanted:
        warn("short-pattern", token, token.text, word.text, wanted)
        return word
    if edits is not None:
        return _fuzzy(warn, token, name, literal, edits)
    return Prefix(literal, name) if pattern == literal + "*" else Wildcard(pattern, name)


def _fuzzy(warn: Warn, token: Token, name: str | None, text: str, digits: str) -> Node:
    edits = int(digits[:3]) if digits else MAX_EDITS
    if edits > MAX_EDITS:
        warn("edits-capped", token, token.text, MAX_EDITS)
    return Fuzzy(text, min(edits, MAX_EDITS), name) if edits else Term(text, name)


def near_pair(left: Node, right: Node, distance: int) -> Near | None:
    """The two as a `Near`, if they are words or phrases of one text field; the right one may leave it to the left."""
    if not isinstance(left, Term | Phrase | Exact) or not isinstance(right, Term | Phrase | Exact):
        return None
    if left.field is not None and QUERY_FIELDS[left.field].kind is not FieldKind.TEXT:
        return None
    if right.field is None and left.field is not None:
        right = _in_field(right, left.field)
    return Near(left, right, distance, left.field) if left.field == right.field else None


def _in_field(node: Term | Phrase | Exact, name: str) -> Term | Phrase | Exact:
    if isinstance(node, Phrase):
        return Phrase(node.text, node.slop, name)
    return Term(node.text, name) if isinstance(node, Term) else Exact(node.text, name)


def _stripped(text: str) -> str:
    """A word without the punctuation around it; a question mark at its end is punctuation, unless `k?ev?` says not."""
    text = unicodedata.normalize("NFC", text)
    text = text if _DOT_NET.match(text) else text.lstrip(LEADING)
    core = text.rstrip(TRAILING + "?")
    if "*" in core or "?" in core:
        return text.rstrip(TRAILING)
    dotted = core + "."
    return dotted if text.startswith(dotted) and _ACRONYM.match(dotted) else core
