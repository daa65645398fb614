"""`indexer follow`: what it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.cli.app import run
from tests.cli.conftest import Indexer
from tests.follow.server import LONG, Site, item, rss, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def config(site: Site, tmp_path: Path) -> Path:
    site.put("/f", rss(*(item(n, text=LONG) for n in range(3))), ETag='"1"')
    config = tmp_path / "config.toml"
    config.write_text(
        '[archive]\nindex = "index"\n[engine]\nprocesses = 1\n[entities]\nenabled = false\n[follow]\nmin_delay_ms = 0\n'
        f'[[sources]]\nname = "Kestrel"\nfeeds = ["{site.address("/f")}", "{site.address("/none")}"]\nprivate = true\n'
    )
    return config


def _plain(text: str, site: Site) -> str:
    text = re.sub(r"\b\d\d:\d\d\b|\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", text.replace(str(site.port), "PORT"))
    return re.sub(r"in [\d.]+ s", "in SECONDS", text)


def test_a_round_says_what_was_asked_and_what_came_of_it(indexer: Indexer, config: Path, site: Site) -> None:
    done = indexer("--config", config, "follow", "--once")
    assert (done.code, done.err) == (0, "")
    assert _plain(done.out, site) == (
        "2 feeds asked, 1 failed in SECONDS\n"
        "  3 new\n"
        "Kestrel, http://127.0.0.1:PORT/none: The server answered 404. Asked again TIME.\n"
        "Next due TIME.\n"
    )
    again = indexer("--config", config, "follow", "--once")
    assert _plain(again.out, site) == "Nothing was due in SECONDS\n  0 new\nNext due TIME.\n"
    strict = indexer("--config", config, "follow", "--once", "--now", "--strict")
    assert strict.code == 1
    assert strict.out.startswith("2 feeds asked, 1 unchanged, 1 failed in ")


def test_a_round_as_json(indexer: Indexer, config: Path) -> None:
    done = indexer("--config", config, "follow", "--once", "--json", "kestrel")
    assert (done.json["new"], done.json["failed_feeds"], done.json["requests"]) == (3, 1, 3)
    assert [each["failures"] for each in sorted(done.json["feeds"], key=lambda each: each["address"])] == [0, 1]


def test_the_status_is_a_table(indexer: Indexer, config: Path, site: Site) -> None:
    before = indexer("--config", config, "follow", "--status")
    assert _plain(before.out, site).splitlines()[1].split() == ["Kestrel", "http://127.0.0.1:PORT/f", "now", "0"]
    indexer("--config", config, "follow", "--once")
    indexer("--config", config, "follow", "--once", "--now")
    shown = [line.split() for line in _plain(indexer("--config", config, "follow", "--status").out, site).splitlines()]
    assert shown[0] == "source followed last new next due new".split()
    assert shown[1] == ["Kestrel", "http://127.0.0.1:PORT/f", "TIME", "TIME", "0"]
    assert shown[2] == ["Kestrel", "http://127.0.0.1:PORT/none", "never", "TIME", "0"]
    assert " ".join(shown[3]) == "Failed 2 times: The server answered 404."
    found = indexer("--config", config, "follow", "--status", "--json").json
    assert [each["failures"] for each in found] == [0, 2]
    assert site.paths().count("/f") == 2, "who asks for the status asks nobody"


def test_what_cannot_be_followed_is_said(indexer: Indexer, config: Path, tmp_path: Path) -> None:
    wrong = indexer("--config", config, "follow", "--once", "Nobody")
    assert (wrong.code, wrong.err) == (
        2,
        "Error: There is no source 'Nobody'. Name one that stands under [[sources]].\n",
    )
    (tmp_path / "empty.toml").write_text("")
    nothing = indexer("--config", tmp_path / "empty.toml", "follow")
    assert nothing.code == 2
    assert nothing.err.startswith("Error: Nothing is followed: no source has feeds, sitemaps or folders.")
    assert run(["--config", str(config), "follow", "--strict"]) == 2
