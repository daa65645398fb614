"""The language of the interface: which one, its words, its dates and numbers, and the direction of any language.

Everything that depends on the reader's language goes through here; `babel` and `flask_babel` know the rest.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import flask_babel
from babel import Locale, UnknownLocaleError, dates, lists, localedata, numbers
from flask import Flask, Response, current_app, g, request
from flask_babel import LazyString
from markupsafe import Markup

from indexer.article import Precision, Published
from indexer.search.request import Period

# Languages that the interface speaks: BCP 47 tag -> Babel's name for it.
INTERFACE_LANGUAGES: dict[str, str] = {
    "en": "en",
    "ar": "ar",
    "zh-Hans": "zh_Hans",
    "fr": "fr",
    "de": "de",
    "ru": "ru",
    "es": "es",
}
# A page formats some hundred numbers and dates, 5 µs each; most of them have been on other pages.
KEPT = 8192
# What stands around a quotation, where it is not “this”. `site.css` says the same of <q>.
QUOTATION_MARKS = {"de": ("„", "“"), "fr": ("«\u00a0", "\u00a0»")} | dict.fromkeys(("ar", "ru", "es"), ("«", "»"))
# Comma and semicolon between parts of a line, where they are not those of Latin script.
_COMMAS = {"ar": "، ", "zh-Hans": "，"}
_SEMICOLONS = {"ar": "؛ ", "zh-Hans": "；"}
PARAMETER = "ui"
COOKIE = "ui"
COOKIE_SECONDS = 365 * 86_400
# `g` without what it costs to ask a proxy; raises RuntimeError where there is no request.
_request_globals: Callable[[], Any] = g._get_current_object


class _Spoken:
    """In what a page is written. There is one for each locale, so that what is kept for it is found by identity:
    Babel's own locales are compared part by part."""

    __slots__ = ("locale", "translations")

    def __init__(self, locale: Locale, translations: Any) -> None:
        self.locale = locale
        self.translations = translations


@lru_cache(maxsize=32)  # for each language one, and those of dossiers that were written last
def _spoken_of(locale: Locale, translations: Any) -> _Spoken:
    return _Spoken(locale, translations)


def _spoken() -> _Spoken:
    """That of this request."""
    try:
        kept = _request_globals()
    except RuntimeError:  # nobody asks
        return _spoken_of(Locale("en"), None)
    known: _Spoken | None = kept.get("spoken")
    if known is None:
        known = _spoken_of(flask_babel.get_locale() or Locale("en"), flask_babel.get_translations())
        kept.spoken = known
    return known


def gettext(message: str, /, **values: object) -> str:
    """A message in the reader's language, with values put in."""
    text = _message(message, _spoken())
    return text % values if values else text


@lru_cache(maxsize=KEPT)
def _message(message: str, spoken: _Spoken) -> str:
    return str(_catalogue(spoken).ugettext(message))


def ngettext(one: str, many: str, amount: int, /, **values: object) -> str:
    """A message whose form depends on an amount."""
    text: str = _catalogue(_spoken()).ungettext(one, many, amount)
    return text % {"num": amount, **values}


def _catalogue(spoken: _Spoken) -> Any:
    return flask_babel.get_translations() if spoken.translations is None else spoken.translations


def lazy_gettext(message: str) -> LazyString:
    """A message that is looked up when it is shown, in the language of whoever is shown it."""
    return LazyString(gettext, message)


def _printed(message: str, /, **values: object) -> Markup:
    """A message in a template, with values put in, those that are text escaped."""
    text = _markup(message, _spoken())
    return text % values if values else _filled(text)


@lru_cache(maxsize=KEPT)
def _markup(message: str, spoken: _Spoken) -> Markup:
    return Markup(_message(message, spoken))  # noqa: S704  # of our catalogues


@lru_cache(maxsize=KEPT)
def _filled(text: Markup) -> Markup:
    return text % {}  # a message may have `%%`


def init(app: Flask) -> None:
    """Let an application speak the reader's language."""
    flask_babel.Babel(
        app,
        default_locale=INTERFACE_LANGUAGES.get(app.config["BROADSHEET"].web.default_language, "en"),
        locale_selector=_locale_name,
    )
    app.jinja_env.globals["_"] = _printed
    app.after_request(_remember)


def interface_language() -> str:
    """The language of this request's page: asked for in the URL, else remembered, else preferred by the browser."""
    kept = _request_globals()
    language: str | None = kept.get("interface_language")
    if language is None:
        language = kept.interface_language = _choose_language()
    return language


def _remember(response: Response) -> Response:
    """Keep the language that was asked for in the URL; a page says which one it is in."""
    stated = request.args.get(PARAMETER)
    if stated in INTERFACE_LANGUAGES and stated != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, stated, max_age=COOKIE_SECONDS, samesite="Lax", secure=request.is_secure)
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", interface_language())
    return response


