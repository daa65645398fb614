"""Queries of a line that have a long search made. The outcome is their hits, or that their time was used up."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.attacks.archives import BUDGET_MS, config, make_searched
from benchmarks.attacks.attempt import Attack
from indexer.archive import Archive, open_archive
from indexer.errors import SearchTimeout
from indexer.search.request import SearchRequest

_LETTERS = "aeinorst"
_SHORT = " OR ".join(f"{a}{b}{c}~" for a in _LETTERS[:4] for b in _LETTERS[:4] for c in _LETTERS[4:])
_LOOSE = " OR ".join(f'"the {word}"~1000' for word in "of and to in a is on by at as it be he we an".split() * 2)

QUERIES = {
    "`st?*?*?*?*?*?*?*?*?*?*zz`": "st?*?*?*?*?*?*?*?*?*?*zz",
    "`aa*a*a*a*a*b`": "aa*a*a*a*a*b",
    "a wildcard of 60 stars": "a" + "*a" * 60 + "*b",
    "`source:aa*a*a*a*a*b`, labels": "source:aa*a*a*a*a*b",
    "64 fuzzy words of three letters": _SHORT,
    '`"the of and to in a"~1000`': '"the of and to in a"~1000',
    "30 phrases of two common words `~1000`": _LOOSE,
    "`the NEAR/1000 of`": "the NEAR/1000 of",
    "a phrase of 240 times `the`": '"' + "the " * 240 + '"',
}


def _search(query: str, root: Path) -> str:
    with open_archive(config(root)) as archive:
        return _outcome(archive, query)


def _search_in(index: str, query: str, _: Path) -> str:
    with open_archive(index) as archive:
        return _outcome(archive, query)


def _outcome(archive: Archive, query: str) -> str:
    try:
        return f"{archive.search(SearchRequest(query, budget_ms=BUDGET_MS)).total:,} hits"
    except SearchTimeout:
        return f"given up after {BUDGET_MS / 1000:g} s"


def _nothing(_: Path) -> None:
    """The archive is there."""


def attacks(index: str | None = None) -> Iterator[Attack]:
    """All queries, on an archive made for them or on one that is there."""
    for name, query in QUERIES.items():
        if index is None:
            yield Attack(name, make_searched, partial(_search, query))
        else:
            yield Attack(name, _nothing, partial(_search_in, index, query), cheap=False)
