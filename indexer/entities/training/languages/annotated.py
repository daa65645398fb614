"""Readers of corpora with annotations beside the text: NEREL, FactRuEval 2016 and SlavicNER.

In: a corpus as its authors publish it. Out: gold documents, or the texts alone. Called by the recipes of Russian and
Polish.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.entities.training.corpora import GoldDocument, require
from indexer.entities.training.languages.standoff import Name, document

_NEREL = {
    "PERSON": "PER", "ORGANIZATION": "ORG", "CITY": "LOC", "COUNTRY": "LOC", "STATE_OR_PROVINCE": "LOC",
    "DISTRICT": "LOC", "LOCATION": "LOC", "FACILITY": "LOC",
}  # fmt: skip


def read_nerel(folder: Path) -> list[GoldDocument]:
    """Every text of a folder with the brat annotations beside it."""
    return [
        document("nerel", text(file), _brat(file.with_suffix(".ann")), "ru")
        for file in sorted(require(folder).glob("*.txt"))
    ]


def text(path: Path) -> str:
    """A text with the line ends it has, on which offsets count."""
    return path.read_bytes().decode("utf-8-sig")


def _brat(path: Path) -> Iterator[Name]:
    for line in text(path).splitlines():
        fields = line.split("\t")
        if not line.startswith("T") or len(fields) < 3:
            continue
        label, *offsets = fields[1].replace(";", " ").split()
        if label in _NEREL:
            yield Name(int(offsets[0]), int(offsets[-1]), _NEREL[label])


_FACTRU = {"Person": "PER", "Org": "ORG", "Location": "LOC", "LocOrg": "LOC"}
_FACTRU_NAMES = {
    "PER": frozenset({"name", "surname", "patronymic", "nickname"}),
    "ORG": frozenset({"org_name"}),
    "LOC": frozenset({"loc_name"}),
}
Part = tuple[str, int, int]  # type, first character, end


def read_factrueval(folder: Path) -> list[GoldDocument]:
    """Every text of a folder with its spans and objects. An object that has no name ("the town hall") is none."""
    found = []
    for file in sorted(require(folder).glob("*.objects")):
        parts = {
            fields[0]: (fields[1], int(fields[2]), int(fields[2]) + int(fields[3]))
            for fields in _rows(file.with_suffix(".spans"))
        }
        words = text(file.with_suffix(".txt"))
        names = [name for fields in _rows(file) for name in _object(words, fields, parts)]
        found.append(document("factrueval", words, names, "ru"))
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    for line in text(path).splitlines():
        fields = line.split("#")[0].split()
        if fields:
            yield fields


def _object(words: str, fields: Sequence[str], parts: dict[str, Part]) -> Iterator[Name]:
    """The name of an object: all its parts, or those that name it, where nothing stands between them."""
    label = _FACTRU.get(fields[1])
    own = [parts[number] for number in fields[2:] if number in parts]
    if label is None:
        return
    naming = [part for part in own if part[0] in _FACTRU_NAMES[label]]
    if not naming:
        return
    whole = naming if label == "PER" else [part for part in own if part[0] != "geo_adj"]
    for group in (whole, naming):
        start, end = min(part[1] for part in group), max(part[2] for part in group)
        if _joined(words, start, end, group):
            yield Name(start, end, label)
            return
    for _, start, end in naming:
        yield Name(start, end, label)


def _joined(words: str, start: int, end: int, parts: Sequence[Part]) -> bool:
    """Whether parts leave no word between them uncovered."""
    covered = [False] * (end - start)
    for _, first, last in parts:
        covered[first - start : last - start] = [True] * (last - first)
    return not any(char.isalnum() and not known for char, known in zip(words[start:end], covered, strict=True))


def read_slavicner(root: Path, language: str) -> list[GoldDocument]:
    """The news articles of a language, all topics."""
    found = []
    for file in sorted(require(root / "raw").glob(f"*/{language}/*.txt")):
        topic = file.parent.parent.name
        names = [
            Name(int(start), int(end), label)
            for start, end, _, _, label, _ in _mentions(root / "ner" / topic / language / f"{file.stem}.tsv")
            if label in ("PER", "ORG", "LOC")
        ]
        found.append(document(topic, text(file), names, language))
    return found


def _mentions(path: Path) -> Iterator[list[str]]:
    for line in text(path).splitlines():
        fields = line.split("\t")
        if len(fields) == 6:
            yield fields
