"""Refusals of the web server, as pages and problem documents."""

from http import HTTPStatus

import pytest
from werkzeug.test import Client, TestResponse

from intake.db import NoConnection
from intake.web import Transom
from intake.web.server.refusal import refusal


def refused(app: Transom, path: str, status: HTTPStatus = HTTPStatus.SERVICE_UNAVAILABLE) -> TestResponse:
    return Client(refusal(app, status)).post(path, data=b"not read")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (HTTPStatus.SERVICE_UNAVAILABLE, "Wait half a minute"),
        (HTTPStatus.REQUEST_TIMEOUT, "The line stood still for too long"),
    ],
)
def test_a_refusal_is_a_page_that_says_what_to_do(app: Transom, status: HTTPStatus, words: str) -> None:
    answer = refused(app, "/submissions", status)
    assert answer.status_code == status
    assert words in answer.text
    assert (answer.headers.get("Retry-After") == "30") == (status == HTTPStatus.SERVICE_UNAVAILABLE)
    assert answer.headers["Cache-Control"] == "no-store"


def test_programs_get_a_problem_document(app: Transom) -> None:
    answer = refused(app, "/api/v1/submissions")
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert "half a minute" in answer.text


def test_the_page_is_in_the_language_of_the_path(app: Transom) -> None:
    assert "demi-minute" in refused(app, "/fr/submissions").text


def test_a_path_that_does_not_exist_is_refused_alike(app: Transom) -> None:
    assert refused(app, "/nothing").status_code == 503


def test_no_free_connection_to_the_database_is_told_in_the_same_way(
    app: Transom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view() -> str:
        raise NoConnection

    monkeypatch.setitem(app.view_functions, "contribute.start", view)
    assert app.test_client().get("/").status_code == 503
