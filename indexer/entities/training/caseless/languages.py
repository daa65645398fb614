"""What training needs to know of each language without capitals: its lists, its reading, names to draw from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.entities.caseless.arabic import ArabicReading
from indexer.entities.caseless.chinese import ChineseReading
from indexer.entities.caseless.encoding import Reading
from indexer.entities.caseless.packed import Lists
from indexer.entities.training.caseless.augment import Rename, arabic_pool, chinese_pool
from indexer.entities.training.caseless.build_arabic import build_arabic
from indexer.entities.training.caseless.build_chinese import build_chinese


@dataclass(frozen=True, slots=True)
class Language:
    """A language to train. `retold` is the share of documents told again with other names, `precision` how often names
    of each kind and form have to be right on documents held out of training for the form to count."""

    name: str
    lists: Lists
    reading: Reading
    pool: Rename
    retold: float
    precision: float


def language_of(name: str, root: Path) -> Language:
    """The language "ar" or "zh", from the directory of corpora."""
    if name == "ar":
        arabic = build_arabic(root)
        reading = ArabicReading(arabic)
        return Language(name, arabic, reading, arabic_pool(root, reading, _cities(arabic.things)), 0.5, 0.83)
    chinese = build_chinese(root)
    pool = chinese_pool(root, dict(chinese.simplified), _cities(chinese.names))
    return Language(name, chinese, ChineseReading(chinese), pool, 0.5, 0.86)


def _cities(names: Mapping[str, str]) -> list[str]:
    return [name for name, label in names.items() if label in ("city", "known-place")]
