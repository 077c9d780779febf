"""Refusals of requests for which there is no place, or no time, as pages that say what to do."""

from http import HTTPStatus

from flask import Flask, abort, request

REFUSAL = "transom.refusal"
"""Key of the WSGI environment: status with which the web server wants a request refused."""


class Busy(Exception):
    """No thread is free for a kind of request. The error page asks to try again in half a minute."""


def init_app(app: Flask) -> None:
    """Answer a request that the web server refuses before anything else looks at it."""
    app.before_request(_refuse)


def _refuse() -> None:
    status = request.environ.get(REFUSAL)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        raise Busy
    if status:
        abort(status)
