"""Where articles name an entity: spellings and sentences."""

from indexer.article import Article, Entity, Mention
from indexer.entities.evidence import Evidence, gather, naming_sentences
from indexer.search.results import Snippet

BODY = "Nothing yet. Sergey Lavrov spoke. It rained. Then Lavrov left, and Mr Lavrov was gone. Lavrov again."


def lavrov(*spelled: str, name: str = "Sergey Lavrov") -> Entity:
    at, mentions = 0, []
    for text in spelled:
        at = BODY.index(text, at)
        mentions.append(Mention(at, at + len(text)))
        at += len(text)
    return Entity("person", name, tuple(mentions), False, tuple({*spelled} - {name}))


def test_sentences_that_name_an_entity_with_the_places_marked() -> None:
    entity = lavrov("Sergey Lavrov", "Lavrov", "Lavrov", "Lavrov")
    found = naming_sentences(Article("a", "A", body=BODY, language="en"), entity)
    assert found == (
        Snippet("body", "Sergey Lavrov spoke.", ((0, 13),)),
        Snippet("body", "Then Lavrov left, and Mr Lavrov was gone.", ((5, 11), (25, 31))),
    )


def test_a_title_is_shown_where_the_text_names_nobody() -> None:
    article = Article("a", "Lavrov speaks", body="He spoke.", language="en")
    entity = Entity("person", "Sergey Lavrov", (Mention(0, 6, "title"),))
    assert naming_sentences(article, entity) == (Snippet("title", "Lavrov speaks", ((0, 6),)),)


def test_a_long_sentence_is_cut_around_the_name() -> None:
    body = "word " * 50 + "Lavrov " + "word " * 50
    found = naming_sentences(Article("a", "A", body=body), Entity("person", "Lavrov", (Mention(250, 256),)))
    [passage] = found
    assert (passage.leading, passage.trailing) == (True, True)
    assert [passage.text[start:end] for start, end in passage.spans] == ["Lavrov"]
    assert len(passage.text) == 320


def test_any_spelling_finds_the_name_that_is_shown() -> None:
    first = Article("a", "A", body=BODY, entities=(lavrov("Sergey Lavrov", "Lavrov"),))
    second = Article("b", "B", body=BODY, entities=(lavrov("Lavrov"), Entity("person", "Other", (Mention(0, 7),))))
    third = Article("c", "C", body=BODY, entities=(Entity("place", "Lavrov", (Mention(19, 25),)),))
    seen = gather([first, second, third], "person", "LAVROV")
    assert seen.name == "Sergey Lavrov"
    assert seen.spellings == {"Sergey Lavrov": 2, "Lavrov": 2}
    assert list(seen.sentences) == ["a", "b"]
    assert gather([third], "person", "Lavrov") == Evidence("Lavrov")
