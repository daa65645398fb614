"""The corrections beside an index: names that are added, split, merged and ignored, and sources that are one."""

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.article import Addition, Article, Entity, Mention
from indexer.config import Config, EntitiesConfig
from indexer.engines.base import Engine
from indexer.entities.corrections_reader import parse_corrections
from indexer.errors import ConfigError
from indexer.search.request import Filter, SearchRequest
from tests.engines.conftest import Opener, fill
from tests.engines.corpus import addressed, article

SMITH, DOE = "John Smith", "Jane Doe"
SPOKE, SCORED = (
    "John Smith spoke in the senate. Ms Doe did too.",
    "John Smith scored. Jane Doe watched, and a house did.",
)
PASSING = Entity("person", DOE, (Mention(12, 18),), variants=("Ms Doe",))
ARTICLES = addressed(
    (
        article("c1", "Senate votes", SPOKE, "2021-01-01", "AP", people=(SMITH,)),
        article("c2", "Football", SCORED, "2021-01-02", "sena", people=(SMITH,)),
        article("c3", "Football in the senate", "John Smith slept.", "2021-01-03", "SANA", people=(SMITH,)),
        article("c4", "A quiet day", "John Smith rested. Nobody met Ms Doe.", "2021-01-04", "AP", people=(SMITH,)),
        article("c5", "Long talks", "Nobody won. Ms Doe left.", "2021-01-05", "Sena", entities=(PASSING,)),
        article("c6", "Roma wins", "Rome was glad.", "2021-01-06", None, places=("Rome",)),
    )
)

OF_NAMES = """
[merge]
source."sena" = "SANA"
person."Jane Doe" = "Mary Doe"
[add]
place."Paris" = 'person:="john smith" source:sana'
place."Oslo" = 'place:paris OR person:senator'
place."Bonn" = 'person:="mary doe"'
[split]
person."John Smith" = { "Senator" = 'person:smith title:senate' }
"""


class Corrected:
    """An engine on `ARTICLES`, with rules beside its index that can be changed."""

    def __init__(self, engine: Engine, directory: Path) -> None:
        self.engine = engine
        self._file = directory / "entities.toml"

    def follow(self, rules: str) -> None:
        """Have the engine see other rules."""
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(rules, encoding="utf-8")
        self.engine.refresh()

    def counts(self, field: str, *, passing: bool = False) -> dict[str, int]:
        """The values of a facet."""
        request = SearchRequest(facets=(field,), facet_size=50, all_mentions=passing)
        return {bucket.value: bucket.count for bucket in self.engine.search(request).facets[field].buckets}

    def ids(self, query: str = "", **filters: str) -> str:
        """The articles of a query and filters."""
        chosen = tuple(Filter(field, (value,)) for field, value in filters.items())
        request = SearchRequest(query, filters=chosen, size=50)
        return " ".join(sorted(hit.id for hit in self.engine.search(request).hits))

    def article(self, id: str) -> Article:
        """A whole article."""
        (found,) = self.engine.get([id])
        assert found is not None
        return found

    def named(self, id: str) -> dict[str, Entity]:
        """The entities of an article by their names."""
        return {entity.name: entity for entity in self.article(id).entities}


@pytest.fixture
def corrected(opener: Opener, tmp_path: Path) -> Corrected:
    engine = opener(tmp_path / "index")
    fill(engine, ARTICLES, commits=2)
    return Corrected(engine, tmp_path / "index")


# Added


def test_a_name_is_added_to_the_articles_of_a_query(corrected: Corrected) -> None:
    corrected.follow("""[add]\nperson."Jane Doe" = '"Ms Doe" source:AP'  # as AP names her\n""")
    assert corrected.counts("person") == {SMITH: 4, DOE: 2}
    assert corrected.counts("person", passing=True) == {SMITH: 4, DOE: 3}
    assert corrected.ids(person=DOE) == "c1 c4"
    assert corrected.ids('person:"jane doe"') == "c1 c4 c5"
    assert corrected.ids("person:=smith -person:doe") == ""
    assert corrected.ids("-person:doe person:*") == "c2 c3"
    suggested = {(each.kind, each.text): each.count for each in corrected.engine.suggest("jane")}
    assert suggested["person", DOE] == 2


