"""Data files of the package: reading and writing them.

Each language has a folder with a lexicon, which is xz-compressed JSON, and weights, which are a numpy archive. In: a
path. Out: `Lexicon` or `Weights`. Called once per process and language by the tagger, and by training to write.
"""

import json
import lzma
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.entities.lexicon import Lexicon, longest_by_first_word
from indexer.errors import InternalError

DATA = Path(__file__).parent / "data"
DEFAULT_LANGUAGE = "en"


def lexicon_file(language: str, data: Path = DATA) -> Path:
    """Where the lexicon of a language is."""
    return data / language / "lexicon.json.xz"


def weights_file(language: str, data: Path = DATA) -> Path:
    """Where the weights of a language are."""
    return data / language / "weights.npz"


def has_weights(language: str) -> bool:
    """Whether the package has weights and a lexicon for a language."""
    return language.isalpha() and weights_file(language).is_file()


LEXICON = lexicon_file(DEFAULT_LANGUAGE)
WEIGHTS = weights_file(DEFAULT_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the tagger: row `i` of `emission` belongs to the feature key `keys[i]` (sorted)."""

    labels: tuple[str, ...]
    keys: NDArray[np.uint32]
    emission: NDArray[np.float32]
    transition: NDArray[np.float32]


def lexicon_to_json(
    clusters: Sequence[Sequence[str]],
    grains: Sequence[Sequence[int]],
    caps: Sequence[Sequence[str]],
    flags: Mapping[str, Sequence[str]],
    phrases: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """The lexicon as JSON values: words by finest cluster, the coarser clusters of each, words by capitalisation."""
    return {
        "clusters": [" ".join(words) for words in clusters],
        "grains": [list(row) for row in grains],
        "caps": [" ".join(words) for words in caps],
        "flags": {name: " ".join(words) for name, words in sorted(flags.items())},
        "phrases": {name: "\n".join(rows) for name, rows in sorted(phrases.items())},
    }


def write_lexicon(path: Path, values: Mapping[str, Any]) -> None:
    """Write the lexicon; the same values give the same bytes."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


def read_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon of the package."""
    try:
        values = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise InternalError(f"the entity lexicon {path} cannot be read ({error}): reinstall Broadsheet") from error
    clusters = {
        word: (finest, *values["grains"][finest])
        for finest, words in enumerate(values["clusters"])
        for word in words.split()
    }
    caps = {word: grade for grade, words in enumerate(values["caps"]) for word in words.split()}
    flags: dict[str, tuple[str, ...]] = {}
    for name, words in values["flags"].items():
        for word in words.split():
            flags[word] = (*flags.get(word, ()), name)
    classes: dict[str, tuple[str, ...]] = {}
    for name, rows in values["phrases"].items():
        for phrase in rows.split("\n"):
            classes[phrase] = (*classes.get(phrase, ()), name)
    return Lexicon(clusters, caps, flags, classes, longest_by_first_word(classes))


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon of the package, read once in a process."""
    return read_lexicon()


def write_weights(path: Path, weights: Weights) -> None:
    """Write weights as one byte each, every label on its own scale."""
    scale = np.maximum(np.abs(weights.emission).max(axis=0), 1e-6) / 127
    packed = np.clip(np.rint(weights.emission / scale), -127, 127).astype(np.int8)
    arrays = {
        "labels": np.array(weights.labels),
        "keys": np.diff(weights.keys.astype(np.int64), prepend=0).astype(np.uint32),
        "emission": np.ascontiguousarray(packed.T),
        "scale": scale.astype(np.float32),
        "transition": weights.transition.astype(np.float32),
    }
    # An archive as numpy writes it, but by LZMA: a seventh smaller.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy")  # without the time of day, so that the bytes are the same
            member.compress_type = zipfile.ZIP_LZMA
            with archive.open(member, "w") as file:
                np.lib.format.write_array(file, array, allow_pickle=False)


def read_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights of the package."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Weights(
                labels=tuple(str(label) for label in arrays["labels"]),
                keys=np.cumsum(arrays["keys"].astype(np.uint64)).astype(np.uint32),
                emission=np.ascontiguousarray(arrays["emission"].T).astype(np.float32) * arrays["scale"],
                transition=arrays["transition"],
            )
    except (OSError, ValueError, KeyError) as error:
        raise InternalError(f"the entity weights {path} cannot be read ({error}): reinstall Broadsheet") from error
