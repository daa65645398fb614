"""HTML, Markdown and mail-like text -> plain paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.markup import plain_line, plain_text

CASES = {
    "plain text is left alone": ("One line.\n\nAnother.", "One line.\n\nAnother."),
    "signs that are no markup": ("a < b, AT&T, 5 * 3 * 2, snake_case_name", "a < b, AT&T, 5 * 3 * 2, snake_case_name"),
    "blocks become paragraphs": ("<p>One <b>two</b></p><p>three<br>four</p>", "One two\n\nthree\nfour"),
    "line ends in HTML are blanks": ("<p>One\ntwo</p>\n<div>three</div>", "One two\n\nthree"),
    "entities are resolved": ("R&amp;D &mdash; caf&eacute; &#8364; &lt;b&gt;", "R&D — café € <b>"),
    "scripts and comments go": ("<p>a</p><script>x('</p>')</script><style>p{}</style><!-- c --><p>b</p>", "a\n\nb"),
    "an unclosed script hides the rest": ("<p>a</p><script>alert(1)", "a"),
    "unknown tags go too": ("<p>a <custom-tag>b</custom-tag> c</p>", "a b c"),
    "cdata is text": ("<![CDATA[<p>Hello</p>]]>", "Hello"),
    "lists and headings": ("<h2>Head</h2><ul><li>one</li><li>two</li></ul>", "Head\n\none\n\ntwo"),
    "one line each is a paragraph each": ("First sentence.\nSecond sentence.", "First sentence.\n\nSecond sentence."),
    "windows line ends": ("One.\r\n\r\nTwo.\r\n", "One.\n\nTwo."),
    "blanks": ("  One\t two \u00a0 three \n\n\n\n four ", "One two three\n\nfour"),
    "invisible characters": ("Dash\u00adboard\u200b\ufeff\x00\x07", "Dashboard"),
    "composed letters": ("cafe\u0301", "café"),
    "lone surrogates": ("a\ud800b", "a\ufffdb"),
    "markdown": (
        "# Head\n\nSome **bold** and _light_ [link](https://a.example/x_(y)).\n\n* one\n* two\n\n![pic](p)\n\n> said",
        "Head\n\nSome bold and light link.\n\none\n\ntwo\n\nsaid",
    ),
    "markdown references": (
        "[Webmin][1] is **a** tool.\n\n[1]: http://a.example/\n\n------\n\nEnd",
        "Webmin is a tool.\n\nEnd",
    ),
    "small print above words stands behind them": (
        "新的 <ruby>文本编辑器<rt>Text Editor</rt></ruby>，<ruby>尹<rp>（</rp><rt>ユン</rt><rp>）</rp></ruby>氏",
        "新的 文本编辑器 (Text Editor)，尹氏",
    ),
    "a number list keeps its numbers": ("**A**\n\n1. one\n2. two", "A\n\n1. one\n2. two"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_text_becomes_plain(text: str, expected: str) -> None:
    assert plain_text(text) == expected


def test_hard_wrapped_lines_are_joined_and_verse_is_kept() -> None:
    wrapped = (
        "The committee met on Thursday to discuss the budget for the coming year\n"
        "and agreed to postpone the vote until the figures of the third quarter\n"
        "are known to all of its members.\n\n"
        "It meets again in May."
    )
    verse = "Roses are red,\nviolets are blue.\n\nSugar is sweet,\nand so are you."
    assert plain_text(wrapped) == wrapped.replace("year\nand", "year and").replace("quarter\nare", "quarter are")
    assert plain_text(verse) == verse


def test_words_divided_at_the_end_of_a_line_are_whole_again() -> None:
    wrapped = (
        "The steamer arrived yesterday in the har-\nbour of the old town with a cargo of cot-\n"
        "ton and sugar for the league of all Anglo-\nSaxon towns, and for those of that G-\n"
        "20 which met; it has well-known plans, two-\nand three-year ones, as this is as well-\nknown as these are."
    )
    assert plain_text(wrapped) == (
        "The steamer arrived yesterday in the harbour of the old town with a cargo of cotton and sugar for the league "
        "of all Anglo-Saxon towns, and for those of that G-20 which met; it has well-known plans, two- and three-year "
        "ones, as this is as well-known as these are."
    )
    assert plain_text("It was quite under-\nstandable.\nA new line.") == "It was quite understandable.\n\nA new line."


def test_a_line_stays_one_line() -> None:
    assert plain_line(" <b>Two</b>\n words &amp;  more ") == "Two words & more"


@given(st.text())
def test_no_text_raises_and_nothing_untidy_is_left(text: str) -> None:
    plain = plain_text(text)
    assert plain == plain.strip()
    assert "\n\n\n" not in plain
    assert "\r" not in plain
    plain.encode("utf-8")


@given(st.text(alphabet=st.characters(categories=("L", "N")) | st.sampled_from(" \n.,"), max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = plain_text(text)
    assert plain_text(once) == once
