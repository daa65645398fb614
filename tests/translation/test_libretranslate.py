"""LibreTranslate by a local server with its API, which also misbehaves."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from indexer.config import TranslationConfig
from indexer.errors import ConfigError
from indexer.translation.base import NoPair, TranslationFailed, Unreachable
from indexer.translation.libretranslate import LibreTranslate
from indexer.translation.registry import open_translator
from indexer.translation.service import PAUSES, Service
from tests.translation.serving import Answer, served

LANGUAGES = [
    {"code": "es", "name": "Spanish", "targets": ["en", "es"]},
    {"code": "en", "name": "English", "targets": ["es", "en"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
    {"code": "pb", "name": "Portuguese (Brazil)", "targets": ["en"]},
]


class Libre:
    """What the server does; `fail` may answer in its stead."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.requests = 0
        self.fail: Callable[[int], Answer | None] = lambda _: None

    def answer(self, path: str, body: bytes) -> Answer:
        if path == "/languages":
            return Answer.json(LANGUAGES)
        self.requests += 1
        failed = self.fail(self.requests)
        if failed is not None:
            return failed
        asked = json.loads(body)
        self.asked.append(asked)
        return Answer.json({"translatedText": [text.upper() for text in asked["q"]]})


@pytest.fixture
def libre() -> Libre:
    return Libre()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def engine(libre: Libre, pauses: list[float]) -> Iterator[LibreTranslate]:
    with served(libre.answer) as address:
        opened = LibreTranslate(Service(address + "/", 0.5, pauses.append), "secret")
        yield opened
        opened.close()


def test_paragraphs_travel_together_with_the_key(engine: LibreTranslate, libre: Libre) -> None:
    assert engine.translate(["uno", "dos"], "es-MX", "en") == ["UNO", "DOS"]
    assert libre.asked == [{"q": ["uno", "dos"], "source": "es", "target": "en", "format": "text", "api_key": "secret"}]


def test_long_texts_travel_in_several_requests(engine: LibreTranslate, libre: Libre) -> None:
    texts = [letter * 900 for letter in "abcde"]
    assert engine.translate(texts, "es", "en") == [text.upper() for text in texts]
    assert [len(asked["q"]) for asked in libre.asked] == [2, 2, 1]


def test_languages_are_asked_for_under_the_codes_of_the_service(engine: LibreTranslate, libre: Libre) -> None:
    engine.translate(["一"], "zh", "en")
    engine.translate(["um"], "pt-BR", "en")
    assert [asked["source"] for asked in libre.asked] == ["zh-Hans", "pb"]
    assert engine.has("zh-Hant", "en") is False
    with pytest.raises(NoPair, match="--load-only"):
        engine.translate(["раз"], "ru", "en")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_fails_for_a_while_is_asked_again_after_growing_pauses(
    engine: LibreTranslate, libre: Libre, pauses: list[float], status: int
) -> None:
    libre.fail = lambda number: Answer.json({"error": "busy"}, status) if number < 3 else None
    assert engine.translate(["uno"], "es", "en") == ["UNO"]
    assert len(pauses) == 2
    assert all(0.7 * due <= pause <= 1.3 * due for pause, due in zip(pauses, PAUSES, strict=False))


def test_a_service_may_say_how_long_to_leave_it_alone(
    engine: LibreTranslate, libre: Libre, pauses: list[float]
) -> None:
    headers = {"Retry-After": "7"}
    libre.fail = lambda number: Answer(429, b"", headers) if number < 2 else None
    assert engine.translate(["uno"], "es", "en") == ["UNO"]
    headers["Retry-After"] = "99999"
    libre.requests = 0
    assert engine.translate(["uno"], "es", "en") == ["UNO"]
    assert pauses == [7.0, 30.0]


def test_one_that_never_recovers_is_unreachable_in_its_own_words(engine: LibreTranslate, libre: Libre) -> None:
    libre.fail = lambda _: Answer.json({"error": "no memory"}, 500)
    with pytest.raises(Unreachable, match="answers 500: no memory"):
        engine.translate(["uno"], "es", "en")
    assert libre.requests == 1 + len(PAUSES)


def test_one_that_does_not_answer_in_time_is_unreachable(engine: LibreTranslate, libre: Libre) -> None:
    def slowly(_: int) -> None:
        time.sleep(1.2)

    libre.fail = slowly
    with pytest.raises(Unreachable, match=r"does not answer within 0\.5 seconds"):
        engine.translate(["uno"], "es", "en")


def test_one_that_is_not_there_is_unreachable(pauses: list[float]) -> None:
    with served(lambda *_: Answer()) as address:
        gone = address
    with pytest.raises(Unreachable, match="cannot be reached"):
        LibreTranslate(Service(gone, 1, pauses.append)).has("es", "en")
    assert len(pauses) == len(PAUSES)


def test_a_wrong_key_is_not_tried_again(engine: LibreTranslate, libre: Libre) -> None:
    libre.fail = lambda _: Answer.json({"error": "Invalid API key"}, 403)
    with pytest.raises(TranslationFailed, match="answers 403: Invalid API key"):
        engine.translate(["uno"], "es", "en")
    assert libre.requests == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(200, b"<html>"), "what is no JSON"),
        (Answer.json([]), "another form than LibreTranslate"),
        (Answer.json({"responseData": {}}), "another form than LibreTranslate"),
        (Answer.json({"translatedText": ["one"]}), "1 texts came back for 2"),
        (Answer.json({"translatedText": "one"}), "1 texts came back for 2"),
        (Answer.json({"translatedText": ["one", None]}), "not a list of texts"),
        (Answer.json({"translatedText": {"0": "one"}}), "not a list of texts"),
        (Answer(302, b"", {"Location": "http://elsewhere.example/"}), "answers 302"),
    ],
)
def test_answers_of_a_wrong_shape_fail_the_text_alone(
    engine: LibreTranslate, libre: Libre, answer: Answer, said: str
) -> None:
    libre.fail = lambda _: answer
    with pytest.raises(TranslationFailed, match=said) as caught:
        engine.translate(["uno", "dos"], "es", "en")
    assert not isinstance(caught.value, Unreachable)


def test_a_service_that_is_none_is_told_by_its_list_of_languages() -> None:
    with (
        served(lambda *_: Answer.json({"hello": 1})) as address,
        pytest.raises(TranslationFailed, match=r"is it LibreTranslate\?"),
    ):
        LibreTranslate(Service(address, 1)).has("es", "en")


@pytest.mark.parametrize("url", ["", "localhost:5000"])
def test_an_address_that_is_none_is_told_before_anything_is_asked(url: str) -> None:
    with pytest.raises(ConfigError, match="http://localhost:5000"):
        open_translator(TranslationConfig(engine="libretranslate", url=url))
