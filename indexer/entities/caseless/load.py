"""The tagger of a language without capitals from the files of the package.

In: the language. Out: a `Tagger` whose names are those of the list where the list has them. Called through `choose`.
"""

from collections.abc import Sequence
from pathlib import Path

from indexer.entities.caseless.arabic import ArabicReading
from indexer.entities.caseless.chinese import ChineseReading
from indexer.entities.caseless.packed import read_arabic, read_chinese
from indexer.entities.caseless.tagger import CaselessTagger
from indexer.entities.gazetteer import GazetteerTagger
from indexer.entities.packed import DATA, read_weights, weights_file
from indexer.entities.tagger import Span, Tagger

LANGUAGES = ("ar", "zh")


def lists_file(language: str, data: Path = DATA) -> Path:
    """Where the lists and thresholds of a language are."""
    return data / language / "lists.json.xz"


def caseless_tagger(language: str, data: Path = DATA) -> Tagger:
    """The tagger of Arabic ("ar") or Chinese ("zh")."""
    weights = read_weights(weights_file(language, data))
    listed = GazetteerTagger(language)
    if language == "ar":
        lists, thresholds = read_arabic(lists_file(language, data))
        arabic = ArabicReading(lists)
        return Named(CaselessTagger(arabic, weights, thresholds), listed, arabic)
    chinese_lists, thresholds = read_chinese(lists_file(language, data))
    chinese = ChineseReading(chinese_lists)
    return Named(CaselessTagger(chinese, weights, thresholds), listed, chinese)


class Named:
    """A tagger's names, those of the list under their one name in English, all without what is written before them.

    Listed names are added that nothing decoded overlaps, where the reading says that they stand apart from other words.
    """

    def __init__(self, tagger: CaselessTagger, listed: Tagger, reading: ArabicReading | ChineseReading) -> None:
        self._tagger = tagger
        self._listed = listed
        self._reading = reading

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Spans of each sentence."""
        found = self._tagger.candidates(sentences)
        return [
            self._named(words, spans, [one.span for one in row])
            for words, spans, row in zip(sentences, self._tagger.settle(sentences, found), found, strict=True)
        ]

    def _named(self, words: Sequence[str], spans: Sequence[Span], decoded: Sequence[Span]) -> list[Span]:
        listed = self._listed.tag([self._reading.listed(words)])[0]
        known = {(span.first, span.last): span for span in listed}
        result = [known.get((span.first, span.last), span) if span.kind != "person" else span for span in spans]
        result += [
            name
            for name in listed
            if all(name.last <= one.first or one.last <= name.first for one in decoded)
            and self._reading.apart(words, name)
        ]
        result.sort(key=lambda span: span.first)
        return [self._reading.written(words, span) for span in result]
