"""Argos Translate, by a package that stands in for it: its models are not to be had here."""

import sys
from dataclasses import dataclass, field
from types import ModuleType

import pytest

from indexer.config import TranslationConfig
from indexer.errors import LibraryMissing
from indexer.translation.base import NoPair, TranslationFailed
from indexer.translation.registry import open_translator


class Translation:
    def translate(self, text: str) -> str:
        if text == "boom":
            raise RuntimeError("no memory")
        return text.upper()


@dataclass
class Language:
    code: str
    targets: list[str] = field(default_factory=list)

    def get_translation(self, to: "Language") -> Translation | None:
        return Translation() if to.code in self.targets else None


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    module, translate = ModuleType("argostranslate"), ModuleType("argostranslate.translate")
    installed = [Language("es", ["en"]), Language("en", []), Language("zt", ["en"]), Language("pb", ["en"])]
    translate.get_installed_languages = lambda: installed  # type: ignore[attr-defined]
    module.translate = translate  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "argostranslate", module)
    monkeypatch.setitem(sys.modules, "argostranslate.translate", translate)


@pytest.mark.usefixtures("package")
def test_paragraphs_are_translated_by_the_model_of_their_languages() -> None:
    engine = open_translator(TranslationConfig(engine="argos"))
    assert engine.translate(["uno", "dos"], "es-AR", "en") == ["UNO", "DOS"]
    assert [engine.has(code, "en") for code in ("zh-Hant", "zh-Hans", "pt-BR", "ru")] == [True, False, True, False]


@pytest.mark.usefixtures("package")
def test_a_model_that_is_not_installed_is_told_with_how_to_get_it() -> None:
    with pytest.raises(NoPair, match="argospm install translate-ru_en"):
        open_translator(TranslationConfig(engine="argos")).translate(["раз"], "ru", "en")


@pytest.mark.usefixtures("package")
def test_a_model_that_fails_fails_the_text_alone() -> None:
    with pytest.raises(TranslationFailed, match="argos failed: RuntimeError: no memory"):
        open_translator(TranslationConfig(engine="argos")).translate(["boom"], "es", "en")


def test_without_its_package_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    with pytest.raises(LibraryMissing, match=r"pip install \"broadsheet\[argos\]\""):
        open_translator(TranslationConfig(engine="argos"))
