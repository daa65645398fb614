"""Values some of whose fields are made when they are first read: most readers look at few of them.

They are the same values whoever made them: comparing, copying and pickling one reads its fields.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

_put = object.__setattr__
_get = object.__getattribute__


class Source(Protocol):
    """Where the fields of one value come from."""

    def field(self, name: str) -> Any:
        """The value of a field. May raise what reading an index raises."""
        ...


class Deferred:
    """Base of frozen dataclasses with slots whose fields a `Source` may hold back."""

    __slots__ = ("_source",)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A field that is not there yet."""
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__} has no attribute {name!r}", name=name, obj=self)
            made = _get(self, "_source").field(name)
            _put(self, name, made)
            return made


T = TypeVar("T", bound=Deferred)


def later(kind: type[T], source: Source, known: Mapping[str, Any]) -> T:
    """A value of which some fields are known, and all others are the source's to give."""
    made = object.__new__(kind)
    _put(made, "_source", source)
    for name, value in known.items():
        _put(made, name, value)
    return made
