"""Names of fields, values and notices in the reader's language."""

from indexer.article import Addition, EntityKind
from indexer.entities.corrections import Rule
from indexer.entities.other_names import shown_in
from indexer.search.moments import Moment
from indexer.search.notices import NOTICES as QUERY_NOTICES
from indexer.search.query import QueryWarning
from indexer.search.request import MISSING, Arrival, DateRange, Period, Sort
from indexer.timeline import of_day
from webui import i18n
from webui.addresses import params
from webui.i18n import gettext, lazy_gettext
from webui.markup import plain

FIELD_LABELS = {
    "published": lazy_gettext("Date"),
    "added": lazy_gettext("Added"),
    "source": lazy_gettext("Source"),
    "collection": lazy_gettext("Collection"),
    "category": lazy_gettext("Category"),
    "language": lazy_gettext("Language"),
    "translated_from": lazy_gettext("Translated from"),
    "author": lazy_gettext("Author"),
    "topic": lazy_gettext("Topic"),
    "person": lazy_gettext("Person"),
    "organisation": lazy_gettext("Organisation"),
    "place": lazy_gettext("Place"),
    "title": lazy_gettext("Title"),
    "summary": lazy_gettext("Summary"),
    "translation": lazy_gettext("Translation"),
    "body": lazy_gettext("Text"),
}
PLURAL_LABELS = {
    "published": lazy_gettext("Dates"),
    "source": lazy_gettext("Sources"),
    "collection": lazy_gettext("Collections"),
    "category": lazy_gettext("Categories"),
    "language": lazy_gettext("Languages"),
    "translated_from": lazy_gettext("Original languages"),
    "author": lazy_gettext("Authors"),
    "topic": lazy_gettext("Topics"),
    "person": lazy_gettext("People"),
    "organisation": lazy_gettext("Organisations"),
    "place": lazy_gettext("Places"),
}
MISSING_LABELS = {
    "published": lazy_gettext("Undated"),
    "source": lazy_gettext("No source"),
    "collection": lazy_gettext("In no collection"),
    "category": lazy_gettext("No category"),
    "language": lazy_gettext("Unknown language"),
    "translated_from": lazy_gettext("Not a translation"),
    "author": lazy_gettext("No author"),
    "topic": lazy_gettext("No topic"),
    "person": lazy_gettext("No people named"),
    "organisation": lazy_gettext("No organisations named"),
    "place": lazy_gettext("No places named"),
}
# What is left when articles without a value are excluded.
PRESENT_LABELS = {
    "published": lazy_gettext("Dated"),
    "source": lazy_gettext("With a source"),
    "collection": lazy_gettext("In a collection"),
    "category": lazy_gettext("With a category"),
    "language": lazy_gettext("Language known"),
    "translated_from": lazy_gettext("Translations"),
    "author": lazy_gettext("With an author"),
    "topic": lazy_gettext("With a topic"),
    "person": lazy_gettext("People named"),
    "organisation": lazy_gettext("Organisations named"),
    "place": lazy_gettext("Places named"),
}
SORT_LABELS = {
    Sort.RELEVANCE: lazy_gettext("Relevance"),
    Sort.NEWEST: lazy_gettext("Newest first"),
    Sort.OLDEST: lazy_gettext("Oldest first"),
    Sort.ADDED: lazy_gettext("Last added first"),
}
# The notice of a filter's value that is no label, with the nearest label.
PERHAPS_VALUE = "perhaps-value"
# Names of these are written as the reader's language writes them; people as the archive does.
TRANSLATED: dict[str, EntityKind] = {"place": "place", "organisation": "organisation"}
_LANGUAGE_FIELDS = ("language", "translated_from")


def field_label(field: str) -> str:
    """What one value of a field is called."""
    return str(FIELD_LABELS.get(field, field))


def fields_label(field: str) -> str:
    """What the values of a field are called together."""
    return str(PLURAL_LABELS.get(field, field))


