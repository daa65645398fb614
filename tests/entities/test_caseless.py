"""Readings of Arabic and Chinese, and the tagger over them with small made-up lists."""

from pathlib import Path

import pytest

from indexer.entities.caseless.arabic import ArabicLists, ArabicReading, fold_arabic
from indexer.entities.caseless.chinese import ChineseLists, ChineseReading
from indexer.entities.caseless.encoding import NOTHING, feature_keys
from indexer.entities.caseless.packed import read_arabic, read_chinese, write_lists
from indexer.entities.caseless.repeats import repeated
from indexer.entities.caseless.segment import longest_by_start, segment
from indexer.entities.extract import Extractor
from indexer.entities.tagger import Span

ARABIC = ArabicLists(
    rates={"قال": 60, "رييس": 55, "الرييس": 58, "في": 70, "وزير": 56, "سيسي": 30},
    names={"بوتين": 3, "وليد": 4, "محمد": 5, "علي": 5, "السيسي": 3, "ليبيا": 2},
    things={"سيدي بوزيد": "city", "الامم المتحده": "known-body", "ليبيا": "known-place"},
    signs={"رييس": "title", "قال": "say", "مدينه": "area", "وزاره": "body"},
)
CHINESE = ChineseLists(
    costs={
        "总统": -8.0,
        "表示": -7.0,
        "北京": -8.0,
        "的": -3.0,
        "在": -4.0,
        "大学": -8.0,
        "队": -6.0,
        "奖": -6.0,
        "岸田": -9.0,
    },
    classes={
        "总统": "title",
        "表示": "say",
        "北京": "ns",
        "的": "uj",
        "在": "p",
        "大学": "body",
        "队": "thing",
        "奖": "thing",
        "岸田": "japanese",
    },
    foreign={"普": 5, "京": 3, "特": 4, "朗": 4, "李": 4},
    family={"习": 1, "王": 2, "李": 2},
    given={"近": 2, "平": 3, "伟": 5, "特": 2, "朗": 3},
    names={"北京": "known-place", "联合国": "known-body"},
    simplified={ord("習"): "习", ord("總"): "总", ord("統"): "统"},
)


@pytest.fixture
def arabic() -> ArabicReading:
    return ArabicReading(ARABIC)


@pytest.fixture
def chinese() -> ChineseReading:
    return ChineseReading(CHINESE)


@pytest.mark.parametrize(
    ("word", "taken", "rest"),
    [
        ("وبوتين", "و", "بوتين"),  # "and Putin"
        ("بوتين", "", "بوتين"),
        ("وليد", "", "وليد"),  # a given name that begins with the letter of "and"
        ("وقال", "و", "قال"),
        ("وزير", "", "وزير"),
        ("للرئيس", "ل", "الرييس"),  # the article's alif is not written after "to"
        ("لليبيا", "ل", "ليبيا"),
        ("وللرئيس", "ول", "الرييس"),
        ("بالرئيس", "ب", "الرييس"),
    ],
)
def test_what_is_written_together_with_an_arabic_word(arabic: ArabicReading, word: str, taken: str, rest: str) -> None:
    assert arabic.part(word)[:2] == (taken, rest)


def test_letters_of_one_sound_and_vowel_signs_fold() -> None:
    assert fold_arabic("أُسامة") == fold_arabic("اسامه") == "اسامه"


@pytest.mark.parametrize(
    ("words", "skip", "name"),
    [
        (("وبوتين",), 1, None),
        (("وَبوتين",), 2, None),  # with a vowel sign
        (("للسيسي",), 2, "السيسي"),
        (("وللرئيس", "محمد"), 3, "الرئيس محمد"),
        (("لليبيا",), 1, None),
        (("محمد", "وليد"), 0, None),
    ],
)
def test_a_name_is_written_without_its_prefix(
    arabic: ArabicReading, words: tuple[str, ...], skip: int, name: str | None
) -> None:
    span = Span(0, len(words), "person")
    assert arabic.written(words, span) == span._replace(skip=skip, name=name)
    listed = span._replace(name="known")
    assert arabic.written(words, listed) == listed._replace(skip=skip)


