"""One decoder: what is declared, what the bytes say, and which languages to expect."""

import pytest

from indexer.ingest.charset import codec_of, decode, wide_encoding

TEXTS = {
    "ru": "Губернатор области открыл новый мост через реку. Движение по нему начнётся в понедельник утром.",
    "uk": "Мешканці Києва зібралися на площі, щоб вшанувати пам’ять загиблих. Її відвідали також гості міста.",
    "ar": "افتتح المحافظ الجسر الجديد فوق النهر صباح اليوم، ومن المتوقع أن تبدأ حركة السير عليه يوم الاثنين.",
    "zh": "省长今天上午为跨江新桥剪彩，预计下周一开始通车。附近居民表示，出行时间将缩短一半以上。",
    "zh-Hant": "縣長今天上午為跨河新橋剪綵，預計下週一開始通車。附近居民表示，通勤時間將縮短一半以上。",
    "ja": "知事は今朝、川にかかる新しい橋の開通式に出席した。月曜日から車が通れるようになる見込みだという。",
    "ko": "도지사는 오늘 아침 강을 가로지르는 새 다리의 개통식에 참석했다. 월요일부터 차량이 다닐 수 있다.",
    "th": "ผู้ว่าราชการจังหวัดเปิดสะพานใหม่ข้ามแม่น้ำเมื่อเช้านี้ คาดว่าจะเปิดให้รถวิ่งได้ตั้งแต่วันจันทร์",
    "el": "Ο περιφερειάρχης εγκαινίασε σήμερα το πρωί τη νέα γέφυρα πάνω από τον ποταμό, που ανοίγει τη Δευτέρα.",
    "he": "המושל חנך הבוקר את הגשר החדש מעל הנהר, והתנועה עליו צפויה להתחיל ביום שני בשעות הבוקר המוקדמות.",
    "tr": "Vali bu sabah ırmağın üzerindeki yeni köprüyü açtı; araçların pazartesi günü geçmeye başlaması bekleniyor.",
    "pl": "Wojewoda otworzył dziś rano nowy most nad rzeką. Kierowcy będą mogli z niego korzystać już od poniedziałku.",
    "fr": "Le préfet a inauguré ce matin le nouveau pont ; l’ouverture à la circulation est prévue lundi, dit-on.",
}


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "cp866"), ("uk", "cp1251"), ("ar", "cp1256"), ("zh", "gbk"),
        ("zh-Hant", "big5"), ("ja", "cp932"), ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("ko", "cp949"), ("th", "cp874"),
        ("el", "cp1253"), ("he", "cp1255"), ("tr", "cp1254"), ("pl", "cp1250"), ("pl", "iso8859-2"), ("fr", "cp1252"),
    ],
)  # fmt: skip
def test_what_nobody_declared_is_found(language: str, codec: str) -> None:
    data = TEXTS[language].encode(codec)
    assert decode(data) == (TEXTS[language], False)
    assert decode(data, "utf-8") == (TEXTS[language], False)


@pytest.mark.parametrize("language", ["ru", "ar", "zh", "ja", "tr", "pl"])
@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_western_is_not_believed_of_other_scripts(language: str, declared: str) -> None:
    codec = {"ru": "cp1251", "ar": "cp1256", "zh": "gbk", "ja": "cp932", "tr": "cp1254", "pl": "cp1250"}[language]
    assert decode(TEXTS[language].encode(codec), declared)[0] == TEXTS[language]


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("Shift_JIS", "cp932", "髙島屋は①と㈱を使う"),
        ("latin5", "cp1254", "Başkan “evet” dedi – bedeli 7 €"),
        ("tis-620", "cp874", "ราคา “ทอง” – วันนี้"),
        ("GB2312", "gb18030", "朱镕基与喆"),
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("iso-8859-1", "cp1252", "It’s “done” – 5 €"),
        ("euc-jp", "euc_jis_2004", "①橋の話"),
    ],
)
def test_declared_charsets_are_read_as_browsers_read_them(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label) == (text, False)


@pytest.mark.parametrize(
    ("codec", "language", "text"),
    [("cp1254", "tr", "Başbakan açıkladı"), ("cp1257", "lt", "Šiandien lyja"), ("cp1250", "pl", "Łódź wita gości")],
)
def test_a_language_speaks_for_its_charsets(codec: str, language: str, text: str) -> None:
    assert decode(text.encode(codec), languages=(language,)) == (text, False)
    page = f'<html lang="{language}"><p>{text}</p></html>'
    assert decode(page.encode(codec)) == (page, False)


@pytest.mark.parametrize("text", ["Müller", "L’été à Paris", "Señor Pérez", "It’s over", "Café opens,The café opened."])
def test_a_few_words_are_most_likely_western(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, False)


@pytest.mark.parametrize("codec", ["cp1252", "mac-roman", "cp850"])
def test_rarer_western_charsets_need_more_than_a_tie(codec: str) -> None:
    assert decode(TEXTS["fr"].replace("’", "'").encode(codec))[0] == TEXTS["fr"].replace("’", "'")
    rows = "Café opens again;The café closed in 2019.;14/10/2021;Hafenblatt"
    assert decode(rows.encode("cp1252")) == (rows, False)


def test_damage_does_not_change_the_charset() -> None:
    broken = TEXTS["ru"].encode() + b"\xff"
    assert decode(broken) == (TEXTS["ru"] + "\ufffd", True)
    assert decode(broken, "windows-1252") == (TEXTS["ru"] + "\ufffd", True)
    japanese = (TEXTS["ja"] * 5).encode("cp932") + b"\x81"
    assert decode(japanese, "shift_jis") == (TEXTS["ja"] * 5 + "\ufffd", True)


def test_the_evidence_may_come_late() -> None:
    page = "<html><head>" + "<script>var a = 1;</script>\n" * 4000 + f"</head><p>{TEXTS['ru']}</p></html>"
    assert decode(page.encode("cp1251")) == (page, False)


def test_labels_that_name_no_charset() -> None:
    assert [codec_of(label) for label in ("", "utf8mb4?", "unicode_escape", "none")] == [None] * 4
    assert codec_of("x-sjis") == "cp932"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_letters_are_known_by_their_zeros(codec: str) -> None:
    assert wide_encoding('{"title": "Мост"}\n'.encode(codec)) == codec
    assert wide_encoding(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x00") is None
    assert wide_encoding(b"plain text") is None
