"""The matches in a machine's translation of an article, and what of it a hit shows.

Both engines find them as in any text; whether they or those in the original are shown is decided here.
"""

from collections.abc import Callable
from dataclasses import replace

from indexer.article import Translation
from indexer.highlight.matches import Mark, merged
from indexer.highlight.passages import lead, snippets
from indexer.search.results import Hit

FIELD = "translation"
# Only the beginning of a very long translation is looked through (characters).
LOOKED_AT = 200_000


def with_translated(hit: Hit, translation: Translation, marks: Callable[[str], list[Mark]]) -> Hit:
    """A hit with the passages of its translation, which are its snippets where nothing else has a match. `marks` finds
    the matches in a part of the translation."""
    title = merged(marks(translation.title))
    body = translation.body[:LOOKED_AT]
    in_body = marks(body)
    in_summary = [] if in_body else marks(translation.summary)
    if in_body:
        shown = snippets(FIELD, body, in_body)
    elif in_summary:
        shown = snippets(FIELD, translation.summary, in_summary)
    else:
        shown = lead(FIELD, translation.summary) or lead(FIELD, body)
    hit = replace(hit, translation_snippets=shown, translation_title_spans=title)
    if hit.title_spans or any(snippet.spans for snippet in hit.snippets) or not (title or in_body or in_summary):
        return hit
    return replace(hit, snippets=shown or hit.snippets)
