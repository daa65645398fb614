"""The benchmark corpus: press releases as plain records, cleaned so that every engine cuts them into the same words.

Scaled up by resampling: article N of a larger corpus takes its title from one release and its body from the halves of
two others, on another day, so that vocabulary, lengths and facet sizes stay as they are in the real text.
"""

import gzip
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import orjson

from indexer.entities.keys import safe_key

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "senate-press-2004-2008.jsonl.gz"
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ,;:\n]+")
_NAME = re.compile(r"\b[A-Z][a-z]{2,} [A-Z][a-z]{2,}\b")
PERSONS = 8  # names assigned to an article: its first capitalised pairs of words


class Record(NamedTuple):
    """One article as every engine gets it."""

    id: str
    title: str
    body: str
    day: date
    source: str
    category: str
    persons: tuple[str, ...]

    @property
    def month(self) -> str:
        """The month facet's value, `2007-04`."""
        return f"{self.day.year:04d}-{self.day.month:02d}"


def load(path: Path, limit: int | None = None, longest: int | None = None) -> list[Record]:
    """The cleaned corpus, in the order of the file, without articles that have no date.

    `longest` cuts bodies to so many characters, and leaves only the names that are in what is left.
    """
    records = []
    spellings: dict[str, str] = {}  # one for each person: Broadsheet would show them under one name, the others not
    with gzip.open(path, "rb") as lines:
        for line in lines:
            raw = orjson.loads(line)
            if not raw.get("date"):
                continue
            title, body = clean(raw["title"]), clean(raw["text"])
            if longest:
                body = shortened(body, longest)
            named = [spellings.setdefault(safe_key("person", name), name) for name in _NAME.findall(body)]
            records.append(
                Record(
                    id=raw["id"],
                    title=title,
                    body=body,
                    day=date.fromisoformat(raw["date"][:10]),
                    source=raw["source"],
                    category=raw["section"],
                    persons=tuple(dict.fromkeys(named))[:PERSONS],
                )
            )
            if limit and len(records) == limit:
                break
    return records


def clean(text: str) -> str:
    """The text in letters, digits and the separators on which all tokenisers agree."""
    return _NOT_PLAIN.sub(" ", text)


def shortened(text: str, longest: int) -> str:
    """The text, cut before the word that passes so many characters."""
    return text if len(text) <= longest else text[: longest + 1].rpartition(" ")[0]


def scaled(records: list[Record], count: int, seed: int = 1) -> Iterator[Record]:
    """`count` articles: the corpus itself, then resampled ones."""
    yield from records[:count]
    chance = random.Random(seed)
    earliest, latest = min(record.day for record in records), max(record.day for record in records)
    for number in range(len(records), count):
        title, front, back = (chance.choice(records) for _ in range(3))
        body = front.body[: len(front.body) // 2] + "\n" + back.body[len(back.body) // 2 :]
        yield Record(
            id=f"r{number}",
            title=title.title,
            body=body,
            # Within the range of the real ones: a longer one would be a histogram of years and not of months.
            day=min(max(front.day + timedelta(days=chance.randint(-30, 30)), earliest), latest),
            source=title.source,
            category=title.category,
            persons=tuple(dict.fromkeys(front.persons[: PERSONS // 2] + back.persons[PERSONS // 2 :])),
        )
