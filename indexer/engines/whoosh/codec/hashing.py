"""Labels as numbers: 64-bit hashes of strings and of the keys by which the names of an entity meet.

The hashes of keys lie in the segment, made when its labels are written, so that a reader need not work them out; beside
them stands which rules made them. Called by whoever writes labels (`columns`, `merge_segments`)
and by `reader`.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from indexer.article import EntityKind
from indexer.engines.whoosh.codec.layout import Array, pack_strings, unpack_strings
from indexer.entities.keys import joining_key, key_rules, short_form

Hashes = NDArray[np.uint64]

# Labels are compared across segments by 64-bit tabulation hashes: one random number for each byte and place in the
# label, added up. Among a million labels two collide with a chance of 3 in 10**8.
_HASH_PLACES = 256
_HASH_SEED = 20211014
_HASH_BLOCK = 1 << 16  # labels hashed at once, to bound memory
# Of the key of a label: the bits that are not those of its short form.
_REST_BITS, _ONE = np.uint64(24), np.uint64(1)
_REST = np.uint64((1 << 24) - 1)
# Where a segment's metadata say which rules made its keys.
KEY_VERSION = "label_keys"


def hash_strings(data: Array, offsets: Array) -> Hashes:
    """64 bits for each of packed strings."""
    table = np.random.default_rng(_HASH_SEED).integers(0, 1 << 64, (_HASH_PLACES, 256), np.uint64, endpoint=False)
    offsets = offsets.astype(np.int64)
    lengths = np.diff(offsets)
    hashes = lengths.astype(np.uint64)
    for low in range(0, len(lengths), _HASH_BLOCK):
        edges = offsets[low : low + _HASH_BLOCK + 1]
        places = np.arange(edges[0], edges[-1]) - np.repeat(edges[:-1], np.diff(edges))
        rounds = (places // _HASH_PLACES * 2 + 1).astype(np.uint64)
        mixed = table[places % _HASH_PLACES, data[edges[0] : edges[-1]]] * rounds
        hashes[low : low + _HASH_BLOCK] += np.add.reduceat(mixed, edges[:-1] - edges[0])
    return hashes


def label_keys(field: str, labels: Iterable[bytes]) -> Hashes:
    """A number for each label of an entity field: the same for labels that may surely name the same.

    An alias has that of the name it stands for. The upper 40 bits stand for what the label may be called for short
    (`short_names.short_form`), the last says whether it is that short name itself.
    """
    kind = cast(EntityKind, field)
    keys = [joining_key(kind, label.decode()) for label in labels]
    shorts = [short_form(kind, key) for key in keys]
    own = hash_strings(*pack_strings([key.encode() for key in keys]))
    forms = hash_strings(
        *pack_strings([(short.form if short else key).encode() for key, short in zip(keys, shorts, strict=True)])
    )
    bare = np.fromiter((short is not None and short.bare for short in shorts), np.uint64, len(shorts))
    return (forms & ~_REST) | (own << _ONE & _REST) | bare


def short_keys(keys: Hashes) -> Hashes:
    """The part of keys that labels of one short form share."""
    shared: Hashes = keys >> _REST_BITS
    return shared


def are_bare(keys: Hashes) -> NDArray[np.bool_]:
    """Which keys are those of labels that are short names themselves."""
    bare: NDArray[np.bool_] = (keys & _ONE) == 1
    return bare


def keys_of(metadata: Mapping[str, Any], whole: Callable[[str], Array], field: str) -> Hashes:
    """The keys of a segment's labels: those it has, or worked out anew where other rules made them.

    `whole` gives an array of the segment, verified.
    """
    if metadata.get(KEY_VERSION) == key_version():
        return whole(keys_name(field))
    return label_keys(field, unpack_strings(whole(f"{field}.values.bytes"), whole(f"{field}.values.offsets")))


@cache
def key_version() -> str:
    """Changes when a label might get another key: with the rules, the table of aliases or the hash.

    The hash is that of numpy's random numbers, which another version of numpy may draw differently.
    """
    probe = int(hash_strings(*pack_strings([bytes(range(256))]))[0])
    return f"{key_rules()}-{probe:016x}"


def keys_name(field: str) -> str:
    """The array of the keys of a field's labels, in the order of the labels."""
    return f"{field}.values.keys"
