"""Programs of one's own as translation engines, good ones and bad ones."""

import sys
import time
from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.translation.base import TranslationFailed
from indexer.translation.command import CommandTranslator


def translator(tmp_path: Path, code: str, arguments: str = "", timeout: float = 20) -> CommandTranslator:
    script = tmp_path / "translate.py"
    script.write_text("import sys, time, os, signal\n" + code, encoding="utf-8")
    return CommandTranslator(f"'{sys.executable}' '{script}' {arguments}", timeout)


def test_each_line_of_a_paragraph_is_a_line_and_line_ends_survive(tmp_path: Path) -> None:
    engine = translator(tmp_path, "for line in sys.stdin: print(line.strip().upper())")
    assert engine.translate(["uno\ndos", "tres", "a\n\nb\n"], "es", "en") == ["UNO\nDOS", "TRES", "A\n\nB\n"]


def test_the_languages_stand_in_its_arguments_and_no_shell_reads_them(tmp_path: Path) -> None:
    engine = translator(tmp_path, "sys.stdin.read(); print(*sys.argv[1:])", "{source}-{target} '$(id)' ';'")
    assert engine.translate(["uno"], "es", "en") == ["es-en $(id) ;"]


def test_separators_that_are_no_line_ends_to_others_do_not_part_a_line(tmp_path: Path) -> None:
    engine = translator(tmp_path, "for line in sys.stdin.read().splitlines(): print(line)")
    assert engine.translate(["uno\u2028dos\x0btres\rcuatro"], "es", "en") == ["uno dos tres cuatro"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print('one')", "1 texts came back for 2"),
        ("print('a\\nb\\nc')", "3 texts came back for 2"),
        ("pass", "1 texts came back for 2"),
        ("print('Bad day', file=sys.stderr); sys.exit(3)", "ended with code 3: Bad day"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "ended with SIGSEGV"),
        ("sys.exit('no model')", "ended with code 1: no model"),
    ],
)
def test_what_fails_is_said_in_its_words(tmp_path: Path, code: str, said: str) -> None:
    with pytest.raises(TranslationFailed, match=said):
        translator(tmp_path, code).translate(["uno", "dos"], "es", "en")


def test_one_that_hangs_is_ended_with_what_it_has_started(tmp_path: Path) -> None:
    code = "import subprocess; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    began = time.monotonic()
    with pytest.raises(TranslationFailed, match=r"took longer than 0\.5 seconds"):
        translator(tmp_path, code, timeout=0.5).translate(["uno"], "es", "en")
    assert time.monotonic() - began < 10


def test_one_that_reads_nothing_is_no_deadlock(tmp_path: Path) -> None:
    with pytest.raises(TranslationFailed, match="came back for"):
        translator(tmp_path, "print('x')").translate(["word " * 100_000, "dos"], "es", "en")


def test_bytes_that_are_no_text_are_replaced(tmp_path: Path) -> None:
    code = "sys.stdin.read(); sys.stdout.buffer.write(b'caf\\xe9\\n')"
    assert translator(tmp_path, code).translate(["uno"], "es", "en") == ["caf\ufffd"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "nothing is to be run"),
        ("no-such-program-at-all {source}", "there is no program 'no-such-program-at-all'"),
        ("sed 's/a", "cannot be read: No closing quotation"),
    ],
)
def test_a_command_that_cannot_be_run_is_told_at_once(command: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        CommandTranslator(command, 1)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("cat -u", "cat"),
        ("env A=1 nice -n 5 cat", "cat"),
        (f"'{sys.executable}' -u /opt/mt/marian.py --to {{target}}", "marian"),
        ("sh", "sh"),
    ],
)
def test_readers_are_told_the_program_and_not_what_runs_it(command: str, name: str) -> None:
    assert CommandTranslator(command, 1).name == name


def test_another_command_line_is_another_version() -> None:
    one, other = CommandTranslator("cat -u", 1), CommandTranslator("cat", 1)
    assert (one.name, other.name) == ("cat", "cat")
    assert one.version != other.version