def test_an_added_name_says_why_and_is_mentioned_where_its_phrase_stands(corrected: Corrected) -> None:
    corrected.follow("""[add]\nperson."Jane Doe" = '"Ms Doe" OR football'  # as AP names her\n""")
    why = Addition('"Ms Doe" OR football', "as AP names her")
    assert corrected.named("c1")[DOE] == Entity("person", DOE, (Mention(32, 38),), variants=("Ms Doe",), added=why)
    # The name itself is a mention too; where neither stands, there is none.
    assert corrected.named("c2")[DOE] == Entity("person", DOE, (Mention(19, 27),), added=why)
    assert corrected.named("c3")[DOE] == Entity("person", DOE, added=why)
    assert DOE not in corrected.named("c6")
    # What was found in passing counts, because it was added.
    assert corrected.named("c5")[DOE] == Entity("person", DOE, (Mention(12, 18),), variants=("Ms Doe",), added=why)
    assert corrected.counts("person") == {DOE: 5, SMITH: 4}


def test_hits_have_the_entities_of_whole_articles(corrected: Corrected) -> None:
    corrected.follow(
        """[add]\nperson."Jane Doe" = '"Ms Doe"'\n[split]\nperson."John Smith" = { "Senator" = 'senate' }\n"""
    )
    for hit in corrected.engine.search(SearchRequest(size=50)).hits:
        assert hit.article == corrected.article(hit.id).without_body()
    for scanned in corrected.engine.scan(SearchRequest()):
        assert scanned == corrected.article(scanned.id)


def test_an_added_name_follows_the_other_rules(corrected: Corrected) -> None:
    corrected.follow(
        """
        [add]
        person."J. Doe" = 'senate'
        place."House" = 'house'
        person."Button" = 'football'
        [merge]
        person."J. Doe" = "Jane Doe"
        [retype]
        place."House" = "organisation"
        [ignore]
        person."Button" = true
        """
    )
    assert corrected.counts("person") == {SMITH: 4, DOE: 2}
    assert corrected.counts("organisation") == {"House": 1}
    assert corrected.counts("place") == {"Rome": 1}
    # Written small it is no name.
    assert corrected.named("c2")["House"].mentions == ()
    assert corrected.ids(person="J. Doe") == "c1 c3"


# Split


def test_a_name_is_split_by_queries(corrected: Corrected) -> None:
    corrected.follow(
        """
        [split]
        person."john smith" = { "John Smith (senator)" = 'senate', "John Smith (footballer)" = 'football' }
        """
    )
    # Two queries find c3: the first one counts. What neither finds keeps the name, as the rule writes it.
    assert corrected.counts("person") == {"John Smith (senator)": 2, "John Smith (footballer)": 1, "john smith": 1}
    assert corrected.ids(person="John Smith (senator)") == "c1 c3"
    assert corrected.ids(person="John Smith (footballer)") == "c2"
    assert corrected.ids(person="John Smith") == "c4"
    assert corrected.ids("person:smith") == "c1 c2 c3 c4"
    assert corrected.ids("person:senator") == "c1 c3"
    assert corrected.ids('person:="john smith"') == "c4"
    senator = corrected.named("c1")["John Smith (senator)"]
    assert (senator.given, senator.variants) == (True, (SMITH,))


