"""Saved pages with known articles, and how close an extraction comes to them. Used by the quality gate alone.

Token F1 compares the two texts as bags of words; the shingle score compares runs of four words over all pages
together, as the benchmark that comes with the pages does.
"""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_TAG = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A page and what a person found on it; None where the set says nothing."""

    name: str
    markup: bytes
    url: str | None
    body: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def scrapinghub(data: Path) -> Iterator[Known]:
    folder = data / "html" / "scrapinghub"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, known in sorted(truth.items()):
        markup = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Known(name, markup, known.get("url"), known["articleBody"])


def fundus(data: Path) -> Iterator[Known]:
    folder = data / "html" / "fundus" / "parser" / "test_data"
    for expected in sorted(folder.glob("*/*.json")):
        versions = json.loads(expected.read_text(encoding="utf-8"))
        info = json.loads((expected.parent / "meta.info").read_text(encoding="utf-8"))
        for path in sorted(expected.parent.glob(f"{expected.stem}_[0-9]*.html.gz")):
            markup = gzip.decompress(path.read_bytes())
            page = Counter(words(_TAG.sub(" ", markup.decode("utf-8", "replace"))))
            # Several versions of a site's layout stand in one file; the one of this page has its words.
            best = max(versions.values(), key=lambda version: _share(words(_body(version)), page))
            if _share(words(_body(best)), page) < 0.7 or len(words(_body(best))) < 20:
                continue
            published = best.get("publishing_date")
            url = info.get(path.name, {}).get("url")
            yield Known(
                path.name, markup, url, _body(best), best.get("title"), tuple(best.get("authors") or ()), published
            )


def _body(version: dict[str, Any]) -> str:
    body = version.get("body") or {}
    parts = [*body.get("summary", ())]
    for section in body.get("sections", ()):
        parts += [*section.get("headline", ()), *section.get("paragraphs", ())]
    return "\n\n".join(parts)


def _share(wanted: list[str], page: Counter[str]) -> float:
    return (Counter(wanted) & page).total() / len(wanted) if wanted else 0.0


def words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def token_f1(true: str, found: str) -> float:
    wanted, got = Counter(words(true)), Counter(words(found))
    common = (wanted & got).total()
    return 2 * common / (wanted.total() + got.total()) if common else float(not wanted and not got)


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    found = words(text)
    return Counter(tuple(found[i : i + size]) for i in range(max(1, len(found) - size + 1))) if found else Counter()


def shingle_score(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """(F1, precision, recall) over all pages, each page weighing the same."""
    hit = extra = missed = 0.0
    for true, found in pairs:
        wanted, got = shingles(true), shingles(found)
        common = (wanted & got).total()
        total = wanted.total() + got.total() - common or 1
        hit, extra, missed = (
            hit + common / total,
            extra + (got.total() - common) / total,
            missed + (wanted.total() - common) / total,
        )
    precision, recall = hit / (hit + extra), hit / (hit + missed)
    return 2 * precision * recall / (precision + recall), precision, recall
