"""`/dossier.zip`: a search as a dossier, the folder of pages that `indexer dossier` writes, in one file."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO

from flask import Blueprint, Response, request

from indexer.errors import UsageError
from webui.addresses import downloads, params, urls
from webui.dossier import output, write_to
from webui.dossier.output import Output
from webui.formats import exports
from webui.holder import archive, settings
from webui.i18n import interface_language

blueprint = Blueprint("dossiers", __name__)

IN_MEMORY = 1 << 20  # bytes; what is longer lies in a temporary file
PIECE = 64 * 1024  # bytes that are sent together


@blueprint.get("/dossier.zip")
def dossier() -> Response:
    """The hits of a search with all about them. It is whole before the first byte is sent."""
    asked = params.read(request.args.items(multi=True), urls.base_request(), ("ui",)).request
    amount = archive().search(replace(asked, size=0, facets=(), snippets=False, group=False)).total
    if amount > downloads.DOSSIER_MOST:
        raise UsageError(
            f"The search finds {amount:,} articles, and a dossier from here holds at most {downloads.DOSSIER_MOST:,}. "
            "Narrow the search, or write it on the archive's own machine: indexer dossier"
        )
    now = datetime.now(UTC)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed when the answer is

    def opened() -> AbstractContextManager[Output]:
        file.seek(0)
        file.truncate()
        return output.zipped(file, now)

    try:
        where = urls.absolute(urls.page(""))
        most = downloads.DOSSIER_MOST  # the archive may have grown meanwhile
        write_to(opened, archive(), asked, language=interface_language(), limit=most, made=now, address=where)
    except BaseException:
        file.close()
        raise
    stem = exports.file_stem(settings().archive.name, now, asked.query)
    response = Response(_pieces(file), mimetype="application/zip")
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}-dossier.zip"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
