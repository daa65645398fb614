"""Apertium as a translation engine: the programs of its language pairs on this machine, as pipelines that stay open.

Starting a pair's ten programs takes a fifth of a second, a sentence two thousandths: a pipeline is asked again and
again, and answers each text as soon as a NUL ends it. What is special to Apertium's stream format is escaped, and what
must stay (line ends, addresses) is sent as blanks, which it passes on.
"""

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from select import select
from typing import IO

from indexer.errors import ConfigError
from indexer.translation.base import NoPair, TranslationFailed, Unreachable
from indexer.translation.codes import long_code
from indexer.translation.marks import parted

DATA = "/usr/share/apertium"
DATA_VARIABLE = "APERTIUM_DATADIR"
# Programs of pipelines that know no NUL; those of Constraint Grammar flush by themselves.
_NO_NUL = re.compile(r"(?:vislcg3|cg-mwesplit|hfst-tokeni[sz]e|divvun-suggest)$")
_SPECIAL = re.compile(r"[\[\]{}^$/\\@<>]")
# Line ends, and the tilde, which wakes up a step of generation and is lost on it.
_BLANK = re.compile(r"[\n~]+")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SUPERBLANK = re.compile(r"\\(.)|\[((?:[^\]\\]|\\.)*)\]", re.DOTALL)
_READ = 1 << 16
_STOP = "[end]"  # behind the full stop that a text was given


class ApertiumTranslator:
    """See `Translator`.

    Raises:
        ConfigError: Apertium is not on this machine.
    """

    name = "apertium"
    passes_unknown = True

    def __init__(self, timeout: float, data: Path | None = None) -> None:
        if shutil.which("apertium") is None:
            raise ConfigError(
                "[translation] engine: Apertium is not on this machine. Install it with a pair of languages "
                '(apt-get install apertium apertium-eng-spa), or write the address of its web service under "url".'
            )
        self._modes = (data or Path(os.environ.get(DATA_VARIABLE, DATA))) / "modes"
        self._timeout = timeout
        self._pipelines: dict[Path, Pipeline] = {}
        self.version = _version()

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of languages that are installed, in Apertium's codes."""
        found = (path.stem.split("-") for path in self._modes.glob("*.mode"))
        return frozenset((parts[0], parts[1]) for parts in found if len(parts) == 2)

    def has(self, source: str, target: str) -> bool | None:
        """See `Translator`."""
        mode = self._mode(source, target)
        return mode is not None and not _missing(mode)

    def advice(self, source: str, target: str) -> str:
        """See `Translator`."""
        mode = self._mode(source, target)
        if mode is not None:
            return f"Its programs {', '.join(_missing(mode))} are not installed (cg-proc is in the package cg3)."
        names = "-".join(sorted((long_code(source), long_code(target))))
        return f"Install a pair of these languages, if there is one: apt-get install apertium-{names}"

    def translate(self, paragraphs: Sequence[str], source: str, target: str) -> list[str]:
        """See `Translator`."""
        mode = self._mode(source, target)
        if mode is None or (mode not in self._pipelines and _missing(mode)):
            raise NoPair(source, target, self.advice(source, target))
        sent = [packed(paragraph) for paragraph in paragraphs]
        try:
            came = self._ask(mode, sent)
        except TranslationFailed:
            if len(sent) == 1:
                raise
            came = [self._ask(mode, [text])[0] for text in sent]  # one text may have broken it for the others
        return [unpacked(text) for text in came]

    def close(self) -> None:
        """See `Translator`."""
        for pipeline in self._pipelines.values():
            pipeline.close()
        self._pipelines = {}

    def _mode(self, source: str, target: str) -> Path | None:
        """The file that says how a pair is translated; older pairs have codes of two letters."""
        for one, other in ((long_code(source), long_code(target)), (source, target)):
            path = self._modes / f"{one}-{other}.mode"
            if path.is_file():
                return path
        return None

    def _ask(self, mode: Path, texts: Sequence[str]) -> list[str]:
        pipeline = self._pipelines.get(mode)
        if pipeline is None:
            pipeline = self._pipelines[mode] = Pipeline(commands(mode))
        try:
            return pipeline.ask(texts, self._timeout)
        except TranslationFailed:
            del self._pipelines[mode]
            pipeline.close()
            raise


