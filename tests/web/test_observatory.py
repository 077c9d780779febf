"""Every kind of answer gets at least 130 points by the rules of Mozilla's HTTP Observatory."""

from collections.abc import Callable, Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from intake.web import Transom
from intake.web.server.refusal import refusal
from tests.web.bodies import File
from tests.web.conftest import HTTPS, JPEG
from tests.web.observatory import score
from tests.web.people import Contributor, Newsroom

ENOUGH = 130


@pytest.fixture
def app(made: Callable[..., Transom], monkeypatch: pytest.MonkeyPatch) -> Transom:
    """Application behind TLS, with a test client that asks for https."""
    app = made(public_url=HTTPS)
    monkeypatch.setitem(app.config, "PREFERRED_URL_SCHEME", "https")
    monkeypatch.setitem(app.config, "SERVER_NAME", "send.example.org")
    return app


def plain_routes(app: Flask) -> list[str]:
    """Addresses of all GET routes without a variable, except the streams, which have no end."""
    found = {
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    }
    return sorted(found - {"/desk/stream", "/admin/stream"})


def poor(answers: Iterator[TestResponse]) -> list[tuple[str, int, int, dict[str, int]]]:
    """Return the answers with too few points."""
    found = []
    for answer in answers:
        total, points = score(answer)
        if total < ENOUGH:
            found.append((answer.request.url, answer.status_code, total, points))
    return found


def test_every_page_of_everybody(app: Transom, contributor: Contributor) -> None:
    answers = [contributor.client.get(path, buffered=True) for path in plain_routes(app)]
    assert {200, 303, 401} <= {answer.status_code for answer in answers}
    assert poor(iter(answers)) == []


@pytest.mark.parametrize("who", ["chief", "admin"])
def test_every_page_after_the_login(app: Transom, request: pytest.FixtureRequest, who: str) -> None:
    person: Newsroom = request.getfixturevalue(who)
    answers = [person.get(path, buffered=True) for path in plain_routes(app) if path != "/logout"]
    own = "/desk/" if who == "chief" else "/admin/"
    assert {answer.status_code for answer in answers if answer.request.path == own} == {200}
    assert poor(iter(answers)) == []


def test_every_page_and_file_of_a_submission(editor: Newsroom, submitted: Callable[..., str]) -> None:
    url = submitted(File("photo-1", JPEG))
    view = next(part for part in editor.get(url).text.split('"') if part.startswith(f"{url}/photos/"))
    photo = next(part for part in editor.get(view).text.split('"') if part.endswith("/full"))
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    answers = [
        editor.get(path, buffered=True)
        for path in (url, view, photo, f"{url}/export.zip", "/static/css/base.css")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert poor(iter(answers)) == []


def test_every_error(app: Transom, contributor: Contributor) -> None:
    client = contributor.client
    answers = [
        client.get("/nowhere"),
        client.get("/api/nowhere"),
        client.get("/static/nothing.css"),
        client.delete("/"),
        client.post("/login"),
        client.post("/submissions", data={"x": "x" * 17_000_000}),
        contributor.send(title=""),
        contributor.send(),
        contributor.call(),
    ]
    assert {answer.status_code for answer in answers} >= {400, 404, 405, 413, 422}
    assert poor(iter(answers)) == []


@pytest.mark.parametrize("status", [HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.SERVICE_UNAVAILABLE])
def test_refusals_of_the_server(app: Transom, monkeypatch: pytest.MonkeyPatch, status: HTTPStatus) -> None:
    monkeypatch.setattr(app, "wsgi_app", refusal(app, status))
    answer = app.test_client().get("/")
    assert answer.status_code == status
    assert poor(iter([answer])) == []


def test_what_costs_points() -> None:
    """Test the points of a response without any security headers."""
    bare = Flask("bare").test_client().get("/")
    assert score(bare)[0] == 100 - 25 - 20 - 5 - 20
