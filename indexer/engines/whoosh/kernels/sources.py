"""What the compiled kernels are made of; read by the build hook, which has no other module of the package at hand."""

import zlib
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCES = tuple(FOLDER / name for name in ("search.c", "facets.c", "labels.c", "passages.c", "top.c", "build.c"))
LIBRARY = FOLDER / "libkernels.so"
# No contraction: `a * b + c` must round twice, as it does in numpy, so that both ways give the same scores.
FLAGS = ("-std=c99", "-O3", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared")


def checksum() -> int:
    """CRC-32 of the sources and the flags: a library that carries another one is not used."""
    files = (FOLDER / "kernels.h", *SOURCES)
    return zlib.crc32(b"".join(file.read_bytes() for file in files), zlib.crc32(" ".join(FLAGS).encode()))
