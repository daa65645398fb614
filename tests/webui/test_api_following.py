"""`/api/v1/sources/status`: what strangers may know of what is followed."""

from dataclasses import replace
from pathlib import Path

from indexer.config import Config
from indexer.follow.state import Changes, FeedState, State
from indexer.sources import Source
from tests.engines.memory import make_archive
from tests.webui.site import ask
from webui import create_app

FEED = "https://kestrel.example/rss"


def test_how_what_is_followed_stands(tmp_path: Path) -> None:
    config = replace(
        Config(),
        sources=(
            Source("Kestrel", feeds=(FEED, "https://kestrel.example/other")),
            Source("Inside", feeds=("http://10.0.0.1/secret",), folders=("/srv/secret",), private=True),
        ),
    ).with_index(tmp_path)
    known = FeedState("Kestrel", FEED, "feed", tried=1_634_204_148, succeeded=1_634_204_148, due=1_634_207_748, new=3)
    inside = FeedState("Inside", "http://10.0.0.1/secret", "feed", failures=2, reason="secret", moved="http://secret/")
    State(tmp_path).save(Changes(feeds=[known, inside]))
    client = create_app(config, make_archive((), config)).test_client()
    answer = ask(client, "/sources/status")
    assert "secret" not in str(answer)
    assert [(each["source"], each["kind"], each["address"], each["failures"]) for each in answer["followed"]] == [
        ("Kestrel", "feed", FEED, 0),
        ("Kestrel", "feed", "https://kestrel.example/other", 0),
        ("Inside", "feed", "", 2),
        ("Inside", "folder", "", 0),
    ]
    assert answer["followed"][0] == {
        "source": "Kestrel",
        "kind": "feed",
        "address": FEED,
        "tried": "2021-10-14T09:35:48Z",
        "succeeded": "2021-10-14T09:35:48Z",
        "seen": None,
        "due": "2021-10-14T10:35:48Z",
        "new": 3,
        "waiting": 0,
        "failures": 0,
        "moved": "",
        "gone": False,
    }
    assert answer["followed"][1]["tried"] is None


def test_an_archive_that_follows_nothing_says_so(tmp_path: Path) -> None:
    config = Config().with_index(tmp_path)
    client = create_app(config, make_archive((), config)).test_client()
    assert ask(client, "/sources/status") == {"followed": []}
