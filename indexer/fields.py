"""THE table of fields. Schemas, mappings, query prefixes, facets, URL parameters and documentation are read off it.

Nothing else in the product lists fields by hand.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field is made of, and so how it is indexed and compared."""

    KEY = "key"  # one exact value that identifies
    TEXT = "text"  # analysed prose, scored by BM25F
    KEYWORD = "keyword"  # whole values, counted as facets
    PATH = "path"  # a keyword whose value is a path: News/Politics lies under News
    DATE = "date"  # a point in time with a precision
    STORED = "stored"  # kept and shown only
    EXTRA = "extra"  # what no field holds, under the source's own keys: exact words of each


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `weight` says how many times a word of it counts in scores and lengths, a whole number;
    `aliases` are other names a query may use for it. What is `made` of the other fields says nothing new: it is found,
    but its words do not make an article longer."""

    name: str
    kind: Kind
    searchable: bool = False
    facet: bool = False
    many: bool = False
    weight: int = 1
    aliases: tuple[str, ...] = ()
    made: bool = False


FIELDS: tuple[Field, ...] = (
    Field("id", Kind.KEY),
    Field("title", Kind.TEXT, searchable=True, weight=3, aliases=("intitle", "headline")),
    Field("summary", Kind.TEXT, searchable=True),
    Field("body", Kind.TEXT, searchable=True, aliases=("text",)),
    Field("translation", Kind.TEXT, searchable=True, made=True),
    Field("published", Kind.DATE, searchable=True, facet=True, aliases=("date",)),
    Field("source", Kind.KEYWORD, searchable=True, facet=True, aliases=("site",)),
    Field("collection", Kind.KEYWORD, searchable=True, facet=True, many=True),
    Field("category", Kind.PATH, searchable=True, facet=True, aliases=("section",)),
    Field("language", Kind.KEYWORD, searchable=True, facet=True, aliases=("lang",)),
    Field("translated_from", Kind.KEYWORD, searchable=True, facet=True),
    Field("author", Kind.KEYWORD, searchable=True, facet=True, many=True, aliases=("by",)),
    Field("topic", Kind.KEYWORD, searchable=True, facet=True, many=True, aliases=("tag", "keyword")),
    Field("person", Kind.KEYWORD, searchable=True, facet=True, many=True),
    Field("organisation", Kind.KEYWORD, searchable=True, facet=True, many=True, aliases=("org", "organization")),
    Field("place", Kind.KEYWORD, searchable=True, facet=True, many=True, aliases=("location",)),
    Field("url", Kind.STORED, searchable=True),
    Field("archived_url", Kind.STORED),
    Field("original_url", Kind.STORED),
    Field("dateline", Kind.STORED),
    Field("extra", Kind.EXTRA, many=True),
    Field("content_hash", Kind.KEY),
)

BY_NAME: dict[str, Field] = {f.name: f for f in FIELDS}
TEXT_FIELDS: tuple[Field, ...] = tuple(f for f in FIELDS if f.kind is Kind.TEXT)
# What articles say themselves: the fields that are searched where no translation is.
OWN_TEXT_FIELDS: tuple[Field, ...] = tuple(f for f in TEXT_FIELDS if not f.made)
FACET_FIELDS: tuple[Field, ...] = tuple(f for f in FIELDS if f.facet)
ENTITY_FIELDS: tuple[Field, ...] = tuple(BY_NAME[name] for name in ("person", "organisation", "place"))
KEYWORD_FIELDS: tuple[Field, ...] = tuple(f for f in FIELDS if f.kind in (Kind.KEYWORD, Kind.PATH))
# Fields that indexes built before they were there do not have: in these, no article has a value of them.
LATER_FIELDS: tuple[str, ...] = ("collection",)
# What a file may state of an article: all but what is computed, configured or left over; and `entities`, names of any
# kind.
STATED_FIELDS: tuple[str, ...] = (
    *(f.name for f in FIELDS if not f.made and f.name not in ("collection", "extra", "content_hash")),
    *("entities", "version", "revised", "captured", "status"),
)
QUERY_FIELDS: dict[str, Field] = {name: f for f in FIELDS if f.searchable for name in (f.name, *f.aliases)}
