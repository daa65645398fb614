"""How often one client may ask the JSON API: `[web] rate_limit`, counted in each process, answered with 429.

Pages are not limited: their cost is bounded by the time budget of a query, and people share addresses.
"""

from collections.abc import Iterable

from flask import Blueprint, Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from indexer.config import Config
from indexer.errors import ConfigError


def init(app: Flask, settings: Config, limited: Iterable[Blueprint]) -> None:
    """Limit blueprints of an application, all of them together. An empty limit is none.

    Raises:
        ConfigError: the limit is not like "120 per minute".
    """
    if not settings.web.rate_limit.strip():
        return
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    try:
        limit = limiter.shared_limit(_checked(settings.web.rate_limit), scope="api")
        for blueprint in limited:
            limit(blueprint)
    except ValueError:
        raise ConfigError(
            f'[web] rate_limit: {settings.web.rate_limit!r} is no limit. Write it as in "120 per minute".'
        ) from None


def _checked(text: str) -> str:
    from limits import parse_many  # raises ValueError; the limiter itself would only log it at a request

    parse_many(text)
    return text
