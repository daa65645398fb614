"""Streams in any charset as UTF-8, whatever the blocks they come in."""

import io

import pytest

from indexer.ingest import recoding
from indexer.ingest.recoding import Narrow, Wide

from .test_charset import TEXTS


def _read(narrow: Narrow) -> str:
    return io.BufferedReader(narrow).read().decode()


@pytest.mark.parametrize("block", [7, 64, 1 << 18])
@pytest.mark.parametrize(("language", "codec"), [("ru", "utf-8"), ("ru", "cp1251"), ("ja", "cp932"), ("zh", "gbk")])
def test_any_charset_in_any_blocks(monkeypatch: pytest.MonkeyPatch, block: int, language: str, codec: str) -> None:
    monkeypatch.setattr(recoding, "BLOCK", block)
    text = "plain, first\n" + "".join(f"{number}, {TEXTS[language]}\n" for number in range(20))
    if codec != "utf-8" and block == 7:
        block = 64  # what decides is a block: of seven bytes nobody knows anything
        monkeypatch.setattr(recoding, "BLOCK", block)
    narrow = Narrow(io.BufferedReader(io.BytesIO(text.encode(codec))), (language,))
    assert _read(narrow) == text
    assert not narrow.replaced


def test_lines_that_are_utf8_stay_so() -> None:
    old, new = f"old {TEXTS['pl']}\n", f"new {TEXTS['ru']}\n"
    narrow = Narrow(io.BytesIO((new * 3).encode() + old.encode("cp1250") + new.encode()))
    assert _read(narrow) == new * 3 + old + new


def test_what_is_no_character_is_told() -> None:
    narrow = Narrow(io.BytesIO(TEXTS["ru"].encode() + b"\xd0\n"))
    assert _read(narrow).endswith("\ufffd\n")
    assert narrow.replaced


def test_a_text_without_a_place_to_cut_is_held_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recoding, "BLOCK", 16)
    monkeypatch.setattr(recoding, "MOST_HELD", 64)
    assert _read(Narrow(io.BufferedReader(io.BytesIO(b"a" * 1000)))) == "a" * 1000


def test_wide_text_loses_its_mark() -> None:
    data = "\ufeffМост, bridge\n".encode("utf-16-le")
    assert io.BufferedReader(Wide(io.BytesIO(data), "utf-16-le")).read() == "Мост, bridge\n".encode()
