"""Security headers of every response (OWASP ASVS 5.0, chapter 3.4)."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Flask, Response, g, request

from intake.web.current import config

CSP_RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
)
CSP = "; ".join(CSP_RULES)
CSP_WITH_INLINE_PICTURES = CSP.replace("img-src 'self'", "img-src 'self' data:")
"""Policy for pages with pictures in `data:` URLs, which are shown without a separate request that others could observe."""
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
EMPTY_FORMS = frozenset({"contribute.start", "contribute.form", "contribute.receipt", "contribute.safety"})
KEPT_WHILE_OPEN = "private, no-cache"
HSTS = "max-age=63072000; includeSubDomains"
# A downloaded file that is opened directly must not run in this origin.
FILE_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"


def as_file(data: bytes | Iterator[bytes], media_type: str, name: str) -> Response:
    """Return a response with a file to download as `name`.

    If a browser opens the file directly, its CSP puts it into a sandbox.
    """
    response = Response(data, mimetype=media_type)
    response.headers["Content-Disposition"] = attachment(name)
    response.headers["Content-Security-Policy"] = FILE_CSP
    return response


def attachment(name: str) -> str:
    """Return a Content-Disposition for a file name in any script, with an ASCII fallback (RFC 6266)."""
    plain = name.encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def init_app(app: Flask) -> None:
    """Add the headers to every response."""
    app.after_request(add)


def _is_empty_form(response: Response) -> bool:
    """Return whether the page is a form without personal data.

    Browsers restore typed text for the Back button only if Cache-Control lets them keep the page.
    """
    return request.endpoint in EMPTY_FORMS and request.method == "GET" and response.status_code == 200


def add(response: Response) -> Response:
    """Add the security headers that the view did not set.

    Pages may show a receipt, so caches must not store them. Empty forms without personal data are the exception.
    """
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers.setdefault(
            "Cache-Control", KEPT_WHILE_OPEN if _is_empty_form(response) else "no-store"
        )
    if _has_onion_page(response):
        response.headers["Onion-Location"] = config().onion_url.rstrip("/") + quote(
            request.script_root + request.path
        )
    if config().is_desk_secure if g.get("side") == "desk" else config().secure:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    return response


def _has_onion_page(response: Response) -> bool:
    """Return whether Tor Browser may offer the page at the address of the onion service.

    Only the pages of contributors are offered. Answers to a POST are excluded, because a link cannot repeat them.
    """
    if not config().onion_url or request.method != "GET" or request.blueprint != "contribute":
        return False
    return response.mimetype == "text/html" and not request.host.partition(":")[0].endswith(".onion")
