import errno
import logging
import os
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from intake.errors import NotFound
from intake.models import Submission
from intake.storage import Disk
from intake.web import Transom
from intake.web.errors import PAGES, page
from tests.web.bodies import File
from tests.web.conftest import JPEG, count
from tests.web.people import Contributor, Newsroom

SECRET = "the contributor's own words\nand a second line"


def test_a_page_for_every_code(app: Transom) -> None:
    for code, (title, message, advice) in PAGES.items():
        with app.test_request_context("/somewhere"):
            answer = page(code)
        assert answer.status_code == code
        assert all(words in answer.get_data(as_text=True) for words in (title, message, advice))


@pytest.mark.parametrize(("code", "as_if"), [(418, 400), (451, 400), (502, 500)])
def test_codes_without_a_page_of_their_own(app: Transom, code: int, as_if: int) -> None:
    with app.test_request_context("/"):
        answer = page(code)
    assert answer.status_code == code
    assert PAGES[as_if][0] in answer.get_data(as_text=True)


def test_below_the_api_it_is_a_problem_document(app: Transom) -> None:
    with app.test_request_context("/api/v1/x"):
        answer = page(409, "A title", "A message.", "An advice.")
    assert answer.get_json() == {
        "type": "about:blank", "title": "A title", "status": 409, "detail": "A message. An advice.",
    }  # fmt: skip


@pytest.mark.parametrize(
    "url", ["/nowhere", "/desk/nowhere", "/admin/x", "/static/nothing.css", "/\0", "/desk/submissions/x"]
)
def test_nothing_here(app: Transom, url: str) -> None:
    answer = app.test_client().get(url)
    assert answer.status_code == 404
    assert PAGES[404][1] in answer.text


def test_the_wrong_method_says_which_are_right(app: Transom) -> None:
    answer = app.test_client().delete("/")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert answer.content_type.startswith("text/html")


def test_too_much_says_how_much_there_may_be(app: Transom) -> None:
    answer = app.test_client().post("/login", data={"email": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "It takes 1.0 MB." in answer.text


@pytest.mark.parametrize("url", ["/send", "/login"])
def test_a_broken_page_is_plain_and_the_log_says_where_only(
    app: Transom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("intake.web.contribute.form.rows", broken)
    monkeypatch.setattr("flask_security.views.login", broken)
    answer = app.test_client().get(url)
    assert answer.status_code == 500
    assert PAGES[500][1] in answer.text
    assert "RuntimeError" not in answer.text
    assert "Traceback" not in answer.text
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "RuntimeError in" in record.getMessage()
    assert record.exc_info is None
    assert "words" not in caplog.text
    assert "words" not in answer.text


def test_an_error_of_the_framework_is_answered_as_well(app: Transom, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise NotFound

    monkeypatch.setitem(app.view_functions, "contribute.safety", missing)
    assert app.test_client().get("/safety").status_code == 404


@pytest.mark.parametrize("url", ["/desk/", "/admin/", "/change", "/start", "/login", "/logout", "/receipt"])
def test_without_the_database_every_page_says_so(
    admin: Newsroom,
    database_away: Callable[[], AbstractContextManager[None]],
    caplog: pytest.LogCaptureFixture,
    url: str,
) -> None:
    admin.token()  # Read the CSRF token now, because the page that has it needs the database.
    with database_away():
        if url in {"/logout", "/receipt"}:
            answer = admin.post(url, receipt="ABCD-EFGH-JKMN-PQRS")
        else:
            answer = admin.get(url)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    told = "The database does not answer." if url == "/admin/" else PAGES[503][1]
    assert told in answer.text
    assert "The database does not answer." in caplog.text
    assert "Traceback" not in caplog.text


def test_a_page_that_needs_no_database_is_there_without_it(
    contributor: Contributor, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_away():
        assert [
            contributor.client.get(url).status_code for url in ("/", "/receipt", "/safety", "/login")
        ] == [200] * 4


def test_the_editor_s_own_browser_gets_the_form_without_the_database_too(
    editor: Newsroom, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_away():
        assert editor.get("/").status_code == 200


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.EIO, 500)])
def test_a_full_disk_asks_to_come_back(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch, number: int, code: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Disk, "_target", full)
    answer = contributor.send(File("photo-1", JPEG))
    assert answer.status_code == code
    assert ("Retry-After" in answer.headers) == (code == 503)
    assert count(Submission) == 0


@pytest.mark.parametrize(("path", "kind"), [("/x", "text/html"), ("/api/v1/x", "application/problem+json")])
def test_what_an_error_handler_raises_has_its_own_page(app: Transom, path: str, kind: str) -> None:
    """Error handlers that show a submission may themselves find it purged, or the database down."""
    with app.test_request_context(path):
        answer = app.handle_exception(NotFound())
    assert (answer.status_code, answer.mimetype) == (404, kind)
    assert answer.headers["X-Frame-Options"] == "DENY"
