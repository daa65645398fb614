"""What programs hand over: taken exactly, refused at once, or rejected with a reason; nothing is lost in silence."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
import pytest

from indexer.adding import Addable, item_of, items_of
from indexer.article import Addition, Article, Entity, Mention, Precision, Published, Revision
from indexer.errors import WrongType, WrongValue
from indexer.rejection import Rejected
from indexer.search.request import Sort
from indexer.search.results import Hit, SearchResults, Snippet

WHOLE = Article(
    "a",
    "Title",
    "Summary",
    "Body",
    published=Published(datetime(2021, 10, 14, tzinfo=UTC), Precision.DAY),
    source="SANA",
    author=("Ann Lee",),
    extra={"page": 3, "boxes": [{"title": "x"}]},
    entities=(Entity("person", "Ann Lee", (Mention(0, 7),), True, ("Lee",)),),
    revision=Revision(2, datetime(2021, 10, 15, tzinfo=UTC)),
    earlier=(Article("a", "Before").with_hash(),),
).with_hash()
NOON = datetime(2021, 10, 14, 12, tzinfo=UTC)
HIT = Hit(WHOLE.without_body(), 1.5, (Snippet("body", "Body"),))


@dataclass
class Note:
    headline: str
    text: str
    when: datetime
    tags: set[str]


def test_an_article_and_a_plain_record_are_taken_as_they_are() -> None:
    record = {"headline": "x", "tags": ["a", {"b": None}], "extra": {"k": [1, True]}}
    assert item_of(WHOLE, 1) is WHOLE
    assert item_of(record, 1) is record


def test_the_fields_of_an_article_are_an_article() -> None:
    for fields in (asdict(WHOLE), vars_of(WHOLE), {k: v for k, v in asdict(WHOLE).items() if k != "content_hash"}):
        made = item_of(fields, 1)
        assert isinstance(made, Article)
        assert made.with_hash() == WHOLE
        assert (made.revision, made.earlier) == (WHOLE.revision, WHOLE.earlier)
        assert made.published is not None
        assert made.published.precision is Precision.DAY


def vars_of(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}


def test_any_dataclass_is_a_record_of_its_fields() -> None:
    moment = datetime(2022, 1, 1, 5)
    assert item_of(Note("H", "T", moment, {"b", "a"}), 1) == {
        "headline": "H",
        "text": "T",
        "when": moment,
        "tags": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ((1, ("x",)), [1, ["x"]]),
        (MappingProxyType({"k": {1, 2}}), {"k": [1, 2]}),
        ({2021: "x", Sort.OLDEST: "y"}, {"2021": "x", "oldest": "y"}),
        (Sort.NEWEST, "newest"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (Path("a/b"), "a/b"),
        (float("nan"), None),
        (2.5, 2.5),
        (np.int64(3), 3),
        (date(2021, 10, 14), date(2021, 10, 14)),
        ([Mention(1, 2)], [{"start": 1, "end": 2, "field": "body"}]),
        ([WHOLE.published], ["2021-10-14"]),
    ],
    ids=str,
)  # fmt: skip
def test_values_of_a_record_become_plain(value: object, plain: object) -> None:
    made = item_of({"title": "x", "key": value}, 1)
    assert made == {"title": "x", "key": plain}
    assert isinstance(made, dict)
    assert type(made["key"]) is type(plain)


def test_a_row_of_a_data_frame_is_a_record() -> None:
    row = {"title": "x", "date": pd.NaT, "section": pd.NA, "tags": np.array(["x", "y"]), "by": float("nan")}
    assert item_of(row, 1) == {"title": "x", "date": None, "section": None, "tags": ["x", "y"], "by": None}


@pytest.mark.parametrize(
    ("record", "detail"),
    [
        ({"title": b"x"}, "'title' is bytes, not text, a number, a date, a list or a mapping."),
        ({"tags": ["a", object()]}, "'tags' is an object, not text, a number, a date, a list or a mapping."),
        ({(1, 2): "x"}, "A key is a tuple, not text."),
        ({"id": "a", "published": {"instant": "soon"}}, "'published' is 'soon', not a datetime."),
        ({"id": "a", "published": {"instant": NOON, "era": 1}}, "The fields are not those of an article: "),
        ({"id": "a", "earlier": [], "entities": [{"kind": "thing"}]}, "there are no entities of kind 'thing'."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_values_that_cannot_be_kept_are_rejected(record: Mapping[Any, Any], detail: str) -> None:
    with pytest.raises(Rejected) as why:
        item_of(record, 1)
    assert why.value.reason == "bad_record"
    assert detail in why.value.detail


def test_a_record_with_another_field_is_not_one_of_attributes() -> None:
    record = {"id": "a", "earlier": [], "titel": 3}
    assert item_of(record, 1) is record


def test_what_is_nested_too_deep_is_rejected() -> None:
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(Rejected) as why:
        item_of({"title": "x", "deep": deep}, 1)
    assert why.value.reason == "too_deep"


@pytest.mark.parametrize(
    ("given", "exact"),
    [
        ({"published": NOON.replace(tzinfo=None)}, {"published": Published(NOON)}),
        ({"published": date(2021, 10, 14)}, {"published": WHOLE.published}),
        ({"published": "14 October 2021"}, {"published": WHOLE.published}),
        ({"published": Published(NOON.replace(tzinfo=None))}, {"published": Published(NOON)}),
        ({"published": pd.Timestamp("2021-10-14T12:00Z")}, {"published": Published(NOON, zone="+00:00")}),
        ({"author": "Ann Lee"}, {"author": ("Ann Lee",)}),
        ({"author": ["Ann Lee", None]}, {"author": ("Ann Lee",)}),
        ({"topic": frozenset({"a"})}, {"topic": ("a",)}),
        ({"entities": list(WHOLE.entities)}, {"entities": WHOLE.entities}),
        ({"id": 17}, {"id": "17"}),
        ({"title": None, "source": float("nan")}, {"title": "", "source": None}),
        ({"extra": {"at": (1, 2)}}, {"extra": {"at": [1, 2]}}),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_fields_of_an_article_become_exact(given: dict[str, Any], exact: dict[str, Any]) -> None:
    assert item_of(replace(WHOLE, **given), 1) == replace(WHOLE, **exact)


def test_a_time_with_a_zone_keeps_it() -> None:
    moment = datetime(2021, 10, 14, 23, tzinfo=timezone(timedelta(hours=-5)))
    made = item_of(replace(WHOLE, published=moment), 1)  # type: ignore[arg-type]  # as people do
    assert isinstance(made, Article)
    assert made.published == Published(datetime(2021, 10, 15, 4, tzinfo=UTC), zone="-05:00")
    assert made.published is not None
    assert made.published.day == date(2021, 10, 14)


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ({"id": ""}, "The id is empty."),
        ({"body": b"x"}, "'body' is bytes, not text"),
        ({"title": ["x"]}, "'title' is a list, not text."),
        ({"published": 17.5}, "'published' is 17.5, not a date"),
        ({"author": 7}, "'author' is 7, not a list."),
        ({"entities": ["Ann"]}, "'entities' is a list, not a list of Entity values."),
        ({"extra": ["x"]}, "'extra' is a list, not a mapping."),
        ({"withdrawn": "no"}, "'withdrawn' is 'no', not True or False."),
    ],
    ids=str,
)
def test_fields_that_an_article_cannot_have_are_rejected(given: dict[str, Any], detail: str) -> None:
    with pytest.raises(Rejected) as why:
        item_of(replace(WHOLE, **given), 1)
    assert (why.value.reason, why.value.detail[: len(detail)]) == ("bad_record", detail)


@pytest.mark.parametrize(
    "item",
    [HIT, HIT.article, HIT.to_dict(), asdict(HIT), asdict(HIT.article), HIT.article.to_dict()],
    ids=["hit", "article", "to_dict", "asdict", "article asdict", "article to_dict"],
)
def test_a_hit_has_no_body_and_is_refused(item: Addable) -> None:
    with pytest.raises(WrongValue, match="Item 3 is what a search found of article 'a', without its body"):
        item_of(item, 3)


def test_a_source_may_have_scores_of_its_own() -> None:
    record = {"title": "Match", "score": "3:1", "partial": True, "body": "They won."}
    assert item_of(record, 1) is record


@pytest.mark.parametrize("item", ["abc", b"abc", 7, None, Article, ["x"]], ids=repr)
def test_what_is_no_article_at_all_is_the_programs_mistake(item: object) -> None:
    with pytest.raises(WrongType, match=r"Item 2 is .*Add articles, mappings or dataclasses"):
        item_of(item, 2)


def test_results_are_several_hits() -> None:
    results = SearchResults("x", "x", 1, (HIT,))
    assert items_of(results) is results
    assert items_of(HIT) == [HIT]


def test_one_item_or_several() -> None:
    assert items_of(WHOLE) == [WHOLE]
    assert items_of({"title": "x"}) == [{"title": "x"}]
    several = (each for each in (WHOLE, WHOLE))
    assert items_of(several) is several
    for wrong in ("articles.jsonl", b"x", 7, None, Article):
        with pytest.raises(WrongType, match="files are read by build"):
            items_of(wrong)  # type: ignore[arg-type]


def test_a_name_that_a_correction_added_stays_one() -> None:
    one = Entity("person", "Jane Doe", added=Addition('"Ms Doe"', "never in full"))
    article = replace(WHOLE, entities=(one,))
    made = item_of(asdict(article), 1)
    assert isinstance(made, Article)
    assert made.entities == (one,)
