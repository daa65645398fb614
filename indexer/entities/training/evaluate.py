"""How good a tagger is: strict precision, recall and F1 by kind on gold documents.

In: a tagger and gold documents. Out: `Score` values and a printed table. Called by training and by the quality gate.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.entities.tagger import Tagger
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.harmonise import ENGLISH, Convention, harmonise, spans

KIND_LABELS = {"person": "PER", "organisation": "ORG", "place": "LOC"}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of exact spans: right, found and wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of found spans that are right, in per cent."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of wanted spans that were found, in per cent."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        both = self.found + self.wanted
        return 200 * self.right / both if both else 0.0


def evaluate(tagger: Tagger, documents: Sequence[GoldDocument], convention: Convention = ENGLISH) -> dict[str, Score]:
    """Strict scores under the harmonised convention, by label and for "ALL"."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for document in documents:
        predicted = tagger.tag([words for words, _ in document.sentences])
        for (words, tags), guesses in zip(document.sentences, predicted, strict=True):
            guessed = ["O"] * len(words)
            for guess in guesses:
                label = KIND_LABELS[guess.kind]
                guessed[guess.first : guess.last] = ["B-" + label] + ["I-" + label] * (guess.last - guess.first - 1)
            gold = set(spans(harmonise(words, tags, convention)))
            mine = set(spans(harmonise(words, guessed, convention)))
            for counter, group in ((right, gold & mine), (found, mine), (wanted, gold)):
                counter.update(label for _, _, label in group)
                counter["ALL"] += len(group)
    return {label: Score(right[label], found[label], wanted[label]) for label in ("ALL", "PER", "ORG", "LOC")}


def line(name: str, scores: dict[str, Score]) -> str:
    """One row of the table: precision, recall and F1 overall, then by kind."""
    cells = " ".join(f"{label} {s.precision:5.1f} {s.recall:5.1f} {s.f1:5.1f} |" for label, s in scores.items())
    return f"{name:<22} | {cells}"
