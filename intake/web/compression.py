"""Compression of the contributor's pages, so that they load faster on slow connections."""

import gzip

from flask import Flask, Response, request

LEVEL = 6


def init_app(app: Flask) -> None:
    """Compress the pages that contributors open by a GET, with gzip."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress a response if the client accepts it.

    Responses to a POST are not compressed. They can hold a receipt beside text that an attacker chose, and their
    compressed length would reveal parts of the receipt (BREACH, CVE-2013-3587).
    """
    if not _is_open_page(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_open_page(response: Response) -> bool:
    is_page = response.status_code == 200 and response.mimetype == "text/html" and not response.is_streamed
    return is_page and request.blueprint == "contribute" and request.method in {"GET", "HEAD"}
