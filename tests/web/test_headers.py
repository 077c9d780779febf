from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from werkzeug.test import TestResponse

from intake.web import Transom
from intake.web.headers import CSP, FILE_CSP, HEADERS, as_file, attachment
from tests.web.bodies import File
from tests.web.conftest import HTTPS, JPEG
from tests.web.people import Contributor, Newsroom

STYLE = "/static/css/base.css"


def every_kind(contributor: Contributor) -> Iterator[TestResponse]:
    """Addresses of pages, files, documents and all kinds of errors."""
    client = contributor.client
    for url in (
        "/",
        STYLE,
        "/healthz/live",
        "/api/v1/openapi.json",
        "/login",
        "/nowhere",
        "/api/nowhere",
        "/static/no",
    ):
        yield client.get(url, buffered=True)
    yield client.get("/desk/")
    yield client.post("/")
    yield client.post("/login")
    yield client.options("/")
    yield client.head("/")
    yield contributor.send()
    yield contributor.send(title="")
    yield contributor.call()
    yield client.post("/submissions", data={"x": "x" * 17_000_000})


def test_every_answer_carries_them(contributor: Contributor) -> None:
    codes = set()
    for answer in every_kind(contributor):
        codes.add(answer.status_code)
        for name, value in HEADERS.items():
            assert answer.headers.getlist(name) == [value], (answer.request.url, name)
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers
        if answer.request.path != STYLE:
            kept = (answer.request.path, answer.request.method, answer.status_code) == ("/", "GET", 200)
            # The empty form may be kept, so that the Back button restores typed text. It contains no personal data.
            expected = "private, no-cache" if kept else "no-store"
            assert answer.headers["Cache-Control"] == expected, answer.request.url
    assert codes == {200, 201, 303, 400, 404, 405, 413, 422}


def test_so_do_a_broken_page_and_one_without_database(
    contributor: Contributor,
    database_away: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with database_away():
        away = contributor.look("ABCD-EFGH-JKMN-PQRS")
    monkeypatch.setattr("intake.web.contribute.form.form_tokens.issue", lambda: 1 / 0)
    broken = contributor.client.get("/")
    assert [away.status_code, broken.status_code] == [503, 500]
    for answer in (away, broken):
        assert HEADERS.items() <= dict(answer.headers).items()


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CSP.split("; "))
    assert (
        rules["default-src"]
        == rules["base-uri"]
        == rules["object-src"]
        == rules["frame-ancestors"]
        == "'none'"
    )
    assert {value for name, value in rules.items()} == {"'none'", "'self'"}


def test_behind_tls_browsers_are_told_to_stay_there(made: Callable[..., Transom]) -> None:
    client = made(public_url=HTTPS).test_client()
    for url in ("/", STYLE, "/nowhere"):
        with client.get(url, base_url=HTTPS) as answer:
            seconds = int(answer.headers["Strict-Transport-Security"].split(";")[0].removeprefix("max-age="))
            assert seconds >= 365 * 86400


@pytest.mark.parametrize(
    ("name", "plain", "full"),
    [
        ("transom-1-a.zip", "transom-1-a.zip", "transom-1-a.zip"),
        ("transom-Қала.zip", "transom-.zip", "transom-%D2%9A%D0%B0%D0%BB%D0%B0.zip"),
    ],
)
def test_names_of_files(name: str, plain: str, full: str) -> None:
    assert attachment(name) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"


def test_a_file_opened_on_its_own_can_do_nothing(app: Transom) -> None:
    with app.test_request_context():
        answer = app.process_response(as_file(b"<script>", "image/jpeg", "a.jpg"))
    assert answer.headers["Content-Security-Policy"] == FILE_CSP
    assert "sandbox" in FILE_CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_photos_and_downloads(editor: Newsroom, submitted: Callable[..., str]) -> None:
    url = submitted(File("photo-1", JPEG), title='Қала "<b>\r\n=cmd()')
    view = next(part for part in editor.get(url).text.split('"') if part.startswith(f"{url}/photos/"))
    photo = next(part for part in editor.get(view).text.split('"') if part.endswith("/full"))
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    for address, kind, ending in (
        (photo, "image/jpeg", ".jpeg"), (photo.replace("full", "web"), "image/jpeg", ".jpeg"),
        (f"{url}/export.zip", "application/zip", ".zip"),
    ):  # fmt: skip
        answer = editor.get(address)
        assert answer.status_code == 200
        assert answer.content_type == kind
        assert answer.headers["Content-Security-Policy"] == FILE_CSP
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith('attachment; filename="transom-')
        assert disposition.endswith(ending)
        assert disposition.isascii()
        assert disposition.count('"') == 2
        assert not set("\r\n<>") & set(disposition)
    assert "%D2%9A%D0%B0%D0%BB%D0%B0" in disposition


ONION = f"http://{'a2' * 28}.onion"


@pytest.mark.parametrize("configured", [ONION, f"{ONION}/"])
@pytest.mark.parametrize(
    ("path", "offered"), [("/", "/"), ("/safety", "/safety"), ("/ar/safety", "/ar/safety")]
)
def test_pages_of_contributors_offer_the_onion_service(
    made: Callable[..., Transom], configured: str, path: str, offered: str
) -> None:
    page = made(onion_url=configured).test_client().get(path)
    assert page.status_code == 200
    assert page.headers["Onion-Location"] == ONION + offered


def test_nothing_else_offers_the_onion_service(made: Callable[..., Transom]) -> None:
    client = made(onion_url=ONION).test_client()
    answers = [client.get("/login"), client.get("/healthz"), client.post("/receipt", data={"receipt": "x"})]
    answers += [client.get("/", base_url=ONION)]
    assert [answer.headers.get("Onion-Location") for answer in answers] == [None] * 4


def test_without_an_onion_service_none_is_offered(app: Transom) -> None:
    assert "Onion-Location" not in app.test_client().get("/").headers
