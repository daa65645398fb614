"""Taggers installed beside Broadsheet, behind the `Tagger` protocol.

In: a name from the configuration: "spacy:PATH" or "natasha". Out: a `Tagger`. A missing package or model is
a `UserError` with the command that installs it. Called through `choose` by the extractor.
"""

import importlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.article import EntityKind
from indexer.entities.tagger import Span, Tagger
from indexer.errors import UserError

# Label names of other taggers.
_KINDS: Mapping[str, EntityKind] = {
    "PER": "person", "PERSON": "person", "PS": "person",
    "ORG": "organisation", "ORGANIZATION": "organisation", "OG": "organisation",
    "LOC": "place", "GPE": "place", "FAC": "place", "LC": "place",
}  # fmt: skip


def load_adapter(name: str) -> Tagger:
    """The tagger of that name.

    Raises:
        UserError: its package or model is not installed.
    """
    if name.startswith("spacy:"):
        return SpacyTagger(name.removeprefix("spacy:"))
    return NatashaTagger()


def _package(name: str, extra: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UserError(
            f"[entities] taggers names {name}, which is not installed. Install it: pip install 'broadsheet[{extra}]'"
        ) from None


def _spans(
    words: Sequence[str],
    gap: str,
    found: Iterable[tuple[int, int, str]],
    names: Mapping[tuple[int, int], str] | None = None,
) -> list[Span]:
    """Character spans in words joined by `gap` as word spans; a part of a word counts as the word."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + len(gap)
    spans: list[Span] = []
    for start, end, label in sorted(found):
        kind = _KINDS.get(label)
        first = bisect_right(starts, start) - 1
        last = bisect_left(starts, end)
        if kind and first < last and (not spans or first >= spans[-1].last):
            spans.append(Span(first, last, kind, (names or {}).get((start, end))))
    return spans


class SpacyTagger:
    """A spaCy pipeline with an entity recogniser, from a local path or an installed model's name."""

    def __init__(self, path: str) -> None:
        spacy = _package("spacy", "spacy")
        try:
            self._pipeline = spacy.load(path)
        except OSError:
            raise UserError(
                f"[entities] taggers names the spaCy model {path!r}, which is not there. Give a pipeline's folder, "
                f"or install the model: python -m spacy download {path}"
            ) from None

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Entities of the pipeline."""
        texts = [" ".join(words) for words in sentences]
        return [
            _spans(words, " ", ((e.start_char, e.end_char, e.label_) for e in doc.ents))
            for words, doc in zip(sentences, self._pipeline.pipe(texts), strict=True)
        ]


class NatashaTagger:
    """Russian names by natasha."""

    def __init__(self) -> None:
        natasha = _package("natasha", "russian")
        self._doc = natasha.Doc
        self._segmenter = natasha.Segmenter()
        embedding = natasha.NewsEmbedding()
        self._morphology = natasha.NewsMorphTagger(embedding)
        self._vocabulary = natasha.MorphVocab()
        self._tagger = natasha.NewsNERTagger(embedding)

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """People, organisations and places, each under its nominative."""
        return [self._sentence(words) if any(map(str.isalpha, words)) else [] for words in sentences]

    def _sentence(self, words: Sequence[str]) -> list[Span]:
        doc = self._doc(" ".join(words))
        doc.segment(self._segmenter)
        doc.tag_ner(self._tagger)
        if not doc.spans:
            return []
        doc.tag_morph(self._morphology)
        names: dict[tuple[int, int], str] = {}
        for span in doc.spans:
            span.normalize(self._vocabulary)
            names[span.start, span.stop] = span.normal
        return _spans(words, " ", ((span.start, span.stop, span.type) for span in doc.spans), names)
