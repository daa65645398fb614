"""How tests run the command line: in this process, with both streams caught."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from indexer.cli.app import run


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.out)


Indexer = Callable[..., Outcome]


@pytest.fixture
def indexer(capsys: pytest.CaptureFixture[str]) -> Indexer:
    """`indexer("search", "lavrov")` runs that command."""

    def call(*arguments: Any) -> Outcome:
        words: Sequence[str] = [str(argument) for argument in arguments]
        capsys.readouterr()
        code = run(words)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call
