"""How often one client may ask, answered with 429: a limit each for the API, pages, files and suggestions.

They are counted in `[web] rate_storage`, by flask-limiter. Whoever types asks many small questions, and people of one
house share an address: so suggestions are counted apart, and the limit on pages is high. A client is an IPv4 address
or the /64 of an IPv6 one. Where the storage cannot be reached each process counts for itself.
"""

import logging
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_network

from flask import Blueprint, Flask, request
from flask_limiter import Limiter

from indexer.config import Config, WebConfig
from indexer.errors import ConfigError
from webui.http.proxies import read_address

API, PAGES, EXPORTS, SUGGESTIONS = "rate_limit", "page_limit", "export_limit", "suggest_limit"
_SUGGESTIONS = ("api.suggest", "machine.suggest", "advanced.query")
_EXPORTS = ("exports.export", "dossiers.dossier", "clippings.export")


def init(app: Flask, settings: Config, blueprints: Iterable[Blueprint]) -> None:
    """Limit what an application answers by the blueprints. An empty limit is none.

    Raises:
        ConfigError: a limit is not like "120 per minute", or the storage cannot be used.
    """
    web = settings.web
    limits = {kind: _checked(web, kind) for kind in (API, PAGES, EXPORTS, SUGGESTIONS)}
    if not any(limits.values()):
        return
    logging.getLogger("flask-limiter").addFilter(_without_clients)
    limiter = Limiter(
        client,
        app=app,
        storage_uri=_storage(web),
        headers_enabled=True,
        in_memory_fallback_enabled=True,
        swallow_errors=True,
    )
    for blueprint in blueprints:
        limiter.shared_limit(
            lambda: limits[kind_of(request.endpoint or "")],
            scope=kind_of,
            exempt_when=lambda: not limits[kind_of(request.endpoint or "")],
        )(blueprint)


def kind_of(endpoint: str) -> str:
    """Which limit an endpoint counts against."""
    if endpoint in _SUGGESTIONS:
        return SUGGESTIONS
    if endpoint in _EXPORTS:
        return EXPORTS
    return API if endpoint.startswith(("api.", "api_")) else PAGES


def client() -> str:
    """Whom a request counts for."""
    address = read_address(request.remote_addr or "")
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or "unknown")


def _without_clients(record: logging.LogRecord) -> bool:
    """Refusals are in the access log; the limiter's own line would name the client."""
    return record.levelno != logging.INFO


def _checked(web: WebConfig, kind: str) -> str:
    from limits import parse_many  # the limiter itself would only log a mistake at a request

    text: str = getattr(web, kind).strip()
    try:
        if text:
            parse_many(text)
    except ValueError:
        raise ConfigError(f'[web] {kind}: {text!r} is no limit. Write it as in "120 per minute".') from None
    return text


def _storage(web: WebConfig) -> str:
    from limits.errors import ConfigurationError
    from limits.storage import storage_from_string

    try:
        storage_from_string(web.rate_storage)
    except (ConfigurationError, ValueError) as error:
        # The address may hold a password: it is not repeated.
        raise ConfigError(
            f'[web] rate_storage cannot be used ({type(error).__name__}). Write "memory://" or an address such as '
            '"redis://localhost:6379", and install the package for it: pip install redis'
        ) from None
    except Exception as error:  # of the driver: the storage is not there now
        logging.getLogger(__name__).warning("[web] rate_storage cannot be reached: %s.", type(error).__name__)
    return web.rate_storage
