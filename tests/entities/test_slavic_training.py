"""What training knows of Russian and Polish: corpora annotated beside the text, and the cases of given names."""

from pathlib import Path

import pytest

from indexer.entities.nominative.names import NameLists, names_file, read_names, write_names
from indexer.entities.training.corpora import GoldDocument
from indexer.entities.training.harmonise import spans
from indexer.entities.training.languages import pl, polish_words, russian_words
from indexer.entities.training.languages.annotated import read_factrueval, read_nerel, read_slavicner
from indexer.entities.training.languages.standoff import Name, document, outermost, with_country
from indexer.errors import InternalError


def names(documents: list[GoldDocument]) -> list[str]:
    """The names of documents, with their labels."""
    return [
        f"{' '.join(words[first:last])}|{label}"
        for document in documents
        for words, tags in document.sentences
        for first, last, label in spans(tags)
    ]


def at(text: str, *marked: str) -> list[Name]:
    """Names of a text, each as "words|label"."""
    found = []
    for each in marked:
        words, label = each.split("|")
        found.append(Name(text.index(words), text.index(words) + len(words), label))
    return found


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("Госдума России", ("Госдума России|ORG", "России|LOC"), ["Госдума России|ORG"]),
        ("министерство обороны России", ("министерство обороны России|ORG", "России|LOC"), ["России|LOC"]),
        ("клуб «Бананц»", ("клуб «Бананц»|ORG",), ["Бананц|ORG"]),
        ("Тверской области", ("Тверской области|LOC",), ["Тверской области|LOC"]),
        ("канцлер фон Бисмарк", ("фон Бисмарк|PER",), ["фон Бисмарк|PER"]),
        ("талибы", ("талибы|ORG",), []),
    ],
)  # fmt: skip
def test_of_nested_names_the_outermost_with_a_capital_counts(
    text: str, marked: tuple[str, ...], expected: list[str]
) -> None:
    assert names([document("x", text, at(text, *marked), "ru")]) == expected


def test_of_names_that_overlap_the_longer_counts() -> None:
    text = "Анна Берг Москва"
    assert outermost(text, at(text, "Анна Берг|PER", "Берг Москва|LOC")) == at(text, "Берг Москва|LOC")


def test_a_body_and_its_country_are_one_name() -> None:
    words = ["МИД", "России", "и", "СМИ", "Россия"]
    tags = ["B-ORG", "B-LOC", "O", "B-ORG", "B-LOC"]
    joined = with_country(GoldDocument("x", ((words, tags),)), frozenset({"СМИ"}))
    assert names([joined]) == ["МИД России|ORG", "Россия|LOC"]


def test_nerel(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Глава МИД России Сергей Лавров.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(
        "T1\tPROFESSION 0 16\tГлава МИД России\nT2\tORGANIZATION 6 16\tМИД России\nT3\tCOUNTRY 10 16\tРоссии\n"
        "T4\tPERSON 17 30\tСергей Лавров\nR1\tWORKS_AS Arg1:T4 Arg2:T1\nN1\tReference T4 Wikidata:Q1\n",
        encoding="utf-8",
    )
    assert names(read_nerel(tmp_path)) == ["МИД России|ORG", "Сергей Лавров|PER"]


def test_factrueval(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("мэр Москвы Юрий Лужков и движение «Левый фронт»", encoding="utf-8")
    (tmp_path / "a.spans").write_text(
        "1 loc_name 4 6 1 1 # x\n2 name 11 4 1 1 # x\n3 surname 16 6 1 1 # x\n4 org_name 35 11 1 2 # x\n"
        "5 org_descr 25 8 1 1 # x\n6 job 0 3 1 1 # x\n",
        encoding="utf-8",
    )
    (tmp_path / "a.objects").write_text(
        "1 LocOrg 1 # Москвы\n2 Person 2 3 # Юрий Лужков\n3 Org 4 5 # x\n4 Org 5 # движение\n", encoding="utf-8"
    )
    assert names(read_factrueval(tmp_path)) == ["Москвы|LOC", "Юрий Лужков|PER", "Левый фронт|ORG"]


def test_slavicner(tmp_path: Path) -> None:
    for folder in ("raw", "ner"):
        (tmp_path / folder / "brexit" / "pl").mkdir(parents=True)
    (tmp_path / "raw/brexit/pl/a.txt").write_text("Farage w Londynie o Brexicie", encoding="utf-8")
    (tmp_path / "ner/brexit/pl/a.tsv").write_text(
        "0\t6\tFarage\tFarage\tPER\tx\n9\t17\tLondynie\tLondyn\tLOC\tx\n20\t28\tBrexicie\tBrexit\tEVT\tx\n",
        encoding="utf-8",
    )
    assert names(read_slavicner(tmp_path, "pl")) == ["Farage|PER", "Londynie|LOC"]


def test_labels_of_kpwr() -> None:
    labels = pl._Labels()
    told = ("nam_liv_person", "nam_org_nation", "nam_org_company", "nam_fac_road", "nam_adj")
    assert [labels.get(name) for name in told] == [
        "PER", "", "ORG", "LOC", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "gender", "cases"),
    [
        ("дональд", "m", "дональд дональда дональду дональда дональдом дональде"),
        ("джордж", "m", "джордж джорджа джорджу джорджа джорджем джордже"),
        ("эммануэль", "m", "эммануэль эммануэля эммануэлю эммануэля эммануэлем эммануэле"),
        ("ангела", "f", "ангела ангелы ангеле ангелу ангелой ангеле"),
        ("асия", "f", "асия асии асии асию асией асии"),
        ("хиллари", "f", "хиллари хиллари хиллари хиллари хиллари хиллари"),
    ],
)
def test_regular_cases_of_russian(name: str, gender: str, cases: str) -> None:
    assert russian_words.regular_cases(name, gender) == cases.split()


@pytest.mark.parametrize(
    ("name", "gender", "cases"),
    [
        ("Donald", "m", "Donald Donalda Donaldowi Donalda Donaldem Donaldzie"),
        ("Mark", "m", "Mark Marka Markowi Marka Markiem Marku"),
        ("Theresa", "f", "Theresa Theresy Theresie Theresę Theresą Theresie"),
        ("Angela", "f", "Angela Angeli Angeli Angelę Angelą Angeli"),
        ("Hillary", "f", "Hillary Hillary Hillary Hillary Hillary Hillary"),
    ],
)
def test_regular_cases_of_polish(name: str, gender: str, cases: str) -> None:
    assert polish_words.regular_cases(name, gender) == cases.split()


def test_lists_of_names_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = names_file("xx", tmp_path)
    anna = ["f", "анна", "анны", "анне", "анну", "анной", "анне"]
    write_names(path, NameLists([anna], {"берг"}, [["m", "суд", "суда", "суду", "суд", "судом", "суде"]]))
    known = read_names(path)
    assert known.given["анне"] == [("анна", "f", "dat"), ("анна", "f", "loc")]
    assert known.things["суд"] == [("суд", "m", "nom"), ("суд", "m", "acc")]
    assert known.family == {"берг"}


def test_a_damaged_list_is_told(tmp_path: Path) -> None:
    path = tmp_path / "names.json.xz"
    path.write_bytes(b"nothing")
    with pytest.raises(InternalError, match=r"cannot be read .* reinstall Broadsheet"):
        read_names(path)
