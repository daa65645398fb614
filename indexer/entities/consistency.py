"""Names that repeat in a document get one reading.

In: the sentences of a document and the tagger's spans. Out: spans in which the same words have the same kind and
repeats the tagger missed are found. Called by the default tagger after decoding.
"""

from collections import Counter
from collections.abc import Sequence

from indexer.article import EntityKind
from indexer.entities.tagger import Span

LONGEST = 5  # words of a repeat that is looked for
KIND_ORDER: tuple[EntityKind, ...] = ("person", "organisation", "place")


def agree(sentences: Sequence[Sequence[str]], spans: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Majority kind for each repeated name, and untagged repeats of confident names."""
    seen: dict[tuple[str, ...], Counter[EntityKind]] = {}
    surnames: set[str] = set()
    for words, found in zip(sentences, spans, strict=True):
        for span in found:
            name = tuple(words[span.first : span.last])
            seen.setdefault(name, Counter())[span.kind] += 1
            if span.kind == "person" and len(name) > 1:
                surnames.add(name[-1])
    kinds = {name: _settle(name, counts, surnames) for name, counts in seen.items()}
    confident = {
        name for name, counts in seen.items() if len(name) > 1 or name[0] in surnames or counts.total() > 1
    } & {name for name in seen if len(name) > 1 or len(name[0]) > 2}
    return [
        _fill(
            words, [span._replace(kind=kinds[tuple(words[span.first : span.last])]) for span in found], kinds, confident
        )
        for words, found in zip(sentences, spans, strict=True)
    ]


def _settle(name: tuple[str, ...], counts: Counter[EntityKind], surnames: set[str]) -> EntityKind:
    """The kind most often given; a word that ends a person's full name leans to the person."""
    if len(name) == 1 and name[0] in surnames and counts["person"] * 2 >= max(counts.values()):
        return "person"
    return max(KIND_ORDER, key=lambda kind: counts[kind])


def _fill(
    words: Sequence[str], found: list[Span], kinds: dict[tuple[str, ...], EntityKind], confident: set[tuple[str, ...]]
) -> list[Span]:
    """Add untagged repeats of confident names."""
    if not confident:
        return found
    taken = [False] * len(words)
    for span in found:
        taken[span.first : span.last] = [True] * (span.last - span.first)
    added: list[Span] = []
    for place, word in enumerate(words):
        if taken[place] or not word[0].isupper():
            continue
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            name = tuple(words[place : place + length])
            if name not in confident or any(taken[place : place + length]):
                continue
            after = place + length
            if length == 1 and (_capital(words, taken, after) or _capital(words, taken, place - 1)):
                break  # part of a longer name the tagger did not take for one
            added.append(Span(place, after, kinds[name]))
            taken[place:after] = [True] * length
            break
    return sorted([*found, *added]) if added else found


def _capital(words: Sequence[str], taken: list[bool], place: int) -> bool:
    inside = 0 < place < len(words)
    return inside and words[place][0].isupper() and not taken[place]
