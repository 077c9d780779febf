"""Request to an outside monitor, which raises an alarm when the requests stay away (dead man's switch).

The requests follow the convention of Healthchecks and similar services: the URL alone says that all is well, and
the URL with `/fail` that it is not. A request contains nothing but the URL.
"""

import logging
from urllib.parse import urlsplit, urlunsplit

import httpx

TIMEOUT_SECONDS = 10.0
HTTP_NOT_FOUND = 404

# httpx logs whole URLs, and this one is a secret.
logging.getLogger("httpx").setLevel(logging.WARNING)


def ping(url: str, *, ok: bool) -> str:
    """Request the URL, or its `/fail` form if not `ok`. Returns "" after a successful response, else what went wrong.

    Redirects are not followed and the body of the answer is not read. The result does not name the URL. A service
    without `/fail` answers 404, which is no error, because the service notices the missing requests without `/fail`.
    """
    try:
        with (
            httpx.Client(timeout=TIMEOUT_SECONDS, headers={"User-Agent": "Transom"}) as client,
            client.stream("GET", url if ok else failure_url(url)) as answer,
        ):
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return f"does not answer ({type(error).__name__})"
    if httpx.codes.is_success(status) or (not ok and status == HTTP_NOT_FOUND):
        return ""
    return f"answers {status}"


def failure_url(url: str) -> str:
    """URL that reports a failure: `/fail` after the path, before the query."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))
