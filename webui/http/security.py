"""Headers that every answer carries: nothing foreign is loaded, nothing inline runs, nobody frames or sniffs us."""

from flask import Flask, Response, request

# Everything is served by ourselves; no inline script or style, no plugin, no form to elsewhere, no frame around us.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
STATIC_SECONDS = 31_536_000  # the address of a static file changes with its content


def init(app: Flask) -> None:
    """Add the headers to every response."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        if "v" in request.args:
            response.cache_control.public = True
            response.cache_control.max_age = STATIC_SECONDS
            response.cache_control.immutable = True
            response.cache_control.no_cache = None
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # the search box may stand on other sites
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.update(("Accept-Language", "Cookie"))
    return response
