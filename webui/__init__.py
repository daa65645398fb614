"""The web application: URL -> request -> archive -> presenter -> template.

`create_app` is what a server calls. `webui.serving` is the server of `indexer serve`; any other that speaks WSGI will
do: `webui:create_app()` is the site of the archive that `config.toml` in the current directory, or `BROADSHEET_...` in
the environment, names.
"""

from pathlib import Path

from flask import Flask

from indexer.archive import Archive
from indexer.config import Config, load_config
from webui import i18n, memo, templating
from webui.access import gate
from webui.holder import ArchiveHolder
from webui.http import (
    acceptance,
    compression,
    errors,
    logs,
    metrics,
    observe,
    proxies,
    rate_limit,
    security,
    slots,
)
from webui.views.about import blueprint as about
from webui.views.advanced import blueprint as advanced
from webui.views.api.alerts import blueprint as api_alerts
from webui.views.api.articles import blueprint as api_articles
from webui.views.api.following import blueprint as api_following
from webui.views.api.search import blueprint as api
from webui.views.api.time import blueprint as api_time
from webui.views.article import blueprint as article
from webui.views.batch import blueprint as batch
from webui.views.browse import blueprint as browse
from webui.views.clippings import blueprint as clipped
from webui.views.dossiers import blueprint as dossiers
from webui.views.exports import blueprint as export
from webui.views.feeds import blueprint as feeds
from webui.views.machine import blueprint as machine
from webui.views.readers.alerts import blueprint as alerts
from webui.views.readers.login import blueprint as login
from webui.views.readers.password import blueprint as password
from webui.views.receipts import blueprint as receipt
from webui.views.search import blueprint as search
from webui.views.system import blueprint as system
from webui.views.threads import blueprint as threads
from webui.views.trends import blueprint as trends

API = (api_articles, api_time, api_following, api)
MAX_FORM_BYTES = 64 * 1024  # no page takes a body


def create_app(config: Config | str | Path | None = None, archive: Archive | None = None) -> Flask:
    """The site of one archive.

    Args:
        config: settings, or the path of a configuration file; None reads `config.toml` and the environment.
        archive: an open archive; None opens the configured one at the first request, in each process.

    Raises:
        ConfigError: the configuration cannot be used.
    """
    settings = config if isinstance(config, Config) else load_config(config)
    app = Flask(__name__, static_url_path="/static")
    app.config["BROADSHEET"] = settings
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM_BYTES
    app.extensions["archive"] = ArchiveHolder(settings, archive)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # ids may hold "//", as addresses do
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    observe.init(app)
    acceptance.init(app, settings.web)
    compression.init(app)
    if settings.access.closed:
        gate.init(app, settings.access)
        app.register_blueprint(login)
        app.register_blueprint(password)
    memo.init(app.extensions)
    i18n.init(app)
    templating.init(app)
    security.init(app)
    errors.init(app)
    own = (alerts, api_alerts) if settings.access.closed else ()  # of readers who are known
    pages = (search, advanced, batch, about, article, threads, browse, trends, receipt, clipped)
    limited = (*pages, export, dossiers, feeds, machine, *own, *API)
    rate_limit.init(app, settings, limited)
    slots.init(app, settings.web.threads)
    for blueprint in (*limited, system):
        app.register_blueprint(blueprint)
    listeners = logs.listeners(settings.web)
    if settings.web.metrics_from:
        counted = metrics.Metrics(settings.web)
        app.register_blueprint(metrics.blueprint_of(counted))
        listeners.append(counted.count)
    proxies.init(app, settings.web)
    observe.wrap(app, listeners)
    return app
