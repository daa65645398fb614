"""What training knows of each language but English: where its gold, its text and its lists are.

A module for each language has one `RECIPE`; `recipe` finds it. `base` says what a recipe is.
"""

import importlib
from pathlib import Path

from indexer.entities.training.languages.base import Recipe


def languages() -> list[str]:
    """Languages with a recipe, in order."""
    return sorted(path.stem for path in Path(__file__).parent.glob("??.py"))


def recipe(language: str) -> Recipe:
    """The recipe of a language."""
    found: Recipe = importlib.import_module(f"{__name__}.{language}").RECIPE
    return found
