"""Remarks on articles that were indexed all the same, counted across processes: an undated date, replaced characters.

Workers append a line for each remark to one file, which the pipeline counts at the end of a build. Appending a few
bytes is atomic, and remarks are rare.
"""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

NOTES: Mapping[str, str] = {
    "date_not_understood": "the stated date could not be read or is impossible; the article is undated",
    "characters_replaced": "some bytes were not valid in the text's encoding",
    "language_not_believed": "the text is in a script that the stated language is not written in; it was detected",
    "only_notice": "where the text should be there is only the notice of a paywall, of cookies or the like",
    "not_translated": "the translation failed; `indexer translate` tries it again",
    "no_translation_pair": "the translation engine does not have the language of the text",
    "extra_shortened": "further data of the source was too large to keep whole",
}


@dataclass(frozen=True, slots=True)
class Notes:
    """The place where remarks are counted; without a path they are dropped. Picklable."""

    path: str | None = None

    def add(self, note: str) -> None:
        """Count one remark."""
        if self.path is None:
            return
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(descriptor, note.encode() + b"\n")
        finally:
            os.close(descriptor)

    def counts(self) -> dict[str, int]:
        """How often each remark was made."""
        if self.path is None:
            return {}
        with open(self.path, encoding="ascii") as lines:  # noqa: PTH123  # a path as text, as pickled
            return dict(Counter(line.strip() for line in lines))
