"""`indexer alerts`: what it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alerts.servers import Hook, MailServer, hook, mail_server
from tests.cli.conftest import Indexer, Outcome
from tests.follow.server import LONG, item, rss, serving


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def posted() -> Iterator[Hook]:
    with hook() as server:
        yield server


@pytest.fixture
def config(mail: MailServer, tmp_path: Path) -> Path:
    config = tmp_path / "config.toml"
    config.write_text(
        '[archive]\nindex = "index"\n[engine]\nprocesses = 1\n[entities]\nenabled = false\n[alerts]\n'
        f'smtp_host = "127.0.0.1"\nsmtp_port = {mail.port}\nsmtp_security = "none"\nsender = "a@news.example"\n'
        "private = true\n[follow]\nmin_delay_ms = 0\n"
    )
    return config


def plain(outcome: Outcome) -> tuple[int, str, str]:
    """What was printed, with what differs each time by its name."""

    def named(text: str) -> str:
        text = re.sub(r"\b[0-9a-f]{10}\b", "ID", text)
        text = re.sub(r"msg_[0-9a-f]{24}", "MESSAGE", text)
        text = re.sub(r"whsec_\S+", "SECRET", text)
        text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", text)
        text = re.sub(r"127\.0\.0\.1:\d+", "HOST", text)
        return re.sub(r"in [\d.]+ s", "in SECONDS", text)

    return outcome.code, named(outcome.out), named(outcome.err)


def build(indexer: Indexer, config: Path, name: str, *titles: str) -> None:
    path = config.with_name(name)
    path.write_text(
        "".join(f'{{"title": "{title}", "source": "SANA", "published": "2021-10-14"}}\n' for title in titles)
    )
    assert indexer("--config", config, "build", path).code == 0


def test_a_first_alert_from_making_it_to_its_message(indexer: Indexer, config: Path, mail: MailServer) -> None:
    build(indexer, config, "one.jsonl", "Flood in Mainz")
    made = indexer("--config", config, "alerts", "add", "flood", "dam", "--mail", "desk@news.example", "--name", "Dams")
    assert plain(made) == (
        0,
        "ID  Dams\nSearch: flood dam\nSent to: desk@news.example\n"
        "Now it finds 0 articles. It says nothing of these, but of those that come after them.\n",
        "What it would say: indexer alerts test ID\nTo have all alerts tell what is new: indexer alerts run\n",
    )
    build(indexer, config, "two.jsonl", "Flood over the dam", "Flood")
    assert plain(indexer("--config", config, "alerts", "run")) == (
        0,
        "2 articles arrived, 1 alert: 1 message, 1 sent in SECONDS\n  1 article  Dams\n",
        "",
    )
    assert mail.recipients == ["desk@news.example"]
    id = made.out.split()[0]
    shown = plain(indexer("--config", config, "alerts", "show", id))
    article = next(line.strip() for line in shown[1].splitlines() if line.startswith("   h-"))
    assert shown == (
        0,
        "ID  Dams\nSearch: flood dam\nSent to: desk@news.example\n\nTIME  1 new article: Dams\n\n"
        f"1. Flood over the dam\n   SANA, 2021-10-14\n   found by flood (title); dam (title)\n   {article}\n\n"
        "--\nAlert ID of Broadsheet, message MESSAGE\n\n",
        "",
    )
    assert "MESSAGE" not in plain(indexer("--config", config, "alerts", "test", id[:4]))[1]


def test_a_run_without_alerts_or_an_archive_is_no_error(indexer: Indexer, config: Path) -> None:
    none = "There are no alerts. Make one: indexer alerts add QUERY --mail ADDRESS\n"
    assert plain(indexer("--config", config, "alerts", "run")) == (0, "", none)
    assert indexer("--config", config, "alerts", "add", "flood").code == 0
    done = plain(indexer("--config", config, "alerts", "run"))
    assert done == (0, "0 articles arrived, 1 alert: 0 messages, 0 sent in SECONDS\n", "")


def test_a_list_says_where_they_send_and_what_is_wrong(indexer: Indexer, config: Path, mail: MailServer) -> None:
    assert plain(indexer("--config", config, "alerts", "list")) == (
        0,
        "",
        "There are no alerts. Make one: indexer alerts add QUERY --mail ADDRESS\n",
    )
    mail.refused.add("bad@news.example")
    assert indexer("--config", config, "alerts", "add", "flood", "--mail", "bad@news.example").code == 0
    build(indexer, config, "one.jsonl", "Flood in Mainz")
    done = plain(indexer("--config", config, "alerts", "run", "--strict"))
    assert done == (
        1,
        "1 article arrived, 1 alert: 1 message, 0 sent in SECONDS\n  1 article  flood\n"
        "Not delivered: bad@news.example: The mail server refuses the address: 550 no such mailbox. "
        "Tried again TIME.\n",
        "",
    )
    listed = indexer("--config", config, "alerts", "list", "--json").json
    assert [(each["name"], each["mail"], each["undelivered"][0]["reason"]) for each in listed] == [
        ("flood", ["bad@news.example"], "The mail server refuses the address: 550 no such mailbox.")
    ]
    text = plain(indexer("--config", config, "alerts", "list"))[1]
    assert "1 message not delivered yet." in text


def test_a_webhook_gets_its_secret_shown_once(indexer: Indexer, config: Path, posted: Hook) -> None:
    made = indexer("--config", config, "alerts", "add", "flood", "--webhook", posted.address)
    assert plain(made) == (
        0,
        "ID  flood\nSearch: flood\nSent to: http://HOST/hook\n"
        "There is no archive yet: it will be told of all that is built and matches.\n"
        "Its requests are signed with SECRET\n",
        "Keep that now: it is shown this once. Whoever answers the webhook checks signatures with it.\n"
        "What it would say: indexer alerts test ID\nTo have all alerts tell what is new: indexer alerts run\n",
    )
    assert "whsec" not in indexer("--config", config, "alerts", "list", "--json").out
    assert "whsec" not in indexer("--config", config, "alerts", "show", made.out.split()[0]).out


def test_an_alert_that_is_sent_nowhere_says_how_it_is_read(indexer: Indexer, config: Path) -> None:
    made = plain(indexer("--config", config, "alerts", "add", "flood"))
    assert "Sent to: nobody\n" in made[1]
    assert "It is sent nowhere (--mail, --webhook). What it has told: indexer alerts show ID\n" in made[2]


def test_alerts_are_paused_and_removed(indexer: Indexer, config: Path) -> None:
    id = indexer("--config", config, "alerts", "add", "flood", "--name", "Dams").out.split()[0]
    assert plain(indexer("--config", config, "alerts", "pause", id)) == (0, "Paused: Dams\n", "")
    assert "Paused." in indexer("--config", config, "alerts", "list").out
    assert plain(indexer("--config", config, "alerts", "resume", id)) == (0, "Goes on: Dams\n", "")
    assert plain(indexer("--config", config, "alerts", "remove", id)) == (0, "Removed: Dams\n", "")
    gone = indexer("--config", config, "alerts", "show", id)
    assert plain(gone) == (2, "", "Error: There is no alert 'ID'. Which there are: indexer alerts list\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "flood", "--mail", "desk"), "'desk' is not a mail address. Write one such as desk@news.example."),
        (("add", "flood", "--webhook", "x"), "'x' is not an address of the web."),
        (("add", "flood", "--owner", "anna"), "has no user 'anna'. Add it: indexer user add anna"),
        (("add",), "An alert looks for something: write words or a filter, or '*' for everything."),
        (("remove",), "Name the alerts that are to go, or write --owner USER."),
        (("show", "zz"), "There is no alert 'zz'. Which there are: indexer alerts list"),
    ],
)
def test_what_cannot_be_done_is_said(indexer: Indexer, config: Path, arguments: tuple[str, ...], said: str) -> None:
    done = indexer("--config", config, "alerts", *arguments)
    assert done.code in (2, 3)
    assert said.lower() in done.err.lower()


def test_following_runs_the_alerts_after_a_round(indexer: Indexer, config: Path, mail: MailServer) -> None:
    with serving() as site:
        site.put("/f", rss(*(item(n, text=LONG) for n in range(3))))
        feed = f'[[sources]]\nname = "Kestrel"\nfeeds = ["{site.address("/f")}"]\nprivate = true\n'
        config.write_text(config.read_text() + feed)
        assert indexer("--config", config, "alerts", "add", "--source", "Kestrel", "--mail", "d@news.example").code == 0
        done = plain(indexer("--config", config, "follow", "--once"))
    assert done[2] == "3 articles arrived, 1 alert: 1 message, 1 sent in SECONDS\n  3 articles  source Kestrel\n"
    assert mail.recipients == ["d@news.example"]
