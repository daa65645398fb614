"""The language of a text, stated or detected."""

import pytest

from indexer.ingest.language import detect, normalised, without_region


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("en", "en"), ("EN_us", "en-US"), ("eng", "en"), ("English", "en"), ("Français", "fr"), ("Deutsch", "de"),
        ("العربية", "ar"), ("中文", "zh"), ("русский", "ru"), ("zh-Hans-CN", "zh-Hans-CN"), ("pt-br", "pt-BR"),
        ("en-US.UTF-8", "en-US"), ("norwegian", "nb"), ("no", "nb"), ("iw", "he"), ("chi", "zh"), (["fr", "en"], "fr"),
        ("und", None), ("", None), ("xx", None), ("gibberish", None), (None, None), (7, None), ("x" * 100, None),
    ],
)  # fmt: skip
def test_a_stated_language_becomes_bcp_47(stated: object, expected: str | None) -> None:
    assert normalised(stated) == expected


@pytest.mark.parametrize(
    ("tag", "filed"),
    [
        ("en-GB", "en"),
        ("pt-BR", "pt"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hans-CN", "zh"),
        ("sr-Latn-RS", "sr-Latn"),
        ("ru-Cyrl", "ru"),
    ],
)
def test_an_article_is_filed_without_the_region(tag: str, filed: str) -> None:
    assert without_region(tag) == filed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said on Thursday that talks between the two countries would continue.", "en"),
        ("Le président a déclaré jeudi que les négociations entre les deux pays se poursuivraient.", "fr"),
        ("Der Minister sagte am Donnerstag, die Gespräche zwischen den beiden Ländern würden fortgesetzt.", "de"),
        ("El presidente dijo el jueves que las conversaciones entre los dos países continuarán.", "es"),
        ("Президент заявил в четверг, что переговоры между двумя странами будут продолжены.", "ru"),
        ("Президент заявив у четвер, що переговори між двома країнами буде продовжено, її слова.", "uk"),
        ("استضاف برنامج سينما سينما الأربعاء أبطال الفيلم التونسي الطويل", "ar"),
        ("محمود احمدی نژاد رئیس جمهور ایران روز پنجشنبه گفت که مذاکرات میان دو کشور ادامه خواهد یافت", "fa"),
        ("在Ubuntu上安装图形管理工具的方法介绍", "zh"),
        ("これは日本のニュースです。東京で発表された。", "ja"),
        ("대통령은 목요일 양국 간의 회담이 계속될 것이라고 말했다", "ko"),
        ("Ο υπουργός δήλωσε την Πέμπτη ότι οι συνομιλίες θα συνεχιστούν", "el"),
    ],
)
def test_a_text_names_its_language(text: str, expected: str) -> None:
    assert detect(text) == expected


@pytest.mark.parametrize("text", ["", "OK", "12345 67890 11111 22222", "Obama in Berlin"])
def test_too_little_text_names_none(text: str) -> None:
    assert detect(text) is None
