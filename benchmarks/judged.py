"""Collections of questions whose answers somebody judged, as they were published.

Each reader takes a folder and gives a `Collection`; where the folder is missing it is left out, with the reason.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "relevance"
_RECORD = re.compile(r"^\.I\s+(\S+)\s*$", re.MULTILINE)
_FIELD = re.compile(r"^\.([A-Z])[ \t]*$", re.MULTILINE)


class Document(NamedTuple):
    """A text to be found."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, questions by number, and of each question the ids of the documents that answer it."""

    name: str
    documents: tuple[Document, ...]
    questions: dict[str, str]
    answers: dict[str, frozenset[str]]


def time(folder: Path) -> Collection:
    """423 articles of TIME, 1963."""
    documents = [orjson.loads(line) for line in (folder / "docs.jsonl").read_bytes().splitlines()]
    questions = dict(line.split("\t", 1) for line in (folder / "queries.tsv").read_text().splitlines())
    rows = (line.split("\t") for line in (folder / "qrels.tsv").read_text().splitlines())
    return Collection(
        "TIME",
        tuple(Document(each["id"], "", each["text"]) for each in documents),
        questions,
        _answers((row[0], row[1]) for row in rows),
    )


def cranfield(folder: Path) -> Collection:
    """1,400 abstracts on aerodynamics. Judgements go by the order of the questions, and 1 to 4 are degrees of yes."""
    documents = []
    for number, fields in _smart((folder / "cran.all.1400").read_text()):
        title, text = fields.get("T", ""), fields.get("W", "")
        documents.append(Document(number, title, text.removeprefix(title).strip()))
    asked = [fields["W"] for _, fields in _smart((folder / "cran.qry").read_text())]
    rows = (line.split() for line in (folder / "cranqrel").read_text().splitlines() if line.strip())
    return Collection(
        "Cranfield",
        tuple(documents),
        {str(number): question for number, question in enumerate(asked, 1)},
        _answers((row[0], row[1]) for row in rows if int(row[2]) > 0),
    )


def medline(folder: Path) -> Collection:
    """1,033 medical abstracts."""
    rows = (line.split() for line in (folder / "MED.REL").read_text().splitlines() if line.strip())
    return Collection(
        "MEDLINE",
        tuple(Document(number, "", fields["W"]) for number, fields in _smart((folder / "MED.ALL").read_text())),
        {number: fields["W"] for number, fields in _smart((folder / "MED.QRY").read_text())},
        _answers((row[0], row[2]) for row in rows),
    )


READERS: dict[str, Callable[[Path], Collection]] = {"time": time, "cranfield": cranfield, "medline": medline}


def collections(root: Path) -> Iterator[Collection | str]:
    """Those below a folder; of one that is not there the reason."""
    for name, read in READERS.items():
        yield read(root / name) if (root / name).is_dir() else f"{name} is left out: there is no {root / name}."


def _answers(pairs: Iterator[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    for question, document in pairs:
        found[question].add(document)
    return {question: frozenset(ids) for question, ids in found.items()}


def _smart(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The records of a file in SMART's form, their fields on one line each."""
    parts = _RECORD.split(text)
    for number, record in zip(parts[1::2], parts[2::2], strict=True):
        fields = _FIELD.split(record)
        yield number, {name: " ".join(value.split()) for name, value in zip(fields[1::2], fields[2::2], strict=True)}
