"""Broadsheet on a cluster of three nodes, as `make opensearch` starts them; `BROADSHEET_ENGINE__HOSTS` names others."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record
from benchmarks.peers.broadsheet import Broadsheet, article_of
from indexer import open_archive
from indexer.config import Config, EngineConfig, load_config
from indexer.rejection import Origin

HOSTS = ("http://127.0.0.1:9200", "http://127.0.0.1:9201", "http://127.0.0.1:9202")


class OnCluster(Broadsheet):
    """The scale-out engine; its answers are put together by the same code as the embedded one's."""

    def build(self, records: Iterable[Record], directory: Path, processes: int) -> None:
        with open_archive(_config(directory, processes)) as archive:
            archive.engine.connection.client.indices.delete(index=f"{archive.engine.alias}.*")  # type: ignore[attr-defined]
        with open_archive(_config(directory, processes)) as archive:
            with archive.engine.writer(article_of) as writer:
                for number, record in enumerate(records, 1):
                    writer.add(record, Origin("benchmark", number))
                writer.commit()
            archive.refresh()
            # What lies on the disks of the nodes, for the table: primary shards only.
            (directory / "size").write_bytes(bytes(0))
            with (directory / "size").open("r+b") as file:
                file.truncate(archive.stats().bytes)

    def open(self, directory: Path) -> Any:
        return open_archive(_config(directory, 1))


def _config(directory: Path, processes: int) -> Config:
    configured = load_config().engine
    hosts = configured.hosts if configured.hosts != EngineConfig().hosts else HOSTS
    alias = f"benchmark-{directory.parent.name}"
    engine = replace(configured, name="opensearch", hosts=hosts, alias=alias, processes=processes, shards=3, replicas=0)
    return Config(engine=engine).with_index(directory)


PEER = OnCluster()
