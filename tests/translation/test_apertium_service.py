"""Apertium's web service, started by the test on a free port."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from indexer.config import TranslationConfig
from indexer.translation.apertium_service import ApertiumService, portions
from indexer.translation.base import NoPair, TranslationFailed
from indexer.translation.registry import open_translator
from indexer.translation.service import Service
from tests.translation.serving import Answer, served

DATA = Path("/usr/share/apertium")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("apertium-apy")
    if program is None or not (DATA / "modes" / "spa-eng.mode").is_file():
        pytest.skip("needs Apertium's web service: apt-get install apertium-apy apertium-eng-spa")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service = subprocess.Popen(
        [program, "-p", str(port), "-j", "1", str(DATA)],
        cwd=tmp_path_factory.mktemp("apy"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        while True:
            try:
                if httpx.get(f"{url}/listPairs", timeout=5).is_success:
                    break
            except httpx.HTTPError:
                assert time.monotonic() < deadline, "the service does not start"
                time.sleep(0.1)
        yield url
    finally:
        service.terminate()
        service.wait(10)


@pytest.fixture
def engine(address: str) -> Iterator[ApertiumService]:
    opened = open_translator(TranslationConfig(engine="apertium", url=address))
    assert isinstance(opened, ApertiumService)
    yield opened
    opened.close()


def test_paragraphs_are_translated_in_one_request(engine: ApertiumService) -> None:
    assert engine.translate(["El perro come 3 manzanas.", "La casa\nes azul."], "es", "en") == [
        "The dog eats 3 apples.",
        "The house\nis blue.",
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Costó 1.234.567,89 euros el 12/03/2023 a las 10:30.", ["1.234.567,89", "12/03/2023", "10:30"]),
        ("Véase https://example.es/la_casa?a=b&amp=c, y @casa.", ["https://example.es/la_casa?a=b&amp=c", "@casa"]),
        ("Un ^de$ {lo} <b>dicho</b> &amp; [sic] ~50 & más", ["^", "$", "{", "<b>", "</b>", "&amp;", "[", "~50", "&"]),
    ],
)
def test_signs_numbers_and_addresses_survive(engine: ApertiumService, text: str, kept: list[str]) -> None:
    (translated,) = engine.translate([text], "es", "en")
    assert [each for each in kept if each not in translated] == []


def test_long_articles_travel_in_several_requests(engine: ApertiumService) -> None:
    texts = [f"La casa {number} es azul. " * 30 for number in range(30)]
    translated = engine.translate(texts, "es", "en")
    assert [text.split()[2] for text in translated] == [str(number) for number in range(30)]


def test_words_that_it_does_not_know_have_no_marks(engine: ApertiumService) -> None:
    assert engine.translate(["El zurdoñez blarfea."], "es", "en") == ["The zurdoñez blarfea."]


def test_a_pair_that_is_not_there_is_told(engine: ApertiumService) -> None:
    assert (engine.has("es", "en"), engine.has("ru", "en")) == (True, False)
    with pytest.raises(NoPair, match="pair rus-eng"):
        engine.translate(["дом"], "ru", "en")


def test_a_service_that_is_none_is_told_by_its_list_of_pairs() -> None:
    with (
        served(lambda *_: Answer.json([1])) as address,
        pytest.raises(TranslationFailed, match=r"is it apertium-apy\?"),
    ):
        ApertiumService(Service(address, 1)).has("es", "en")


@pytest.mark.parametrize("answer", [[], {"responseData": None}, {"responseData": {"translatedText": "<p>one</p>"}}])
def test_answers_of_a_wrong_shape_fail_the_text_alone(answer: object) -> None:
    with served(lambda *_: Answer.json(answer)) as address, pytest.raises(TranslationFailed):
        ApertiumService(Service(address, 1)).translate(["uno", "dos"], "es", "en")


def test_portions_hold_what_fits_and_what_never_does_alone() -> None:
    assert portions(["aa", "b", "ccccc", "d", "e"], 3) == [["aa", "b"], ["ccccc"], ["d", "e"]]
    assert portions([], 3) == []
