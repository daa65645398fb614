"""The lists of a language without capitals and its thresholds, as the package has them.

Words and what is known of each are xz-compressed JSON: for each table, words by value. In: a path. Out: lists and
thresholds. Called once per process and language by `load`, and by training to write.
"""

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indexer.entities.caseless.arabic import ArabicLists
from indexer.entities.caseless.chinese import ChineseLists
from indexer.entities.caseless.tagger import Thresholds
from indexer.errors import InternalError

Lists = ArabicLists | ChineseLists


def write_lists(path: Path, lists: Lists, thresholds: Thresholds) -> None:
    """Write lists and thresholds; the same values give the same bytes."""
    if isinstance(lists, ArabicLists):
        tables: dict[str, Any] = {
            "rates": _by_value(lists.rates), "names": _by_value(lists.names), "things": _by_value(lists.things),
            "signs": _by_value(lists.signs),
        }  # fmt: skip
    else:
        words = {word: f"{label} {lists.costs[word]}" for word, label in lists.classes.items()}
        tables = {
            "words": _by_value(words), "foreign": _by_value(lists.foreign), "family": _by_value(lists.family),
            "given": _by_value(lists.given), "names": _by_value(lists.names),
            "simplified": ["".join(map(chr, lists.simplified)), "".join(lists.simplified.values())],
        }  # fmt: skip
    text = json.dumps({"thresholds": thresholds, **tables}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


def read_arabic(path: Path) -> tuple[ArabicLists, Thresholds]:
    """Lists and thresholds of Arabic."""
    values = _read(path)
    return ArabicLists(
        _grades(values["rates"]),
        _grades(values["names"]),
        dict(_items(values["things"])),
        dict(_items(values["signs"])),
    ), values["thresholds"]


def read_chinese(path: Path) -> tuple[ChineseLists, Thresholds]:
    """Lists and thresholds of Chinese."""
    values = _read(path)
    costs: dict[str, float] = {}
    classes: dict[str, str] = {}
    for word, value in _items(values["words"]):
        label, _, cost = value.partition(" ")
        classes[word] = label
        costs[word] = float(cost)
    traditional, simplified = values["simplified"]
    return ChineseLists(
        costs, classes, _grades(values["foreign"]), _grades(values["family"]), _grades(values["given"]),
        dict(_items(values["names"])), dict(zip(map(ord, traditional), simplified, strict=True)),
    ), values["thresholds"]  # fmt: skip


def _by_value(table: Mapping[str, str | int]) -> dict[str, str]:
    """Words with the same value in one text, in order."""
    rows: dict[str, list[str]] = {}
    for word in sorted(table):
        rows.setdefault(str(table[word]), []).append(word)
    return {value: "\n".join(words) for value, words in sorted(rows.items())}


def _items(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for value, words in table.items():
        for word in words.split("\n"):
            yield word, value


def _grades(table: Mapping[str, str]) -> dict[str, int]:
    return {word: int(value) for word, value in _items(table)}


def _read(path: Path) -> dict[str, Any]:
    try:
        values: dict[str, Any] = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise InternalError(f"the entity lists {path} cannot be read ({error}): reinstall Broadsheet") from error
    return values
