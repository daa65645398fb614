"""A run of alerts over a cluster tells what it tells over files, once."""

from dataclasses import replace
from pathlib import Path

from indexer import open_archive
from indexer.config import AlertsConfig, EntitiesConfig
from tests.alerts.servers import hook
from tests.cluster.running import on_cluster


def test_an_alert_tells_once_of_what_is_committed_to_a_cluster(tmp_path: Path) -> None:
    config = replace(on_cluster(tmp_path / "index"), entities=EntitiesConfig(enabled=False))
    config = replace(config, alerts=AlertsConfig(private=True))
    with hook() as posted, open_archive(config) as archive:
        archive.add([{"id": "old", "title": "Flood in Mainz", "language": "en"}])
        alert = archive.add_alert('flood OR "river bank"', name="Floods", webhook=posted.address)
        assert archive.run_alerts().messages == ()
        archive.add(
            [
                {"id": "a", "title": "Floods in Trier", "body": "On the river bank.", "language": "en"},
                {"id": "b", "title": "Snow", "language": "en"},
            ]
        )
        report = archive.run_alerts()
        (message,) = report.messages
        assert (message.alert, message.total, report.arrived, report.sent) == (alert.id, 1, 2, 1)
        (listed,) = message.articles
        assert (listed.id, [str(each) for each in listed.fired]) == ("a", ["flood (title)", '"river bank" (body)'])
        assert archive.run_alerts().messages == ()
        archive.add([{"id": "c", "title": "Flood in Bonn", "language": "en"}])
        (later,) = archive.run_alerts().messages
        assert [each.id for each in later.articles] == ["c"]
    assert len(posted.requests) == 2
