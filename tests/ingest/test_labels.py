"""What pages print beside a date: labels, places, names, the time and its zone in words, signs of ordinals."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.dates import parse_date
from indexer.ingest.labels import parts
from tests.ingest.test_calendars import read


@pytest.mark.parametrize(
    ("stated", "language", "expected"),
    [
        ("Published: October 14, 2021", "en", "2021-10-14"),
        ("Last updated on Thu 14 Oct 2021 11.15 BST", "en-GB", "2021-10-14T10:15:00Z"),
        ("Updated 11:15 AM ET, Thu October 14, 2021", "en", "2021-10-14T15:15:00Z"),
        ("First published 14 October 2021, 11:15 BST | Updated 15 October 2021", "en-GB", "2021-10-14T10:15:00Z"),
        ("Updated: October 15, 2021; Published: October 14, 2021", "en", "2021-10-14"),
        ("October 14, 2021 | Gazette", "en", "2021-10-14"),
        ("Oslo, 14 October 2021", "en-GB", "2021-10-14"),
        ("Zuletzt aktualisiert: 14.10.2021, 11.15 Uhr", "de", "2021-10-14T11:15:00Z"),
        ("Veröffentlicht am 14. Oktober 2021 um 11:15 Uhr", "de", "2021-10-14T11:15:00Z"),
        ("Stand 14.10.2021", "de", "2021-10-14"),
        ("Publié le 14/10/2021 à 11h15, mis à jour le 15/10/2021 à 9h00", "fr", "2021-10-14T11:15:00Z"),
        ("Dernière modification : 14 octobre 2021", "fr", "2021-10-14"),
        ("Le jeudi 14 octobre 2021 à 11h", "fr", "2021-10-14T11:00:00Z"),
        ("Última actualización: 14 de octubre de 2021 - 11:15h", "es", "2021-10-14T11:15:00Z"),
        ("Fecha de publicación: 14/10/2021", "es", "2021-10-14"),
        ("Дата публикации: 14.10.2021 11:15 мск", "ru", "2021-10-14T08:15:00Z"),
        ("Обновлено 14 октября 2021 года в 11:15", "ru", "2021-10-14T11:15:00Z"),
        ("14.10.2021 11:15 (МСК+4)", "ru", "2021-10-14T04:15:00Z"),
        ("تاريخ النشر: 14 أكتوبر 2021 11:15", "ar", "2021-10-14T11:15:00Z"),
        ("آخر تحديث 14/10/2021 3:15 م", "ar", "2021-10-14T15:15:00Z"),
        ("نُشر في 14 أكتوبر 2021 11:15 بتوقيت غرينتش", "ar", "2021-10-14T11:15:00Z"),
        ("发布时间：2021-10-14 11:15", "zh", "2021-10-14T11:15:00Z"),
        ("更新于2021年10月14日", "zh", "2021-10-14"),
        ("2021-10-14 11:15 来源：某报 作者：李某", "zh", "2021-10-14T11:15:00Z"),
        ("北京时间2021年10月14日 11:15", "zh", "2021-10-14T03:15:00Z"),
        ("公開日：2021年10月14日 午後3時15分", "ja", "2021-10-14T15:15:00Z"),
        ("기사입력 2021.10.14. 오후 3:15 수정 2021.10.15. 오전 9:00", "ko", "2021-10-14T15:15:00Z"),
        ("Güncelleme: 14.10.2021 - 11:15", "tr", "2021-10-14T11:15:00Z"),
        ("Publicado em 14 de outubro de 2021 às 11h15", "pt", "2021-10-14T11:15:00Z"),
        ("Pubblicato il 14 ottobre 2021 alle ore 11.15", "it", "2021-10-14T11:15:00Z"),
        ("Julkaistu 14.10.2021 klo 11.15", "fi", "2021-10-14T11:15:00Z"),
        ("Δημοσίευση: 14 Οκτωβρίου 2021", "el", "2021-10-14"),
        ("Data wydania: 14 października 2021", "pl", "2021-10-14"),
        ("Thu Oct 14 2021 11:15:00 GMT+0300 (East Africa Time)", "en", "2021-10-14T08:15:00Z"),
        ("October 14, 2021 3:15 p.m. Pacific Daylight Time", "en", "2021-10-14T22:15:00Z"),
        ("14 octobre 2021 11:15 (heure de Paris)", "fr", "2021-10-14T09:15:00Z"),
        ("1º de outubro de 2021", "pt", "2021-10-01"),
        ("1.º de octubre de 2021", "es", "2021-10-01"),
        ("1° ottobre 2021", "it", "2021-10-01"),
        ("primero de octubre de 2021", "es", "2021-10-01"),
        ("d. 14. oktober 2021", "da", "2021-10-14"),
        ("14:e oktober 2021", "sv", "2021-10-14"),
        ("14-го октября 2021", "ru", "2021-10-14"),
        ("1ste oktober 2021", "nl", "2021-10-01"),
        ("1η Οκτωβρίου 2021", "el", "2021-10-01"),
    ],
)
def test_a_date_is_read_beside_other_words(stated: str, language: str, expected: str) -> None:
    assert read(stated, language) == expected


@pytest.mark.parametrize(
    "stated",
    ["Published", "Updated 2 hours ago", "Published: soon", "Issue 14, volume 2021", "by Ann Lee | Gazette", ""],
)
def test_a_label_alone_states_nothing(stated: str) -> None:
    assert parse_date(stated, "en") is None


def test_the_parts_of_a_line_come_with_the_likeliest_first() -> None:
    assert list(parts("Updated 15 May 2021 | Published 14 May 2021 | Ann Lee")) == ["14 May 2021", "15 May 2021"]
    assert list(parts("14 May 2021")) == []


LABELS = (
    "Published: ",
    "Updated on ",
    "Mis à jour le ",
    "Stand: ",
    "Опубликовано ",
    "تاريخ النشر: ",
    "发布时间：",
    "입력 ",
)
WRITTEN = (
    "%Y-%m-%d %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d %B %Y %H:%M:%S",
    "%B %d, %Y, %H:%M:%S",
    "%Y年%m月%d日 %H:%M:%S",
)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)), st.sampled_from(LABELS), st.sampled_from(WRITTEN))
def test_what_was_written_behind_a_label_is_read(moment: datetime, label: str, written: str) -> None:
    moment = moment.replace(microsecond=0)
    published = parse_date(label + moment.strftime(written), "fr")
    if (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        assert published is not None
        assert published.instant.replace(tzinfo=None) == moment
