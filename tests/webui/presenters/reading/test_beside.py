from markupsafe import Markup

from indexer.article import Article
from indexer.config import Config
from tests.engines.memory import make_archive
from webui import create_app
from webui.presenters.reading import beside
from webui.presenters.reading.beside import Pair


def compared(left: str, right: str) -> tuple[Pair, ...]:
    app = create_app(Config(), make_archive([]))
    with app.test_request_context("/"):
        return beside.copy(Article("a", "-", body=left), Article("b", "-", body=right), ()).rows


def test_words_are_marked_and_both_texts_stand_as_one() -> None:
    same, changed = compared(
        "The tunnel opened. It cost six million euros.", "The tunnel opened. It cost seven million."
    )
    assert same == Pair("The tunnel opened.", "The tunnel opened.")
    assert changed == Pair(
        Markup("It cost <del>six</del> million<del> euros</del>."),
        Markup("It cost <ins>seven</ins> million."),
        True,
        Markup("It cost <del>six</del><ins>seven</ins> million<del> euros</del>."),
    )


def test_what_is_said_on_one_side_alone_comes_where_it_stands() -> None:
    (row,) = compared("One two three four five six.", "Zero one two four five six seven <b>.")
    assert "<b>" not in row.both
    assert row.both.count("<del>") == row.left.count("<del>")
    assert row.both.count("<ins>") == row.right.count("<ins>")
