"""What the archive's corrections did to a name, in sentences for readers."""

from indexer.article import Addition
from indexer.entities.corrections import Rule
from webui import markup
from webui.i18n import gettext
from webui.presenters import words


def sentence(rule: Rule) -> str:
    """What a rule did, and why, as the page of a name that it shaped tells it."""
    name = markup.plain(rule.name)
    match rule.action:
        case "retype" if rule.target:
            kind = words.field_label(rule.kind)
            said = gettext("Corrected: “%(name)s” was found under “%(kind)s”.", name=name, kind=kind)
        case "add":
            query = markup.plain(rule.parts[0].query)
            said = gettext("Corrected: “%(name)s” was added to the articles for “%(query)s”.", name=name, query=query)
        case "split":
            parts = ", ".join(f"“{markup.plain(part.name)}” ({markup.plain(part.query)})" for part in rule.parts)
            said = gettext("Corrected: “%(name)s” was split by searches: %(parts)s.", name=name, parts=parts)
        case _:
            said = gettext("Corrected: “%(name)s” is shown under this name.", name=name)
    return f"{said} ({markup.plain(rule.comment)})" if rule.comment else said


def added(why: Addition) -> str:
    """Why an article has a name that was not found in it."""
    reason = markup.plain(why.comment or why.query)
    return gettext("Added by a correction: %(reason)s", reason=reason)
