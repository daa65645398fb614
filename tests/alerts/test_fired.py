"""What is found by looking around the rarest word is what highlighting finds in the whole text."""

import pytest

from indexer import Article
from indexer.alerts.fired import Analysed, FieldWords
from indexer.highlight.matches import Matcher, text_clauses, whole_text
from indexer.search.parser import parse

TEXT = (
    "The cease-fire held in Mainz. Ministers of the two states met the Minister of State. "
    + "Nothing else was said of it by anyone at all. " * 20
    + "A ceasefire, said the minister of foreign affairs, is no peace; the state of things is grave. 停火 已经 开始"
)


@pytest.mark.parametrize(
    "query",
    [
        "ceasefire", "cease-fire", '"cease fire"', '"minister of state"', '"foreign minister"', '"minister affairs"~3',
        '"affairs minister"~1', "minister NEAR/2 state", "state NEAR/3 grave", "grave NEAR/2 peace", "minist*", "gr?ve",
        "minsiter~", "=ministers", "=ministry", '"held in Mainz"', '"Mainz held"', "停火", "火",
        '"nothing else was said"', '"two states met"', '"of of"', "title:minister",
    ],
)  # fmt: skip
def test_a_clause_matches_where_highlighting_marks_it(query: str) -> None:
    (clause,) = text_clauses(parse(query).tree, ("en", "zh"))
    assert FieldWords(TEXT, "en").has(clause) is bool(whole_text(Matcher((clause,), "en"), TEXT))


def test_a_translation_is_looked_at_in_its_own_language() -> None:
    from indexer.alerts.fired import Looking
    from indexer.article import Translation
    from indexer.search.request import SearchRequest

    made = Translation("en", title="Floods in Trier", body="The rivers rose.")
    article = Article("a", title="Überschwemmungen in Trier", language="de", translation=made)
    found = Looking(SearchRequest("flood OR river OR Überschwemmung OR Trier")).fired(Analysed(article))
    assert [str(each) for each in found] == [
        "flood (translation)",
        "river (translation)",
        "Überschwemmung (title)",
        "Trier (title, translation)",
    ]