class Pipeline:
    """The running programs of a pair.

    Raises:
        Unreachable: a program cannot be started.
    """

    def __init__(self, programs: Sequence[Sequence[str]]) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        before: int | None = subprocess.PIPE
        # Without a locale of that encoding its programs misread letters.
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            for program in programs:
                process = subprocess.Popen(  # noqa: S603  # as the file of the pair has it, without a shell
                    program,
                    stdin=before, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    env=environment, start_new_session=True,
                )  # fmt: skip
                if self._processes:
                    self._last_output.close()  # it is the next program's
                self._processes.append(process)
                before = self._last_output.fileno()
        except OSError as error:
            self.close()
            raise Unreachable(f"{program[0]} cannot be started: {error.strerror or error}") from None
        os.set_blocking(self._input, False)

    @property
    def _last_output(self) -> IO[bytes]:
        pipe = self._processes[-1].stdout
        assert pipe is not None
        return pipe

    @property
    def _input(self) -> int:
        pipe = self._processes[0].stdin
        assert pipe is not None
        return pipe.fileno()

    def ask(self, texts: Sequence[str], timeout: float) -> list[str]:
        """The answer to each text. After a failure the pipeline is of no further use.

        Raises:
            TranslationFailed: it ended, or took longer than so many seconds.
        """
        left = memoryview(b"".join(text.encode("utf-8", "replace") + b"\0" for text in texts))
        output = self._last_output.fileno()
        came: list[bytes] = []
        ends, deadline = 0, time.monotonic() + timeout
        while ends < len(texts):
            readable, writable, _ = select(
                [output], [self._input] if left else [], [], max(0.0, deadline - time.monotonic())
            )
            if not readable and not writable:
                raise TranslationFailed(f"apertium took longer than {timeout:g} seconds")
            if writable:
                try:
                    left = left[os.write(self._input, left) :]
                except BrokenPipeError:
                    raise TranslationFailed("apertium ended while it was given a text") from None
            if readable:
                data = os.read(output, _READ)
                if not data:
                    raise TranslationFailed("apertium ended before it had translated the text")
                ends += data.count(b"\0")
                came.append(data)
        answers = b"".join(came).decode("utf-8", "replace").split("\0")
        if len(answers) != len(texts) + 1:
            raise TranslationFailed("apertium answered more texts than it was asked")
        return answers[:-1]

    def close(self) -> None:
        """End the programs."""
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
        for process in self._processes:
            process.kill()
            process.wait()
        self._processes = []


def commands(mode: Path) -> list[list[str]]:
    """The programs of a pair with their arguments: without marks at unknown words, each text ended by a NUL."""
    found: list[list[str]] = []
    for part in mode.read_text(encoding="utf-8").strip().split("|"):
        words = [word for word in shlex.split(part.replace("$1", "-n").replace("$2", "")) if word]
        found.append(words if _NO_NUL.search(words[0]) else [words[0], "-z", *words[1:]])
    return found


def _missing(mode: Path) -> list[str]:
    """The programs of a pair that are not on this machine."""
    return sorted({words[0] for words in commands(mode) if shutil.which(words[0]) is None})


def packed(text: str) -> str:
    """A text in Apertium's stream format.

    Its first program keeps back a last word with which a longer entry of the dictionary begins, and loses it at the
    NUL. So a text that ends in a word gets a full stop, as Apertium's own formatter gives it one.
    """
    return parted(text.replace("\0", " "), _escaped, _kept) + (f".{_STOP}" if text[-1:].isalnum() else "[]")


def _special(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _escaped(text: str) -> str:
    return _BLANK.sub(lambda blank: f"[{blank.group()}]", _special(text))


def _kept(text: str) -> str:
    return f"[{_special(text)}]"


def unpacked(text: str) -> str:
    """The text of the stream format."""
    if text.endswith(_STOP):
        text = text.removesuffix(_STOP).removesuffix(".")
    return _SUPERBLANK.sub(lambda found: found[1] or _ESCAPED.sub(r"\1", found[2]), text)


@cache
def _version() -> str:
    try:
        said = subprocess.run(  # a fixed program
            ["apertium", "-V"],  # noqa: S607  # wherever it is installed
            capture_output=True, text=True, timeout=10, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\d+(?:\.\d+)+", said.stdout + said.stderr)
    return found.group() if found else ""
