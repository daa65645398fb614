"""Readers of the corpora that training may use: gold entity files and openly usable plain text.

In: the data directory. Out: documents as lists of (words, tags) sentences, or plain texts. Called by the
lexicon builder, the trainer and the evaluation.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UsageError

Tagged = tuple[list[str], list[str]]

# Labels of foreign tag sets and the kind they stand for; others are not entities here.
_LABELS = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "Person": "PER", "Organisation": "ORG", "Location": "LOC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Sentences of one annotated document, and the corpus it came from ("" when the file does not say)."""

    corpus: str
    sentences: tuple[Tagged, ...]


def require(path: Path) -> Path:
    """The path, or an error that says how to point training at the data."""
    if not path.exists():
        raise UsageError(f"no training data at {path}: pass the directory that holds it with --data DIR")
    return path


def read_open(path: Path) -> list[GoldDocument]:
    """`train-open.tsv.gz` or `dev-open.tsv.gz`: one word and tag a line, "# document <corpus>" before each."""
    documents: list[GoldDocument] = []
    corpus, done, words, tags = "", [], [], []  # type: str, list[Tagged], list[str], list[str]

    def close_document() -> None:
        if words:
            done.append((words.copy(), tags.copy()))
            words.clear()
            tags.clear()
        if done:
            documents.append(GoldDocument(corpus, tuple(done)))
            done.clear()

    with gzip.open(require(path), "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# document") and "\t" not in line:
                close_document()
                corpus = line[10:].strip()
            elif not line:
                if words:
                    done.append((words.copy(), tags.copy()))
                    words.clear()
                    tags.clear()
            else:
                word, _, tag = line.rpartition("\t")
                words.append(word)
                tags.append(tag)
    close_document()
    return documents


def read_conll(path: Path, columns: tuple[int, int] = (0, -1)) -> list[GoldDocument]:
    """A CoNLL-style file: white-space columns, blank lines between sentences, comments ignored.

    IOB1 tags become IOB2; labels other than persons, organisations and locations become O.
    """
    sentences: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    documents: list[GoldDocument] = []
    with require(path).open(encoding="utf-8") as lines:
        for line in [*lines, ""]:
            if line.startswith(("# newdoc", "-DOCSTART-")) and sentences:
                documents.append(GoldDocument(path.stem, tuple(sentences)))
                sentences = []
            fields = line.split()
            if not fields or line.startswith(("# newdoc", "# sent_id", "# text", "-DOCSTART-")):
                if words:
                    sentences.append((words, _iob2(tags)))
                    words, tags = [], []
                continue
            if len(fields) > columns[0] + 1:
                words.append(fields[columns[0]])
                tags.append(fields[columns[1]])
    if sentences:
        documents.append(GoldDocument(path.stem, tuple(sentences)))
    return documents


def read_folder(path: Path) -> list[GoldDocument]:
    """Every CoNLL-style file of a folder and the folders in it, one document each where files mark no documents."""
    return [document for file in sorted(require(path).rglob("*.conll")) for document in read_conll(file)]


def _iob2(tags: list[str]) -> list[str]:
    result: list[str] = []
    previous = "O"
    for tag in tags:
        prefix, _, name = tag.partition("-")
        label = _LABELS.get(name)
        if label is None:
            result.append("O")
            previous = "O"
            continue
        inside = prefix == "I" and previous == label
        result.append(f"{'I' if inside else 'B'}-{label}")
        previous = label
    return result


def plain_texts(root: Path) -> Iterator[str]:
    """Openly usable news-like text: US government releases (public domain) and Wikinews (CC BY 2.5)."""
    for name, field in (("senate-press-2004-2008.jsonl.gz", "text"), ("digital-gov.jsonl.gz", "body")):
        with gzip.open(require(root / name), "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)[field]
    for path in sorted((root / "wikinews-csv" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield row["text"] or ""
