"""The table of fields as an OpenSearch mapping.

Articles come analysed: a text field holds the terms of its words in order, `<field>_exact` the words as they stand,
both separated by spaces, so that a word means the same as in every other engine. Terms that share a position are joined
by `TOGETHER`; of a compound, a term with `LAST` behind it stands at the position of its last part, since the cluster
knows no term that is several positions wide. The cluster is asked for frequencies only, times what the field weighs,
from which `query.compile` has it compute scores. Called when an index is made.
"""

from typing import Any

from indexer.analysis import SEPARATOR
from indexer.config import EngineConfig
from indexer.engines.shared.search.ranking import MOST
from indexer.fields import BY_NAME, ENTITY_FIELDS, KEYWORD_FIELDS, LATER_FIELDS, OWN_TEXT_FIELDS, TEXT_FIELDS, Kind

# Raised whenever a document written today could not be searched by yesterday's program, or the reverse.
FORMAT = 3
TEXTS = tuple(field.name for field in TEXT_FIELDS)
OWN_TEXTS = tuple(field.name for field in OWN_TEXT_FIELDS)
TRANSLATION = "translation"
TRANSLATED = "translated"  # the language of the translation
KEYWORDS = tuple(field.name for field in KEYWORD_FIELDS)
ENTITIES = tuple(field.name for field in ENTITY_FIELDS)
URL = "url"
EXTRA = "extra"  # words under the keys of what no field holds
# Longer words (bytes of UTF-8) are cut: they are data that lost its spaces.
MAX_WORD_BYTES = 255
# No phrase reaches from one value of a keyword field into the next.
VALUE_GAP = 10_000
# Stands before the first word of a language: `lang:en` means values that begin so.
START = "^^^^^^^^"
# What joins the terms of one position, parts a term from its tag (the separator of `analysis` is white space to the
# cluster), and marks the end of a compound. No word holds them.
TOGETHER, TAG, LAST = "\u241e", "\u241f", "\u2403"
# Characters of all terms of a position; the tokenizer's own limit is 255.
_LONGEST_POSITION = 10_000

# How often a term is in a field, times what the query gives the field.
FREQUENCY = f"return query.boost * Math.min(doc.freq, {MOST});"

_TEXT = {"type": "text", "analyzer": "words", "norms": False, "similarity": "frequency"}
_NUMBER = {"type": "integer"}
_KEY = {"type": "keyword"}
_UNINDEXED = {"type": "keyword", "index": False, "doc_values": False}
_LOOKUP = {"type": "keyword", "doc_values": False}


def term(text: str) -> str:
    """An index term as the cluster holds it: no longer than a term may be, never broken inside a character."""
    tagged = text.replace(SEPARATOR, TAG)
    if len(tagged) * 4 <= MAX_WORD_BYTES:
        return tagged
    return tagged.encode("utf-8", "replace")[:MAX_WORD_BYTES].decode("utf-8", "ignore")


def exact(field: str) -> str:
    """Where the words of a text field are as they stand."""
    return f"{field}_exact"


def words(field: str) -> str:
    """Where the folded words of a keyword field's values are."""
    return f"{field}_words"


def folded(field: str) -> str:
    """Where the folded values of a keyword field are; those of a path with the paths above them."""
    return f"{field}_folded"


def label(field: str) -> str:
    """Where the values that are suggested are, behind their folded words."""
    return f"{field}_label"


def facet(field: str, all_mentions: bool = False) -> str:
    """Where the values that a facet counts are; with `all_mentions`, those that an article names in passing too."""
    if all_mentions and field in ENTITIES:
        return f"{field}_all"
    return f"{field}_path" if BY_NAME[field].kind is Kind.PATH else field


def added_properties() -> dict[str, Any]:
    """What the indices of archives of this format may lack: they were made before."""
    found: dict[str, Any] = {TRANSLATION: _TEXT, exact(TRANSLATION): _TEXT, TRANSLATED: _KEY}
    for name in LATER_FIELDS:
        found |= _of_keyword(name)
    return found


def _properties() -> dict[str, Any]:
    text = _TEXT
    found: dict[str, Any] = {
        "id": _KEY,
        "hash": {**_KEY, "index": False},
        "checksum": _UNINDEXED,
        "session": _KEY,
        "born": _NUMBER,
        "died": _NUMBER,
        "died_at": {"type": "long"},
        "has": _LOOKUP,
        "named": _LOOKUP,
        "spelt": _KEY,
        "spelt_key": _KEY,
        "day": _NUMBER,
        "year": _NUMBER,
        "month_day": _NUMBER,
        "seconds": {"type": "long"},
        "added": {"type": "long"},
        "withdrawn": {"type": "boolean"},
        "story": _KEY,
        "bands": _LOOKUP,
        "signature": {"type": "binary"},
        "record": _UNINDEXED,
        "length": {**_NUMBER, "index": False},
        exact(URL): text,
        EXTRA: _LOOKUP,
    }
    for name in OWN_TEXTS:
        found |= {name: text, exact(name): text}
    found |= added_properties()
    for name in KEYWORDS:
        found |= _of_keyword(name)
    for name in (*ENTITIES, "source"):
        found[label(name)] = _KEY
    for name in ENTITIES:
        found[facet(name, all_mentions=True)] = _KEY
    return found


def _of_keyword(name: str) -> dict[str, Any]:
    return {facet(name): _KEY, words(name): {**_TEXT, "position_increment_gap": VALUE_GAP}, folded(name): _LOOKUP}


def template(pattern: str, config: EngineConfig, alias: str | None = None) -> dict[str, Any]:
    """The template of an archive's indices, which are made by writing to them; `alias` covers them."""
    settings = {
        "number_of_shards": config.shards,
        "number_of_replicas": config.replicas,
        "refresh_interval": "-1",  # what is written becomes visible by a commit
        "codec": "best_compression",
        "store": {"stats_refresh_interval": "0s"},  # a commit asks how large an index is now
        "similarity": {"frequency": {"type": "scripted", "script": {"source": FREQUENCY}}},
        "analysis": {
            "tokenizer": {"positions": {"type": "whitespace", "max_token_length": _LONGEST_POSITION}},
            "filter": {
                "terms": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{TOGETHER}]+)"]}
            },
            "analyzer": {"words": {"type": "custom", "tokenizer": "positions", "filter": ["terms"]}},
        },
        "max_terms_count": 65_536,
    }
    mappings = {"dynamic": "strict", "_meta": {"format": FORMAT}, "properties": _properties()}
    return {
        "index_patterns": [pattern],
        "priority": 500,
        "template": {
            "settings": {"index": settings},
            "mappings": mappings,
            "aliases": {alias: {}} if alias else {},
        },
    }


def state_mapping(config: EngineConfig) -> dict[str, Any]:
    """The index of an archive's state: one document that says what is committed, one that says who writes."""
    settings = {"number_of_shards": 1, "number_of_replicas": config.replicas}
    return {"settings": {"index": settings}, "mappings": {"dynamic": False}}
