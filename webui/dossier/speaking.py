"""The site's words, dates and directions in a language, and its templates, without a site.

Presenters and `i18n` ask the request at hand for its language and for where the archive is. Here that is a request that
nobody made, of an application that has no pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from jinja2 import Environment

from indexer.config import Config
from indexer.errors import UsageError
from webui import i18n, markup, rendering

_NOWHERE = "http://localhost"  # presenters make addresses of the site, which a dossier does not print


@contextmanager
def speaking(config: Config, language: str, address: str) -> Iterator[Environment]:
    """The environment of templates, while `i18n` and presenters speak a language.

    Args:
        config: the archive's settings.
        language: one of `i18n.INTERFACE_LANGUAGES`; "" is that of the configuration.
        address: where the archive is on the web, without a slash at its end; "" where it is nowhere.

    Raises:
        UsageError: the interface does not speak it.
    """
    chosen = language or config.web.default_language
    if chosen not in i18n.INTERFACE_LANGUAGES:
        raise UsageError(f"A dossier is not written in {chosen!r}. Choose {', '.join(i18n.INTERFACE_LANGUAGES)}.")
    app = Flask("webui", static_folder=None)
    app.config["BROADSHEET"] = replace(config, web=replace(config.web, base_url=address))
    rendering.quicken(app.jinja_env)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(number=i18n.number, plain=markup.plain)
    app.jinja_env.globals.update(comma=i18n.comma, separators=i18n.separators)
    i18n.init(app)
    with app.test_request_context("/", base_url=address or _NOWHERE, query_string={i18n.PARAMETER: chosen}):
        yield app.jinja_env
