"""The address of a page of clippings <-> the ids of its articles, in their order.

The ids stand in the address and nowhere else on the server, so that a page can be shared, kept and read without a
script. A script puts addresses together from ids as `written` has them here and never writes one itself.
"""

from collections.abc import Iterable, Sequence

from webui.addresses import params, urls

PATH = "/clippings"
PARAMETER = "id"
# More than a story takes; `acceptance.LONGEST_ADDRESS` bounds them too, at some 100 ids that are addresses themselves.
MOST = 200


def read(values: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """The ids that an address names, each once, and how many it names beyond the most that are shown."""
    ids = [id for id in dict.fromkeys(values) if id]
    return tuple(ids[:MOST]), max(len(ids) - MOST, 0)


def page(ids: Sequence[str]) -> str:
    """The page of some articles."""
    return urls.page(PATH, [(PARAMETER, id) for id in ids])


def file(suffix: str, ids: Sequence[str]) -> str:
    """The same articles as a file."""
    return urls.page(f"{PATH}.{suffix}", [(PARAMETER, id) for id in ids])


def written(id: str) -> str:
    """An id as it stands in such an address, behind `id=`."""
    return params.quoted(id)
