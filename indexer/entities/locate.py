"""The fields of a document to names that know where they stand: tokenising and tagging in one step.

In: a tagger and the texts of one document. Out: `Located` values with character offsets. A tagger that reads texts
itself (the compiled one) is asked once for all. Called by the extractor.
"""

from collections.abc import Mapping
from typing import Protocol, TypeGuard

from indexer.article import EntityKind
from indexer.entities.tagger import Tagger
from indexer.entities.tokenise import Sentence, sentences

# Field, first character, the one behind the last, kind, and the canonical name where the tagger knows it.
Located = tuple[str, int, int, EntityKind, str | None]


class TextTagger(Protocol):
    """A tagger that cuts texts into words itself."""

    def locate(self, texts: Mapping[str, str], language: str | None, most: int) -> list[Located]:
        """See `locate`."""
        ...


def locate(tagger: Tagger, texts: Mapping[str, str], language: str | None, most: int) -> list[Located]:
    """Names in the fields of one document, in order.

    Args:
        texts: the text of each field; together they are one document.
        language: a lower-case language code without a region, or None.
        most: words that are read; the sentences of a field behind these are left untagged.
    """
    if _reads_texts(tagger):
        return tagger.locate(texts, language, most)
    return tag_sentences(tagger, texts, language, most)


def _reads_texts(tagger: Tagger) -> TypeGuard[TextTagger]:
    return hasattr(tagger, "locate")


def tag_sentences(tagger: Tagger, texts: Mapping[str, str], language: str | None, most: int) -> list[Located]:
    """The same by way of the sentences, for any tagger."""
    places: list[tuple[str, Sentence]] = []
    words = 0
    for field, text in texts.items():
        for sentence in sentences(text, language) if text else ():
            words += len(sentence.words)
            if words > most:
                break
            places.append((field, sentence))
    if not places:
        return []
    tagged = tagger.tag([sentence.words for _, sentence in places])
    return [
        (field, start + span.skip, end, span.kind, span.name)
        for (field, sentence), spans in zip(places, tagged, strict=True)
        for span in spans
        for start, end in (sentence.span(span.first, span.last),)
    ]
