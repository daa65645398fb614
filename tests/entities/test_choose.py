import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from indexer.config import EntitiesConfig
from indexer.entities.adapters import JiebaTagger, SpacyTagger
from indexer.entities.choose import TaggerChoice, names_only
from indexer.entities.crf import CrfTagger
from indexer.entities.enrich import EntityEnrich
from indexer.entities.extract import Extractor
from indexer.entities.gazetteer import GazetteerTagger
from indexer.entities.named_by_list import NamedByList
from indexer.entities.tagger import Span
from indexer.errors import ConfigError, UserError


def test_the_language_chooses_the_tagger() -> None:
    choice = TaggerChoice({"uk": "gazetteer", "zh": "jieba"})
    assert [choice.name_for(language) for language in ("en", "en-GB", None, "zh-Hans", "uk", "ar", "sw")] == [
        "crf", "crf", "crf", "jieba", "gazetteer", "gazetteer", "gazetteer",
    ]  # fmt: skip
    assert isinstance(choice.for_language("en"), CrfTagger)
    assert isinstance(choice.for_language("ar"), GazetteerTagger)
    assert choice.for_language("en-US") is choice.for_language(None)
    assert choice.for_language("ar") is not choice.for_language("ru")


def test_languages_read_by_lists_alone_are_told() -> None:
    assert names_only(["en", "ar", "zh", "ru", "ar"], {"zh": "jieba"}) == ("ar", "ru")


def test_an_unknown_tagger_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="'natsha' for language 'ru' is no tagger; perhaps you meant 'natasha'"):
        TaggerChoice({"ru": "natsha"})


@pytest.mark.parametrize(
    ("name", "module", "command"),
    [
        ("natasha", "natasha", "pip install 'broadsheet[russian]'"),
        ("jieba", "jieba", "pip install 'broadsheet[chinese]'"),
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


def test_jieba_words_become_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pair:
        def __init__(self, word: str, flag: str) -> None:
            self.word, self.flag = word, flag

    jieba = ModuleType("jieba")
    jieba.setLogLevel = lambda level: None  # type: ignore[attr-defined]  # a stand-in for the package
    tags = ModuleType("jieba.posseg")
    tags.cut = lambda text: [Pair("拉夫罗夫", "nr"), Pair("在", "p"), Pair("莫斯科", "ns")]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "jieba", jieba)
    monkeypatch.setitem(sys.modules, "jieba.posseg", tags)
    assert JiebaTagger().tag([tuple("拉夫罗夫在莫斯科")]) == [[Span(0, 4, "person"), Span(5, 8, "place")]]


class Fixed:
    """A tagger that finds what it was told to."""

    def __init__(self, *spans: Span) -> None:
        self._spans = list(spans)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Span]]:
        return [self._spans for _ in sentences]


def test_listed_names_of_another_tagger_are_shown_under_their_one_name() -> None:
    found = Fixed(Span(0, 2, "person"), Span(3, 4, "place"), Span(5, 7, "organisation"))
    listed = Fixed(Span(3, 4, "place", "Rome"), Span(5, 6, "place", "Russia"), Span(8, 9, "place", "Kyiv"))
    assert NamedByList(found, listed).tag([tuple("abcdefghij")]) == [
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


def test_jieba_finds_people_and_listed_places_are_in_english() -> None:
    pytest.importorskip("jieba", reason="the extra broadsheet[chinese] is not installed")
    body = "俄罗斯外长拉夫罗夫在罗马发表讲话。"
    found = Extractor(EntitiesConfig(taggers={"zh": "jieba"})).extract("", "", body, "zh")
    assert [(entity.kind, entity.name) for entity in found] == [
        ("person", "拉夫罗夫"),
        ("place", "Russia"),
        ("place", "Rome"),
    ]
