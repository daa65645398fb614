"""The texts of a document to names that know where they stand: tokenising and tagging in one step.

In: a tagger and the fields of one document, in order. Out: `Located` values with character offsets. A tagger that reads
texts itself (the compiled one) is asked in one call. Called by the extractor.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from indexer.article import EntityKind
from indexer.entities.tagger import Tagger
from indexer.entities.tokenise import Sentence, sentences


class Located(NamedTuple):
    """The characters `[start, end)` of the text with that number name an entity of this kind.

    `name` is the canonical name when the tagger knows it, else None.
    """

    text: int
    start: int
    end: int
    kind: EntityKind
    name: str | None = None


@runtime_checkable
class TextTagger(Protocol):
    """A tagger that cuts texts into words itself."""

    def locate(self, texts: Sequence[str], language: str | None, most: int) -> list[Located]:
        """See `locate`."""
        ...


def locate(tagger: Tagger, texts: Sequence[str], language: str | None, most: int) -> list[Located]:
    """Names in the texts of one document, in order.

    Args:
        language: a lower-case language code without a region, or None.
        most: words that are read; sentences of a text behind these are left untagged.
    """
    if isinstance(tagger, TextTagger):
        return tagger.locate(texts, language, most)
    return tag_sentences(tagger, texts, language, most)


def tag_sentences(tagger: Tagger, texts: Sequence[str], language: str | None, most: int) -> list[Located]:
    """The same by way of the sentences, for any tagger."""
    places: list[tuple[int, Sentence]] = []
    words = 0
    for number, text in enumerate(texts):
        for sentence in sentences(text, language) if text else ():
            words += len(sentence.words)
            if words > most:
                break
            places.append((number, sentence))
    if not places:
        return []
    tagged = tagger.tag([sentence.words for _, sentence in places])
    return [
        Located(number, *sentence.span(span.first, span.last), span.kind, span.name)
        for (number, sentence), spans in zip(places, tagged, strict=True)
        for span in spans
    ]
