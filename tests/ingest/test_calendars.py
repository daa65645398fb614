"""Dates of other calendars -> ours, or none; never a day of the Middle Ages or of the next centuries."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from indexer.ingest.dates import parse_date

DAYS = st.dates(date(1945, 1, 1), date(2060, 12, 31))


def read(stated: object, language: str | None = None) -> str | None:
    published = parse_date(stated, language)
    return published.isoformat() if published else None


@pytest.mark.parametrize(
    ("stated", "language", "expected"),
    [
        ("۲۲ مهر ۱۴۰۰", "fa", "2021-10-14"),
        ("پنج‌شنبه ۲۲ مهر ۱۴۰۰ ساعت ۱۱:۱۵", "fa", "2021-10-14T11:15:00Z"),
        ("۱۴۰۰/۰۷/۲۲ - ۱۱:۱۵", "fa", "2021-10-14T11:15:00Z"),
        ("22/07/1400", "fa", "2021-10-14"),
        ("1400-07-22T11:15:00", "fa", "2021-10-14T11:15:00Z"),
        ("۲۲ میزان ۱۴۰۰", "prs", "2021-10-14"),
        ("1400/7/22", "ps", "2021-10-14"),
        ("22 Mehr 1400", "en", "2021-10-14"),
        ("۱۴۰۰/۰۷/۲۲ ه.ش", None, "2021-10-14"),
        ("14 October 2021 / 22 Mehr 1400", "en", "2021-10-14"),
        ("1399/12/30", "fa", "2021-03-20"),
        ("۱۴ اکتبر ۲۰۲۱", "fa", "2021-10-14"),
        ("2021-10-14T11:15:00Z", "fa", "2021-10-14T11:15:00Z"),
        ("1400/12/30", "fa", None),  # no leap year
        ("1400/13/01", "fa", None),
        ("۰۰/۰۷/۲۲", "fa", None),
        ("1400", "fa", None),
        ("مهر ۱۴۰۰", "fa", None),
        ("1400/07/22", "en", None),
    ],
)
def test_jalali(stated: str, language: str | None, expected: str | None) -> None:
    assert read(stated, language) == expected


@pytest.mark.parametrize(
    ("stated", "language", "expected"),
    [
        ("7 ربيع الأول 1443", "ar", "2021-10-13"),
        ("7 ربيع الأول 1443 هـ", None, "2021-10-13"),
        ("٧/٣/١٤٤٣ هـ", "ar", "2021-10-13"),
        ("1443/03/07", "ar", "2021-10-13"),
        ("14 أكتوبر 2021 الموافق 8 ربيع الأول 1443 هـ", "ar", "2021-10-14"),
        ("الخميس 8 ربيع الأول 1443هـ الموافق 14 أكتوبر 2021م", "ar", "2021-10-14"),
        ("8 ربيع الأول 1443هـ 14 أكتوبر 2021م", "ar", "2021-10-14"),
        ("14 October 2021, 8 Rabi al-Awwal 1443 AH", "en", "2021-10-14"),
        ("14 Oktober 2021 / 7 Rabiul Awal 1443 H", "id", "2021-10-14"),
        ("10 ذو الحجة 1442 هـ", "ar", "2021-07-20"),
        ("1 محرم 1443", "ar", "2021-08-09"),
        ("8 Rabi al-Awwal 1443 AH", "en", None),
        ("7 ربیع الاول 1443ھ", "ur", None),
        ("1443/03/07", "ur", None),
        ("7 ربيع الأول 1243 هـ", "ar", None),  # before the table of Umm al-Qura
        ("31 ربيع الأول 1443", "ar", None),
    ],
)
def test_hijri(stated: str, language: str | None, expected: str | None) -> None:
    assert read(stated, language) == expected


@pytest.mark.parametrize(
    ("stated", "language", "expected"),
    [
        ("14 ตุลาคม 2564", "th", "2021-10-14"),
        ("14 ต.ค. 2564 เวลา 11.15 น.", "th", "2021-10-14T11:15:00Z"),
        ("14 ต.ค. 64", "th", "2021-10-14"),
        ("วันพฤหัสบดีที่ ๑๔ ตุลาคม พ.ศ. ๒๕๖๔", None, "2021-10-14"),
        ("14/10/2564", "th", "2021-10-14"),
        ("2564-10-14T11:15:00+07:00", "th", "2021-10-14T04:15:00Z"),
        ("14 October 2564", "th", "2021-10-14"),
        ("14 October B.E. 2564", "en", "2021-10-14"),
        ("14 ตุลาคม ค.ศ. 2021", "th", "2021-10-14"),
        ("ตุลาคม 2564", "th", "2021-10"),
        ("14 ตุลาคม 2470", "th", None),
        ("14/10/64", "th", None),
        ("14/10/2564", "en", None),
    ],
)
def test_buddhist(stated: str, language: str | None, expected: str | None) -> None:
    assert read(stated, language) == expected


@pytest.mark.parametrize(
    ("stated", "language", "expected"),
    [
        ("令和3年10月14日", "ja", "2021-10-14"),
        ("令和三年十月十四日", "ja", "2021-10-14"),
        ("2021年（令和3年）10月14日（木）", "ja", "2021-10-14"),
        ("令和3年(2021年)10月14日 11時15分", "ja", "2021-10-14T11:15:00Z"),
        ("令和元年5月1日", None, "2019-05-01"),
        ("R3.10.14", "ja", "2021-10-14"),
        ("昭和64年1月7日", "ja", "1989-01-07"),
        ("大正3年8月23日", "ja", "1914-08-23"),
        ("㍻31年4月30日", "ja", "2019-04-30"),
        ("明治4年10月14日", "ja", None),  # by the moon
        ("昭和99年10月14日", "ja", None),
        ("令和3年(2020年)10月14日", "ja", None),  # which of the two?
        ("民國110年10月14日", "zh-TW", "2021-10-14"),
        ("中華民國一百一十年十月十四日", "zh-TW", None),
        ("中華民國一一〇年十月十四日", None, "2021-10-14"),
        ("110/10/14", "zh-Hant", "2021-10-14"),
        ("二〇二一年十月十四日", "zh", "2021-10-14"),
        ("주체110(2021)년 10월 14일", "ko", "2021-10-14"),
        ("단기 4354년 10월 14일", "ko", "2021-10-14"),
        ("२०७८-०६-२८", "ne", None),
        ("2021-10-14", "ne", "2021-10-14"),
        ("04/02/2014", "am", None),
        ("৮ অক্টোবর ২০২১, ২৩ আশ্বিন ১৪২৮", "bn", "2021-10-08"),
        ("ח׳ בחשוון תשפ״ב, 14 באוקטובר 2021", "he", "2021-10-14"),
    ],
)
def test_eras_and_the_rest(stated: str, language: str | None, expected: str | None) -> None:
    assert read(stated, language) == expected


@given(DAYS)
def test_what_was_written_in_another_calendar_is_read(day: date) -> None:
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]  # not annotated
    assert read(f"{jalali.year}/{jalali.month:02d}/{jalali.day:02d}", "fa") == day.isoformat()
    assert read(f"{day.day}/{day.month}/{day.year + 543}", "th") == day.isoformat()
    assert read(f"民國{day.year - 1911}年{day.month}月{day.day}日", "zh") == day.isoformat()
    if day >= date(1989, 1, 8) and day < date(2019, 5, 1):
        assert read(f"平成{day.year - 1988}年{day.month}月{day.day}日", "ja") == day.isoformat()


@given(st.integers(1200, 1499), st.integers(1, 12), st.integers(1, 31), st.sampled_from([None, "en", "fa", "ar", "ur"]))
def test_no_day_of_the_middle_ages(year: int, month: int, day: int, language: str | None) -> None:
    for stated in (f"{year}-{month:02d}-{day:02d}", f"{day}/{month}/{year}", f"{year}{month:02d}{day:02d}"):
        published = parse_date(stated, language)
        assert published is None or published.instant.year > 1800


@given(DAYS, st.integers(0, 86_399))
def test_counts_from_1970_and_weeks(day: date, second: int) -> None:
    instant = (day - date(1970, 1, 1)).days * 86_400 + second
    if abs(instant) < 10**8 and not instant < -86_400:
        return
    wanted = (date(1970, 1, 1) + timedelta(seconds=instant)).isoformat()
    for stated in (str(instant), f"/Date({instant}000)/", instant * 1000, f"{(instant + 62_135_596_800) * 10_000_000}"):
        found = read(stated)
        assert found is not None
        assert found[:10] == wanted
    year, week, number = day.isocalendar()
    assert read(f"{year}-W{week:02d}-{number}") == read(f"{day:%Y-%j}") == day.isoformat()
