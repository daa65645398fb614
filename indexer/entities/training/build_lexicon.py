"""Word lists, clusters and names of things to `data/en/lexicon.json.xz`.

In: the data directory (plain texts, gold training entities, gazetteers) and our own lists in `seeds/`. Out: the
packed lexicon. Run before training; the same inputs and seed give the same file.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.entities.lexicon import MAX_PHRASE
from indexer.entities.packed import lexicon_to_json, write_lexicon
from indexer.entities.titles import NATIONALITIES, TITLES
from indexer.entities.tokenise import sentences
from indexer.entities.training import clusters, corpora
from indexer.entities.training.clusters import WordTable
from indexer.entities.training.harmonise import spans, training_document

SEEDS = Path(__file__).parent / "seeds"
NAME_DOCUMENTS = 3  # documents that must name a person so before a first name or surname of gold data counts
COMMON = 1  # bin of capitalisation up to which a word is too ordinary to be listed as a name ("Next", "Target")
POSTS = frozenset({"btc", "wnut"})
_WORD = re.compile(r"[^\W\d_][\w.'’-]*\Z")


def build(root: Path, target: Path, seed: int, hold_out: Sequence[str] = ()) -> None:
    """Write the lexicon, without what the corpora `hold_out` say."""
    gold = [
        training_document(document)
        for document in corpora.read_open(root / "entities" / "train-open.tsv.gz")
        if document.corpus not in hold_out
    ]
    table = word_table(root, gold, seed)
    common = {word for word, grade in table.caps.items() if grade <= COMMON}
    phrases = {name: rows - common for name, rows in phrase_lists(root).items()}
    write(target, table, word_flags(root, gold), phrases)


def write(target: Path, table: WordTable, flags: Mapping[str, set[str]], phrases: Mapping[str, set[str]]) -> None:
    """Write a lexicon from a table of words, word lists and names of things."""
    count = int(table.clusters[:, 0].max()) + 1
    groups: list[list[str]] = [[] for _ in range(count)]
    coarser: list[list[int]] = [[0, 0] for _ in range(count)]
    for word, row in zip(table.words, table.clusters.tolist(), strict=True):
        groups[row[0]].append(word)
        coarser[row[0]] = row[1:]
    caps: list[list[str]] = [[] for _ in range(len(clusters.CAPS_BOUNDS) + 1)]
    for word, grade in sorted(table.caps.items()):
        caps[grade].append(word)
    target.parent.mkdir(parents=True, exist_ok=True)
    values = lexicon_to_json(
        [sorted(group) for group in groups],
        coarser,
        caps,
        {name: sorted(words) for name, words in flags.items()},
        {name: sorted(rows) for name, rows in phrases.items()},
    )
    write_lexicon(target, values)


def word_table(root: Path, gold: Iterable[corpora.GoldDocument], seed: int) -> WordTable:
    """Clusters and capitalisation from the plain texts and the words of the gold documents."""

    def streams() -> Iterator[list[tuple[str, ...]]]:
        for text in corpora.plain_texts(root):
            yield [sentence.words for sentence in sentences(text)]
        for document in gold:
            if document.corpus not in POSTS:
                yield [tuple(words) for words, _ in document.sentences]

    return clusters.build(streams(), seed)


def seed_list(name: str) -> list[str]:
    """One of our own lists: entries separated by line breaks or commas, "#" starts a comment."""
    return read_list(SEEDS / f"{name}.txt")


def read_list(path: Path) -> list[str]:
    """The entries of a list, without what a "#" starts."""
    lines = [line.split("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    return [entry.strip() for line in lines for entry in line.split(",") if entry.strip()]


def word_flags(root: Path, gold: Iterable[corpora.GoldDocument]) -> dict[str, set[str]]:
    """Lower-case word lists by flag."""
    first: set[str] = {name.lower() for name in seed_list("first_names")}
    last: set[str] = {name.lower() for name in seed_list("surnames")}
    firsts: defaultdict[str, set[int]] = defaultdict(set)
    lasts: defaultdict[str, set[int]] = defaultdict(set)
    for number, document in enumerate(gold):
        for words, tags in document.sentences:
            for begin, end, label in spans(tags):
                if label == "PER" and 2 <= end - begin <= 3:
                    firsts[words[begin].lower()].add(number)
                    lasts[words[end - 1].lower()].add(number)
    first.update(name for name, where in firsts.items() if len(where) >= NAME_DOCUMENTS)
    last.update(name for name, where in lasts.items() if len(where) >= NAME_DOCUMENTS)
    for name in _actor_names(root):
        first.add(name[0])
        last.add(name[-1])
    for given, family in _legislators(root):
        first.add(given)
        last.add(family)
    return {
        "TIT": set(TITLES),
        "NAT": {word for name in NATIONALITIES for word in [name] if " " not in word},
        "ORG": {word.lower() for word in seed_list("organisation_words")},
        "PLW": {word.lower() for word in seed_list("place_words")},
        "TIM": {word.lower() for word in seed_list("time_words")},
        "FN": {word for word in first if _WORD.match(word) and len(word) > 1},
        "LN": {word for word in last if _WORD.match(word) and len(word) > 1},
    }


def _legislators(root: Path) -> Iterator[tuple[str, str]]:
    path = corpora.require(root / "gazetteers" / "congress_legislators" / "legislators-current.yaml")
    given = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, value = line.strip().partition(": ")
        if key == "first":
            given = value.strip("'\"").lower()
        elif key == "last" and given:
            yield given, value.strip("'\"").lower()
            given = ""


def _actors(path: Path) -> Iterator[tuple[str, bool]]:
    """Names of an actor dictionary in lower case, and whether the entry looks like a person."""
    person = False
    for raw in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = raw.split("#")[0]
        if not line.strip() or line.startswith(("\t", " ", "<")):
            continue
        if not line.startswith("+"):
            person = "CountryInfo" in raw
        name = line.lstrip("+").split("[")[0].split("{")[0].strip().strip("_").replace("_", " ").lower()
        name = re.sub(r"\s*\(.*?\)", "", name).strip()
        if name:
            yield name, person


_ACTORS = Path("gazetteers/petrarch2/petrarch2/data/dictionaries")


def _actor_names(root: Path) -> Iterator[list[str]]:
    """Names of political people as words, from at least two dictionary entries each way."""
    firsts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    people: list[list[str]] = []
    for name, person in _actors(corpora.require(root / _ACTORS / "Phoenix.Countries.actors.txt")):
        words = name.split()
        if person and 2 <= len(words) <= 3:
            people.append(words)
            firsts[words[0]] += 1
            lasts[words[-1]] += 1
    for words in people:
        if firsts[words[0]] > 1 or lasts[words[-1]] > 1:
            yield words


def phrase_lists(root: Path) -> dict[str, set[str]]:
    """Lower-case names of things by class, split into words as our tokeniser does."""
    lists: dict[str, set[str]] = {
        "COUNTRY": set(_countries(root)),
        "CITY": set(cities(root, "name")),
        "REGION": set(cities(root, "subcountry")),
        "COMPANY": set(_companies(root)),
        "ACTOR": {
            name
            for file in ("Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt")
            for name, _ in _actors(corpora.require(root / _ACTORS / file))
        },
    }
    for path in sorted(SEEDS.glob("phrases_*.txt")):
        name = path.stem.removeprefix("phrases_").upper()
        lists.setdefault(name, set()).update(seed_list(path.stem))
    return {name: set(split_names(rows)) for name, rows in lists.items()}


def split_names(names: Iterable[str]) -> Iterator[str]:
    """Names in lower case, as our tokeniser splits them and without "the"; without the too long and too short."""
    for name in names:
        words = [word.lower() for sentence in sentences(name.strip()) for word in sentence.words]
        if words and words[0] == "the":
            words = words[1:]
        if 1 <= len(words) <= MAX_PHRASE and len("".join(words)) > 1:
            yield " ".join(words)


def _countries(root: Path) -> Iterator[str]:
    path = corpora.require(root / "gazetteers" / "mledoze_countries" / "countries.json")
    for country in json.loads(path.read_text(encoding="utf-8")):
        yield country["name"]["common"]
        yield country["name"]["official"]


def cities(root: Path, column: str) -> Iterator[str]:
    """One column of the list of cities: their names, or the regions they are in."""
    path = corpora.require(root / "gazetteers" / "world-cities" / "data" / "world-cities.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row[column] or ""


_LEGAL = re.compile(
    r",? (?:Inc|Corp|Corporation|Co|Company|Companies|plc|Plc|Ltd|Group|Holdings?|N\.V|S\.A)\.?$|\(.*?\)"
)


def _companies(root: Path) -> Iterator[str]:
    path = corpora.require(root / "gazetteers" / "sp500" / "data" / "constituents.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield _LEGAL.sub("", row["Security"]).strip()