def value_label(field: str, value: str) -> str:
    """A value of a field as people read it."""
    if value == MISSING:
        return str(MISSING_LABELS[field])
    if field in _LANGUAGE_FIELDS:
        name = i18n.language_name(value)
        return name[:1].upper() + name[1:]
    if field == "published":
        return i18n.period(Period.parse(value))
    if field == "category":
        return " › ".join(plain(part) for part in value.split("/"))
    kind = TRANSLATED.get(field)
    return (shown_in(kind, value, i18n.interface_language()) if kind else None) or plain(value)


def chosen_label(field: str, value: str, *, excluded: bool = False, last_step: bool = False) -> str:
    """A value that is chosen or excluded; of a path the whole, or its last step."""
    if value == MISSING and excluded:
        return str(PRESENT_LABELS[field])
    label = value_label(field, value)
    if last_step:
        label = label.rsplit(" › ", 1)[-1]
    return gettext("not %(value)s", value=label) if excluded else label


def filter_label(field: str, value: str, *, excluded: bool = False) -> str:
    """A filter as a line by itself says it: Source: not TASS; what names its field already stands alone."""
    label = chosen_label(field, value, excluded=excluded)
    return label if value == MISSING else f"{field_label(field)}: {label}"


def dates_label(dates: DateRange, *, long: bool = True) -> str:
    """A range of dates in words."""
    return _range_label(*(i18n.period(end, long=long) if end else "" for end in (dates.start, dates.end)))


def arrival_label(added: Arrival) -> str:
    """A range of arrival in words."""
    return _range_label(*(_arrival_end(end) if end else "" for end in (added.start, added.end)))


def _range_label(start: str, end: str) -> str:
    if start and end:
        return start if start == end else gettext("%(start)s to %(end)s", start=start, end=end)
    if start:
        return gettext("from %(start)s", start=start)
    return gettext("up to %(end)s", end=end) if end else ""


def _arrival_end(end: Period | Moment) -> str:
    if isinstance(end, Period):
        return i18n.period(end)
    offset = end.at.utcoffset()
    zone = "" if offset is None else f" {i18n.offset_name(round(offset.total_seconds() / 60))}"
    day, time = i18n.period(of_day(end.at.date())), i18n.exact_clock(end.at, seconds=end.lasts == 1)
    return i18n.dateline(day, f"{time}{zone}")


def warning_text(warning: QueryWarning) -> str:
    """A warning of the query parser or of the address, in the reader's language."""
    values = warning.values
    if warning.code == PERHAPS_VALUE:
        values = (field_label(values[0]), *values[1:])
    template = params.NOTICES.get(warning.code) or QUERY_NOTICES.get(warning.code)
    if template is None:
        return plain(warning.message)
    try:
        return plain(gettext(template).format(*values))
    except (IndexError, KeyError, ValueError):  # a translation that lost a brace must not lose the page
        return plain(warning.message)


def rule_text(rule: Rule) -> str:
    """What a correction did, and why, as the page of a name that it shaped tells it."""
    name = plain(rule.name)
    match rule.action:
        case "retype" if rule.target:
            kind = field_label(rule.kind)
            said = gettext("Corrected: “%(name)s” was found under “%(kind)s”.", name=name, kind=kind)
        case "add":
            query = plain(rule.parts[0].query)
            said = gettext("Corrected: “%(name)s” was added to the articles for “%(query)s”.", name=name, query=query)
        case "split":
            named = (f"{i18n.quoted(plain(part.name))} ({plain(part.query)})" for part in rule.parts)
            parts = i18n.comma().join(named)
            said = gettext("Corrected: “%(name)s” was split by searches: %(parts)s.", name=name, parts=parts)
        case _:
            said = gettext("Corrected: “%(name)s” is shown under this name.", name=name)
    return f"{said} ({plain(rule.comment)})" if rule.comment else said


def added_by(why: Addition) -> str:
    """Why an article has a name that was not found in it."""
    return gettext("Added by a correction: %(reason)s", reason=plain(why.comment or why.query))
