"""Pages that no parser can afford: found before they are parsed. Called by whatever parses HTML.

libxml2 looks through all attributes of an element for each further one, and cannot be stopped while it does; every tag
becomes an object of some 300 bytes, several times over while the main text is looked for.
"""

import re

from indexer.ingest.rejects import excerpt
from indexer.rejection import Rejected

# Of 439 saved pages none has an element with more than 60, or more than 8,093 tags. 50,000 paragraphs of two letters
# take trafilatura ten seconds, and four times as many two minutes.
MOST_ATTRIBUTES = 500
MOST_TAGS = 50_000
# Of documents that are not pages: a book has an element for each word. As a tree it takes half a gigabyte.
MOST_ELEMENTS = 2_000_000

# Possessive throughout: each attribute is read once. A quotation that never ends reaches to the end of the page.
_ATTRIBUTE = (
    r"[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>\"'][^\s>]*+|))?+"
)
_CROWDED = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES + 1}}}")
# What a page is made of besides text: comments, elements whose content is no markup, other tags.
_PART = re.compile(
    r"<!--.*?(?:-->|\Z)|"
    rf"<(script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])(?:{_ATTRIBUTE})*+[^>]*+>.*?(?:</\1|\Z)|"
    rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE})*+",
    re.DOTALL | re.IGNORECASE,
)


def check_markup(text: str, most_tags: int = MOST_TAGS) -> None:
    """Raise `Rejected` for HTML with too many tags, or too many attributes in one."""
    if text.count("<") > most_tags:
        raise Rejected("too_complex", f"The page has more than {most_tags:,} tags.", excerpt(text))
    # A script may look like a tag with many attributes (`i<n; ...`); only then it matters what is a tag.
    if _CROWDED.search(text) and any(_CROWDED.match(text, part.start()) for part in _PART.finditer(text)):
        detail = f"An element of the page has more than {MOST_ATTRIBUTES} attributes."
        raise Rejected("too_complex", detail, excerpt(text))
