"""Readers of the gold entities of Arabic and Chinese, in the words that the tagger sees.

In: a directory with `ar/` and `zh/`; the readers name the files. Out: gold documents, divided into those to train on
and those to test on. Called by the steps of this package.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.entities.tokenise import sentences
from indexer.entities.training.corpora import GoldDocument, Tagged, require
from indexer.entities.training.harmonise import spans

DOCUMENT = 20  # sentences that are taken for a document where a corpus marks none
_LABELS = {"PER": "PER", "PERS": "PER", "ORG": "ORG", "LOC": "LOC"}
_TAG = re.compile(r"([BI])-+([A-Za-z]+)")
_LATIN = re.compile(r"[A-Za-z0-9]")
ANERCORP_TEST = 1 / 6  # the last sixth of its words is for testing, as in the release by CAMeL
AQMAR_TEST = 4  # one article in so many


@dataclass(frozen=True, slots=True)
class Gold:
    """Documents to train on, and to test on by the name of the set."""

    train: tuple[GoldDocument, ...]
    test: dict[str, tuple[GoldDocument, ...]]


def read_gold(root: Path, language: str) -> Gold:
    """The gold of a language ("ar" or "zh")."""
    return _arabic(require(root / "ar")) if language == "ar" else _chinese(require(root / "zh"))


def _chinese(folder: Path) -> Gold:
    return Gold(
        (*_uner(folder / "zh_gsdsimp-ud-train.iob2"), *_uner(folder / "zh_gsdsimp-ud-dev.iob2")),
        {
            "GSD": _uner(folder / "zh_gsdsimp-ud-test.iob2"),
            "GSD, traditional": _uner(folder / "zh_gsd-ud-test.iob2"),
            "PUD": _uner(folder / "zh_pud-ud-test.iob2"),
        },
    )


def _arabic(folder: Path) -> Gold:
    news = _anercorp(folder / "ANERCorp.txt")
    total = sum(map(_size, news))
    done = 0
    train: list[GoldDocument] = []
    test: list[GoldDocument] = []
    for document in news:
        (train if done < total * (1 - ANERCORP_TEST) else test).append(document)
        done += _size(document)
    articles = [_aqmar(path) for path in sorted((folder / "aqmar").glob("*.txt"))]
    held = articles[::AQMAR_TEST]
    train += [article for article in articles if article not in held]
    return Gold(tuple(train), {"ANERcorp": tuple(test), "AQMAR": tuple(held)})


def _size(document: GoldDocument) -> int:
    return sum(len(words) for words, _ in document.sentences)


def _iob2(tags: Iterable[str]) -> list[str]:
    """Tags of people, organisations and places; an "I" that follows no such name begins one."""
    result: list[str] = []
    previous = "O"
    for tag in tags:
        found = _TAG.fullmatch(tag)
        label = _LABELS.get(found[2].upper()) if found else None
        if found is None or label is None:
            result.append("O")
            previous = "O"
            continue
        result.append(f"{'I' if found[1] == 'I' and previous == label else 'B'}-{label}")
        previous = label
    return result


def _lines(path: Path) -> list[list[str]]:
    with require(path).open(encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def _uner(path: Path) -> tuple[GoldDocument, ...]:
    """IOB2 of Universal NER: number, word, tag; "# newdoc" before a document."""
    documents: list[GoldDocument] = []
    done: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    for row in [*_lines(path), [""]]:
        if row[0].startswith("# newdoc") and done:
            documents.append(GoldDocument("uner", tuple(done)))
            done = []
        if len(row) > 2:
            words.append(row[1])
            tags.append(row[2])
        elif words and not row[0]:
            done.append(as_seen(words, _iob2(tags), "zh"))
            words, tags = [], []
    return (*documents, GoldDocument("uner", tuple(done)))


def _anercorp(path: Path) -> list[GoldDocument]:
    """One word and tag a line, no blank lines: a full stop ends a sentence."""
    done: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    with require(path).open(encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.strip().rpartition(" ")
            if word:
                words.append(word)
                tags.append(tag)
            if words and (word in (".", "؟", "!") or len(words) > 150):
                done.append(as_seen(words, _iob2(tags), "ar"))
                words, tags = [], []
    return [GoldDocument("anercorp", tuple(done[at : at + DOCUMENT])) for at in range(0, len(done), DOCUMENT)]


def _aqmar(path: Path) -> GoldDocument:
    done: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in [*lines, ""]:
            word, _, tag = line.strip().rpartition(" ")
            if word:
                words.append(word)
                tags.append(tag)
            elif words:
                done.append(as_seen(words, _iob2(tags), "ar"))
                words, tags = [], []
    return GoldDocument("aqmar", tuple(done))


def as_seen(words: Sequence[str], tags: Sequence[str], language: str) -> Tagged:
    """A sentence in the words of our tokeniser; Chinese is written without spaces, but between Latin words."""
    gap = "" if language == "zh" else " "
    text = ""
    starts: list[int] = []
    for word in words:
        if text and (gap or (_LATIN.match(text[-1]) and _LATIN.match(word))):
            text += gap or " "
        starts.append(len(text))
        text += word
    inside = ["O"] * len(text)
    for first, last, label in spans(tags):
        start, end = starts[first], starts[last - 1] + len(words[last - 1])
        inside[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
    found: list[str] = []
    result: list[str] = []
    for sentence in sentences(text, language):
        for word, start in zip(sentence.words, sentence.starts, strict=True):
            tag = inside[start]
            found.append(word)
            result.append(tag)
    return found, _iob2(result)
