"""The step of a build that translates. Called by the index writer, in its worker processes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.article import Article
from indexer.config import TranslationConfig
from indexer.errors import BroadsheetError
from indexer.translation.base import NoPair, TranslationFailed, is_of_text
from indexer.translation.kept import Kept
from indexer.translation.texts import has_translation, translation_of, wanted

# An engine that cannot be reached is left alone for so many seconds, or a build would wait for it at every article.
PAUSE = 60.0
# The remarks of a build, as `ingest.notes` explains them.
FAILED, NO_PAIR = "not_translated", "no_translation_pair"


def _nowhere(note: str) -> None:
    """Where remarks go that nobody counts."""


class TranslationEnrich:
    """An article to the same article with its translation; as it is where that fails. Pickles as its configuration; the
    engine starts in the process that uses it.

    Raises:
        UserError, StateError: the engine cannot be had on this machine, as is told before a build starts.
    """

    def __init__(self, config: TranslationConfig, directory: Path, note: Callable[[str], None] = _nowhere) -> None:
        self._config = config
        self._directory = directory
        self._note = note
        self._kept: Kept | None = None
        self._until = 0.0
        Kept.open(config, directory).close()

    def note_to(self, note: Callable[[str], None]) -> None:
        """Have remarks counted."""
        self._note = note

    def __call__(self, article: Article) -> Article:
        """The article with its translation."""
        target = wanted(article, self._config)
        if target is None or has_translation(article, target, self._config):
            return article
        if time.monotonic() < self._until:
            self._note(FAILED)
            return article
        try:
            if self._kept is None:
                self._kept = Kept.open(self._config, self._directory)
            return article.with_translation(translation_of(article, target, self._config, self._kept))
        except NoPair:
            self._note(NO_PAIR)
        except (TranslationFailed, BroadsheetError) as error:  # the article itself is to be indexed whatever happens
            self._until = 0.0 if is_of_text(error) else time.monotonic() + PAUSE
            self._note(FAILED)
        return article

    def close(self) -> None:
        """End the engine, if this process has started it."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def __getstate__(self) -> tuple[Any, ...]:
        return self._config, self._directory, self._note

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._config, self._directory, self._note = state
        self._kept, self._until = None, 0.0
