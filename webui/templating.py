"""What every template may use: addresses, words, numbers, and the masthead."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from markupsafe import Markup

from indexer.timeline import of_day
from webui import i18n, markup, rendering
from webui.access import cookies, forms, own_alerts, readers
from webui.addresses import downloads, urls
from webui.holder import settings

STATIC = Path(__file__).parent / "static"


def init(app: Flask) -> None:
    """Register filters and what is in every page."""
    rendering.quicken(app.jinja_env)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        number=i18n.number, plain=markup.plain, quoted=markup.quoted, language=i18n.language_name
    )
    app.jinja_env.globals.update(
        static=static, direction=i18n.direction, urls=urls, downloads=downloads, sections=sections,
        separators=i18n.separators, comma=i18n.comma, icon=icon,
    )  # fmt: skip
    app.context_processor(_page)


def static(name: str) -> str:
    """The address of a static file, which changes with its content so that browsers may keep it for ever."""
    return url_for("static", filename=name, v=_fingerprint(name))


@lru_cache(maxsize=32)
def _fingerprint(name: str) -> str:
    return hashlib.blake2b((STATIC / name).read_bytes(), digest_size=5).hexdigest()


def icon(look: str) -> Markup:
    """One of the five drawings that every page holds, by its name and, behind that, how it is turned; see `.icon`."""
    return Markup('<svg class="icon {}" aria-hidden="true"><use href="#i-{}"/></svg>').format(look, look.split()[0])


def _page() -> dict[str, Any]:
    language = i18n.interface_language()
    reader = readers.reader()
    return {
        "barred": readers.barred(),
        "reader": reader.user.name if reader and not reader.by_token else None,
        # What a browser keeps is kept apart for each archive of a host, and for each reader of a closed one.
        "kept_for": f"{request.script_root} {reader.user.name}" if reader else request.script_root,
        "alerts_offered": own_alerts.offered(),
        "form_token": partial(forms.token, cookies.read(cookies.SESSION)),
        "site": settings().archive,
        "web": settings().web,
        "public": settings().web.indexable and not settings().access.closed,
        "address": urls.absolute(urls.here()),
        "today": i18n.period(of_day(datetime.now(UTC).date())),
        "ui_language": language,
        "ui_direction": i18n.direction(language),
        "ui_choices": list(
            zip(
                i18n.INTERFACE_LANGUAGES,
                map(i18n.own_name, i18n.INTERFACE_LANGUAGES),
                urls.in_languages(request.path, request.args, i18n.INTERFACE_LANGUAGES),
                strict=True,
            )
        ),
    }


def sections() -> list[tuple[str, str]]:
    """The ways into the archive that stand on every page."""
    return [
        (i18n.gettext("Front page"), urls.page("/")),
        (i18n.gettext("Archive"), urls.page("/archive/")),
        (i18n.gettext("Trends"), urls.page("/trends")),
        (i18n.gettext("Compare"), urls.page("/compare")),
        (i18n.gettext("Sources"), urls.page("/facet/source")),
        (i18n.gettext("Categories"), urls.page("/facet/category")),
        (i18n.gettext("People"), urls.page("/facet/person")),
        (i18n.gettext("Organisations"), urls.page("/facet/organisation")),
        (i18n.gettext("Places"), urls.page("/facet/place")),
    ]
