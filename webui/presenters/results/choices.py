"""Values of a facet -> rows that can be chosen: a box with its label, and what can be done with the value at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.browsing.profiles import PROFILE_FIELDS
from indexer.fields import BY_NAME, Kind
from indexer.search.request import MISSING
from indexer.search.results import Bucket
from webui import i18n
from webui.addresses import params, urls
from webui.addresses.neighbours import Nearby
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.links import Link

UNCOUNTED = -1  # the count of a chosen value that the archive was not asked for
Row = tuple[Bucket, int]  # a value, and how deep it stands below others


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: the box of a form, and links that act at once; the note of each is its whole name.

    The box of an excluded value is that of its exclusion. `url` is the value's own page, where rows are a directory.
    """

    label: str
    value: str
    parameter: str
    count: str
    checked: bool
    excluded: bool
    acts: tuple[Link, ...]
    depth: int
    url: str | None


def choices(
    field: str, buckets: Sequence[Bucket], near: Nearby, missing: Bucket | None = None, *, directory: bool = False
) -> tuple[Choice, ...]:
    """Values of a facet as rows: those chosen, those excluded, the others in the order given.

    Args:
        field: the facet.
        buckets: its values; those of a path come below their parents where these are there.
        near: the search that the rows narrow.
        missing: articles without a value, which come last.
        directory: whether a value leads to its own page, where it has one.
    """
    rows = [(bucket, 0) for bucket in _with_chosen(field, buckets, near)]
    if BY_NAME[field].kind is Kind.PATH:
        rows = _tree([bucket for bucket, _ in rows])
    if missing:
        rows.append((missing, 0))
    chosen = near.request.filter(field)
    if chosen.values or chosen.excluded:
        rows = _chosen_first(rows)
    make = _Maker(field, near, directory=directory and field in PROFILE_FIELDS)
    return tuple(make.choice(bucket, depth) for bucket, depth in rows)


class _Maker:
    """Makes the rows of one facet; the words that all of them have are looked up once."""

    def __init__(self, field: str, near: Nearby, *, directory: bool) -> None:
        self._field = field
        self._near = near
        self._directory = directory
        self._parameter = params.FILTER_PARAMETERS[field]
        self._alone = len(near.request.filter(field).values) == 1
        self._only = gettext("Only"), gettext("Only %(value)s")
        self._exclude = gettext("Exclude"), gettext("Exclude %(value)s")
        self._remove = gettext("Remove"), gettext("Remove %(value)s")

    def choice(self, bucket: Bucket, depth: int) -> Choice:
        value, excluded = bucket.value, bucket.excluded
        label = words.chosen_label(self._field, value, excluded=excluded, last_step=depth > 0)
        return Choice(
            label=label,
            value=value,
            parameter=f"-{self._parameter}" if excluded else self._parameter,
            count="" if excluded or bucket.count == UNCOUNTED else i18n.number(bucket.count),
            checked=bucket.selected or excluded,
            excluded=excluded,
            acts=tuple(Link(text, url, note=name % {"value": label}) for (text, name), url in self._acts(bucket)),
            depth=depth,
            url=urls.profile(self._field, value) if self._directory and value != MISSING else None,
        )

    def _acts(self, bucket: Bucket) -> list[tuple[tuple[str, str], str]]:
        near, field, value = self._near, self._field, bucket.value
        if not (bucket.selected or bucket.excluded):
            return [
                (self._only, near.with_only(field, value)),
                (self._exclude, near.with_exclusion(field, value)),
            ]
        remove = (self._remove, near.without_filter(field, value))
        if bucket.excluded or self._alone:
            return [remove]
        return [(self._only, near.with_only(field, value)), remove]


def _with_chosen(field: str, buckets: Sequence[Bucket], near: Nearby) -> list[Bucket]:
    """Also what was chosen or excluded and is not among the values counted, so that it can be taken back."""
    chosen = near.request.filter(field)
    listed = {bucket.value for bucket in buckets} | {MISSING}
    return [
        *buckets,
        *(Bucket(value, UNCOUNTED, selected=True) for value in chosen.values if value not in listed),
        *(Bucket(value, UNCOUNTED, excluded=True) for value in chosen.excluded if value not in listed),
    ]


def _rank(bucket: Bucket) -> int:
    return 0 if bucket.selected else 1 if bucket.excluded else 2


def _chosen_first(rows: list[Row]) -> list[Row]:
    """What was chosen, then what was excluded, each with what stands above and below it."""
    groups: list[list[Row]] = []
    for row in rows:
        if row[1]:
            groups[-1].append(row)
        else:
            groups.append([row])
    groups.sort(key=lambda group: min(_rank(bucket) for bucket, _ in group))
    return [row for group in groups for row in group]


def _tree(buckets: Sequence[Bucket]) -> list[Row]:
    """Buckets of paths, each below its nearest listed ancestor, otherwise chosen ones first and in the order given."""
    by_path = {bucket.value: bucket for bucket in buckets}

    def ancestor(path: str) -> str | None:
        while "/" in path:
            path = path.rpartition("/")[0]
            if path in by_path:
                return path
        return None  # not "": a path such as "/News" has an ancestor of that name

    below: dict[str | None, list[Bucket]] = {}
    for bucket in sorted(buckets, key=_rank):
        below.setdefault(ancestor(bucket.value), []).append(bucket)
    ordered: list[Row] = []
    waiting = [(bucket, 0) for bucket in reversed(below.get(None, []))]
    while waiting:
        bucket, depth = waiting.pop()
        ordered.append((bucket, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(bucket.value, [])))
    return ordered
