"""Names that repeat in a document get one reading.

In: the sentences of a document, spans that surely are names and spans that may be. Out: the sure ones of the kind each
name most often has, and what may be one and is the same name or the family name of a person. Called by the tagger.
"""

import re
from collections import Counter
from collections.abc import Sequence

from indexer.article import EntityKind
from indexer.entities.caseless.encoding import Reading
from indexer.entities.tagger import Span

_PARTS = re.compile("[ ·]")  # between the words of a person's name


def repeated(
    sentences: Sequence[Sequence[str]],
    sure: Sequence[Sequence[Span]],
    possible: Sequence[Sequence[Span]],
    reading: Reading,
) -> list[list[Span]]:
    """Spans of each sentence, in order and not overlapping; `possible` holds the sure ones too."""
    kinds: dict[str, Counter[EntityKind]] = {}
    for words, row in zip(sentences, sure, strict=True):
        for span in row:
            kinds.setdefault(reading.name(words, span), Counter())[span.kind] += 1
    if not kinds:
        return [[] for _ in sentences]
    # The kind most often given, the first where two are as frequent.
    settled = {name: max(counts, key=counts.__getitem__) for name, counts in kinds.items()}
    for name, kind in list(settled.items()):
        *_, family = _PARTS.split(name)
        if kind == "person" and family != name:
            settled.setdefault(family, kind)
    return [
        [span._replace(kind=settled[name]) for span in row if (name := reading.name(words, span)) in settled]
        for words, row in zip(sentences, possible, strict=True)
    ]
