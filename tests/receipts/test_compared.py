"""Two receipts beside each other, and what reads otherwise than it did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from indexer.archive import Archive
from indexer.article import Article
from indexer.errors import UsageError
from indexer.receipts.checking import compare, compare_two, issue
from indexer.receipts.found import edit_between
from indexer.search.request import Filter, SearchRequest
from tests.engines.corpus import article
from tests.engines.memory import make_archive

MARCH, APRIL, JUNE = (datetime(2024, month, 1, 12, tzinfo=UTC) for month in (3, 4, 6))
OIL = SearchRequest("oil")
MORE = "The port was closed on Monday, and ships lay at anchor for two days before it opened again."


def _oil(number: int, added: datetime = MARCH, body: str = f"Oil is dear. {MORE}") -> Article:
    made = article(f"n{number:04}", "Oil", body, "2021-10-14")
    return replace(made, added=added, changed=added).with_hash()


def _later(number: int, body: str, when: datetime) -> Article:
    """A version that comes after the first one."""
    return replace(_oil(number, body=body), added=None, changed=when).with_hash()


def _two(before: int, after: int, request: SearchRequest = OIL) -> tuple[Archive, str, str]:
    """An archive, with a receipt of March and one of June."""
    archive = make_archive([_oil(number) for number in range(before)])
    older = issue(archive, request, MARCH).token
    archive.add([_oil(number, APRIL) for number in range(1_000, 1_000 + after)])
    archive.remove(["n0001"])
    return archive, older, issue(archive, request, JUNE).token


@pytest.mark.parametrize(("before", "after"), [(5, 3), (5, 400), (300, 3), (300, 400)])
def test_what_is_new_and_gone_is_exact_whatever_the_receipts_keep(before: int, after: int) -> None:
    archive, older, newer = _two(before, after)
    archive.add([_oil(number, JUNE + timedelta(days=30)) for number in range(5_000, 5_500)])
    for pair in ((older, newer), (newer, older)):
        found = compare_two(*pair, archive)
        assert (found.older.token, found.newer.token, found.differing) == (older, newer, ())
        said = found.difference
        assert (said.changed, said.new, said.gone, said.lost, said.edited) == (True, after, 1, 1, 0)
        assert [each.id for each in said.new_articles] == [f"n{1_000 + at}" for at in range(min(after, 100))]
        assert said.gone_articles == ()
        assert found.net == after - 1


def test_a_receipt_is_exact_against_today_however_much_came_since() -> None:
    archive, older, _ = _two(300, 400)
    found = compare(older, archive)
    assert (found.new, found.gone, found.difference.lost) == (400, 1, 1)


def test_what_a_search_lost_and_the_archive_has_is_named() -> None:
    archive, older, _ = _two(20, 0)
    archive.update("n0003", title="Gas", body="Gas is cheap.")
    newer = issue(archive, OIL, JUNE).token
    said = compare_two(older, newer, archive).difference
    assert (said.new, said.gone, said.lost) == (0, 2, 1)
    assert [each.title for each in said.gone_articles] == ["Gas"]


def test_two_receipts_of_one_state_found_the_same() -> None:
    archive = make_archive([_oil(number) for number in range(300)])
    one, other = (issue(archive, OIL, time).token for time in (MARCH, JUNE))
    said = compare_two(one, other, archive).difference
    assert (said.changed, said.new, said.gone, said.edited) == (False, 0, 0, 0)


def test_a_text_that_changed_between_is_told_with_the_numbers_of_both_versions() -> None:
    archive = make_archive([_oil(number) for number in range(20)])
    older = issue(archive, OIL, MARCH).token
    archive.add([_later(3, f"Oil is dearer. {MORE}", APRIL)])
    newer = issue(archive, OIL, JUNE).token
    archive.add([_later(4, f"Oil is cheap. {MORE}", JUNE + timedelta(days=1))])
    said = compare_two(older, newer, archive).difference
    assert (said.changed, said.edited) == (False, 1)
    assert [(each.article.id, each.version, each.against) for each in said.edited_articles] == [("n0003", 1, 2)]
    today = compare(older, archive).difference
    assert [each.article.id for each in today.edited_articles] == ["n0003", "n0004"]
    record = compare_two(older, newer, archive).to_dict()
    assert record["same_search"] is True
    assert record["edited_articles"][0]["article"]["id"] == "n0003"


def test_a_text_that_changed_and_changed_back_is_no_change() -> None:
    first = _oil(1)
    again = replace(first, earlier=(first, replace(first, body="Oil is dearer.", changed=APRIL)), changed=JUNE)
    assert edit_between(again, MARCH, APRIL) == (1, 2)
    assert edit_between(again, MARCH, JUNE) is None


def test_of_an_archive_without_versions_it_is_known_that_a_text_changed() -> None:
    newest = replace(_oil(1), changed=APRIL)
    assert edit_between(newest, MARCH, JUNE) == (None, None)
    assert edit_between(newest, MARCH, MARCH + timedelta(days=1)) is None


def test_nothing_is_said_of_what_came_later() -> None:
    assert edit_between(_oil(1, JUNE), MARCH, JUNE) is None
    assert edit_between(replace(_oil(1), added=None, changed=None), MARCH, JUNE) is None


def test_receipts_of_two_searches_say_in_what_they_differ() -> None:
    archive = make_archive([_oil(number) for number in range(20)])
    narrower = SearchRequest("oil dear", filters=(Filter("source", ("SANA",), ("TASS",)),))
    found = compare_two(issue(archive, OIL, MARCH).token, issue(archive, narrower, JUNE).token, archive)
    assert found.differing == (("q", "oil", "oil dear"), ("-source", "", "TASS"), ("source", "", "SANA"))
    assert (found.difference.new, found.difference.gone) == (0, 0)


def test_of_numbers_alone_the_net_difference_is_known() -> None:
    archive = make_archive([_oil(number) for number in range(30)])
    older = issue(archive, OIL, MARCH, most=20).token
    archive.add([_oil(100)])
    found = compare_two(older, issue(archive, OIL, JUNE).token, archive)
    assert (found.difference.changed, found.difference.new, found.net) == (True, None, 1)


def test_too_many_hits_today_leave_what_the_sketches_say() -> None:
    archive, older, newer = _two(300, 3)
    found = compare_two(older, newer, archive, most=100)
    assert (found.difference.new, found.difference.gone, found.difference.edited) == (3, 1, None)


def test_the_address_of_a_page_is_a_receipt_too() -> None:
    archive, older, newer = _two(20, 3)
    address = f" https://paper.example/archive/receipt/{newer}?ui=de\n"
    assert compare_two(older, address, archive).newer.token == newer
    with pytest.raises(UsageError, match="not the address of a search receipt"):
        compare_two(older, "nonsense", archive)


def test_a_receipt_of_the_end_of_time_is_compared() -> None:
    archive = make_archive([_oil(number) for number in range(3)])
    last = issue(archive, OIL, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)).token
    assert compare(last, archive).changed is False
    assert compare_two(last, issue(archive, OIL, MARCH).token, archive).difference.changed is False
