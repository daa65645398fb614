"""What the search in the browser reads: which word stands where."""

import json
import re

from tests.engines.corpus import article
from webui.dossier.search_data import SearchData


def files(data: SearchData) -> dict[str, list[object]]:
    """The values that each script hands over."""
    found = {}
    for name, script in data.files():
        inside = re.fullmatch(rb"dossier\.\w+\((.*)\);\n", script, re.DOTALL)
        assert inside
        found[name] = json.loads(b"[" + inside[1] + b"]")
    return found


def test_words_are_folded_and_have_their_articles_and_places() -> None:
    data = SearchData()
    for number, body in ((3, "café, CAFE"), (20, "the Café")):
        data.add(number, article(str(number), "Bar", body, None))
    # In base 16, each the difference to the one before: articles 3 and 20, places behind the headline and the gap.
    assert files(data)["search/words-0000.js"] == [0, ["bar", "3:0,11:0", "cafe", "3:11 1,11:12", "the", "14:11"]]


def test_letters_are_folded_to_what_stands_in_words_alone() -> None:
    data = SearchData()
    data.add(1, article("a", "resume", "", None))
    about = files(data)["search/index.js"][0]
    assert isinstance(about, dict)
    folds = dict(zip(about["fold"][::2], about["fold"][1::2], strict=True))
    assert "é" in folds["e"]
    assert "\u0301" in folds[""]
    assert "ا" not in folds
    assert (about["total"], about["starts"]) == (1, ["resume"])


def test_words_are_parted_into_files_that_are_read_alone() -> None:
    data = SearchData()
    data.add(1, article("a", " ".join(f"word{number:05}" for number in range(9_000)), "", None))
    found = files(data)
    shards = [name for name in found if "words" in name]
    about = found["search/index.js"][0]
    assert isinstance(about, dict)
    assert len(shards) == len(about["starts"]) > 1
    for name, start in zip(shards, about["starts"], strict=True):
        flat = found[name][1]
        assert isinstance(flat, list)
        assert flat[0] == start
