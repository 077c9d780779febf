"""Refusals of requests for which there is no place, or no time, as pages that say what to do."""

import threading
from collections import Counter
from http import HTTPStatus

from flask import Flask, abort, request

REFUSAL = "transom.refusal"
"""Key of the WSGI environment: status with which the web server wants a request refused."""


class Busy(Exception):
    """No thread is free for a kind of request. The error page asks to try again in half a minute."""


_lock = threading.Lock()
_counts: Counter[str] = Counter()


def count(event: str, number: int = 1) -> None:
    """Count a refusal, one of models.heartbeat.WEB_EVENTS. The web server stores the counts (see server/load.py)."""
    with _lock:
        _counts[event] += number


def take_counts() -> dict[str, int]:
    """Return the counts of this process since the last call."""
    with _lock:
        taken = dict(_counts)
        _counts.clear()
    return taken


def init_app(app: Flask) -> None:
    """Answer a request that the web server refuses before anything else looks at it."""
    app.before_request(_refuse)


def _refuse() -> None:
    status = request.environ.get(REFUSAL)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        raise Busy
    if status:
        abort(status)
