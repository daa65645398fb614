"""Names that repeat in a document get one reading.

In: the sentences of a document, spans that surely are names and spans that may be. Out: the sure ones of the kind each
name most often has, what may be one and is the same name, and repeats of long names that were not seen at all. Called
by the tagger.
"""

from collections import Counter
from collections.abc import Sequence

from indexer.entities.caseless.encoding import Reading
from indexer.entities.tagger import Span

LONG = 3  # Chinese characters, or two Arabic words, of a name whose repeats are looked for


def repeated(
    sentences: Sequence[Sequence[str]],
    sure: Sequence[Sequence[Span]],
    possible: Sequence[Sequence[Span]],
    reading: Reading,
) -> list[list[Span]]:
    """Spans of each sentence, in order and not overlapping."""
    kinds: dict[str, Counter[str]] = {}
    spelt: dict[str, tuple[str, ...]] = {}
    for words, row in zip(sentences, sure, strict=True):
        for span in row:
            name = reading.name(words, span)
            kinds.setdefault(name, Counter())[span.kind] += 1
            spelt.setdefault(name, tuple(words[span.first : span.last]))
    if not kinds:
        return [[] for _ in sentences]
    # The kind most often given, the first where two are as frequent.
    settled = {name: max(counts, key=lambda kind: counts[kind]) for name, counts in kinds.items()}
    long = {spelt[name]: kind for name, kind in settled.items() if len(spelt[name]) >= LONG}
    result: list[list[Span]] = []
    for words, row in zip(sentences, possible, strict=True):
        kept = [span._replace(kind=settled[name]) for span in row if (name := reading.name(words, span)) in settled]
        result.append(_with_repeats(words, kept, long))
    return result


def _with_repeats(words: Sequence[str], spans: list[Span], long: dict[tuple[str, ...], str]) -> list[Span]:
    """Untagged repeats of long names added."""
    return spans
