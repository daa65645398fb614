"""Copies of one story, sentence by sentence."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.browsing import differences
from indexer.browsing.alignment import Effort, aligned
from indexer.browsing.differences import MOST_WORDS, Difference, Pieces, Row, differing, sentences

WORDS = st.lists(st.sampled_from(["a ", "b ", "c "]), max_size=12)
TEXTS = st.text(st.sampled_from('ab .!?。\n"”'), max_size=60)


def compare(left: str, right: str) -> list[Row]:
    return differences.compare(left, right, Effort())


def changed_words(left: str, right: str) -> tuple[Pieces, Pieces]:
    return differences.changed_words(left, right, Effort())


def test_sentences_end_where_readers_see_them_end() -> None:
    assert sentences('He came. "He saw!" He paid 1.5 million.\n\nNo end here\n\n他来了。他看见了！好') == [
        "He came.", '"He saw!"', "He paid 1.5 million.", "No end here", "他来了。", "他看见了！", "好",
    ]  # fmt: skip


def test_what_agrees_and_what_differs() -> None:
    assert compare("One. Two. Three. Four.", "One. Zwei. Three. Four. Five.") == [
        Row("One.", "One.", differs=False),
        Row("Two.", "Zwei.", differs=True),
        Row("Three. Four.", "Three. Four.", differs=False),
        Row("", "Five.", differs=True),
    ]


@given(TEXTS)
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split() or "。" in text
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_both_sides_stay_whole(left: str, right: str) -> None:
    rows = compare(left, right)
    assert "".join("".join(row.left for row in rows).split()) == "".join(left.split())
    assert "".join("".join(row.right for row in rows).split()) == "".join(right.split())
    assert all((row.left == row.right) != row.differs for row in rows)


def test_the_words_that_differ_are_told_apart() -> None:
    left, right = changed_words("The quay is closed today.", "The old quay is closed.")
    assert "".join(text for text, changed in left if not changed) == "".join(
        text for text, changed in right if not changed
    )
    assert [text.strip() for text, changed in left if changed] == ["today"]
    assert [text.strip() for text, changed in right if changed] == ["old"]
    assert ("".join(text for text, _ in left), "".join(text for text, _ in right)) == (
        "The quay is closed today.", "The old quay is closed.",
    )  # fmt: skip


def test_long_stretches_and_missing_ones_are_marked_as_a_whole() -> None:
    assert changed_words("", "New.") == ([("", True)], [("New.", True)])
    long = "word " * (MOST_WORDS + 1)
    assert changed_words(long, "x") == ([(long, True)], [("x", True)])


def test_the_words_that_differ_have_their_places() -> None:
    found = differing(
        Article("a", "Quay", body="The quay is closed. Nobody knows why."),
        Article("b", "Other", body="The old quay is closed. Nobody knows why. Ask them."),
    )
    assert found.rows == (
        Difference("The quay is closed.", "The old quay is closed.", (), ((3, 7),)),
        Difference("Nobody knows why.", "Nobody knows why."),
        Difference("", "Ask them.", (), ((0, 9),)),
    )
    assert not found.same
    assert found.rows[0].to_dict() == {
        "left": "The quay is closed.", "right": "The old quay is closed.", "differs": True,
        "left_spans": [], "right_spans": [[3, 7]],
    }  # fmt: skip


def test_versions_of_one_article_are_compared_with_their_titles_and_copies_are_not() -> None:
    old, new = Article("a", "Quay shut", body="Closed."), Article("a", "Quay open", body="Closed.")
    assert differing(old, new).rows == (
        Difference("Quay shut", "Quay open", ((5, 9),), ((5, 9),)),
        Difference("Closed.", "Closed."),
    )
    assert differing(old, Article("b", "Quay open", body="Closed.")).same


@given(TEXTS, TEXTS)
def test_what_is_outside_of_the_marks_agrees(left: str, right: str) -> None:
    for row in differing(Article("a", body=left), Article("b", body=right)).rows:
        kept = []
        for text, spans in ((row.left, row.left_spans), (row.right, row.right_spans)):
            for start, end in reversed(spans):
                assert start < end <= len(text)
                text = text[:start] + text[end:]
            kept.append(text)
        assert kept[0] == kept[1]


@given(WORDS, WORDS)
def test_what_agrees_is_what_difflib_finds(left: list[str], right: list[str]) -> None:
    found = [
        (first, last, start, end, kind != "equal")
        for kind, first, last, start, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    ]
    assert list(aligned(left, right, Effort())) == found


def test_texts_made_to_be_compared_for_hours_are_given_up_after_a_number_of_steps() -> None:
    left, right = "a b " * (MOST_WORDS // 4), "b a c " * (MOST_WORDS // 6)
    effort = Effort(left=100_000)
    assert differences.changed_words(left, right, effort) == ([(left, True)], [(right, True)])
    assert effort.spent
    # What comes after stands as different too, rather than some of it by chance.
    assert differences.changed_words("One word.", "One more.", effort) == ([("One word.", True)], [("One more.", True)])


def test_giving_up_in_the_middle_keeps_what_was_found() -> None:
    effort = Effort(left=5)
    rows = differences.compare("A. B. C. D. E.", "X. B. C. D. E.", effort)
    assert [(row.left, row.right) for row in rows if not row.differs] == [("B. C. D. E.", "B. C. D. E.")]
    assert not effort.spent
