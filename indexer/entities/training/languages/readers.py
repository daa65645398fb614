"""Corpora of other languages than English, each format once.

In: files of a corpus. Out: gold documents in our words and under our three labels, or plain text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.entities.training.corpora import GoldDocument, Tagged, require
from indexer.entities.training.retokenise import retokenise


def read_columns(
    path: Path,
    language: str,
    corpus: str,
    *,
    word: int = 0,
    tag: int = -1,
    labels: Mapping[str, str],
    documents: str = "# newdoc",
    prefix: str = "",
) -> list[GoldDocument]:
    """A file of one word and tag a line, blank lines between sentences.

    `labels` says which labels count and as what. A line that starts with `documents` begins a document; where there is
    none, every sentence is a document. `prefix` is cut off the words.
    """
    found: list[GoldDocument] = []
    told: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    marked = False

    def close_sentence() -> None:
        nonlocal words, tags
        if words:
            told.extend(retokenise(words, mapped(tags, labels), language))
            words, tags = [], []

    def close_document() -> None:
        close_sentence()
        if told:
            found.append(GoldDocument(corpus, tuple(told)))
            told.clear()

    with require(path).open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith(documents):
                marked = True
                close_document()
            elif line.startswith("#") and "\t" not in line[:2]:
                continue
            elif not line.strip():
                close_sentence() if marked else close_document()
            else:
                cells = line.split("\t") if "\t" in line else line.split(" ")
                if len(cells) > word and cells[word].strip():
                    words.append(cells[word].removeprefix(prefix).strip() or "_")
                    tags.append(cells[tag].strip())
    close_document()
    return found


def mapped(tags: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """IOB1 or IOB2 tags with the labels that count, as IOB2."""
    result: list[str] = []
    before = "O"
    for tag in tags:
        mark, _, name = tag.partition("-")
        label = labels.get(name, "")
        if not label:
            result.append("O")
        else:
            result.append(("I-" if mark == "I" and before == name else "B-") + label)
        before = name if label else "O"
    return result


def conllu_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The sentences of CoNLL-U files."""
    for path in paths:
        with require(path).open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# text = "):
                    yield line[9:].strip()


def split(documents: Sequence[GoldDocument], one_in: int) -> tuple[list[GoldDocument], list[GoldDocument]]:
    """Documents in two parts: most of them, and one in so many."""
    return [d for n, d in enumerate(documents) if n % one_in], list(documents[::one_in])
