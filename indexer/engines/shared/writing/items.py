"""Items on their way through a writer: how they travel to other processes, become articles, or are reported.

Called by the writers, and by the workers of every engine.
"""

import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from indexer.article import Article, Entity, Mention, Published
from indexer.errors import LibraryMissing, NotInstalled
from indexer.rejection import EXCERPT, Origin, Reject, Rejected
from indexer.writing import Prepare


class Packed(NamedTuple):
    """A pickled value, unpacked one by one in the worker so that one that fails does not take others along."""

    data: bytes


class Item(NamedTuple):
    """One item as it was given to the writer; `path` and `record` are its origin."""

    sequence: int
    path: str
    record: int | None
    value: Any

    @property
    def origin(self) -> Origin:
        """Where it came from."""
        return Origin(self.path, self.record)


def prepared(items: Iterable[Item], prepare: Prepare, rejects: list[tuple[int, Reject]]) -> list[tuple[Item, Article]]:
    """The articles of a batch of items; what cannot become one is added to the rejects."""
    found: list[tuple[Item, Article]] = []
    for item in items:
        value = item.value
        try:
            if isinstance(value, Packed):
                value = pickle.loads(value.data)  # noqa: S301 - pickled by our own parent
            found.append((item, prepare(value)))
        except Exception as error:
            rejects.append((item.sequence, rejection(item.origin, value, error)))
    return found


def packed(value: Any) -> Packed:
    """Pickle a value for another process."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    # What dataclasses do by themselves takes five times as long, and a third of the writer's own work.
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return Packed(buffer.getvalue())


def _reducer(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (kind, values(one))


_REDUCERS: dict[type, Any] = {kind: _reducer(kind) for kind in (Article, Published, Entity, Mention)}


def rejection(origin: Origin, value: Any, error: Exception) -> Reject:
    """The report of an item that could not be taken; anything but `Rejected` is our bug, and says so.

    Raises:
        NotInstalled: a library is missing, so that every item of its kind would fail.
    """
    if isinstance(error, LibraryMissing):
        raise error
    if isinstance(error, ImportError):
        raise NotInstalled.because(error) from error
    if isinstance(error, Rejected):
        return error.at(origin)
    detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Reject(origin, "internal", detail[:EXCERPT], repr(value)[:EXCERPT])
