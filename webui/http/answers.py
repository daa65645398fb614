"""What answers of the JSON API have in common: their addresses, their form, and how their numbers are read."""

import hashlib
from typing import Any

import orjson
from flask import Blueprint, Response, request

from indexer.errors import NotFound, UsageError
from webui.http import cors

PREFIX = "/api/v1"


def api_blueprint(name: str) -> Blueprint:
    """A part of the API. Other sites may ask it as the configuration allows."""
    made = Blueprint(name, __name__, url_prefix=PREFIX)
    made.after_request(cors.allow)
    return made


def answer(record: Any) -> Response:
    """The answer; the time it took is no part of its validator, so that the same answer is known as such."""
    response = Response(orjson.dumps(record, default=str), mimetype="application/json")
    lasting = {name: value for name, value in record.items() if name != "took_ms"}
    response.set_etag(hashlib.blake2b(orjson.dumps(lasting, default=str), digest_size=16).hexdigest(), weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns what it is called on


def number(name: str, default: int, most: int, least: int = 0) -> int:
    """A parameter that is a number.

    Raises:
        UsageError: it is none, or out of range.
    """
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        raise UsageError(f"{name} {text[:40]!r} is not a number from {least} to {most}.")
    return int(text)


def choice(name: str, possible: tuple[str, ...]) -> str | None:
    """A parameter that is one of some words; None where it is not given.

    Raises:
        UsageError: it is none of them.
    """
    text = request.args.get(name)
    if text is not None and text not in possible:
        raise UsageError(f"{name} {text[:40]!r} is not possible. Write {', '.join(possible)}.")
    return text


def switch(name: str) -> bool:
    """A parameter that is on or off, off where it is not given.

    Raises:
        UsageError: it is neither 1 nor 0.
    """
    return choice(name, ("0", "1")) == "1"


def named(text: str, parameter: str, what: str) -> str:
    """What an address names, in its path or, where a path cannot carry it, in a parameter.

    Raises:
        NotFound: neither names anything.
    """
    found = text or request.args.get(parameter, "")
    if not found:
        raise NotFound(f"No {what} is named. Name it in the path, or with {parameter}=.")
    return found
