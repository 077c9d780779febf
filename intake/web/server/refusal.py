"""Refusals of the web server as pages of the application, in the reader's language, or as problem documents."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask
from werkzeug.exceptions import RequestTimeout

from intake.web.limits import Busy

ERRORS: dict[HTTPStatus, Callable[[], Exception]] = {
    HTTPStatus.REQUEST_TIMEOUT: RequestTimeout,
    HTTPStatus.SERVICE_UNAVAILABLE: Busy,
}


def refusal(
    app: Flask, status: HTTPStatus
) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """Return a WSGI application that answers each request with the error page of `status`, without reading its body."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with app.request_context(environ):
            page = app.make_response(app.handle_user_exception(ERRORS[status]()))
            return app.process_response(page)(environ, start_response)

    return answer