def test_parts_of_a_split_follow_the_other_rules(corrected: Corrected) -> None:
    corrected.follow(
        """
        [split]
        person."John Smith" = { "A" = 'senate', "John Smith" = 'scored', "B" = 'football OR quiet', "C" = 'slept' }
        [merge]
        person."A" = "Jane Doe"
        [retype]
        person."B" = "organisation"
        [ignore]
        person."C" = true
        """
    )
    assert corrected.counts("person") == {DOE: 2, SMITH: 1}
    assert corrected.counts("organisation") == {"B": 1}
    assert corrected.ids(person=SMITH) == "c2"
    assert corrected.ids(organisation="B") == "c4"


def test_a_name_is_added_and_split(corrected: Corrected) -> None:
    corrected.follow(
        """
        [add]
        place."Rome" = 'football OR roma'
        [split]
        place."Rome" = { "Rome (NY)" = 'senate' }
        """
    )
    assert corrected.counts("place") == {"Rome": 2, "Rome (NY)": 1}
    assert corrected.ids(place="Rome (NY)") == "c3"


# Sources


def test_sources_are_merged(corrected: Corrected) -> None:
    corrected.follow('[merge]\nsource."sena" = "SANA"\n[rename]\nsource."AP" = "Associated Press"\n')
    assert corrected.counts("source") == {"SANA": 3, "Associated Press": 2}
    for name in ("sena", "SANA", "Sena"):
        assert corrected.ids(source=name) == "c2 c3 c5"
    assert corrected.ids("source:sena") == corrected.ids("source:sana") == "c2 c3 c5"
    assert corrected.ids('source:"associated press"') == corrected.ids("source:ap") == "c1 c4"
    assert [corrected.article(id).source for id in ("c1", "c2", "c3", "c6")] == [
        "Associated Press",
        "SANA",
        "SANA",
        None,
    ]
    assert corrected.article("c2").content_hash == ARTICLES[1].content_hash
    assert corrected.engine.stats().distinct["source"] == 2


# All of them


def test_queries_see_sources_as_they_are_merged(corrected: Corrected) -> None:
    corrected.follow(
        """
        [merge]
        source."sena" = "SANA"
        [add]
        place."Oslo" = 'source:sana'
        """
    )
    assert corrected.counts("place") == {"Oslo": 3, "Rome": 1}
    corrected.follow("[add]\nplace.\"Oslo\" = 'source:sana'\n")
    assert corrected.counts("place") == {"Oslo": 1, "Rome": 1}


def test_a_rule_may_change_while_its_query_stays(corrected: Corrected) -> None:
    corrected.follow("[add]\nplace.\"Oslo\" = 'senate'\n")
    assert corrected.counts("place") == {"Oslo": 2, "Rome": 1}
    corrected.follow("[add]\nplace.\"Bonn\" = 'senate'\n")
    assert corrected.counts("place") == {"Bonn": 2, "Rome": 1}
    corrected.follow('[add]\nplace."Bonn" = \'senate\'\n[rename]\nplace."Bonn" = "Rome"\n')
    assert corrected.counts("place") == {"Rome": 3}
    added = "[add]\nplace.\"Rome\" = 'senate'\n"
    corrected.follow(f'{added}[split]\nplace."Rome" = {{ "A" = \'senate\', "B" = \'roma\' }}\n')
    assert corrected.counts("place") == {"A": 2, "B": 1}
    corrected.follow(f'{added}[split]\nplace."Rome" = {{ "C" = \'senate\', "A" = \'roma\' }}\n')
    assert corrected.counts("place") == {"C": 2, "A": 1}
    corrected.follow(added)
    assert corrected.counts("place") == {"Rome": 3}


def test_queries_see_names_as_they_are_before_any_is_added_or_split(corrected: Corrected) -> None:
    try:
        corrected.engine.check_rules(parse_corrections(OF_NAMES, Path("entities.toml")))
    except ConfigError:  # an engine that cannot know these names says so, and applies nothing of the file
        corrected.follow(OF_NAMES)
        assert corrected.counts("source") == {"AP": 2, "SANA": 1, "Sena": 1, "sena": 1}
        return
    corrected.follow(OF_NAMES)
    assert corrected.counts("place") == {"Paris": 2, "Bonn": 1, "Rome": 1}
    assert corrected.ids(place="Paris") == "c2 c3"
    assert corrected.counts("person") == {SMITH: 2, "Senator": 2}