def test_listed_names_lose_only_what_the_list_does_not_take_off_itself(arabic: ArabicReading) -> None:
    assert arabic.listed(("وللرئيس", "للرئيس", "محمد")) == ["الرييس", "للرئيس", "محمد"]


def test_people_that_a_conjunction_parts_are_several(arabic: ArabicReading) -> None:
    words = ("محمد", "علي", "وبوتين")
    assert arabic.mend(words, Span(0, 3, "person")) == [Span(0, 2, "person"), Span(2, 3, "person")]
    assert arabic.mend(("محمد", "وقال"), Span(0, 2, "person")) == [Span(0, 1, "person")]


def test_a_person_called_like_a_town_is_that_town(arabic: ArabicReading) -> None:
    assert arabic.mend(("سيدي", "بوزيد"), Span(0, 2, "person")) == (Span(0, 2, "place"),)


@pytest.mark.parametrize(
    ("words", "span", "form"),
    [
        (("قال", "محمد", "علي"), Span(1, 3, "person"), "named+"),
        (("في", "محمد", "علي"), Span(1, 3, "person"), "named"),
        (("وبوتين",), Span(0, 1, "person"), "one"),
        (("الرئيس", "أولاند"), Span(1, 2, "person"), "strange+"),
        (("لليبيا",), Span(0, 1, "place"), "known-place"),
        (("مدينة", "أولاند"), Span(1, 2, "place"), "headed"),
        (("للأمم", "المتحدة"), Span(0, 2, "organisation"), "known-body"),
        (("وزارة", "أولاند"), Span(0, 2, "organisation"), "headed"),
    ],
)
def test_forms_of_arabic_names(arabic: ArabicReading, words: tuple[str, ...], span: Span, form: str) -> None:
    assert arabic.form(words, span) == form


@pytest.mark.parametrize(
    ("text", "first", "last", "form"),
    [
        ("总统习近平在", 2, 5, "chinese3+"),
        ("习近平的", 0, 3, "chinese3"),
        ("習近平的", 0, 3, "chinese3"),
        ("王伟表示", 0, 2, "chinese2+"),
        ("乔·普京", 0, 4, "dotted"),
        ("特朗普", 0, 3, "foreign"),
        ("普京平", 0, 3, "other"),
        ("李特朗", 0, 3, "either3"),
        ("岸田王伟", 0, 4, "japanese"),
        ("北京队", 0, 2, "listed-"),
        ("王伟奖", 0, 2, "chinese2-"),
        ("特朗的", 0, 3, "other"),
    ],
)
def test_forms_of_chinese_people(chinese: ChineseReading, text: str, first: int, last: int, form: str) -> None:
    assert chinese.form(list(text), Span(first, last, "person")) == form


def test_forms_of_chinese_places_and_bodies(chinese: ChineseReading) -> None:
    assert chinese.form(list("北京"), Span(0, 2, "place")) == "known-place"
    assert chinese.form(list("北京大学"), Span(0, 4, "organisation")) == "headed"
    assert chinese.form(list("北京"), Span(0, 2, "organisation")) == "other"


def test_a_chinese_name_has_no_mark_inside_and_more_than_a_character(chinese: ChineseReading) -> None:
    words = list("，王伟。")
    assert chinese.mend(words, Span(0, 4, "person")) == (Span(1, 3, "person"),)
    assert chinese.mend(list("王，伟"), Span(0, 3, "person")) == ()
    assert chinese.mend(list("王"), Span(0, 1, "person")) == ()


def test_latin_letters_among_chinese_characters_are_no_person_or_place(chinese: ChineseReading) -> None:
    words = ("Arch", "Linux", "的")
    assert chinese.mend(words, Span(0, 2, "person")) == chinese.mend(words, Span(0, 2, "place")) == ()
    assert chinese.mend(words, Span(0, 2, "organisation")) == (Span(0, 2, "organisation"),)


def test_text_is_cut_into_listed_words() -> None:
    costs = {"北京": -8.0, "北京大学": -9.0, "大学生": -9.0, "大学": -7.0, "生": -6.0, "在": -4.0}
    longest = longest_by_start(costs)
    assert segment("在北京大学生", costs, longest) == [(0, 1), (1, 5), (5, 6)]
    assert segment("习近平", costs, longest) == [(0, 1), (1, 2), (2, 3)]
    assert segment("", costs, longest) == []


