"""Forms that only our own pages can send: a token made of a cookie, and the browser's word on where the form stood.

A token is salted anew for each page, so that compressed pages do not give it away by their lengths.
"""

import hashlib
import hmac
import secrets

from flask import request

from webui.access import cookies
from webui.holder import settings

FIELD = "token"
_SALT_BYTES = 12
_KEY_BYTES = 32


def new_key() -> str:
    """What a form is made with where there is no session."""
    return secrets.token_urlsafe(_KEY_BYTES)


def token(key: str) -> str:
    """What a form carries, made with what a cookie holds."""
    salt = secrets.token_hex(_SALT_BYTES)
    return f"{salt}.{_sign(key, salt)}"


def genuine(name: str) -> bool:
    """Whether the form of this request stood on a page of ours that was made with the cookie of that name."""
    key = cookies.read(name)
    salt, _, signature = request.form.get(FIELD, "").partition(".")
    right = hmac.compare_digest(_sign(key, salt).encode(), signature.encode("utf-8", "surrogatepass"))
    return bool(key) and right and _from_here()


def _from_here() -> bool:
    """What the browser says of the page that the form stood on; browsers that say nothing leave it to the token."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    if origin := request.headers.get("Origin"):
        known = {request.host_url, settings().web.base_url}
        return origin.rstrip("/") in {_origin(each) for each in known if each}
    return True


def _origin(address: str) -> str:
    return "/".join(address.split("/")[:3])


def _sign(key: str, salt: str) -> str:
    return hmac.new(
        key.encode("utf-8", "surrogatepass"), salt.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()
