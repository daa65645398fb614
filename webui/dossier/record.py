"""What a dossier says of itself to programs: `dossier.json`, and `MANIFEST.txt` as `sha256sum -c` reads it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from indexer.article import Article
from indexer.version import version
from webui.dossier import names
from webui.dossier.front import Subject
from webui.dossier.output import KIND, MANIFEST, RECORD, Output

FORM = 1  # of dossier.json


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of one article."""

    number: int
    article: Article

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        article = self.article
        return {
            "number": self.number,
            "page": names.article(self.number),
            "id": article.id,
            "content_hash": article.content_hash,
            "source": article.source,
            "published": article.published.isoformat() if article.published else None,
            "title": article.title,
            "url": article.url,
        }


def about(subject: Subject, language: str) -> dict[str, Any]:
    """All of `dossier.json` but its articles."""
    reader, found = subject.reader, subject.found
    return {
        "kind": KIND,
        "form": FORM,
        "made": subject.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "made_by": f"Broadsheet {version()}",
        "language": language,
        "archive": {
            "name": subject.archive,
            "address": subject.address or None,
            "generation": found.generation,
            "identity": reader.identity,
        },
        "query": found.query,
        "understood": found.understood,
        "corrected": found.corrected.to_dict() if found.corrected else None,
        "matching": found.matching.to_dict() if found.matching else None,
        "sort": reader.request.sort.value,
        "receipt": subject.receipt.to_dict() if subject.receipt else None,
        "warnings": [warning.to_dict() for warning in found.warnings],
        "total": found.total,
        "held": reader.amount,
    }


def write_record(output: Output, head: Mapping[str, Any], rows: list[bytes]) -> None:
    """Write `dossier.json`: the head, then a line for each article."""
    start = orjson.dumps(dict(head), option=orjson.OPT_INDENT_2)
    listed = b",\n    ".join(rows)
    whole = start[: start.rindex(b"\n}")] + b',\n  "articles": [\n    ' + listed + b"\n  ]\n}\n"
    output.write(RECORD, whole if rows else start[: start.rindex(b"\n}")] + b',\n  "articles": []\n}\n')


def row(number: int, article: Article) -> bytes:
    """The line of one article."""
    return orjson.dumps(Row(number, article).to_dict())


def write_manifest(output: Output) -> str:
    """Write `MANIFEST.txt`, of all files written before it, and return its own SHA-256."""
    lines = "".join(f"{output.hashes[path]}  {path}\n" for path in sorted(output.hashes))
    output.write(MANIFEST, lines)
    return hashlib.sha256(lines.encode()).hexdigest()