def test_traditional_characters_are_seen_as_simplified_ones(chinese: ChineseReading) -> None:
    traditional, simplified = feature_keys([list("總統習近平")], chinese), feature_keys([list("总统习近平")], chinese)
    assert (traditional == simplified).all()


def test_no_feature_sees_across_sentences(arabic: ArabicReading) -> None:
    alone = feature_keys([("قال", "محمد")], arabic)
    together = feature_keys([("قال", "محمد"), ("بوتين",)], arabic)
    assert alone.shape == (2, len(arabic.templates))
    assert (together[:2] == alone).all()


def test_a_view_that_says_nothing_makes_no_feature(arabic: ArabicReading) -> None:
    keys = feature_keys([("بوتين",)], arabic)
    silent = [column for column, template in enumerate(arabic.templates) if template == (("list", 0),)]
    assert keys[0, silent].tolist() == [NOTHING]


def test_a_name_that_counts_once_counts_wherever_it_may_be_one(arabic: ArabicReading) -> None:
    sentences = [("قال", "بوتين"), ("وبوتين", "في"), ("محمد",)]
    sure = [[Span(1, 2, "person")], [], []]
    possible = [[Span(1, 2, "person")], [Span(0, 1, "place")], [Span(0, 1, "person")]]
    assert repeated(sentences, sure, possible, arabic) == [[Span(1, 2, "person")], [Span(0, 1, "person")], []]


def test_the_family_name_of_a_sure_person_counts(arabic: ArabicReading, chinese: ChineseReading) -> None:
    sentences = [("محمد", "بوتين"), ("وبوتين",), ("وليد",)]
    possible = [[Span(0, 2, "person")], [Span(0, 1, "place")], [Span(0, 1, "person")]]
    assert repeated(sentences, [possible[0], [], []], possible, arabic) == [
        [Span(0, 2, "person")], [Span(0, 1, "person")], [],
    ]  # fmt: skip
    sentences = [tuple("乔·普京"), tuple("普京")]
    possible = [[Span(0, 4, "person")], [Span(0, 2, "person")]]
    assert repeated(sentences, [possible[0], []], possible, chinese) == possible


def test_lists_are_read_as_they_were_written(tmp_path: Path) -> None:
    thresholds = {"person": {"named": 1.5}}
    write_lists(tmp_path / "ar", ARABIC, thresholds)
    write_lists(tmp_path / "zh", CHINESE, thresholds)
    assert read_arabic(tmp_path / "ar") == (ARABIC, thresholds)
    lists, read = read_chinese(tmp_path / "zh")
    assert read == thresholds
    assert lists == CHINESE


def test_keys_are_those_the_weights_were_trained_with(arabic: ArabicReading) -> None:
    words = [column for column, template in enumerate(arabic.templates) if template in ((("word", 0),), (("base", 0),))]
    assert feature_keys([("بوتين",)], arabic)[0, words].tolist() == [2727647338, 2933466949]


def test_an_arabic_article() -> None:
    title = "لقاء بين ماكرون وبوتين"
    body = (
        "التقى الرئيس الفرنسي إيمانويل ماكرون نظيره الروسي فلاديمير بوتين في موسكو.\n"
        "وقال متحدث باسم الأمم المتحدة إن اللقاء بين ماكرون وبوتين كان مفيدا لأوكرانيا."
    )
    texts = {"title": title, "body": body}
    assert [
        (entity.kind, entity.name, [texts[at.field][at.start : at.end] for at in entity.mentions])
        for entity in Extractor().extract(title, "", body, "ar")
    ] == [
        ("person", "إيمانويل ماكرون", ["ماكرون", "إيمانويل ماكرون", "ماكرون"]),
        ("person", "فلاديمير بوتين", ["بوتين", "فلاديمير بوتين", "بوتين"]),
        ("organisation", "United Nations", ["الأمم المتحدة"]),
        ("place", "Moscow", ["موسكو"]),
        ("place", "Ukraine", ["أوكرانيا"]),
    ]