def _choose_language() -> str:
    for stated in (request.args.get(PARAMETER), request.cookies.get(COOKIE)):
        if stated in INTERFACE_LANGUAGES:
            return stated
    default: str = current_app.config["BROADSHEET"].web.default_language
    offered = [default, *(tag for tag in INTERFACE_LANGUAGES if tag != default)]
    wanted = request.accept_languages.best_match([*offered, "zh-CN", "zh-SG", "zh"], default=default) or default
    wanted = "zh-Hans" if wanted.startswith("zh") else wanted
    return wanted if wanted in INTERFACE_LANGUAGES else "en"


def _locale_name() -> str:
    """Babel's name of this request's locale. English is one catalogue, with the dates of the reader's region."""
    language = interface_language()
    if language != "en":
        return INTERFACE_LANGUAGES[language]
    stated = (_english(tag) for tag, quality in request.accept_languages if quality)
    return next(filter(None, stated), "en")


@lru_cache(maxsize=256)
def _english(tag: str) -> str:
    """Babel's name of a region's English, as `en_GB` for `en-GB`; empty for what is none, or none that Babel knows."""
    language, _, rest = tag.replace("_", "-").partition("-")
    region = rest.partition("-")[0].upper()
    if language.lower() != "en" or not (region.isascii() and region.isalnum()):
        return ""
    if region == "US":
        return "en"
    return f"en_{region}" if localedata.exists(f"en_{region}") else ""


def locale() -> Locale:
    """Babel's locale of this request."""
    return _spoken().locale


