"""What is formatted once and kept is what Babel says each time, in every language of the interface."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from babel import Locale, dates, numbers
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.request import Period
from webui import i18n

# Shares as hits have them, many of them halfway between two numbers that are shown.
SHARES = st.floats(0, 1) | st.integers(0, 2000).map(lambda number: number / 2000)
ZONES = [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-3))]
LANGUAGES = list(i18n.INTERFACE_LANGUAGES)


def babel(tag: str) -> Locale:
    return Locale.parse(i18n.INTERFACE_LANGUAGES[tag])


@given(st.sampled_from(LANGUAGES), SHARES, st.sampled_from([0, 1, 2]))
def test_shares(app: Flask, tag: str, share: float, digits: int) -> None:
    pattern = f"#,##0.{'#' * digits}%"
    with app.test_request_context(f"/?ui={tag}"):
        assert i18n.percent(share, digits) == numbers.format_percent(share, format=pattern, locale=babel(tag))


@given(st.sampled_from(LANGUAGES), st.integers(-10, 10**12))
def test_counts(app: Flask, tag: str, count: int) -> None:
    with app.test_request_context(f"/?ui={tag}"):
        assert i18n.number(count) == numbers.format_decimal(count, locale=babel(tag))


@given(
    st.sampled_from(LANGUAGES),
    st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_times_of_day(app: Flask, tag: str, instant: datetime, zone: tzinfo) -> None:
    with app.test_request_context(f"/?ui={tag}"):
        assert i18n.clock(instant, zone) == dates.format_time(instant, "short", tzinfo=zone, locale=babel(tag))


READERS = {
    "en": ("1,234,567", "October 14, 2021", "German"),
    "de": ("1.234.567", "14. Oktober 2021", "Deutsch"),
    "ru": ("1\xa0234\xa0567", "14 октября 2021\u202fг.", "немецкий"),
}


def test_one_reader_after_another_is_spoken_to_in_their_own_language(app: Flask) -> None:
    for tag in (*READERS, *READERS):
        with app.test_request_context(f"/?ui={tag}"):
            assert (i18n.number(1_234_567), i18n.period(Period(2021, 10, 14)), i18n.language_name("de")) == READERS[tag]


def test_lazy_messages_are_in_the_language_of_whoever_is_shown_them(app: Flask) -> None:
    message = i18n.lazy_gettext("Source")
    found = []
    for tag in ("en", "fr", "de"):
        with app.test_request_context(f"/?ui={tag}"):
            found.append(str(message))
    assert found == ["Source", "Source", "Quelle"]
