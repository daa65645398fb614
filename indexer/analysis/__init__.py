"""Text -> terms: the same functions at index and at query time, for every engine.

`folding` takes case, accents and width away, `tokens` cuts a text into words, `stemming` reduces a word in one
language, `compounds` knows what hyphens join, and `terms` says which terms stand at each position of a text and which
of them a word of a query looks for. What a person can rely on:

- `Café`, `CAFÉ` and `cafe` are one word; so are `أحمد` and `احمد`, `Straße` and `strasse`, `２０２１` and `2021`.
- `Lavrov's` is `lavrov`, `l'homme` is `homme`, `O'Brien` is `obrien`, `U.S.` is `us`; `C++`, `C#` and `.NET` are words.
- `cease-fire` is `ceasefire` and `cease fire`, `G-20` is `G20`, `F-16s` are `F16`.
- A stem finds articles of its own language alone: `Putin` finds no English "put" by way of Czech.
- Chinese, Japanese, Korean and Thai, written without spaces, are cut into overlapping pairs of characters.
"""

from indexer.analysis.folding import fold, fold_map, is_combining, light, original_span, whole_characters, written_span
from indexer.analysis.stemming import STEMMERS
from indexer.analysis.terms import (
    SEPARATOR,
    IndexTerm,
    QueryWord,
    index_terms,
    of_language,
    own_terms,
    plain_terms,
    query_words,
    tag,
    word_terms,
)
from indexer.analysis.tokens import Token, cut, is_unspaced, light_word, spellings, token_spans, tokens

__all__ = [
    "SEPARATOR",
    "STEMMERS",
    "IndexTerm",
    "QueryWord",
    "Token",
    "cut",
    "fold",
    "fold_map",
    "index_terms",
    "is_combining",
    "is_unspaced",
    "light",
    "light_word",
    "of_language",
    "original_span",
    "own_terms",
    "plain_terms",
    "query_words",
    "spellings",
    "tag",
    "token_spans",
    "tokens",
    "whole_characters",
    "word_terms",
    "written_span",
]
