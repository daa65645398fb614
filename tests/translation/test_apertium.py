"""Apertium itself: the programs of its language pairs on this machine."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import TranslationConfig
from indexer.errors import ConfigError
from indexer.translation.apertium import ApertiumTranslator, commands, packed, unpacked
from indexer.translation.base import NoPair, TranslationFailed, Unreachable
from indexer.translation.registry import open_translator

DATA = Path("/usr/share/apertium/modes")
needs_apertium = pytest.mark.skipif(
    shutil.which("apertium") is None or not (DATA / "spa-eng.mode").is_file(),
    reason="needs Apertium with spa-eng: apt-get install apertium apertium-eng-spa",
)
needs_catalan = pytest.mark.skipif(
    shutil.which("cg-proc") is None or not (DATA / "cat-spa.mode").is_file(),
    reason="needs cat-spa: apt-get install apertium-spa-cat cg3",
)


@pytest.fixture
def apertium() -> Iterator[ApertiumTranslator]:
    opened = ApertiumTranslator(30)
    yield opened
    opened.close()


def one(apertium: ApertiumTranslator, text: str) -> str:
    return apertium.translate([text], "es", "en")[0]


@needs_apertium
def test_spanish_becomes_english(apertium: ApertiumTranslator) -> None:
    assert apertium.translate(["El perro come 3 manzanas.", "La casa es azul."], "es", "en") == [
        "The dog eats 3 apples.",
        "The house is blue.",
    ]
    assert apertium.version.startswith("3.")


@needs_apertium
@needs_catalan
def test_catalan_becomes_spanish(apertium: ApertiumTranslator) -> None:
    assert apertium.translate(["El gos menja 3 pomes."], "ca", "es") == ["El perro come 3 manzanas."]


@needs_apertium
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Costó 1.234.567,89 euros el 12/03/2023 a las 10:30.", ["1.234.567,89", "12/03/2023", "10:30"]),
        ("Véase https://example.es/la_casa?a=b&c=[d]^e$#f, y www.casa.es.", ["https://example.es/la_casa?a=b&c=[d]^e$#f"]),
        ("Escriba a la.casa@perro.es o a @casa con #perro.", ["la.casa@perro.es", "@casa", "#perro"]),
        ("Un 3,5 % ^de$ {lo} <b>dicho</b> [sic]", ["3,5 %", "^", "$", "{", "}", "<b>", "[", "]"]),
        ("Un \\ y / y @ ~50 *no*", ["\\", "/", "@", "~50", "*"]),
        ("Habló Zurdoñez Blarf.", ["Zurdoñez Blarf"]),
        ("Casa 😀 «grande» — sí…", ["😀", "«", "»", "—"]),
    ],
)  # fmt: skip
def test_signs_numbers_and_addresses_survive(apertium: ApertiumTranslator, text: str, kept: list[str]) -> None:
    translated = one(apertium, text)
    assert [each for each in kept if each not in translated] == []


@needs_apertium
def test_a_last_word_is_kept_though_longer_entries_begin_with_it(apertium: ApertiumTranslator) -> None:
    assert apertium.translate(["Llega el martes", "¿Llega el martes?"], "es", "en") == [
        "It arrives the Tuesday", "It arrives the Tuesday?",
    ]  # fmt: skip


@needs_apertium
def test_line_ends_survive(apertium: ApertiumTranslator) -> None:
    assert one(apertium, "La casa\nazul\ny el perro.").count("\n") == 2


@needs_apertium
def test_words_that_it_does_not_know_have_no_marks(apertium: ApertiumTranslator) -> None:
    assert one(apertium, "El zurdoñez blarfea.") == "The zurdoñez blarfea."


@needs_apertium
def test_one_pipeline_answers_texts_of_any_size_in_order(apertium: ApertiumTranslator) -> None:
    texts = [f"La casa {number} es azul." * (1 + number % 40) for number in range(300)]
    translated = apertium.translate(texts, "es", "en")
    assert [text.split()[2] for text in translated] == [str(number) for number in range(300)]
    long = one(apertium, "El perro come. " * 20_000)
    assert long.count("The dog eats.") == 20_000


@needs_apertium
def test_a_region_is_translated_as_its_language(apertium: ApertiumTranslator) -> None:
    assert apertium.translate(["La casa es azul."], "es-AR", "en-GB") == ["The house is blue."]


@needs_apertium
def test_a_pair_that_is_not_there_is_told_with_how_to_get_it(apertium: ApertiumTranslator) -> None:
    assert apertium.has("ru", "en") is False
    assert ("spa", "eng") in apertium.pairs()
    with pytest.raises(NoPair, match=r"from ru to en.*apt-get install apertium-eng-rus"):
        apertium.translate(["дом"], "ru", "en")


@needs_apertium
def test_a_pair_of_which_a_program_is_missing_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "modes").mkdir()
    (tmp_path / "modes" / "spa-eng.mode").write_text("cat | no-such-proc -w 'a b'")
    apertium = ApertiumTranslator(5, tmp_path)
    assert apertium.has("es", "en") is False
    with pytest.raises(NoPair, match="programs no-such-proc are not installed"):
        apertium.translate(["casa"], "es", "en")


@needs_apertium
def test_programs_that_were_killed_are_started_again(apertium: ApertiumTranslator) -> None:
    assert one(apertium, "La casa es azul.") == "The house is blue."
    (pipeline,) = apertium._pipelines.values()
    for process in pipeline._processes:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with pytest.raises(TranslationFailed, match="apertium ended"):
        one(apertium, "La casa es roja.")
    assert one(apertium, "La casa es roja.") == "The house is red."


def mode_of(directory: Path, *programs: str) -> ApertiumTranslator:
    """A translator whose only pair consists of scripts."""
    (directory / "modes").mkdir()
    (directory / "modes" / "spa-eng.mode").write_text(" | ".join(programs))
    return ApertiumTranslator(1.0, directory)


def script(directory: Path, name: str, code: str) -> str:
    path = directory / name
    path.write_text(f"#!/bin/sh\n{code}\n")
    path.chmod(0o755)
    return str(path)


@needs_apertium
def test_programs_that_hang_are_ended(tmp_path: Path) -> None:
    apertium = mode_of(tmp_path, script(tmp_path, "hang", "sleep 60"))
    began = time.monotonic()
    with pytest.raises(TranslationFailed, match=r"took longer than 1 seconds"):
        apertium.translate(["casa"], "es", "en")
    assert time.monotonic() - began < 5
    assert apertium._pipelines == {}


@needs_apertium
def test_one_text_that_breaks_the_programs_does_not_take_others_along(tmp_path: Path) -> None:
    code = """