def test_removing_a_line_undoes_it(corrected: Corrected) -> None:
    before = {field: corrected.counts(field) for field in ("person", "place", "organisation", "source")}
    articles = corrected.engine.get([each.id for each in ARTICLES])
    corrected.follow(
        """
        [merge]
        source."sena" = "SANA"
        [add]
        person."Jane Doe" = 'football'
        [split]
        person."John Smith" = { "Senator" = 'senate', "Else" = 'slept OR rested' }
        """
    )
    assert corrected.counts("person") == {"Senator": 2, DOE: 2, "Else": 1, SMITH: 1}
    corrected.follow('[split]\nperson."John Smith" = { "Senator" = \'senate\' }\n')
    assert corrected.counts("person") == {"Senator": 2, SMITH: 2}
    assert corrected.counts("source") == before["source"]
    corrected.follow("")
    assert {field: corrected.counts(field) for field in before} == before
    assert corrected.engine.get([each.id for each in ARTICLES]) == articles


def test_articles_to_come_follow_the_rules(corrected: Corrected) -> None:
    corrected.follow(
        """
        [merge]
        source."sena" = "SANA"
        [add]
        place."Rome" = 'senate source:sana'
        [split]
        person."John Smith" = { "Senator" = 'senate' }
        """
    )
    later = [
        article("c7", "Senate", "John Smith votes.", "2021-02-01", "sena", people=(SMITH,)),
        article("c1", "Votes", "John Smith spoke elsewhere.", "2021-01-01", "AP", people=(SMITH,)),
    ]
    fill(corrected.engine, addressed(later))
    assert corrected.counts("person") == {SMITH: 3, "Senator": 2}
    assert corrected.ids(person="Senator") == "c3 c7"
    assert corrected.counts("place") == {"Rome": 3}
    assert corrected.counts("source") == {"SANA": 4, "AP": 2}


def test_an_article_is_kept_as_it_came(corrected: Corrected) -> None:
    stored = [corrected.engine.as_stored(each.id) for each in ARTICLES]
    corrected.follow(
        """
        [merge]
        source."sena" = "SANA"
        [add]
        person."Jane Doe" = 'football'
        [split]
        person."John Smith" = { "Senator" = 'senate' }
        """
    )
    assert corrected.article("c2").source == "SANA"
    assert [corrected.engine.as_stored(each.id) for each in ARTICLES] == stored
    assert [each.entities for each in stored if each] == [each.entities for each in ARTICLES]
    assert corrected.engine.as_stored("none") is None
    archive = Archive(Config(entities=EntitiesConfig(enabled=False)), corrected.engine)
    assert archive.update("c2", title="Football again").source == "SANA"
    corrected.follow("")
    changed = corrected.article("c2")
    assert (changed.title, changed.source, changed.names("person")) == ("Football again", "sena", (SMITH,))


def test_two_names_in_passing_that_become_one_are_named_twice(empty: Engine, tmp_path: Path) -> None:
    once = [Entity("person", name, (Mention(at, at + 3),)) for name, at in (("Smi", 0), ("Sen", 4), ("Doe", 8))]
    fill(empty, [article("p", "Senate", "Smi Sen Doe", None, entities=tuple(once)), article("q", "t", "b", None)])
    corrected = Corrected(empty, tmp_path / "index")
    assert corrected.counts("person") == {}
    corrected.follow('[split]\nperson."Smi" = { "Sen" = \'senate\' }\n')
    assert corrected.counts("person") == {"Sen": 1}
    assert corrected.counts("person", passing=True) == {"Sen": 1, "Doe": 1}
    assert corrected.ids(person="Sen") == "p"
