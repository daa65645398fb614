import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from indexer.config import EntitiesConfig
from indexer.entities import choose
from indexer.entities.adapters import SpacyTagger
from indexer.entities.choose import TaggerChoice
from indexer.entities.crf import CrfTagger
from indexer.entities.enrich import EntityEnrich
from indexer.entities.extract import Extractor
from indexer.entities.gazetteer import GazetteerTagger
from indexer.entities.named_by_list import NamedByList
from indexer.entities.tagger import Span
from indexer.errors import ConfigError, UserError


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tagger is installed beside Broadsheet, whatever this environment has."""
    monkeypatch.setattr(choose, "find_spec", lambda name: None)
    choose.installed.cache_clear()


def test_the_language_chooses_the_tagger() -> None:
    choice = TaggerChoice({"uk": "gazetteer", "en-IN": "gazetteer"})
    assert [choice.name_for(language) for language in ("en", "en-GB", "en-IN", None, "de-AT", "uk", "sw")] == [
        "crf", "crf", "gazetteer", "crf", "crf", "gazetteer", "gazetteer",
    ]  # fmt: skip
    assert isinstance(choice.for_language("en"), CrfTagger)
    assert isinstance(choice.for_language("sw"), GazetteerTagger)
    assert choice.for_language("en-US") is choice.for_language(None)
    assert choice.for_language("sw") is not choice.for_language("uk")


@pytest.mark.parametrize(
    ("language", "packages", "tagger"),
    [
        ("ru", {"natasha"}, "natasha"),
        ("ru", {"natasha", "spacy", "ru_core_news_sm"}, "natasha"),
        ("fr", {"spacy", "fr_core_news_sm", "fr_core_news_lg"}, "spacy:fr_core_news_lg"),
        ("zh-Hans", {"spacy", "zh_core_web_md"}, "spacy:zh_core_web_md"),
        ("sv", {"sv_core_news_sm"}, "gazetteer"),  # a model without spaCy is of no use
        ("en", {"spacy", "en_core_web_sm"}, "crf"),
    ],
)
def test_an_installed_tagger_is_used_for_its_language(
    monkeypatch: pytest.MonkeyPatch, language: str, packages: set[str], tagger: str
) -> None:
    monkeypatch.setattr(choose, "find_spec", lambda name: name if name in packages else None)
    choose.installed.cache_clear()
    assert TaggerChoice({}).name_for(language) == tagger
    assert TaggerChoice({language: "gazetteer"}).name_for(language) == "gazetteer"


def test_the_taggers_of_an_archive_are_told() -> None:
    assert choose.taggers_of(["sw", "en", "uk", "sw"], {"uk": "crf"}) == {"en": "crf", "sw": "gazetteer", "uk": "crf"}


def test_a_tagger_that_is_gone_is_told() -> None:
    with pytest.raises(ConfigError, match=r"jieba is no longer used.*language 'zh'"):
        TaggerChoice({"zh": "jieba"})


def test_an_unknown_tagger_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="'natsha' for language 'ru' is no tagger; perhaps you meant 'natasha'"):
        TaggerChoice({"ru": "natsha"})


@pytest.mark.parametrize(
    ("name", "module", "command"),
    [
        ("natasha", "natasha", "pip install 'broadsheet[russian]'"),
        ("spacy:model", "spacy", "pip install 'broadsheet[spacy]'"),
    ],
)
def test_a_missing_package_is_told_at_start_with_the_command(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, command: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UserError) as caught:
        EntityEnrich(EntitiesConfig(taggers={"ru": name}))
    assert command in str(caught.value)


class _Entity:
    def __init__(self, start: int, end: int, label: str) -> None:
        self.start_char, self.end_char, self.label_ = start, end, label


def _spacy(load: Any) -> ModuleType:
    module = ModuleType("spacy")
    module.load = load  # type: ignore[attr-defined]  # a stand-in for the package
    return module


def test_spacy_spans_become_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Doc:
        ents = (_Entity(0, 11, "PERSON"), _Entity(15, 20, "GPE"), _Entity(21, 25, "DATE"))

    class Pipeline:
        def pipe(self, texts: list[str]) -> list[Doc]:
            assert texts == ["Anna Müller in Paris 2020"]
            return [Doc()]

    monkeypatch.setitem(sys.modules, "spacy", _spacy(lambda path: Pipeline()))
    assert SpacyTagger("x").tag([("Anna", "Müller", "in", "Paris", "2020")]) == [
        [Span(0, 2, "person"), Span(3, 4, "place")]
    ]


def test_a_missing_spacy_model_names_the_download(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(path: str) -> None:
        raise OSError(path)

    monkeypatch.setitem(sys.modules, "spacy", _spacy(load))
    with pytest.raises(UserError, match="python -m spacy download en_x"):
        SpacyTagger("en_x")


class Fixed:
    """A tagger that finds what it was told to."""

    def __init__(self, *spans: Span) -> None:
        self._spans = list(spans)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        return [self._spans for _ in sentences]


def test_kinds_that_do_not_count_are_left_out_with_the_listed_names_in_them() -> None:
    found = Fixed(Span(0, 2, "person"), Span(3, 6, "organisation"), Span(7, 8, "organisation"), Span(9, 10, "place"))
    listed = Fixed(Span(4, 5, "place", "Paris"), Span(7, 8, "organisation", "NATO"))
    words = ("Anna", "Berg", "bei", "Universität", "Paris", "Drei", ",", "Nato", "in", "berlin")
    assert NamedByList(found, listed, ("person", "place")).tag([words]) == [
        [Span(0, 2, "person"), Span(7, 8, "organisation", "NATO")]
    ]


def test_a_person_who_is_called_like_a_listed_place_stays_a_person() -> None:
    """Where the document has his full name; elsewhere the list is right."""
    listed = Fixed(Span(1, 2, "place", "Jordan"))
    assert NamedByList(Fixed(Span(1, 2, "person")), listed).tag([("in", "Jordan")]) == [[Span(1, 2, "place", "Jordan")]]

    class Document:
        def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
            return [[Span(0, 2, "person")], [Span(1, 2, "person")]]

    found = NamedByList(Document(), listed).tag([("Michael", "Jordan"), ("as", "Jordan")])
    assert found == [[Span(0, 2, "person")], [Span(1, 2, "person")]]


def test_listed_names_of_another_tagger_are_shown_under_their_one_name() -> None:
    found = Fixed(Span(0, 2, "person"), Span(3, 4, "place"), Span(5, 7, "organisation"))
    listed = Fixed(Span(3, 4, "place", "Rome"), Span(5, 6, "place", "Russia"), Span(8, 9, "place", "Kyiv"))
    assert NamedByList(found, listed).tag([tuple("ABCDEFGHIJ")]) == [
        [
            Span(0, 2, "person"),
            Span(3, 4, "place", "Rome"),
            Span(5, 7, "organisation"),
            Span(8, 9, "place", "Kyiv"),
        ]
    ]


def test_natasha_names_people_in_the_nominative_and_listed_places_in_english() -> None:
    pytest.importorskip("natasha", reason="the extra broadsheet[russian] is not installed")
    body = "Министр Сергей Лавров встретился в Риме с Антони Блинкеном. Об этом сообщил Интерфакс."
    found = Extractor(EntitiesConfig(taggers={"ru": "natasha"})).extract("", "", body, "ru")
    assert [(entity.kind, entity.name) for entity in found] == [
        ("person", "Сергей Лавров"),
        ("person", "Антони Блинкен"),
        ("organisation", "Interfax"),
        ("place", "Rome"),
    ]
    assert found[1].variants == ("Антони Блинкеном",)