import sys, os
while (c := sys.stdin.buffer.read(1)):
    if c == b"!":
        os._exit(1)
    sys.stdout.buffer.write(c)
    sys.stdout.flush()
"""
    (tmp_path / "echo.py").write_text(code)
    apertium = mode_of(tmp_path, script(tmp_path, "echo", f"exec python3 '{tmp_path}/echo.py'"))
    assert apertium.translate(["uno", "dos"], "es", "en") == ["uno", "dos"]
    with pytest.raises(TranslationFailed):
        apertium.translate(["uno!"], "es", "en")
    with pytest.raises(TranslationFailed):
        apertium.translate(["uno", "dos!", "tres"], "es", "en")
    assert apertium.translate(["tres"], "es", "en") == ["tres"]
    apertium.close()


@needs_apertium
def test_programs_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    code = (
        "from indexer.translation.apertium import ApertiumTranslator as T; import os, signal; t = T(30);"
        "t.translate(['La casa.'], 'es', 'en'); p, = t._pipelines.values();"
        "print(*(q.pid for q in p._processes), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path.cwd())
    pids = [int(pid) for pid in ran.stdout.split()]
    assert len(pids) > 5
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_without_apertium_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ConfigError, match="apt-get install apertium apertium-eng-spa"):
        open_translator(TranslationConfig(engine="apertium"))


def test_a_program_that_cannot_be_started_is_unreachable(tmp_path: Path) -> None:
    from indexer.translation.apertium import Pipeline

    with pytest.raises(Unreachable, match="cannot be started"):
        Pipeline([["cat"], [str(tmp_path / "gone")]])


def test_commands_are_those_of_the_pair_with_texts_ended_by_nul(tmp_path: Path) -> None:
    mode = tmp_path / "a-b.mode"
    mode.write_text("lt-proc $1 '/a b/x.bin' | apertium-tagger -g $2 'y' | vislcg3 -g z | cg-proc -w 'q'\n")
    assert commands(mode) == [
        ["lt-proc", "-z", "-n", "/a b/x.bin"],
        ["apertium-tagger", "-z", "-g", "y"],
        ["vislcg3", "-g", "z"],
        ["cg-proc", "-z", "-w", "q"],
    ]


@pytest.mark.parametrize(
    "text", ["", "a\nb", "~", "[x]\\", "^a/b<c>$ {d} @e", "https://a.b/c[d]~e f", "\\[", "a\n\n~\nb"]
)
def test_packing_is_undone(text: str) -> None:
    assert unpacked(packed(text)) == text
