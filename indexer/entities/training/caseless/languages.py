"""What training needs to know of each language without capitals: its lists and its reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.article import ENTITY_KINDS, EntityKind
from indexer.entities.caseless.arabic import ArabicReading
from indexer.entities.caseless.chinese import ChineseReading
from indexer.entities.caseless.encoding import Reading
from indexer.entities.caseless.packed import Lists
from indexer.entities.training.caseless.build_arabic import build_arabic
from indexer.entities.training.caseless.build_chinese import build_chinese

# Annotators of Chinese places and bodies left out more and disagree about where names end.
_CHINESE: Mapping[EntityKind, float] = {"person": 0.83, "organisation": 0.8, "place": 0.81}


@dataclass(frozen=True, slots=True)
class Language:
    """A language to train. `precision` is how often names of each form of a kind have to be right on documents held out
    of training for the form to count; features that are seen `minimum_count` times are learned, `kept` of them kept."""

    name: str
    lists: Lists
    reading: Reading
    precision: Mapping[EntityKind, float]
    minimum_count: int
    kept: int


def language_of(name: str, root: Path) -> Language:
    """The language "ar" or "zh", from the directory of corpora."""
    if name == "ar":
        arabic = build_arabic(root)
        return Language(name, arabic, ArabicReading(arabic), dict.fromkeys(ENTITY_KINDS, 0.83), 2, 80_000)
    chinese = build_chinese(root)
    return Language(name, chinese, ChineseReading(chinese), _CHINESE, 4, 90_000)
