from pathlib import Path

import numpy as np
import pytest

from indexer.entities.crf import CrfTagger
from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span
from indexer.entities.training import __main__ as command
from indexer.entities.training.augment import NamePool, retell
from indexer.entities.training.corpora import GoldDocument, read_conll, read_open
from indexer.entities.training.evaluate import Score, evaluate
from indexer.entities.training.harmonise import harmonise, join_hyphens, spans, training_document
from indexer.entities.training.problem import LABELS, bilou, prepare
from indexer.entities.training.train import Settings, fit
from indexer.errors import UsageError


def sentence(marked: str) -> tuple[list[str], list[str]]:
    """ "Anna/B-PER went/O": words without a tag are O."""
    pairs = [item.partition("/") for item in marked.split()]
    return [word for word, _, _ in pairs], [tag or "O" for _, _, tag in pairs]


DOCUMENTS = [
    GoldDocument("x", (sentence("Anna/B-PER Berg/I-PER went to Rome/B-LOC ."), sentence("Berg/B-PER said no ."))),
    GoldDocument("x", (sentence("The talks in Paris/B-LOC failed , Tom/B-PER Lind/I-PER said ."),)),
    GoldDocument("x", (sentence("Acme/B-ORG Corp/I-ORG hired Anna/B-PER Berg/I-PER in Rome/B-LOC ."),)),
    GoldDocument("x", (sentence("Nobody went to Paris/B-LOC , Acme/B-ORG Corp/I-ORG said ."),)),
]


def test_the_same_data_and_seed_give_the_same_weights() -> None:
    problem = prepare(DOCUMENTS, Lexicon(), 1)
    settings = Settings(passes=4, average_from=1, seed=3)
    first, second = fit(problem, settings), fit(problem, settings)
    np.testing.assert_array_equal(first.keys, second.keys)
    np.testing.assert_array_equal(first.emission, second.emission)
    np.testing.assert_array_equal(first.transition, second.transition)
    other = fit(problem, Settings(passes=4, average_from=1, seed=4))
    assert not np.array_equal(first.transition, other.transition)


def test_training_learns_its_examples() -> None:
    weights = fit(prepare(DOCUMENTS, Lexicon(), 1), Settings(passes=30, average_from=5))
    tagger = CrfTagger(weights, Lexicon())
    assert evaluate(tagger, DOCUMENTS)["ALL"] == Score(10, 10, 10)
    assert tagger.tag([["Anna", "Lind", "went", "to", "Paris", "."]]) == [[Span(0, 2, "person"), Span(4, 5, "place")]]


def test_bilou() -> None:
    labels = bilou(["O", "B-PER", "I-PER", "I-PER", "B-LOC", "B-ORG", "I-ORG"])
    assert [LABELS[label] for label in labels] == ["O", "B-PER", "I-PER", "L-PER", "U-LOC", "B-ORG", "L-ORG"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("the/B-ORG United/I-ORG Nations/I-ORG", "O B-ORG I-ORG"),
        ("President/B-PER Joe/I-PER Biden/I-PER", "O B-PER I-PER"),
        ("Russian/B-LOC troops", "O O"),
        ("Putin/B-PER 's/I-PER plan", "B-PER O O"),
        ("Acme/B-ORG Inc/I-ORG ./I-ORG", "B-ORG I-ORG I-ORG"),
        ("Senator/B-PER left", "O O"),
    ],
)
def test_harmonise(marked: str, expected: str) -> None:
    assert harmonise(*sentence(marked)) == expected.split()


def test_hyphens_are_joined_as_our_tokeniser_joins_them() -> None:
    words, tags = join_hyphens(["long", "-", "term", "London", "-", "based"], ["O", "O", "O", "B-LOC", "O", "O"])
    assert (words, tags) == (["long-term", "London", "-", "based"], ["O", "B-LOC", "O", "O"])
    words, tags = join_hyphens(["al", "-", "Assad"], ["B-PER", "I-PER", "I-PER"])
    assert (words, tags) == (["al-Assad"], ["B-PER"])


def test_some_documents_get_headlines() -> None:
    document = GoldDocument(
        "x", (sentence("Fire in Rome/B-LOC kills ten"), sentence("It was late"), sentence("No one saw"))
    )
    assert [training_document(document, number).sentences[0][0] for number in (0, 1, 2)] == [
        ["FIRE", "IN", "ROME", "KILLS", "TEN"],
        ["Fire", "in", "Rome", "Kills", "Ten"],
        ["Fire", "in", "Rome", "kills", "ten"],
    ]


def test_a_retold_document_names_the_same_man_alike() -> None:
    pool = NamePool(("Ida",), ("Holm",), ((("Exo",),), (("Exo", "Bank"),)), ((("Oslo",),), (("New", "Oslo"),)))
    told = retell(DOCUMENTS[0], pool, np.random.default_rng(0))
    assert [words for words, _ in told.sentences] == [
        ["Ida", "Holm", "went", "to", "Oslo", "."],
        ["Holm", "said", "no", "."],
    ]
    assert [spans(tags) for _, tags in told.sentences] == [[(0, 2, "PER"), (4, 5, "LOC")], [(0, 1, "PER")]]


def test_scores() -> None:
    score = Score(right=6, found=8, wanted=12)
    assert (score.precision, score.recall, score.f1) == (75.0, 50.0, 60.0)
    assert Score(0, 0, 0).f1 == 0.0


def test_corpora_are_read(tmp_path: Path) -> None:
    conll = tmp_path / "a.conll"
    conll.write_text(
        "Anna I-Person\nLind I-Person\nsaw O\nRome I-Location\n2020 B-Temporal\n\nYes O\n", encoding="utf-8"
    )
    assert read_conll(conll) == [
        GoldDocument(
            "a", ((["Anna", "Lind", "saw", "Rome", "2020"], ["B-PER", "I-PER", "O", "B-LOC", "O"]), (["Yes"], ["O"]))
        )
    ]


def test_absent_data_is_told_with_the_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="--data DIR"):
        read_open(tmp_path / "none.tsv.gz")
    assert command.main(["--data", str(tmp_path / "none")]) == 2
    assert "--data DIR" in capsys.readouterr().err
