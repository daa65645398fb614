"""What the compiled tagger is made of; read by the build hook, which has no other module of the package at hand."""

import zlib
from pathlib import Path

FOLDER = Path(__file__).parent
_NAMES = "decode document features forms lexicon model settle sports strings tagger tokenise truecase"
SOURCES = tuple(FOLDER / f"{name}.c" for name in _NAMES.split())
LIBRARY = FOLDER / "libtagger.so"
# No contraction: `a * b + c` must round twice, as it does in numpy, so that both ways find the same spans.
FLAGS = ("-std=c99", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared")


def checksum() -> int:
    """CRC-32 of the sources and the flags: a library that carries another one is not used."""
    files = (FOLDER / "tagger.h", *SOURCES)
    return zlib.crc32(b"".join(file.read_bytes() for file in files), zlib.crc32(" ".join(FLAGS).encode()))
