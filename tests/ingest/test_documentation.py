"""docs/formats.md shows the tables as the code has them."""

from pathlib import Path

import pytest

from indexer.fields import STATED_FIELDS
from indexer.ingest.aliases import ALIASES
from indexer.ingest.notes import NOTES
from indexer.ingest.rejects import REASONS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_there_are_aliases_for_every_field_that_a_file_may_state() -> None:
    assert set(ALIASES) == set(STATED_FIELDS)


@pytest.mark.parametrize("field", ALIASES)
def test_every_alias_is_documented(field: str) -> None:
    assert f"| `{field}` | {' '.join(f'`{name}`' for name in ALIASES[field])} |" in PAGE


@pytest.mark.parametrize(("name", "meaning"), [*REASONS.items(), *NOTES.items()])
def test_every_reason_and_remark_is_documented(name: str, meaning: str) -> None:
    assert f"| `{name}` | {meaning} |" in PAGE
