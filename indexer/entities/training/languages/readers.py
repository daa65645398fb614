"""Corpora of other languages than English, each format once.

In: files of a corpus. Out: gold documents in our words and under our three labels, or plain text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.entities.training.corpora import GoldDocument, Tagged, require
from indexer.entities.training.harmonise import spans
from indexer.entities.training.retokenise import retokenise, tagged

UNER = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}  # labels that are ours already


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
    mend: Callable[[Sequence[str], Sequence[str]], Tagged] | None = None,
    encoding: str = "utf-8",
    together: int = 1,
) -> list[GoldDocument]:
    """A file of one word and tag a line, blank lines between sentences.

    `labels` says which labels count and as what. A line that starts with `documents` begins a document; where there is
    none, so many sentences `together` are one. `prefix` is cut off the words; `mend` changes a sentence first.
    """
    found: list[GoldDocument] = []
    told: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    marked = False

    def close_sentence() -> None:
        nonlocal words, tags
        if words:
            if mend:
                words, tags = mend(words, tags)
            told.extend(retokenise(words, mapped(tags, labels), language))
            words, tags = [], []

    def close_document() -> None:
        close_sentence()
        if told:
            found.append(GoldDocument(corpus, tuple(told)))
            told.clear()

    with require(path).open(encoding=encoding) as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith(documents):
                marked = True
                close_document()
            elif line.startswith("#") and "\t" not in line[:2]:
                continue
            elif not line.strip():
                close_sentence()
                if not marked and len(told) >= together:
                    close_document()
            else:
                cells = line.split("\t") if "\t" in line else line.split(" ")
                if len(cells) > word and cells[word].strip():
                    words.append(cells[word].removeprefix(prefix).strip() or "_")
                    tags.append(cells[tag].strip())
    close_document()
    return found


def names_in_compounds(words: Sequence[str], tags: Sequence[str]) -> Tagged:
    """The name in a hyphenated compound as a name of its own: "Gaza-Streifen" marked LOCpart is Gaza, a place.

    For GermEval, which marks such compounds as a whole; those without a hyphen are no names.
    """
    out_words: list[str] = []
    out_tags: list[str] = []
    for word, tag in zip(words, tags, strict=True):
        head, hyphen, rest = word.rpartition("-")
        if tag.endswith("part") and hyphen and head and rest:
            out_words += [head, hyphen, rest]
            out_tags += [tag.removesuffix("part"), "O", "O"]
        else:
            out_words.append(word)
            out_tags.append(tag)
    return out_words, out_tags


def printed(words: Sequence[str], tags: Sequence[str]) -> Tagged:
    """Words of a scanned page whose apostrophes and hyphens at the ends of lines ("spon ¬ tanément") stand alone."""
    out_words: list[str] = []
    out_tags: list[str] = []
    broken = False
    for word, tag in zip(words, tags, strict=True):
        if word == "¬" and out_words:
            broken = True
        elif (broken or word in ("'", "’")) and out_words:
            out_words[-1] += word
            broken = False
        else:
            out_words.append(word)
            out_tags.append(tag)
    return out_words, out_tags


def contractions(joined: Mapping[tuple[str, str], str]) -> Callable[[Sequence[str], Sequence[str]], Tagged]:
    """What writes prepositions and articles together again that a treebank has taken apart ("de o" is "do")."""

    def mend(words: Sequence[str], tags: Sequence[str]) -> Tagged:
        out_words: list[str] = []
        out_tags: list[str] = []
        for word, tag in zip(words, tags, strict=True):
            one = joined.get((out_words[-1].lower(), word)) if out_words and not tag.startswith("B") else None
            if one:
                out_words[-1] = one.capitalize() if out_words[-1][0].isupper() else one
            else:
                out_words.append(word)
                out_tags.append(tag)
        return out_words, out_tags

    return mend


def read_offsets(path: Path, language: str, corpus: str, labels: Mapping[str, str]) -> GoldDocument:
    """A text with a file of annotations beside it: kind, start, end, name. Of nested names the outermost."""
    text = path.read_text(encoding="utf-8")
    found: list[tuple[int, int, str]] = []
    for line in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 4 and cells[0] in labels:
            found.append((int(cells[1]), int(cells[2]), labels[cells[0]]))
    outer = [one for one in found if not any(o != one and o[0] <= one[0] and one[1] <= o[1] for o in found)]
    return GoldDocument(corpus, tuple(tagged(text, outer, language)))


def names_alone(documents: Iterable[GoldDocument]) -> list[GoldDocument]:
    """Documents of a corpus that marks whole phrases ("le président Macron", "le peuple"), with the names alone."""
    return [
        GoldDocument(document.corpus, tuple((words, _names(words, tags)) for words, tags in document.sentences))
        for document in documents
    ]


def _names(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    result = ["O"] * len(tags)
    for first, last, label in spans(tags):
        while first < last and words[first][0].islower():
            first += 1
        while first < last and (words[last - 1][0].islower() or not words[last - 1][0].isalnum()):
            last -= 1
        if first < last:
            result[first:last] = ["B-" + label] + ["I-" + label] * (last - first - 1)
    return result


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


LEAST_WORDS = 5  # shorter sentences of WikiANN are headings and links


def read_silver(folder: Path, language: str) -> list[GoldDocument]:
    """Sentences of WikiANN, whose labels were derived from links; what are headings and names alone is left out."""
    found: list[GoldDocument] = []
    for part in ("train", "dev", "test"):
        for document in read_columns(folder / part, language, "wikiann", labels=UNER, prefix=f"{language}:"):
            words = [word for sentence, _ in document.sentences for word in sentence]
            small = sum(map(str.islower, words))
            if len(words) >= LEAST_WORDS and small >= 2 and words[0] != "REDIRECT":
                found.append(document)
    return found
