"""An archive with alerts, and whom they tell."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from indexer import Archive, open_archive
from indexer.alerts.store import Store
from indexer.config import AlertsConfig, Config, EntitiesConfig, WebConfig
from tests.alerts.servers import Hook, MailServer, hook, mail_server


@dataclass
class Told:
    """An archive in a folder, a mail server and a webhook."""

    config: Config
    mail: MailServer
    hook: Hook

    @property
    def index(self) -> Path:
        return Path(self.config.archive.index)

    @property
    def store(self) -> Store:
        return Store(self.index)

    def open(self, **alerts: Any) -> Archive:
        config = replace(self.config, alerts=replace(self.config.alerts, **alerts))
        return open_archive(config)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with mail_server() as mail, hook() as posted:
        alerts = AlertsConfig(
            smtp_host="127.0.0.1",
            smtp_port=mail.port,
            smtp_security="none",
            sender="archive@news.example",
            private=True,
        )
        config = Config(
            alerts=alerts,
            entities=EntitiesConfig(enabled=False),
            web=WebConfig(base_url="https://news.example/archive"),
        ).with_index(tmp_path / "index")
        yield Told(config, mail, posted)
