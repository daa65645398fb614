"""What was measured of growing archives is kept, shown and drawn as it is."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import corpus
from benchmarks.growth.drawing import Panel, apart, short, svg
from benchmarks.growth.records import Measured, record, recorded
from benchmarks.growth.showing import PANELS, drawing, exponent, table

SVG = "{http://www.w3.org/2000/svg}"


def _size(articles: int, cost: float) -> Measured:
    return {"articles": articles, "load": 0.5} | {name: cost for lines in PANELS.values() for name in lines.values()}


def test_a_size_that_was_measured_is_read_back_and_the_last_of_two_counts(tmp_path: Path) -> None:
    file = tmp_path / "new" / "growth.jsonl"
    assert recorded(file) == []
    for measured in (_size(1_000, 3.5), _size(100, 1.0), _size(1_000, 4.0)):
        record(file, measured)
    assert recorded(file) == [_size(100, 1.0), _size(1_000, 4.0)]


def test_a_table_says_with_which_power_of_the_size_a_cost_grew() -> None:
    sizes = [{"articles": 100, "load": 1.0, "build s": 2.0}, {"articles": 10_000, "load": 1.0, "build s": 20.0}]
    assert table(sizes).splitlines() == ["|  | 100 | 10,000 |", "|---|---|---|", "| build s | 2.0 | 20.0 (n^0.50) |"]
    assert exponent((10, 3), (1_000, 300)) == pytest.approx(1)


def test_a_drawing_has_a_title_a_description_and_a_line_for_each_cost() -> None:
    root = ElementTree.fromstring(drawing([_size(1_000, 2.0), _size(100_000, 200.0)]))
    assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert "At 100,000: built in 200 s, 200 MB on disk" in (root[1].text or "")
    lines = [each for each in root.iter(f"{SVG}path") if "line" in each.get("class", "").split()]
    assert len(lines) == sum(map(len, PANELS.values()))
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert {*PANELS, *(label for lines_ in PANELS.values() for label in lines_)} <= set(texts)


def test_figures_lie_where_their_logarithms_are() -> None:
    root = ElementTree.fromstring(svg("T", "d", [Panel("p", {"cost": [(10, 1), (100, 10), (1_000, 100)]})]))
    dots = [(float(each.get("cx", "")), float(each.get("cy", ""))) for each in root.iter(f"{SVG}circle")]
    assert dots == [(58.0, 296.0), (200.0, 165.0), (342.0, 34.0)]


def test_labels_of_lines_that_end_together_keep_apart_and_in_their_order() -> None:
    assert apart([50, 10, 51], 13) == [50, 10, 63]
    assert apart([12, 10, 11], 5) == [20, 10, 15]


def test_axes_show_short_figures() -> None:
    assert [short(value) for value in (0.1, 7, 57_436, 300_000, 1e6, 2.5e6, 1e7)] == [
        "0.1", "7", "57k", "300k", "1M", "2.5M", "10M",
    ]  # fmt: skip


def test_short_articles_are_cut_between_words() -> None:
    assert corpus.shortened("one two three", 13) == "one two three"
    assert corpus.shortened("one two three", 12) == "one two"
    assert corpus.shortened("one two three", 7) == "one two"
    assert corpus.shortened("one two three", 6) == "one"


def test_more_short_articles_are_put_together_from_whole_words_of_many() -> None:
    words = [f"word{n}" for n in range(100)]
    text = " ".join(words)
    release = corpus.Record("a", "t", f"Ann Lee {text} Bob Ray", date(2006, 1, 2), "s", "c", ("Ann Lee", "Bob Ray"))
    cut, *more = corpus.short([release], 4, 200)
    assert cut == release._replace(body=corpus.shortened(release.body, 200), persons=("Ann Lee",))
    assert [each.id for each in more] == ["r1", "r2", "r3"]
    for each in more:
        assert {*each.body.split()} <= {*release.body.split()}
        assert len(each.body) + 3 * 8 >= 4 * corpus.PIECE
        assert each.day == release.day
    assert corpus.piece(text, 0.0) == " ".join(words[1:10])
    assert corpus.piece("short", 0.5) == "short"
