"""The language of a text, stated or detected."""

import pytest

from indexer.ingest.language import believed, detect, likelihood, normalised, without_region


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("en", "en"), ("EN_us", "en-US"), ("eng", "en"), ("English", "en"), ("Français", "fr"), ("Deutsch", "de"),
        ("العربية", "ar"), ("中文", "zh"), ("русский", "ru"), ("zh-Hans-CN", "zh-Hans-CN"), ("pt-br", "pt-BR"),
        ("en-US.UTF-8", "en-US"), ("norwegian", "nb"), ("no", "nb"), ("iw", "he"), ("chi", "zh"), (["fr", "en"], "fr"),
        ("utf-8", None), ("utf", None), ("rtl", None),
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


PERSIAN = (
    "وزير راه در گفت و گو با خبرنگاران از آغاز ساخت پل تازه خبر داد",
    "مجلس لايحه ماليات را به كميسيون بازگرداند",
    "قيمت ميوه در بازارهاي پايتخت كاهش يافت",
    "رئيس دانشگاه: شمار دانشجويان خارجي افزايش يافته است",
    "تيم ملي كشتي ايران به فينال رسيد",
    "باران در استان هاي جنوبي پس از سه سال باريد",
    "چهار كارخانه پوشاك در اصفهان تعطيل شد",
    "بالا رفتن بهاي كالاهاي اساسي البته دليل ديگري هم دارد",
)


@pytest.mark.parametrize("text", PERSIAN)
def test_persian_is_persian_whichever_yeh_and_kaf_it_is_written_with(text: str) -> None:
    assert detect(text) == "fa"
    assert detect(text.replace("ي", "ی").replace("ك", "ک")) == "fa"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انخفاض أسعار الخضر في أسواق العاصمة", "ar"),
        ("شركة بيجو تعرض سيارة جديدة في معرض پاريس", "ar"),
        ("وزير النقل يفتتح الجسر الجديد ويؤكد أن العمل لن يتوقف", "ar"),
        ("وزیر ٹرانسپورٹ نے کہا کہ نئے پل کی تعمیر اگلے سال مکمل ہو جائے گی", "ur"),
        ("د ترانسپورت وزیر وویل چې د نوي پله جوړول به بل کال پای ته ورسېږي", "ps"),
        ("وەزیری گواستنەوە دەڵێت دروستکردنی پردە نوێیەکە ساڵی داهاتوو تەواو دەبێت", "ku"),
    ],
)
def test_the_languages_in_arabic_letters_are_told_apart(text: str, expected: str) -> None:
    assert detect(text) == expected


@pytest.mark.parametrize(
    "headline",
    [
        "Mayor opens new bridge over harbour",
        "Ministers to meet again on harbour plan",
        "Storm closes airports, ferries across region",
        "Governor names panel on school lunches",
        "Two Rescued After Boat Sinks Off Coast",
        "Wages rise as factories seek workers",
    ],
)
def test_an_english_headline_is_no_rare_language(headline: str) -> None:
    assert detect(headline) == "en"


def test_a_rare_language_is_told_where_much_speaks_for_it() -> None:
    text = "Di governor don tell people say make dem no fear because goment go repair di bridge wey scatter last year."
    assert (
        detect(text + " E still talk say dem go finish am before rain season, and na contractor wey sabi di work.")
        == "pcm"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("使用 Graylog 和 Prometheus 监视 Kubernetes 集群", "zh"),
        ("Linux Mint Debian Edition（LMDE） 5 完美稳定", "zh"),
        ("The leader, whose name is written 王小明, spoke to reporters at the harbour.", "en"),
    ],
)
def test_a_chinese_text_may_be_full_of_latin_names(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_addresses_and_handles_are_of_no_language() -> None:
    assert detect("https://example.org/the-minister-said-on-thursday @reporter") is None


class TestWhatIsKnownBeforehand:
    SHORT = "Rio Grande 2024"

    def test_a_text_too_short_to_tell_is_in_the_language_of_its_source(self) -> None:
        assert detect(self.SHORT) is None
        assert detect(self.SHORT, likelihood("pt")) == "pt"

    def test_but_not_in_one_that_its_letters_rule_out(self) -> None:
        assert detect(self.SHORT, likelihood("ru")) is None

    def test_no_numbers_are_in_a_language(self) -> None:
        assert detect("12345 67890", likelihood("pt")) is None

    def test_a_source_decides_between_neighbours(self) -> None:
        text = "Regjeringen legger frem nye tall for fiske"
        assert detect(text, likelihood("da")) == "da"
        assert detect(text, likelihood("nb")) == "nb"

    def test_it_does_not_outweigh_a_clear_text(self) -> None:
        text = "Der Minister sagte am Donnerstag, die Gespräche zwischen den beiden Ländern würden fortgesetzt werden."
        assert detect(text, likelihood("en", ("en", "fr"), "https://www.example.co.uk/en/1")) == "de"

    def test_the_archive_the_address_and_the_country_speak(self) -> None:
        known = likelihood("fr-FR", ["de", "fr"], "https://ar.example.ch/it/2024/x.html")
        assert list(known) == ["fr", "de", "it", "ar"]
        assert known["fr"] > known["de"] > known["it"] > known["ar"] > 0

    def test_endings_that_all_the_world_uses_say_nothing(self) -> None:
        assert likelihood(None, (), "https://example.io/story") == {}


class TestAStatementThatTheScriptRulesOut:
    RUSSIAN = "Министр транспорта открыл новый мост через реку и поблагодарил строителей."
    ENGLISH = "The minister opened the new bridge on Friday."
    ARABIC = "افتتح وزير النقل الجسر الجديد فوق النهر وشكر العمال على جهودهم"

    @pytest.mark.parametrize(
        ("stated", "text"),
        [
            ("en", RUSSIAN), ("en-US", ARABIC), ("ru", ARABIC), ("ar", ENGLISH), ("ko", ENGLISH), ("el", RUSSIAN),
            ("en", "交通部长星期五为新桥揭幕"), ("zh", "大臣は金曜日に新しい橋を開通させました。"),
            ("sr-Latn", RUSSIAN), ("en", f"News in brief {RUSSIAN}"), ("en", "השר פתח את הגשר החדש מעל הנהר"),
        ],
    )  # fmt: skip
    def test_is_not_believed(self, stated: str, text: str) -> None:
        assert not believed(stated, text)

    @pytest.mark.parametrize(
        ("stated", "text"),
        [
            ("ru", RUSSIAN), ("bg", RUSSIAN), ("sr", RUSSIAN), ("uz", RUSSIAN), ("fa", ARABIC),
            ("ja", "交通大臣、新橋開通式典"),
            ("sr-Latn", "Ministar je otvorio novi most preko reke."), ("sr", "Otvoren je novi most preko reke."),
            ("de", ENGLISH), ("en", "Мост"), ("en", ""), (None, RUSSIAN),
            ("zh", "apt-get install docker-ce docker-ce-cli containerd 安装软件"), ("qaa", RUSSIAN),
            ("en", f"{ENGLISH} {ENGLISH} The poem begins: {RUSSIAN}"),
        ],
    )  # fmt: skip
    def test_is_believed_where_it_can_be_true(self, stated: str | None, text: str) -> None:
        assert believed(stated, text)
