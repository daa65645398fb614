"""What training needs to know of each language without capitals: its lists, its reading, names to draw from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.entities.caseless.arabic import ArabicReading
from indexer.entities.caseless.chinese import ChineseReading
from indexer.entities.caseless.encoding import Reading
from indexer.entities.caseless.packed import Lists
from indexer.entities.training.caseless.augment import Rename, arabic_pool
from indexer.entities.training.caseless.build_arabic import build_arabic
from indexer.entities.training.caseless.build_chinese import build_chinese


@dataclass(frozen=True, slots=True)
class Language:
    """A language to train. `precision` is how often names of each kind and form have to be right on documents held out
    of training for the form to count, `retold` the share of documents told again with names of the pool."""

    name: str
    lists: Lists
    reading: Reading
    precision: float
    pool: Rename | None = None
    retold: float = 0.0


def language_of(name: str, root: Path) -> Language:
    """The language "ar" or "zh", from the directory of corpora."""
    if name == "ar":
        arabic = build_arabic(root)
        reading = ArabicReading(arabic)
        pool = arabic_pool(root, reading, _cities(arabic.things))
        return Language(name, arabic, reading, 0.83, pool, 0.25)
    chinese = build_chinese(root)
    return Language(name, chinese, ChineseReading(chinese), 0.86)


def _cities(names: Mapping[str, str]) -> list[str]:
    return [name for name, label in names.items() if label in ("city", "known-place")]
