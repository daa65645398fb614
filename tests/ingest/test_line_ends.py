"""Words divided at the end of a line, and lines that are the page's."""

import pytest

from indexer.ingest.markup import plain_line, plain_text

SCAN = (
    "A fire broke out last eve-\nning in the mill of the company, de-\n\nstroying its roof. The keeper of the custom-\n"
    "house came; the custom of that house is well-known, and so it is well-\nknown that two-\nand three-year-old "
    "timber burns. The Anglo-\nAmerican board met."
)


def test_the_words_of_the_article_say_which_hyphens_stay() -> None:
    assert plain_text(SCAN) == (
        "A fire broke out last evening in the mill of the company, destroying its roof. The keeper of the custom-house "
        "came; the custom of that house is well-known, and so it is well-known that two- and three-year-old timber "
        "burns. The Anglo-American board met."
    )


@pytest.mark.parametrize("sign", ["-", "\u00ad", "\u00ac", "\u2010", "\u2e17", "- ", "\u00ac \r"])
def test_signs_of_division(sign: str) -> None:
    text = f"Das Schiff kam gestern im Ha{sign}\nfen an und brachte Kaf{sign}\nfee."
    assert plain_text(text) == "Das Schiff kam gestern im Hafen an und brachte Kaffee."


def test_divided_words_in_markup_and_in_a_title() -> None:
    assert (
        plain_text("<p>The har-\nbour was\nfull.</p><p>Of com-\nmerce.</p>") == "The harbour was full.\n\nOf commerce."
    )
    assert plain_line("The har-\nbour opens") == "The harbour opens"


def test_the_solid_word_elsewhere_decides() -> None:
    assert plain_text("The rail-\nroad: one rail, one road, the railroad.") == (
        "The railroad: one rail, one road, the railroad."
    )


def test_line_ends_of_sentences_and_of_verse_stay() -> None:
    assert plain_text("It was quite under-\nstandable to\nall of them.\nA new line.") == (
        "It was quite understandable to all of them.\n\nA new line."
    )
    assert plain_text("Well-\nKnown names\nand others") == "Well-\n\nKnown names\n\nand others"


def test_many_divided_words_cost_little() -> None:
    text = "eve-\nning mill-\nstone " * 20_000
    assert plain_text(text).startswith("evening millstone evening")