@lru_cache(maxsize=256)
def _locale_of(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def direction(tag: str | None) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; `auto` where it says nothing, so that the browser looks at the text."""
    known = _locale_of(tag) if tag else None
    return known.text_direction if known else "auto"


def is_read(tag: str | None) -> bool:
    """Whether a language is that of the page, whatever the region or script."""
    return tag is not None and tag.partition("-")[0].lower() == interface_language().partition("-")[0].lower()


def language_name(tag: str) -> str:
    """What a language is called in the reader's language; the tag itself where nobody knows."""
    return _language_name(tag, _spoken())


def country_name(code: str) -> str:
    """What a country (ISO 3166) is called in the reader's language; the code itself where nobody knows."""
    return str(locale().territories.get(code, code))


@lru_cache(maxsize=512)
def _language_name(tag: str, spoken: _Spoken) -> str:
    known = _locale_of(tag)
    return (known.get_display_name(spoken.locale) if known else None) or tag


@lru_cache(maxsize=256)
def own_name(tag: str) -> str:
    """What a language calls itself: Deutsch, العربية."""
    known = _locale_of(tag)
    name = known.get_display_name(known) if known else None
    return name[:1].upper() + name[1:] if name else tag


def number(value: int) -> str:
    """A count, grouped as the reader is used to."""
    return _number(value, _spoken())


@lru_cache(maxsize=KEPT)
def _number(value: int, spoken: _Spoken) -> str:
    return str(numbers.format_decimal(value, locale=spoken.locale))


def plural_categories() -> tuple[tuple[str, int], ...]:
    """The plural categories of whole numbers in the reader's language, each with the first number that has it."""
    return _plural_categories(_spoken())


@lru_cache(maxsize=16)
def _plural_categories(spoken: _Spoken) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for amount in range(1, 201):
        found.setdefault(str(spoken.locale.plural_form(amount)), amount)
    return tuple(found.items())


def decimal(value: float, digits: int) -> str:
    """A number with at most so many decimals."""
    return str(numbers.format_decimal(round(value, digits), locale=locale()))


def listed(texts: Sequence[str]) -> str:
    """Texts as a sentence names them: a, b and c."""
    return str(lists.format_list(list(texts), locale=locale()))


def separators(count: int) -> list[str]:
    """What stands before, between and after so many parts of a sentence that are not text, as links: `count` + 1."""
    return str(lists.format_list(["\0"] * count, locale=locale())).split("\0")


def comma() -> str:
    """What parts the parts of a line that is no sentence."""
    return _COMMAS.get(interface_language(), ", ")


def semicolon() -> str:
    """What parts those whose own parts may have commas."""
    return _SEMICOLONS.get(interface_language(), "; ")


def quotation_marks() -> tuple[str, str]:
    """What stands before and after a quotation."""
    return QUOTATION_MARKS.get(interface_language(), ("“", "”"))


def quoted(text: str) -> str:
    """A text in the reader's quotation marks."""
    return text.join(quotation_marks())


def dateline(first: str, then: str) -> str:
    """A day and a time in one line, or whatever else goes with a day: 14 October 2021, 11:15."""
    return str(dates.get_datetime_format("medium", locale=locale())).format(then, first)


def percent(share: float, digits: int = 1) -> str:
    """A share between 0 and 1 as per cent."""
    return _percent(share, digits, _spoken())


@lru_cache(maxsize=KEPT)
def _percent(share: float, digits: int, spoken: _Spoken) -> str:
    # Rounded first, as Babel would, so that what is kept is little.
    return _rounded_percent(Decimal(str(share)).quantize(Decimal(1).scaleb(-digits - 2)), digits, spoken)


@lru_cache(maxsize=KEPT)
def _rounded_percent(share: Decimal, digits: int, spoken: _Spoken) -> str:
    return str(numbers.format_percent(share, format=f"#,##0.{'#' * digits}%", locale=spoken.locale))


def period(value: Period, *, long: bool = True) -> str:
    """A year, month or day in words: 2021, October 2021, 14 October 2021."""
    return _period(value, long, _spoken())


@lru_cache(maxsize=KEPT)
def _period(value: Period, long: bool, spoken: _Spoken) -> str:
    if value.month is None:
        return f"{value.year}"
    if value.day:
        return str(dates.format_date(value.first, "long" if long else "medium", locale=spoken.locale))
    return str(dates.format_skeleton("yMMMM" if long else "yMMM", _midnight(value.first), locale=spoken.locale))


def short_period(value: Period) -> str:
    """A period as the label of a bar among its neighbours: 2021, Oct, 14."""
    if value.day:
        return str(value.day)
    if value.month:
        return short_months()[value.month - 1]
    return f"{value.year}"


def short_months() -> tuple[str, ...]:
    """The months' names cut short, without a dot: Oct, sept."""
    return _short_months(_spoken())


@lru_cache(maxsize=64)
def _short_months(spoken: _Spoken) -> tuple[str, ...]:
    names = dates.get_month_names("abbreviated", context="stand-alone", locale=spoken.locale)
    return tuple(str(names[month]).rstrip(".") for month in range(1, 13))


def first_weekday() -> int:
    """The day a week begins with, Monday being 0."""
    return int(locale().first_week_day)


def weekday_names(width: Literal["abbreviated", "narrow"] = "abbreviated") -> list[tuple[str, str]]:
    """Short and long names of the days of the week, in the reader's order; of one letter where `width` is `narrow`."""
    days = dates.get_day_names(width, context="stand-alone", locale=locale())
    wide = dates.get_day_names("wide", context="stand-alone", locale=locale())
    first = first_weekday()
    return [(days[day % 7], wide[day % 7]) for day in range(first, first + 7)]


def month_name(month: int) -> str:
    """A month's own name: October."""
    return str(dates.get_month_names("wide", context="stand-alone", locale=locale())[month])


def day_of_year(day: date) -> str:
    """A day without its year: October 14."""
    return str(dates.format_skeleton("MMMMd", _midnight(day), locale=locale()))


def full_day(day: date) -> str:
    """A day with its weekday: Thursday, 14 October 2021."""
    return _full_day(day, _spoken())


@lru_cache(maxsize=KEPT)
def _full_day(day: date, spoken: _Spoken) -> str:
    return str(dates.format_date(day, "full", locale=spoken.locale))


def published_day(published: Published) -> str:
    """The day of publication, as exactly as it is known."""
    return period(published_period(published))


def published_period(published: Published) -> Period:
    """The year, month or day that is known of a publication."""
    day = published.day
    match published.precision:
        case Precision.YEAR:
            return Period(day.year)
        case Precision.MONTH:
            return Period(day.year, day.month)
        case _:
            return Period(day.year, day.month, day.day)


def clock(instant: datetime, zone: tzinfo | None = None) -> str:
    """The time of day, in UTC or a zone: 11:15."""
    local = instant.astimezone(zone or UTC)
    return _clock(local.hour, local.minute, _spoken())


@lru_cache(maxsize=KEPT)
def _clock(hour: int, minute: int, spoken: _Spoken) -> str:
    return str(dates.format_time(time(hour, minute), "short", locale=spoken.locale))


def exact_clock(at: datetime, *, seconds: bool) -> str:
    """The time of day as it stands, whatever the zone: 11:15, 11:15:48."""
    return str(dates.format_time(at.time(), "medium" if seconds else "short", locale=locale()))


def offset_name(minutes: int) -> str:
    """Minutes east of UTC as people write them: UTC, UTC-04:00."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}" if minutes else "UTC"


def later(seconds: int) -> str:
    """That something has been tried too often, and when to try again."""
    return ngettext(
        "Too many attempts. Try again in %(num)s minute.",
        "Too many attempts. Try again in %(num)s minutes.",
        -(-seconds // 60),
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def seconds(milliseconds: float) -> str:
    """A short time in seconds: 0.012."""
    return str(numbers.format_decimal(round(milliseconds / 1000, 3), format="0.###", locale=locale()))
