"""The compiled tagger as a library: which is loaded, and that it touches nothing that is not its own."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.entities.crf import CrfTagger
from indexer.entities.kernels import native, sources
from indexer.entities.lexicon import Lexicon
from indexer.entities.packed import read_lexicon, read_weights

ROOT = Path(__file__).resolve().parents[3]
needs_library = pytest.mark.skipif(native.library is None, reason="the tagger is not compiled here")
SENTENCE = ("Angela", "Merkel", "went", "to", "Warsaw", ".")


@needs_library
def test_a_library_of_other_sources_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sources, "checksum", lambda: 1)
    assert native.load() is None
    assert [record.getMessage() for record in caplog.records] == [
        f"{sources.LIBRARY} is of other sources and is not used: install the package again."
    ]


def test_there_may_be_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LIBRARY", tmp_path / "none.so")
    assert native.load() is None
    monkeypatch.undo()
    monkeypatch.setenv("BROADSHEET_KERNELS", "numpy")
    assert native.load() is None


def test_without_the_library_the_tagger_works_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = CrfTagger().tag([SENTENCE])
    monkeypatch.setattr(native, "library", None)
    tagger = CrfTagger()
    assert tagger._native is None
    assert tagger.tag([SENTENCE]) == expected
    assert tagger.locate({"body": "Angela Merkel went to Warsaw."}, "en", 100) == [
        ("body", 0, 13, "person", None),
        ("body", 22, 28, "place", None),
    ]


def test_every_source_is_compiled() -> None:
    assert sorted(sources.FOLDER.glob("*.c")) == sorted(sources.SOURCES)


@needs_library
def test_lexicon_and_weights_are_copied() -> None:
    weights, lexicon = read_weights(), read_lexicon()
    tagger = CrfTagger(weights, lexicon)
    expected = CrfTagger(compiled=False).tag([SENTENCE])
    weights.emission[:] = 0
    weights.keys[:] = 0
    del weights, lexicon
    assert tagger.tag([SENTENCE]) == expected
    assert CrfTagger(read_weights(), Lexicon()).tag([SENTENCE]) is not None


# Everything that the tagger does, on texts made to be awkward, for a process whose library checks each access.
EXERCISE = """
import random, sys
from pathlib import Path
import numpy as np
from indexer.entities.kernels import native, sources
sources.LIBRARY = Path(sys.argv[1])
native.library = native.load()
assert native.library is not None
from indexer.entities import crf
from indexer.entities.packed import Weights, read_lexicon, read_weights
crf.MAX_FORMS = 3000
weights, lexicon = read_weights(), read_lexicon()
emission = np.random.default_rng(5).normal(scale=3, size=weights.emission.shape).astype(np.float32)
chance = random.Random(3)
words = chance.sample(sorted(lexicon.phrase_classes), 400) + chance.sample(sorted(lexicon.word_caps), 400)
words += "98-91 - 5 , . beat at to Mr. U.S. don't 's l'ONU al-Assad x.com ΟΔΟΣ İ ß".split()
words += ["\\n", "\\n", "中文", "\\ud800"]
found = 0
for model in (weights, Weights(weights.labels, weights.keys, emission, weights.transition / 4)):
    tagger = crf.CrfTagger(model, lexicon)
    for size in [0, 1, 2, 3, 130] * 8:
        forms = [chance.choice((str.title, str.upper, str.lower, str))(chance.choice(words)) for _ in range(size)]
        text = " ".join(forms)
        cut = chance.randrange(len(text) + 1)
        for language in ("en", "fr"):
            fields = {"title": text[:cut], "body": text[cut:]}
            found += len(tagger.locate(fields, language, chance.choice((20, 10_000))))
        found += sum(map(len, tagger.tag([forms, [], forms[:1]])))
    tagger.locate({"body": "".join(map(chr, range(0x3000)))}, "en", 10_000)
    tagger.locate({"body": "A" * 5000 + " Bank of " * 3000}, "en", 100_000)
    del tagger
print(found)
"""


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler here")
def test_checked_by_the_compiler_it_touches_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    """Compiled with the checks of addresses and of undefined behaviour, which end the process that breaks a rule."""
    parts = runpy.run_path(str(sources.FOLDER / "sources.py"))
    library = tmp_path / "libtagger.so"
    checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", f"-DSOURCE_CRC={parts['checksum']()}L"]
    command = ["cc", *parts["FLAGS"], "-O1", *checks, *map(str, parts["SOURCES"]), "-o", str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    runtime = subprocess.run(["cc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True)
    if done.returncode or not Path(runtime.stdout.strip()).is_absolute():
        pytest.skip("the compiler has no sanitizers here")
    environment = {
        **os.environ, "LD_PRELOAD": runtime.stdout.strip(), "PYTHONPATH": str(ROOT),
        "ASAN_OPTIONS": "detect_leaks=0", "PYTHONMALLOC": "malloc", "BROADSHEET_KERNELS": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", EXERCISE, str(library)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout) > 500
