"""Pages whose articles are as long as an article may be."""

import re
from functools import partial
from pathlib import Path
from urllib.parse import quote

from benchmarks.attacks.archives import LONG, config, make_alike, make_long
from benchmarks.attacks.attempt import Attack
from webui import create_app


def _page(query: str, root: Path) -> str:
    response = create_app(config(root)).test_client().get(f"/article/{LONG}?{query}")
    notes = re.findall(r'<p class="matches"[^>]*>(.*?)</p>', response.text)
    said = " ".join(" ".join(re.sub(r"<[^>]+>", " ", note).split()) for note in notes)
    return f"{response.status_code}, {len(response.data) / 1e6:.1f} MB" + (f": {said}" if said else "")


SIXTY_FOUR = " OR ".join(f"w{number}*" for number in range(64))
LOOSE = '"the of the people"~1000'
ATTACKS = (
    Attack("the page of an article of 4 MB", make_long, partial(_page, ""), cheap=False),
    Attack("the same, with a word to be marked 50,000 times", make_long, partial(_page, "q=the"), cheap=False),
    Attack("the same, with 64 words to be marked", make_long, partial(_page, f"q={quote(SIXTY_FOUR)}"), cheap=False),
    Attack(f"the same, with `{LOOSE}`", make_long, partial(_page, f"q={quote(LOOSE)}"), cheap=False),
    Attack("two versions of 4 MB side by side", make_long, partial(_page, "version=1&against=2"), cheap=False),
    Attack("two versions of few words in other orders", make_alike, partial(_page, "version=1&against=2"), cheap=False),
)
