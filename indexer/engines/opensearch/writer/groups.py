"""Near-duplicates on the cluster: which story each newly written article belongs to.

In: the signatures of what a commit adds. Out: stories to be set in documents. New articles are compared with each other
and with those archived articles that share a band of their signatures, which the cluster looks up; nothing is compared
that has no band in common, so the cost grows with what is added. Called by the writer at each commit.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.retry import patiently
from indexer.engines.opensearch.reader.term_statistics import visible
from indexer.engines.shared.writing.ledger import DocumentRef
from indexer.near_duplicates.grouping import BANDS, band_of, group

# Bands looked up in one request, and archived articles that come back for them.
BANDS_AT_ONCE = 8_192
MOST_FOUND = 5_000


@dataclass(frozen=True, slots=True)
class Signed:
    """An article with a signature: where its document is, and the story it is said to group_new."""

    ref: DocumentRef
    story: str
    signature: Any


@dataclass(frozen=True, slots=True)
class Grouped:
    """What the commit has to write: stories of new documents, and stories that are one from now on."""

    documents: list[tuple[DocumentRef, str]]
    merged: dict[str, str]


def bands(signature: Any) -> list[str]:
    """The bands of a signature; two articles are compared if they have one in common."""
    row = np.asarray(signature, np.uint16)[None]
    return [f"{number:x}-{int(band_of(row, number)[0]):x}" for number in range(BANDS)]


def packed_signature(signature: Any) -> str:
    """A signature as text."""
    return base64.b64encode(np.asarray(signature, "<u2").tobytes()).decode("ascii")


def unpacked_signature(text: str) -> Any:
    """The signature that `packed_signature` packed."""
    return np.frombuffer(base64.b64decode(text), "<u2").astype(np.uint16)


def group_new(connection: Connection, indices: str, generation: int, new: Sequence[Signed], gone: set[str]) -> Grouped:
    """The stories of new articles. `gone` names the documents that the commit leaves behind."""
    old = list(_archived(connection, indices, generation, new, gone)) if generation else []
    everyone = [*old, *new]
    if not everyone:
        return Grouped([], {})
    labels = group([np.stack([each.signature for each in everyone])])
    groups: dict[int, list[int]] = {}
    for number, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(number)
    grouped = Grouped([], {})
    for members in groups.values():
        if len(members) < 2:
            continue
        archived = sorted({everyone[number].story for number in members if number < len(old)})
        story = archived[0] if archived else min(everyone[number].story for number in members)
        grouped.merged.update(dict.fromkeys(archived[1:], story))
        grouped.documents.extend(
            (everyone[number].ref, story)
            for number in members
            if number >= len(old) and everyone[number].story != story
        )
    return grouped


def _archived(
    connection: Connection, indices: str, generation: int, new: Sequence[Signed], gone: set[str]
) -> Iterator[Signed]:
    """The committed articles that share a band with a new one."""
    wanted = list(dict.fromkeys(band for each in new for band in bands(each.signature)))
    seen: set[str] = set(gone)
    for start in range(0, len(wanted), BANDS_AT_ONCE):
        shared = {"terms": {"bands": wanted[start : start + BANDS_AT_ONCE]}}
        body = {
            "size": MOST_FOUND,
            "query": {"bool": {"filter": [*visible(generation), shared]}},
            "_source": ["story", "signature"],
            "sort": ["id"],
            "track_total_hits": False,
        }
        for hit in patiently(partial(connection.search, body, indices))["hits"]["hits"]:
            if hit["_id"] not in seen:
                seen.add(hit["_id"])
                source = hit["_source"]
                ref = hit["_index"], hit["_id"]
                yield Signed(ref, source["story"], unpacked_signature(source["signature"]))
