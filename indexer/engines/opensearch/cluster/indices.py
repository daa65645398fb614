"""The indices of an archive: made, rolled over when they are full, moved under the alias, dropped.

Articles lie in one index, or in one for each year or month; a period whose last index is full gets a further one. An
article is found by its id in whatever index it is, so replacing and removing need not know of this. Called by the
writer and by rebuilds.
"""

from collections.abc import Mapping
from typing import Any

from opensearchpy.exceptions import RequestError

from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.index_names import UNDATED, WHOLE, numbered, pattern, unnumbered
from indexer.engines.opensearch.cluster.mapping import added_properties, template

MB = 1 << 20
# By period: the number of the index that takes what is added, where it is not the first.
Rolled = Mapping[str, int]


def roll_over(connection: Connection, alias: str, version: int, covering: str | None) -> Rolled:
    """Make a further index for each period whose last one is full, by what searches see of it.

    Full is an index whose primary shards have as much on average as `[engine] roll_over_mb` allows. `covering` is the
    alias that covers what is made.
    """
    config = connection.config
    indices = pattern(alias, version)
    answer = connection.call(lambda client: client.indices.stats(index=indices, metric="store"))["indices"]
    sizes: dict[str, dict[int, int]] = {}
    for name, each in answer.items():
        period, number = unnumbered(name.removeprefix(f"{alias}.{version}."))
        sizes.setdefault(period, {})[number] = each["primaries"]["store"]["size_in_bytes"]
    last = {period: max(found) for period, found in sizes.items()}
    body = template(indices, config, covering)["template"]
    for period, number in last.items():
        if config.roll_over_mb and sizes[period][number] >= config.roll_over_mb * MB * config.shards:
            last[period] = number + 1
            _make(connection, f"{alias}.{version}.{numbered(period, number + 1)}", body)
    return {period: number for period, number in last.items() if number > 1}


def _make(connection: Connection, index: str, body: Mapping[str, Any] | None) -> None:
    def make(client: Any) -> None:
        try:
            client.indices.create(index=index, body=body)
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    connection.call(make)


def drop_versions(connection: Connection, alias: str, kept: int) -> None:
    """Delete the indices of all versions but one: what a rebuild, finished or not, has left."""

    def drop(client: Any) -> None:
        versions = {name.removeprefix(f"{alias}.").partition(".")[0] for name in client.indices.get(index=f"{alias}.*")}
        for version in versions - {str(kept), "state"}:
            client.indices.delete(index=f"{alias}.{version}.*")
            client.indices.delete_index_template(name=f"{alias}.{version}", ignore=404)

    connection.call(drop)


def move_alias(connection: Connection, alias: str, version: int) -> None:
    """Have the archive's alias, which is there for other programs, cover the indices of a version and no others."""
    actions = [
        {"remove": {"index": f"{alias}.*", "alias": alias, "must_exist": False}},
        {"add": {"index": pattern(alias, version), "alias": alias}},
    ]
    connection.call(lambda client: client.indices.update_aliases(body={"actions": actions}))
    if connection.config.partition:  # parts to come belong to it too
        body = template(pattern(alias, version), connection.config, alias)
        connection.call(lambda client: client.indices.put_index_template(name=f"{alias}.{version}", body=body))


def make_indices(connection: Connection, alias: str, version: int, covering: str | None) -> None:
    """Make an index of a version, so that there is always one to search, and the template of the others there will be.

    `covering` is the alias that covers them from the start.
    """
    config = connection.config
    first = f"{alias}.{version}.{UNDATED if config.partition else WHOLE}"
    body = template(pattern(alias, version), config, covering)

    if connection.call(lambda client: client.indices.exists(index=first)):
        _complete(connection, alias, version, body)
        return
    if config.partition:
        connection.call(lambda client: client.indices.put_index_template(name=f"{alias}.{version}", body=body))
    _make(connection, first, None if config.partition else body["template"])


def _complete(connection: Connection, alias: str, version: int, body: Mapping[str, Any]) -> None:
    """Give indices of an earlier version the fields that came later, and those to come too."""
    later = added_properties()
    held = connection.call(lambda client: client.indices.get_mapping(index=pattern(alias, version)))
    if all(later.keys() <= each["mappings"]["properties"].keys() for each in held.values()):
        return
    connection.call(
        lambda client: client.indices.put_mapping(index=pattern(alias, version), body={"properties": later})
    )
    if connection.config.partition:
        connection.call(lambda client: client.indices.put_index_template(name=f"{alias}.{version}", body=body))
