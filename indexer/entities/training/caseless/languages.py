"""What training needs to know of each language without capitals: its lists and its reading."""

from dataclasses import dataclass
from pathlib import Path

from indexer.entities.caseless.arabic import ArabicReading
from indexer.entities.caseless.chinese import ChineseReading
from indexer.entities.caseless.encoding import Reading
from indexer.entities.caseless.packed import Lists
from indexer.entities.training.caseless.build_arabic import build_arabic
from indexer.entities.training.caseless.build_chinese import build_chinese


@dataclass(frozen=True, slots=True)
class Language:
    """A language to train. `precision` is how often names of each kind and form have to be right on documents held out
    of training for the form to count."""

    name: str
    lists: Lists
    reading: Reading
    precision: float


def language_of(name: str, root: Path) -> Language:
    """The language "ar" or "zh", from the directory of corpora."""
    if name == "ar":
        arabic = build_arabic(root)
        return Language(name, arabic, ArabicReading(arabic), 0.83)
    chinese = build_chinese(root)
    return Language(name, chinese, ChineseReading(chinese), 0.86)
