"""The cluster that a test run shares: started when first needed, ended with the run; or why there is none.

`BROADSHEET_TEST_CLUSTER=http://127.0.0.1:9200,...` names one that runs already, as `make opensearch` leaves it running.
"""

import atexit
import contextlib
import functools
import hashlib
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Config, EngineConfig
from tests.cluster.launch import Cluster, NoCluster

RUNNING = "BROADSHEET_TEST_CLUSTER"
# Two shards, so that what one shard does not know of the other shows.
SHARDS = 2
# The archives that were named since the run began.
_ALIASES: set[str] = set()


@functools.cache
def _own() -> Cluster | str:
    """The cluster of this run, or why there is none."""
    if not _has_library():
        return "opensearch-py is not installed"
    directory = Path(tempfile.mkdtemp(prefix="broadsheet-cluster-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    try:
        cluster = Cluster(directory)
    except NoCluster as why:
        return str(why)
    atexit.register(cluster.stop)
    return cluster


def _has_library() -> bool:
    try:
        import opensearchpy  # noqa: F401
    except ModuleNotFoundError:
        return False
    return True


def hosts() -> tuple[str, ...]:
    """The addresses of the nodes. Skips the test where no cluster can be had."""
    if RUNNING in os.environ:
        return tuple(os.environ[RUNNING].split(","))
    return own_cluster().urls


def own_cluster() -> Cluster:
    """The cluster of this run, whose nodes a test may kill if it starts them again. Skips as `hosts` does."""
    found = "its nodes are not ours" if RUNNING in os.environ else _own()
    if isinstance(found, str):
        pytest.skip(f"no OpenSearch cluster: {found}")
    return found


def on_cluster(directory: Path, **options: object) -> Config:
    """The configuration of an archive of its own for each directory."""
    alias = "t-" + hashlib.blake2b(str(directory).encode(), digest_size=8).hexdigest()
    _ALIASES.add(alias)
    given = {"shards": SHARDS, "replicas": 0, "processes": 1, "alias": alias, **options}
    return Config(engine=EngineConfig(name="opensearch", hosts=hosts(), **given)).with_index(directory)  # type: ignore[arg-type]


@contextlib.contextmanager
def dropping() -> Iterator[None]:
    """Delete the archives that are named meanwhile: some hundred of them would fill the small heaps of the nodes."""
    before = set(_ALIASES)
    yield
    for alias in set(_ALIASES) - before:
        for path in (f"/{alias}.*?expand_wildcards=all", f"/_index_template/{alias}.*"):
            request = urllib.request.Request(hosts()[0] + path, method="DELETE")
            with contextlib.suppress(OSError):  # nothing was written, or a node is gone
                urllib.request.urlopen(request, timeout=60).close()
    _ALIASES.clear()
    _ALIASES.update(before)
