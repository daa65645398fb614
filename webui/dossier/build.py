"""The whole way from a search to the files of a dossier, on one page."""

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.archive import Archive
from indexer.errors import StateError, UsageError, UserError
from indexer.receipts import checking
from indexer.receipts.receipt import Receipt
from indexer.search.request import SearchRequest
from webui.dossier import output
from webui.dossier.front import Subject
from webui.dossier.gathering import Moved, Reader
from webui.dossier.output import Output
from webui.dossier.speaking import speaking
from webui.dossier.writing import Progress, write_all

LIMIT = 10_000  # articles, unless another number is asked for
ATTEMPTS = 5  # the archive may move to another commit meanwhile

Opened = Callable[[], AbstractContextManager[Output]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was written: how many articles of how many that the search finds, how many files, and the SHA-256 of
    `MANIFEST.txt`, which vouches for all of them. `corrected` is the query that was asked where nothing was found for
    the one that was typed."""

    held: int
    total: int
    files: int
    fingerprint: str
    generation: int
    receipt: Receipt | None
    corrected: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "held": self.held,
            "total": self.total,
            "files": self.files,
            "manifest_sha256": self.fingerprint,
            "generation": self.generation,
            "receipt": self.receipt.token if self.receipt else None,
            "corrected": self.corrected,
        }


def write(
    archive: Archive,
    request: SearchRequest | str,
    out: str | Path,
    *,
    language: str = "",
    limit: int = LIMIT,
    force: bool = False,
    zip_file: bool = False,
    made: datetime | None = None,
    address: str | None = None,
    progress: Progress | None = None,
) -> Dossier:
    """Write a search as a dossier.

    Args:
        archive: an open archive.
        request: the search, of which the page and the size are not looked at; or a query.
        out: the folder that it becomes, or the zip file; nothing may be there, but an empty folder.
        language: the language of its words, as `ar`; "" is that of the site.
        limit: how many articles it holds at most, the first in the order of the request.
        force: whether a dossier that is there is replaced.
        zip_file: whether it becomes one zip file.
        made: the time that it states; None is now, or SOURCE_DATE_EPOCH. All else is the same each time.
        address: where the archive is on the web; None is the configured address.
        progress: called after every few articles.

    Raises:
        UsageError: something is there already, no such language, or a request that cannot be answered.
        StateError: it cannot be written, or the archive cannot be read.
    """
    place, made = Path(out), _exact(made)

    def opened() -> AbstractContextManager[Output]:
        if zip_file:
            return output.zip_file(place, made, force=force)
        return output.folder(place, force=force)

    return write_to(
        opened, archive, request, language=language, limit=limit, made=made, address=address, progress=progress
    )


def write_to(
    opened: Opened,
    archive: Archive,
    request: SearchRequest | str,
    *,
    language: str = "",
    limit: int = LIMIT,
    made: datetime | None = None,
    address: str | None = None,
    progress: Progress | None = None,
) -> Dossier:
    """The same to wherever `opened` leads, which is called anew for each attempt."""
    if limit < 1:
        raise UsageError(f"A dossier of {limit} articles cannot be. Ask for 1 or more.")
    config, made = archive.config, _exact(made)
    where = config.web.base_url.rstrip("/") if address is None else address
    with speaking(config, language, where) as templates:
        for _ in range(ATTEMPTS):
            try:
                reader = Reader(archive, archive.request(request), limit)
                receipt = _receipt(archive, reader, made)
                subject = Subject(config.archive.name, where, config.archive.time_zone, reader, receipt, made)
                with opened() as files:
                    fingerprint = write_all(archive, subject, templates, files, progress or _silent)
            except Moved:
                continue
            found = reader.found
            corrected = found.corrected.query if found.corrected else None
            return Dossier(
                reader.amount, found.total, len(files.hashes), fingerprint, found.generation, receipt, corrected
            )
    raise StateError("The archive changed again and again while the dossier was written. Write it again later.")


def now() -> datetime:
    """The time that a dossier is said to be made at: SOURCE_DATE_EPOCH where it is set, else the clock's.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(stated) if stated.isascii() and stated.isdigit() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC)


def _exact(made: datetime | None) -> datetime:
    return (made or now()).astimezone(UTC).replace(microsecond=0)


def _silent(_written: int, _total: int) -> None:
    pass


def _receipt(archive: Archive, reader: Reader, made: datetime) -> Receipt | None:
    """The receipt of the search; none of a search that is too long for one."""
    try:
        receipt = checking.issue(archive, reader.request, made)
    except UserError:
        return None
    if receipt.generation != reader.found.generation or receipt.total != reader.found.total:
        raise Moved
    return receipt
