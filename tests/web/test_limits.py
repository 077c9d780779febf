"""Refusals of the web server, as pages and problem documents."""

import pytest

from intake.db import NoConnection
from intake.web import Transom
from intake.web.limits import REFUSAL


@pytest.mark.parametrize(
    ("status", "words"), [(503, "Wait half a minute"), (408, "The line stood still for too long")]
)
def test_a_refusal_is_a_page_that_says_what_to_do(app: Transom, status: int, words: str) -> None:
    answer = app.test_client().post("/submissions", environ_overrides={REFUSAL: status})
    assert answer.status_code == status
    assert words in answer.text
    assert (answer.headers.get("Retry-After") == "30") == (status == 503)


def test_programs_get_a_problem_document(app: Transom) -> None:
    answer = app.test_client().post("/api/v1/submissions", environ_overrides={REFUSAL: 503})
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert "half a minute" in answer.text


def test_the_page_is_in_the_language_of_the_path(app: Transom) -> None:
    answer = app.test_client().post("/fr/submissions", environ_overrides={REFUSAL: 503})
    assert "demi-minute" in answer.text


def test_no_free_connection_to_the_database_is_told_in_the_same_way(
    app: Transom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view() -> str:
        raise NoConnection

    monkeypatch.setitem(app.view_functions, "contribute.start", view)
    assert app.test_client().get("/").status_code == 503
