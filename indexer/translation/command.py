"""A program of one's own as a translation engine: text on its standard input, the translation on its standard output.

One line for each line of a paragraph, in order, none empty; as many must come back. The program is started for each
text, without a shell.
"""

import hashlib
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from os import killpg
from pathlib import Path

from indexer.errors import ConfigError
from indexer.translation.base import TranslationFailed, Unreachable, checked

_SAID = 200  # characters of what a failing program says
_RUNS_OTHERS = re.compile(r"-|(?:python|pypy|perl|ruby|node|bash|sh|env|nice|ionice|timeout)[\d.]*$|\d+$")
_PLACES = ("{source}", "{target}")


class CommandTranslator:
    """See `Translator`. Its version tells command lines apart.

    Raises:
        ConfigError: the command cannot be read, or its program is not there.
    """

    passes_unknown = False

    def __init__(self, command: str, timeout: float) -> None:
        try:
            self._words = shlex.split(command)
        except ValueError as error:
            raise ConfigError(f"[translation] command: {command!r} cannot be read: {error}.") from None
        if not self._words:
            raise ConfigError(
                "[translation] command: nothing is to be run. Write a program that reads text and writes its "
                'translation, as in command = "my-translator {source} {target}".'
            )
        if shutil.which(self._words[0]) is None:
            raise ConfigError(
                f"[translation] command: there is no program {self._words[0]!r}. Install it, or write its whole path."
            )
        self.name = _called(self._words)
        self.version = hashlib.blake2b(command.encode(), digest_size=4).hexdigest()
        self._timeout = timeout

    def has(self, source: str, target: str) -> bool | None:  # noqa: ARG002  # only trying tells
        """See `Translator`."""
        return None

    def advice(self, source: str, target: str) -> str:
        """See `Translator`."""
        return f"{self.name} would have to translate from {source} to {target}."

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`."""
        split = [paragraph.split("\n") for paragraph in paragraphs]
        sent = [line for lines in split for line in lines if line.strip()]
        came = iter(checked(self._run([_on_one_line(line) for line in sent], source, target), len(sent)))
        return ["\n".join(next(came) if line.strip() else line for line in lines) for lines in split]

    def close(self) -> None:
        """See `Translator`."""

    def _run(self, lines: list[str], source: str, target: str) -> list[str]:
        words = [word.replace(_PLACES[0], source).replace(_PLACES[1], target) for word in self._words]
        try:
            process = subprocess.Popen(  # noqa: S603  # the configuration's own command, without a shell
                words,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                encoding="utf-8", errors="replace", start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise Unreachable(f"{self.name} cannot be started: {error.strerror or error}") from None
        try:
            out, said = process.communicate("\n".join(lines) + "\n", self._timeout)
        except subprocess.TimeoutExpired:
            raise TranslationFailed(f"{self.name} took longer than {self._timeout:g} seconds") from None
        finally:
            _end(process)
        if process.returncode:
            told = " ".join(said.split())[-_SAID:]
            raise TranslationFailed(f"{self.name} ended with {_how(process.returncode)}{': ' if told else ''}{told}")
        return [line.rstrip("\r") for line in out.removesuffix("\n").split("\n")]


def _called(words: Sequence[str]) -> str:
    """What readers are told translates: the script, where the program only runs it."""
    told = next((word for word in words if not _RUNS_OTHERS.match(Path(word).name) and "=" not in word), words[0])
    return Path(told).stem or told


def _on_one_line(text: str) -> str:
    """A line as every program counts lines."""
    return " ".join(text.splitlines())


def _how(code: int) -> str:
    return f"code {code}" if code > 0 else signal.Signals(-code).name


def _end(process: "subprocess.Popen[str]") -> None:
    """End a program and what it has started."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
