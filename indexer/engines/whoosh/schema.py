"""The table of fields as a Whoosh schema: what stock Whoosh needs to list, parse and search the fields of an index.

In: the languages of an archive. Out: a schema for Whoosh's table of contents. The engine itself asks `fields.py`.

Text fields hold terms of the article's language (`minist`, a separator, `en`); beside each stands a field
`<name>_exact` of the words as they were written. Keyword fields hold whole values.
Dates are stored only: Whoosh's way of indexing numbers has no counterpart in the columnar codec.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import fields as whoosh_fields
from whoosh.analysis import Analyzer, Token

from indexer import analysis
from indexer.fields import FIELDS, Kind

EXACT_SUFFIX = "_exact"


class TextAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """Words as the index holds them, for stock Whoosh's query parser. `stemmed` says whether they are stems, of
    `language`: one language, since a Whoosh analyzer gives one term for a word."""

    def __init__(self, stemmed: bool, language: str | None = None) -> None:
        self.stemmed = stemmed
        self.language = language

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextAnalyzer) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.stemmed, self.language))

    def __call__(self, value: str, start_pos: int = 0, start_char: int = 0, **_: Any) -> Iterator[Token]:
        """The words of a text as Whoosh's tokens, each by its first term."""
        tokens = analysis.cut(value)
        terms = [each[0].text for each in analysis.index_terms(tokens, self.language)]
        words = terms if self.stemmed else [token.text for token in tokens]
        for position, (token, text) in enumerate(zip(tokens, words, strict=True), start_pos):
            yield Token(
                text=text,
                pos=position,
                startchar=start_char + token.start,
                endchar=start_char + token.end,
                boost=1.0,
                stopped=False,
            )


def build_schema(languages: Mapping[str, int]) -> whoosh_fields.Schema:
    """The schema of an archive with so many articles in each language."""
    main = max(sorted(languages), key=lambda language: languages[language], default="") or None
    schema = whoosh_fields.Schema()
    for field in FIELDS:
        match field.kind:
            case Kind.TEXT:
                schema.add(field.name, whoosh_fields.TEXT(analyzer=TextAnalyzer(True, main), phrase=True, stored=True))
                exact = whoosh_fields.TEXT(analyzer=TextAnalyzer(False), phrase=True, stored=False)
                schema.add(field.name + EXACT_SUFFIX, exact)
            case Kind.KEYWORD | Kind.PATH:
                schema.add(field.name, whoosh_fields.ID(stored=True))
            case Kind.KEY if field.name == "id":
                schema.add(field.name, whoosh_fields.ID(stored=True, unique=True))
            case Kind.STORED if field.searchable:
                schema.add(field.name, whoosh_fields.TEXT(analyzer=TextAnalyzer(False), phrase=True, stored=True))
            case Kind.EXTRA:
                continue  # stock Whoosh finds it whole in the stored article
            case _:
                schema.add(field.name, whoosh_fields.STORED())
    return schema
