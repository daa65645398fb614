"""Names as people keep them."""

import pytest

from indexer.batch.lines import Line, column_of, lines_of
from indexer.errors import UsageError

TABLE = '\ufeffid;Name;note\r\n1;"Smith, John";x\r\n2;;y\r\n3;"Two\r\nlines";z\r\n4;Ann Lee\r\n'


def test_blank_lines_and_comments_are_no_queries_and_keep_their_numbers() -> None:
    text = "\ufeff# people\r\nJohn Smith\r\n\r\n  Ann Lee  \rO'Brien\n#end"
    assert list(lines_of(text)) == [Line(2, "John Smith"), Line(4, "Ann Lee"), Line(5, "O'Brien")]


def test_what_only_python_takes_for_the_end_of_a_line_is_none() -> None:
    assert list(lines_of("a\x0bb\u2028c\nd")) == [Line(1, "a\x0bb\u2028c"), Line(2, "d")]


@pytest.mark.parametrize("column", ["Name", "name", "2"])
def test_a_column_is_named_or_numbered(column: str) -> None:
    assert list(column_of(TABLE, column)) == [Line(2, "Smith, John"), Line(4, "Two lines"), Line(6, "Ann Lee")]


def test_a_column_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no column 'Nmae'\. Perhaps you meant 'Name'\?"):
        list(column_of(TABLE, "Nmae"))
