"""What a run tells: of what has arrived, once, whatever day it was published on; and which words fired."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer import Archive, Article
from indexer.alerts.arrivals import CHUNK
from indexer.alerts.message import AlertMessage
from indexer.errors import IndexLocked, NotFound, QueryTooExpensive, UsageError
from tests.alerts.conftest import Told


def item(id: str, title: str, body: str = "", **fields: object) -> dict[str, object]:
    return {"id": id, "title": title, "body": body, "language": "en", **fields}


def listed(message: AlertMessage) -> list[str]:
    return [article.id for article in message.articles]


def test_an_alert_tells_of_what_arrives_after_it_was_made_and_only_once(told: Told) -> None:
    with told.open() as archive:
        archive.add([item("old", "Flood in Mainz")])
        alert = archive.add_alert("flood", name="Floods", mail="desk@news.example")
        assert archive.run_alerts().messages == ()
        archive.add([item("a", "Flood in Trier"), item("b", "Snow in Trier")])
        (message,) = archive.run_alerts().messages
        assert (message.alert, message.name, message.total, listed(message)) == (alert.id, "Floods", 1, ["a"])
        assert archive.run_alerts().messages == ()
    assert told.mail.recipients == ["desk@news.example"]
    assert told.mail.mails[0]["Message-ID"] == f"<{message.id}@news.example>"


def test_it_tells_of_content_that_is_older_than_itself(told: Told) -> None:
    with told.open() as archive:
        archive.add([item("old", "Flood", published="2026-11-30")])
        archive.add_alert("flood")
        archive.add([item("scan", "Flood of the century", published="1921-01-17")])
        (message,) = archive.run_alerts().messages
    assert [(each.id, each.published) for each in message.articles] == [("scan", "1921-01-17")]


def test_one_message_has_all_of_a_run_the_newest_listed(told: Told) -> None:
    with told.open(listed=3) as archive:
        archive.add_alert("flood", name="Floods")
        archive.add([item(f"a{n}", "Flood", published=f"2021-10-{n:02d}") for n in range(1, 11)])
        (message,) = archive.run_alerts().messages
        assert (message.total, message.further, listed(message)) == (10, 7, ["a10", "a9", "a8"])
        search = dict(message.search)
        found = archive.search("flood", added_from=search["added_from"], added_to=search["added_to"])
        assert found.total == 10
    assert message.link.startswith("https://news.example/archive/search?q=flood&added_from=")


def test_an_alert_made_before_there_is_an_archive_tells_of_its_first_build(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood")
    with told.open() as archive:
        archive.add([item(str(n), "Flood") for n in range(CHUNK + 5)])
        (message,) = archive.run_alerts().messages
        assert (message.total, len(message.articles)) == (CHUNK + 5, 20)


def test_all_words_of_a_plain_query_must_be_there_unless_some_are_enough(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood dam", name="all")
        archive.add_alert("flood dam", name="some", match="best")
        archive.add([item("a", "Flood"), item("b", "Flood over the dam")])
        found = {message.name: sorted(listed(message)) for message in archive.run_alerts().messages}
    assert found == {"all": ["b"], "some": ["a", "b"]}


def test_a_message_says_which_words_fired_and_where(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert('Levée OR "river bank" OR dam* OR person:"Anna Weiss" OR title:flood OR snow', name="words")
        body = "The levees held. Along the river bank stood a damaged house."
        people = [{"kind": "person", "name": "Anna Weiss"}]
        archive.add([item("a", "Rain, and damage", body, entities=people)])
        (message,) = archive.run_alerts().messages
    assert [str(each) for each in message.articles[0].fired] == [
        "Levée (body)",
        '"river bank" (body)',
        "dam* (title, body)",
        'person:"Anna Weiss" (person)',
    ]


def test_of_a_list_of_names_it_says_which(told: Told) -> None:
    names = [f'"Ann{n} Bo{n}"' for n in range(50)]
    with told.open() as archive:
        archive.add_alert(" OR ".join(names))
        archive.add([item("a", "Prize for Ann7 Bo7", "Ann31 Bo31 came second, Ann8 third.")])
        (message,) = archive.run_alerts().messages
    assert [str(each) for each in message.articles[0].fired] == [
        '"Ann7 Bo7" (title)',
        '"Ann31 Bo31" (body)',
    ]


def test_filters_alone_are_named_and_of_several_values_the_one_that_is_there(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("", name="one", source="SANA")
        archive.add_alert("flood", name="several", source=["TASS", "SANA"])
        archive.add_alert("", name="below", category="News")
        archive.add([item("a", "Flood", source="SANA", category="News/Local")])
        found = {each.name: [str(part) for part in each.articles[0].fired] for each in archive.run_alerts().messages}
    assert found == {
        "one": ["SANA (source)"],
        "several": ["flood (title)", "SANA (source)"],
        "below": ["News (category)"],
    }


def test_words_of_other_scripts_and_inflections_fire_in_the_spelling_of_the_alert(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("洪水 OR فيضان OR Überschwemmungen OR наводнение")
        archive.add([
            {"id": "zh", "title": "洪水来了", "language": "zh"},
            {"id": "ar", "title": "الفيضان في المدينة", "language": "ar"},
            {"id": "de", "title": "Überschwemmung in Trier", "language": "de"},
            {"id": "ru", "title": "Наводнения в городе", "language": "ru"},
        ])  # fmt: skip
        (message,) = archive.run_alerts().messages
    assert {each.id: [part.text for part in each.fired] for each in message.articles} == {
        "zh": ["洪水"],
        "ar": ["فيضان"],
        "de": ["Überschwemmungen"],
        "ru": ["наводнение"],
    }


def test_a_paused_alert_says_nothing_of_what_comes_meanwhile(told: Told) -> None:
    with told.open() as archive:
        alert = archive.add_alert("flood", mail="desk@news.example")
        archive.pause_alert(alert.id)
        archive.add([item("a", "Flood")])
        assert archive.run_alerts().messages == ()
        archive.pause_alert(alert.id, paused=False)
        assert archive.run_alerts().messages == ()
        archive.add([item("b", "Flood")])
        (message,) = archive.run_alerts().messages
    assert listed(message) == ["b"]


def test_two_alerts_made_at_different_times_are_each_told_of_what_is_theirs(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood", name="first")
        archive.add([item("a", "Flood")])
        archive.add_alert("flood", name="second")
        archive.add([item("b", "Flood")])
        found = {message.name: sorted(listed(message)) for message in archive.run_alerts().messages}
    assert found == {"first": ["a", "b"], "second": ["b"]}


def test_what_arrives_with_a_time_before_what_was_read_is_told_of_all_the_same(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    with told.open() as archive:
        archive.add([item("first", "Snow")])
        archive.add_alert("flood")
        archive.add([item("b", "Flood")])
        assert len(archive.run_alerts().messages) == 1
        _late(archive, "late", monkeypatch)
        (message,) = archive.run_alerts().messages
        assert listed(message) == ["late"]
        assert archive.run_alerts().messages == ()


def _late(archive: Archive, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add an article as a machine would whose clock is a little behind."""
    (newest,) = archive.get_many(["b"])
    assert newest is not None
    assert newest.added is not None
    archive.add([Article(id, title="Flood", language="en", added=newest.added - timedelta(microseconds=1))])


