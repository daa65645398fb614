"""Names of people, kept out of the way of dictionaries."""

from indexer.article import Article, Entity, Mention
from indexer.translation.names import masked, names_in

TITLE = "Di María y Messi"
ARTICLE = Article(
    "a",
    TITLE,
    entities=(
        Entity("person", "Ángel Di María", (Mention(0, 8, "title"),)),
        Entity("person", "Lionel Messi", (Mention(11, 16, "title"),)),
        Entity("place", "Rosario", (Mention(0, 2, "title"),)),
    ),
)


def test_names_of_people_are_taken_as_the_article_spells_them() -> None:
    assert names_in(ARTICLE) == ("Di María", "Messi")


def test_names_come_back_where_their_words_went() -> None:
    form = masked("Messi y Di María con Messi", names_in(ARTICLE))
    assert form.text == "Zqxa y Zqxb con Zqxa"
    assert form.named("Zqxb and Zqxa with Zqxa") == "Di María and Messi with Messi"


def test_a_name_that_is_lost_or_made_up_spoils_the_translation() -> None:
    form = masked("Messi y Di María", names_in(ARTICLE))
    assert form.named("Zqxa and") is None
    assert form.named("Zqxa and Zqxb and Zqxc") is None
    assert masked("nobody", names_in(ARTICLE)).named("Zqxa") is None


def test_a_name_within_a_word_is_none() -> None:
    assert masked("Messiánico", ("Messi",)).text == "Messiánico"


def test_other_names_in_the_same_sentence_make_the_same_text() -> None:
    assert masked("Habló Messi ayer", ("Messi",)).text == masked("Habló Boric ayer", ("Boric",)).text


def test_the_capital_of_a_sentence_does_not_wander_to_the_next_word() -> None:
    form = masked("Boric será presidente. Boric Font, también", ("Boric",))
    assert form.named("Zqxa Will be president. Zqxa Font, also") == "Boric Will be president. Boric Font, also"
    form = masked("Boric será presidente.", ("Boric",))
    assert form.named("Zqxa Will be president.") == "Boric will be president."
    assert masked("Boric no lo será.", ("Boric",)).named("Zqxa I am not.") == "Boric I am not."


def test_more_names_than_letters_have_words_of_their_own() -> None:
    names = [f"N{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(800)]
    text = " ".join(names)
    form = masked(text, names)
    assert len(set(form.text.split())) == 800
    assert form.named(form.text) == text
