"""The cookies of a closed archive, and whether a password may travel at all.

`__Host-session` is the id of a session, `__Host-form` what the login form was made with. Both are for the server alone
(HttpOnly), for this host alone (`__Host-`), never sent by forms of other sites (SameSite=Lax), and end with the
browser. Lax and not Strict, so that a link in a mail opens for who is signed in.
"""

from flask import Response, request

from webui.holder import settings

SESSION = "session"
FORM = "form"
_HOST = "__Host-"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def encrypted() -> bool:
    """Whether the reader speaks TLS to us, or to the proxy before us."""
    return request.is_secure or settings().web.base_url.startswith("https://")


def trustworthy() -> bool:
    """Whether secrets may travel: over TLS, on this machine, or where the configuration says so."""
    if encrypted() or settings().access.plain_http:
        return True
    forwarded = any(request.headers.get(name) for name in ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto"))
    name = request.host if request.host.startswith("[") else request.host.partition(":")[0]
    return not forwarded and (name in _LOOPBACK or name.startswith("[::1]:"))


def read(name: str) -> str:
    """What the browser holds; empty where it holds nothing."""
    return request.cookies.get(_full(name), "")


def write(response: Response, name: str, value: str) -> None:
    """Let the browser hold it until it is closed."""
    response.set_cookie(_full(name), value, httponly=True, samesite="Lax", secure=encrypted(), path="/")


def forget(response: Response, name: str) -> None:
    """Let the browser forget it."""
    response.delete_cookie(_full(name), httponly=True, samesite="Lax", secure=encrypted(), path="/")


def _full(name: str) -> str:
    """Browsers take the prefix over TLS alone."""
    return f"{_HOST}{name}" if encrypted() else f"broadsheet-{name}"
