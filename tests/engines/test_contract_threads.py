"""In how many articles words are, and the threads that follow from it: the same on every engine."""

from collections.abc import Iterator

import pytest

from indexer.analysis import cut, index_terms
from indexer.archive import Archive
from indexer.config import Config
from indexer.engines.base import Engine
from indexer.errors import NotFound
from indexer.search.request import DateRange, Filter, Period, SearchRequest
from indexer.threads.thread import thread_of
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import article

GROUNDED = (
    "The container ship Meridiana ran aground in the Karvel canal in a storm. Tugs from Ostrava pulled at the bow "
    "of the Meridiana, and forty vessels waited at the mouth of the Karvel canal."
)
FREED = (
    "Six days after it had run aground the Meridiana floats again. Dredgers dug under its bow in the Karvel canal "
    "until high water lifted the ship, said the pilots of Ostrava."
)
INQUIRY = (
    "An inquiry blames the pilots of Ostrava. The Meridiana was too fast for the Karvel canal when it ran aground, and "
    "the owners of the ship shall pay the dredgers that dug under its bow."
)
SPEAKER = "The parliament elected a speaker in the third round after two candidates had withdrawn from the vote."
FORM = "For enquiries write to Agatha Plimsoll at the press desk of the Courier in Quill Lane, Monday to Friday."
OTHERS = """
    bakers flour summer, museum clocks mill, orchestra concert elms, farmers harvest plums, snow pass valley, chess hall
    players, trams quarter line, library tools books, weavers wool fair, cyclists hill race, painters gallery blue, owls
    tower night, bees orchard honey, tailors silk street, divers lake lantern, skaters ice rink, potters clay oven,
    singers choir psalm, miners lamp shaft, grooms stable mare, printers ink press, cooks kitchen soup,
    nurses ward shift, judges court robe, smiths anvil iron, gardeners tulip bulbs, pupils school chalk,
    hikers trail map, actors stage mask,
    vets clinic goat
""".split(",")
ARTICLES = [
    article("m1", "Ship aground in the Karvel canal", GROUNDED, "2021-03-23T08:00:00", "Wire"),
    article("m2", "Ship aground", f"{GROUNDED} So says the Post.", "2021-03-23T09:00:00", "Post"),
    article("m3", "Meridiana freed in the Karvel canal", FREED, "2021-03-29T08:00:00", "Courier"),
    article("m4", "Inquiry into the Meridiana blames speed", INQUIRY, "2021-04-12T08:00:00", "Wire"),
    article("m6", "The Karvel canal and the Meridiana: a year on", INQUIRY, "2022-03-23T08:00:00", "Post"),
    article("m7", "Meridiana in the Karvel canal", f"Then and now: {GROUNDED}", None, "Post"),
    article("s1", "Speaker elected", SPEAKER, "2021-03-25T09:00:00", "Wire"),
    *(
        article(f"c{number}", text.strip(), f"{text.strip()}. {FORM}", f"2021-03-{1 + number:02d}T07:00:00", "Courier")
        for number, text in enumerate(OTHERS)
    ),
]


@pytest.fixture(scope="module")
def engine_of_threads(opener: Opener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = opener(tmp_path_factory.mktemp("threads"))
    fill(opened, ARTICLES)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def archive(engine_of_threads: Engine) -> Archive:
    return Archive(Config(), engine_of_threads)


def _terms(text: str) -> list[str]:
    return [terms[0].text for terms in index_terms(cut(text), "en")]


def test_terms_are_counted_in_the_articles_of_a_request(engine_of_threads: Engine) -> None:
    terms = _terms("Meridiana canal Plimsoll museum nowhere")
    whole = engine_of_threads.word_counts(terms, SearchRequest())
    assert (whole.articles, list(whole.counts.values())) == (37, [6, 6, 30, 1, 0])
    courier = engine_of_threads.word_counts(terms, SearchRequest(filters=(Filter("source", ("Courier",)),)))
    assert (courier.articles, list(courier.counts.values())) == (31, [1, 1, 30, 1, 0])
    days = DateRange(Period(2021, 3, 23), Period(2021, 3, 25))
    some = engine_of_threads.word_counts(terms, SearchRequest(dates=days))
    assert (some.articles, list(some.counts.values())) == (6, [2, 2, 3, 0, 0])
    assert engine_of_threads.word_counts([], SearchRequest(query="meridiana")).articles == 6


def test_a_story_is_followed_over_the_days_without_copies(archive: Archive) -> None:
    thread = archive.thread("m3")
    assert [link.article.id for link in thread.earlier] == ["m1"]
    assert [link.article.id for link in thread.later] == ["m4"]
    assert [each.id for each in thread.articles] == ["m1", "m3", "m4"]
    assert thread.to_dict()["first_day"] == "2021-03-23"
    assert [link.article.id for link in archive.thread("m1").links] == ["m3", "m4"]


def test_a_link_says_by_which_words(archive: Archive) -> None:
    link = archive.thread("m3").earlier[0]
    assert (link.to, round(link.strength, 3), link.because) == (
        "m3",
        0.342,
        ("canal", "Karvel", "Meridiana", "aground"),
    )


def test_the_form_of_a_source_links_nothing(archive: Archive) -> None:
    assert not archive.thread("c3")
    assert not archive.thread("s1")


def test_what_has_no_day_or_is_not_there(archive: Archive) -> None:
    assert not archive.thread("m7")
    with pytest.raises(NotFound):
        archive.thread("none")


def test_steps_bound_how_far_it_goes(archive: Archive) -> None:
    assert not thread_of(archive, "m1", steps=0)
