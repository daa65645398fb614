"""The benchmark corpus: press releases as plain records, cleaned so that every engine cuts them into the same words.

Scaled up by resampling. Article N of `scaled` takes its title from one release and its body from the halves of two
others, on another day, so that vocabulary, lengths and facet sizes stay as they are in the real text. Those of `short`
are put together from pieces of many: of halves, each of ten million would be a near-duplicate of hundreds.
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
PIECE = 50  # characters
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


def load(path: Path, limit: int | None = None) -> list[Record]:
    """The cleaned corpus, in the order of the file, without articles that have no date."""
    records = []
    spellings: dict[str, str] = {}  # one for each person: Broadsheet would show them under one name, the others not
    with gzip.open(path, "rb") as lines:
        for line in lines:
            raw = orjson.loads(line)
            if not raw.get("date"):
                continue
            title, body = clean(raw["title"]), clean(raw["text"])
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


def short(records: list[Record], count: int, longest: int, seed: int = 1) -> Iterator[Record]:
    """`count` articles with bodies of about so many characters: the corpus, cut, then pieces of many releases.

    Title, source, category, day and up to two persons are one release's; each piece of words is of any release.
    """
    for record in records[:count]:
        body = shortened(record.body, longest)
        yield record._replace(body=body, persons=tuple(name for name in record.persons if name in body))
    chance = random.Random(seed)
    for number in range(len(records), count):
        title, *others = chance.choices(records, k=1 + longest // PIECE)
        body = " ".join([piece(other.body, chance.random()) for other in others])
        yield title._replace(id=f"r{number}", body=body, persons=title.persons[:2])


def shortened(text: str, longest: int) -> str:
    """The text, cut before the word that passes so many characters."""
    return text if len(text) <= longest else text[: longest + 1].rpartition(" ")[0]


def piece(text: str, place: float) -> str:
    """Whole words of the text, `PIECE` characters or a word more; `place` is 0 for its beginning, 1 for its end."""
    begin = text.find(" ", int(place * max(len(text) - PIECE, 0))) + 1
    end = text.find(" ", begin + PIECE - 1)
    return text[begin : end if end > 0 else None]
