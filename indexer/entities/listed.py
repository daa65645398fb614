"""Names that are known by heart: "Islamic State of Iraq and the Levant" is one name, not three, and FIFA is one.

In: the sentences of a document and decoded spans. Out: the same spans, those inside a listed name of several words
replaced by that name, and listed acronyms the tagger left out. Called by the default tagger before names are made
to agree.
"""

from collections.abc import Sequence

from indexer.article import EntityKind
from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span

CAPITALISED = 3  # lexicon bin from which a word is nearly always capitalised, or was never seen
SHORTEST = 3  # words of a listed name that is taken at its word; shorter ones may be something else
KINDS: dict[str, EntityKind] = {
    "BODY": "organisation", "MEDIA": "organisation", "PARTY": "organisation", "TEAM": "organisation", "AREA": "place",
}  # fmt: skip


def keep_listed(
    sentences: Sequence[Sequence[str]], spans: Sequence[Sequence[Span]], lexicon: Lexicon
) -> list[list[Span]]:
    """Spans with listed names whole."""
    return [_sentence(words, found, lexicon) for words, found in zip(sentences, spans, strict=True)]


def _sentence(words: Sequence[str], found: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    capitals = [place for place, word in enumerate(words) if word[0].isupper()]
    result = list(found)
    for first, last, classes in lexicon.phrases(words, capitals):
        kind = next((KINDS[name] for name in classes if name in KINDS), None)
        if last - first == 1 and kind == "organisation" and _is_acronym(words[first], lexicon):
            if not any(span.first <= first < span.last for span in result):
                result = sorted([*result, Span(first, last, kind)])
            continue
        if last - first < SHORTEST or kind is None or not words[last - 1][0].isupper():
            continue
        touching = [span for span in result if span.first < last and first < span.last]
        if touching and all(first <= span.first and span.last <= last for span in touching):
            result = sorted([*(span for span in result if span not in touching), Span(first, last, kind)])
    return result


def _is_acronym(word: str, lexicon: Lexicon) -> bool:
    """Whether a word in capitals is no shouted word: FIFA, UNICEF, but not CARE."""
    return len(word) > 2 and word.isupper() and word.isalpha() and lexicon.caps(word.lower()) >= CAPITALISED
