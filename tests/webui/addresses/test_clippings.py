import re
from pathlib import Path

from flask import request
from hypothesis import given
from hypothesis import strategies as st

import webui
from tests.webui.site import make_site
from webui.addresses import clippings
from webui.http.acceptance import LONGEST_ADDRESS

SITE = make_site()
IDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), max_size=8, unique=True)
SCRIPT = (Path(webui.__file__).parent / "static" / "site.js").read_text(encoding="utf-8")


@given(IDS)
def test_whatever_ids_are_made_of_they_come_back_from_the_address_in_their_order(ids: list[str]) -> None:
    with SITE.test_request_context():
        addresses = clippings.page(ids), clippings.file("ris", ids)
    for address in addresses:
        with SITE.test_request_context(address):
            assert clippings.read(request.args.getlist("id")) == (tuple(ids), 0)


@given(IDS.filter(bool))
def test_a_script_joins_ids_as_they_are_written_to_the_same_address(ids: list[str]) -> None:
    written = [clippings.written(id) for id in ids]
    with SITE.test_request_context():
        assert clippings.page(ids) == "/clippings?" + "&".join(f"id={each}" for each in written)
    (usable,) = re.findall(r"/(\^\[.*?\]\+\$)/", SCRIPT)
    assert all(re.fullmatch(usable.replace("\\w", "A-Za-z0-9_"), each) for each in written)


def test_an_id_counts_once_and_an_empty_one_not_at_all() -> None:
    assert clippings.read(["b", "", "a", "b"]) == (("b", "a"), 0)


def test_what_is_beyond_the_most_is_counted() -> None:
    ids = [f"a{number}" for number in range(clippings.MOST + 3)]
    assert clippings.read([*ids, "a0"]) == (tuple(ids[:200]), 3)


def test_the_script_keeps_within_what_a_page_shows_and_an_address_may_have() -> None:
    ((most, longest),) = re.findall(r"list\.length <= (\d+) && address\(list\)\.length <= (\d+)", SCRIPT)
    assert int(most) == clippings.MOST
    assert int(longest) + len(".csl.json&ui=zh-Hans") < LONGEST_ADDRESS
