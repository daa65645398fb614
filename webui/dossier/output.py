"""Where the files of a dossier go: a folder, or one zip file; all of them, or none.

Files are written to a temporary neighbour of the place, which takes its name when the last of them is there. What a
process that was killed has left is removed by the next one that writes there (`indexer.leftovers`).
"""

import hashlib
import os
import secrets
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import IO, Protocol

import orjson

from indexer.errors import StateError, UsageError
from indexer.leftovers import hold, sweep

MANIFEST = "MANIFEST.txt"
RECORD = "dossier.json"  # a folder or zip file that has it, of our kind, is a dossier
KIND = "broadsheet dossier"
# What a zip file raises that cannot be read, is encrypted, or packed in another way.
_NO_DOSSIER = (OSError, EOFError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
_TOP = "dossier/"  # what a zip file unpacks to
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # of a file in a zip file


class Output:
    """Takes files, and knows the SHA-256 of each by its path: `hashes`."""

    def __init__(self, files: "_Files") -> None:
        self._files = files
        self.hashes: dict[str, str] = {}

    def write(self, path: str, content: str | bytes) -> None:
        """One file, of text as UTF-8. Lone surrogates become question marks."""
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        self.hashes[path] = hashlib.sha256(data).hexdigest()
        self._files.put(path, data)


class _Files(Protocol):
    def put(self, path: str, data: bytes) -> None: ...


class _Folder:
    def __init__(self, place: Path) -> None:
        self._place = place
        self._made: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        folder, _, _ = path.rpartition("/")
        if folder not in self._made:
            (self._place / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        (self._place / path).write_bytes(data)


class _Zip:
    def __init__(self, file: zipfile.ZipFile, made: datetime) -> None:
        self._file = file
        self._date = max(made.astimezone(UTC), _EARLIEST).timetuple()[:6]

    def put(self, path: str, data: bytes) -> None:
        about = zipfile.ZipInfo(_TOP + path, self._date)
        about.external_attr = 0o644 << 16
        about.create_system = 3  # the same bytes wherever it is made
        self._file.writestr(about, data, zipfile.ZIP_DEFLATED)


@contextmanager
def folder(place: Path, *, force: bool = False) -> Iterator[Output]:
    """Files for a folder, which is there when the block ends well.

    Raises:
        UsageError: something is there that is not replaced.
        StateError: it cannot be written.
    """
    place = _place(place)
    _check(place, force)
    with _temporary(place) as temporary:
        temporary.mkdir()
        with _held(temporary):
            yield Output(_Folder(temporary))
            _check(place, force)  # it took a while
            _put_in_place(temporary, place)


@contextmanager
def zip_file(place: Path, made: datetime, *, force: bool = False) -> Iterator[Output]:
    """Files for a zip file, which is there when the block ends well.

    Raises:
        UsageError: something is there that is not replaced.
        StateError: it cannot be written.
    """
    place = _place(place)
    _check(place, force, folder=False)
    with _temporary(place) as temporary:
        with temporary.open("xb") as file:
            hold(file.fileno())
            with zipped(file, made) as output:
                yield output
        _check(place, force, folder=False)  # it took a while
        temporary.replace(place)


@contextmanager
def zipped(file: IO[bytes], made: datetime) -> Iterator[Output]:
    """Files for a zip file that is open already."""
    with zipfile.ZipFile(file, "w") as packed:
        yield Output(_Zip(packed, made))


@contextmanager
def _temporary(place: Path) -> Iterator[Path]:
    """A name beside a place for what is not whole yet; whatever is left there goes away."""
    if not place.parent.is_dir():
        raise UsageError(f"There is no folder {place.parent} to write {place.name} to. Make it first, or name another.")
    sweep(place.parent, f".{escape(place.name)}.*.part")
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        yield temporary
    except OSError as error:
        raise StateError(f"{place} cannot be written: {error.strerror or error}. Name another place.") from error
    finally:
        _remove(temporary)


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """While the block runs, nobody sweeps the folder."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
    try:
        hold(descriptor)
        yield
    finally:
        os.close(descriptor)


def _put_in_place(temporary: Path, place: Path) -> None:
    """Give a folder its name; a dossier that has it goes away when the new one is there."""
    if not place.exists():
        temporary.rename(place)
        return
    old = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    place.rename(old)
    try:
        temporary.rename(place)
    except OSError:
        old.rename(place)
        raise
    _remove(old)


def _remove(place: Path) -> None:
    with suppress(OSError):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _place(named: Path) -> Path:
    """The place itself, where links lead to it."""
    try:
        place = named.resolve()
        place.exists()
    except (OSError, RuntimeError) as error:  # a name that is too long, a link to itself
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"A dossier cannot be written to {named}: {why}. Name another place.") from None
    return place


def _check(place: Path, force: bool, *, folder: bool = True) -> None:
    """Refuse to write over anything but a dossier of this form that is to be replaced, or an empty folder."""
    if not place.exists() and not place.is_symlink():
        return
    if folder and place.is_dir() and not any(place.iterdir()):
        return
    is_folder, is_zip = _is_dossier(place), _is_zipped_dossier(place)
    if not (is_folder or is_zip):
        raise UsageError(f"{place} is there already and no dossier. Name a place where there is nothing.")
    if not force:
        raise UsageError(
            f"{place} is a dossier already. Replace it with --force, or name a place where there is nothing."
        )
    if is_zip if folder else is_folder:
        raise UsageError(f"{place} is a dossier of the other form. Name a place where there is nothing.")
    if folder and (other := _another(place)):
        raise UsageError(f"{place} holds {other}, which is no part of its dossier. Move it elsewhere first.")


def _another(place: Path) -> str:
    """A file in a dossier that its manifest does not name, if there is one: such are not ours to remove."""
    try:
        listed = (place / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        listed = ""
    known = {line.partition("  ")[2] for line in listed.splitlines()} | {MANIFEST}
    files = (
        Path(folder, name) for folder, folders, names in os.walk(place) for name in names + _links(folder, folders)
    )
    return next((str(path.relative_to(place)) for path in files if path.relative_to(place).as_posix() not in known), "")


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_symlink()]


def _is_dossier(place: Path) -> bool:
    with suppress(OSError):
        return _is_record((place / RECORD).read_bytes())
    return False


def _is_zipped_dossier(place: Path) -> bool:
    with suppress(*_NO_DOSSIER), zipfile.ZipFile(place) as packed:
        return _is_record(packed.read(_TOP + RECORD))
    return False


def _is_record(data: bytes) -> bool:
    try:
        record = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return isinstance(record, dict) and record.get("kind") == KIND