def test_an_archive_that_is_built_anew_tells_of_all_of_it_in_one_message(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood")
        archive.add([item("a", "Flood")])
        archive.run_alerts()
    kept = told.store.path.read_bytes()
    for path in sorted(told.index.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    told.store.path.write_bytes(kept)
    with told.open() as archive:
        archive.add([item("a", "Flood"), item("b", "Flood"), item("c", "Flood")])
        (message,) = archive.run_alerts().messages
        assert sorted(listed(message)) == ["b", "c"]  # the other was told of within the hour


def test_what_has_arrived_can_be_taken_for_told(told: Told) -> None:
    with told.open() as archive:
        archive.add_alert("flood")
        archive.add([item("a", "Flood")])
        assert archive.run_alerts(skip=True).messages == ()
        assert archive.run_alerts().messages == ()


def test_a_test_shows_the_last_ten_to_arrive_and_changes_nothing(told: Told) -> None:
    with told.open() as archive:
        archive.add([item(f"a{n}", "Flood") for n in range(12)])
        alert = archive.add_alert("flood", mail="desk@news.example")
        archive.add([item("b", "Flood", published="1900-01-01")])
        message = archive.test_alert(alert.id)
        assert (message.total, len(message.articles), message.articles[0].id) == (13, 10, "b")
        assert archive.alert_messages(alert.id) == []
        assert [each.total for each in archive.run_alerts().messages] == [1]


def test_an_alert_is_found_by_the_beginning_of_its_id(told: Told) -> None:
    with told.open() as archive:
        alert = archive.add_alert("flood")
        assert archive.alert(alert.id[:6]) == alert
        with pytest.raises(NotFound, match="There is no alert 'zz'"):
            archive.alert("zz")
        assert archive.remove_alert(alert.id) == alert
        assert archive.alerts() == []


@pytest.mark.parametrize(
    "address", ["desk", "desk@", "a@b", "a@b.example\nBcc: x@y.example", "a b@c.example", "a@ü.example"]
)
def test_what_is_no_mail_address_is_refused(told: Told, address: str) -> None:
    with told.open() as archive, pytest.raises(UsageError, match="is not a mail address"):
        archive.add_alert("flood", mail=address)


@pytest.mark.parametrize("address", ["hooks.example", "ftp://a.example/", "http://", "https://a.example/\r\nX: y"])
def test_what_is_no_webhook_is_refused(told: Told, address: str) -> None:
    with told.open() as archive, pytest.raises(UsageError, match="is not an address of the web"):
        archive.add_alert("flood", webhook=address)


def test_a_search_that_is_refused_is_not_kept(told: Told) -> None:
    with told.open() as archive, pytest.raises(QueryTooExpensive):
        archive.add_alert(" OR ".join(f"word{n}" for n in range(5_000)))


def test_two_runs_at_once_are_refused(told: Told, tmp_path: Path) -> None:
    from indexer.alerts.lock import AlertsLock

    with told.open() as archive, AlertsLock(told.index), pytest.raises(IndexLocked, match="runs the alerts"):
        archive.run_alerts()


def test_ten_thousand_alerts_are_told_of_what_is_theirs(told: Told) -> None:
    with told.open() as archive:
        archive.add([item("before", "Nothing")])
        from indexer.alerts.alert import new_alert
        from indexer.alerts.store import ReadState

        now = datetime.now(UTC)
        made = [new_alert(archive.request(f"word{n % 500} OR name{n}"), now, name=str(n)) for n in range(10_000)]
        told.store.add_all(made, ReadState())
        archive.run_alerts(skip=True)
        archive.add([item(f"a{n}", f"word{n} and name{n}") for n in range(100)])
        found = archive.run_alerts().messages
        assert len(found) == 20 * 100
        assert {message.name: listed(message) for message in found if int(message.name) < 500} == {
            str(n): [f"a{n}"] for n in range(100)
        }
        own = next(message for message in found if message.name == "7")
        assert [str(each) for each in own.articles[0].fired] == ["word7 (title)", "name7 (title)"]
