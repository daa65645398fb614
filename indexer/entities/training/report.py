"""The evaluation table: how good the shipped tagger is on each set, and how fast.

In: a tagger and the data directory. Out: printed rows. Called after training and by
`python -m indexer.entities.training --steps report`.
"""

import gzip
import json
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from indexer.entities.choose import around
from indexer.entities.crf import CrfTagger
from indexer.entities.extract import Extractor
from indexer.entities.normalise import read_aliases
from indexer.entities.packed import lexicon_file, read_lexicon, read_weights, weights_file
from indexer.entities.tagger import Span
from indexer.entities.training.corpora import GoldDocument, read_folder, read_open, require
from indexer.entities.training.evaluate import evaluate, line
from indexer.entities.training.harmonise import mended, spans
from indexer.entities.training.languages.base import Gold, Recipe

SPEED_DOCUMENTS = 1500
RE3D = Path("re3d/CONLL-format/data-by-source/conll")
_ARTICLES = frozenset({"The", "A", "An", "Our", "Their"})
_PRONOUNS = frozenset("we they he she it i you us them his her its our their".split())
_POST_MARKS = ("@", "#", "http")


def print_report(tagger: CrfTagger, root: Path, held: Sequence[GoldDocument] = ()) -> None:
    """Print one row for each set, then words a second."""
    development = read_open(root / "entities" / "dev-open.tsv.gz")
    articles = [document for document in development if not is_post(document)]
    print(line("dev-open", evaluate(tagger, development)))
    print(line("dev-open, articles", evaluate(tagger, articles)))
    print(line("headlines, as they are", evaluate(Headlines(tagger), headlines(articles, shout=False))))
    print(line("headlines in capitals", evaluate(Headlines(tagger), headlines(articles, shout=True))))
    print(line("re3d, never trained on", evaluate(tagger, names_alone(read_folder(root / "entities" / RE3D)))))
    for corpus in sorted({document.corpus for document in held}):
        chosen = [mended(document) for document in held if document.corpus == corpus]
        print(line(f"{corpus}, held out", evaluate(tagger, chosen)))
    cold, warm = words_a_second(root)
    print(f"speed, whole path of an article: {cold:,.0f} words/s the first time, {warm:,.0f} words/s from then on")


def print_language(made: Recipe, gold: Gold, target: Path) -> None:
    """Print one row for each set held out of a language, and one for the set it was tuned on.

    What is measured is the tagger as it is shipped, but with every kind it knows.
    """
    lexicon = read_lexicon(lexicon_file(made.language, target))
    trained = CrfTagger(read_weights(weights_file(made.language, target)), lexicon)
    tagger = around(trained, lexicon, made.language)
    for name, documents in {"development": gold.development, **gold.held_out}.items():
        print(line(f"{made.language}, {name}", evaluate(tagger, documents, made.convention())), flush=True)


def is_post(document: GoldDocument) -> bool:
    """Whether a document is a post of social media: it has handles, tags or links."""
    return any(word.startswith(_POST_MARKS) for words, _ in document.sentences for word in words)


def names_alone(documents: Sequence[GoldDocument]) -> list[GoldDocument]:
    """Documents of a corpus that marks whole phrases ("ISIL fighters", "they", the United States as an actor).

    What is left of each phrase is the name in it, and countries are places.
    """
    return [
        GoldDocument(document.corpus, tuple((words, _names(words, tags)) for words, tags in document.sentences))
        for document in documents
    ]


def _names(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    result = ["O"] * len(tags)
    aliases = read_aliases()
    for first, last, label in spans(tags):
        while first < last and (words[first].islower() or words[first] in _ARTICLES):
            first += 1
        while first < last and (words[last - 1].islower() or not words[last - 1][0].isalnum()):
            last -= 1
        if first == last or " ".join(words[first:last]).lower() in _PRONOUNS:
            continue
        place = aliases.find(" ".join(words[first:last]), "place")
        label = "LOC" if place and place[0] == "place" else label
        result[first:last] = ["B-" + label] + ["I-" + label] * (last - first - 1)
    return result


def headlines(documents: Sequence[GoldDocument], *, shout: bool) -> list[GoldDocument]:
    """Documents of which only the first sentence counts, in capitals if wanted."""
    result = []
    for document in documents:
        (words, tags), *rest = document.sentences
        if rest:
            first = ([word.upper() for word in words] if shout else words, tags)
            result.append(GoldDocument("", (first, *((other, ["O"] * len(other)) for other, _ in rest))))
    return result


class Headlines:
    """A tagger that reads whole documents and tells what it finds in their first sentence."""

    def __init__(self, tagger: CrfTagger) -> None:
        self._tagger = tagger

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[Span]]:
        """Spans of the first sentence."""
        return [self._tagger.tag(sentences)[0], *([] for _ in sentences[1:])]


def words_a_second(root: Path) -> tuple[float, float]:
    """Words (by white space) a second of processor time, from text to entities: first pass, second pass."""
    path = require(root / "senate-press-2004-2008.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(row) for row in islice(lines, 0, SPEED_DOCUMENTS * 20, 20)]
    words = sum(len(article["text"].split()) for article in articles)
    extractor = Extractor()
    rates = []
    for _ in range(2):
        began = time.process_time()
        for article in articles:
            extractor.extract(article["title"], "", article["text"], "en", source=article["source"])
        rates.append(words / (time.process_time() - began))
    return rates[0], rates[1]
