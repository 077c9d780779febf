"""Two hosts or two ports. Points 33 and 54 of the security list: neither side answers for the other."""

from collections.abc import Callable
from typing import Any

import pytest

from intake.web import Transom
from intake.web.sides import SIDES

PUBLIC, DESK = "http://send.example.org", "http://desk.example.org"
CONTRIBUTORS = ("/", "/send", "/ar/receipt", "/safety")
NEWSROOM = ("/desk/", "/admin/", "/login", "/start", "/api/v1/desk/submissions", "/feeds/accepted.json")
EVERYBODY = ("/healthz/live", "/static/css/base.css", "/api/v1/openapi.json")

Made = Callable[..., Transom]


def statuses(app: Transom, paths: tuple[str, ...], url: str = PUBLIC, port: int = 80) -> set[int]:
    client = app.test_client()
    seen = set()
    for path in paths:
        with client.get(path, base_url=url, environ_overrides={"SERVER_PORT": str(port)}) as answer:
            seen.add(answer.status_code)
    return seen


def test_each_blueprint_belongs_to_a_side(app: Transom) -> None:
    assert set(app.blueprints) == set(SIDES)


def test_without_a_setting_one_host_has_both(app: Transom) -> None:
    assert statuses(app, CONTRIBUTORS + EVERYBODY) == {200}
    assert 404 not in statuses(app, NEWSROOM)


@pytest.mark.parametrize(
    ("settings", "public", "desk"),
    [
        ({"public_url": PUBLIC, "desk_url": DESK}, {"url": PUBLIC}, {"url": DESK}),
        ({"desk_bind": "127.0.0.1:8001"}, {"port": 8000}, {"port": 8001}),
        # The contributors' port serves their pages only, whatever the Host header says.
        (
            {"desk_url": DESK, "desk_bind": "127.0.0.1:8001"},
            {"url": DESK, "port": 8000},
            {"url": PUBLIC, "port": 8001},
        ),
    ],
    ids=["hosts", "ports", "both"],
)
def test_neither_side_answers_for_the_other(
    made: Made, settings: dict[str, str], public: dict[str, Any], desk: dict[str, Any]
) -> None:
    app = made(**settings)
    assert statuses(app, CONTRIBUTORS + EVERYBODY, **public) == {200}
    assert statuses(app, NEWSROOM, **public) == {404}
    assert statuses(app, EVERYBODY, **desk) == {200}
    assert 404 not in statuses(app, NEWSROOM, **desk)
    assert statuses(app, CONTRIBUTORS[1:], **desk) == {404}
    assert statuses(app, ("/",), **desk) == {303}


@pytest.mark.parametrize(
    ("side", "has", "has_not"), [("public", CONTRIBUTORS, NEWSROOM), ("desk", NEWSROOM, CONTRIBUTORS[1:])]
)
def test_a_server_may_have_one_side_alone(
    made: Made, side: str, has: tuple[str, ...], has_not: tuple[str, ...]
) -> None:
    app = made(web_side=side)
    assert 404 not in statuses(app, has + EVERYBODY)
    assert statuses(app, has_not) == {404}


def test_cookies_and_transport_security_follow_the_desk_s_own_address(made: Made) -> None:
    app = made(public_url="http://abc.onion", desk_url="https://desk.example.org")
    client = app.test_client()
    desk = client.get("/login", base_url="https://desk.example.org")
    assert "__Host-transom=" in desk.headers["Set-Cookie"]
    assert "; Secure;" in desk.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in desk.headers
    public = client.get("/", base_url="http://abc.onion")
    assert "Set-Cookie" not in public.headers
    assert "Strict-Transport-Security" not in public.headers


def test_an_error_at_the_desk_s_host_leads_to_the_desk(made: Made) -> None:
    app = made(desk_url=DESK)
    page = app.test_client().get("/nothing", base_url=DESK).text
    assert 'href="/start"' in page
    assert 'href="/"' not in page


def test_the_desk_s_login_leads_contributors_to_their_own_host(made: Made, app: Transom) -> None:
    apart = made(public_url=PUBLIC, desk_url=DESK).test_client().get("/login", base_url=DESK).text
    assert f'<a href="{PUBLIC}/">You need no account' in apart
    assert '<a href="/">You need no account' in app.test_client().get("/login").text


def test_the_listeners(made: Made) -> None:
    def listeners(**settings: str) -> list[str]:
        found: list[str] = made(**settings).extensions["settings"].listeners
        return found

    assert listeners() == ["127.0.0.1:8000"]
    assert listeners(desk_bind="[::1]:8001") == ["127.0.0.1:8000", "[::1]:8001"]
    assert listeners(desk_bind="[::1]:8001", web_side="desk") == ["[::1]:8001"]
    assert listeners(desk_bind="[::1]:8001", web_side="public") == ["127.0.0.1:8000"]
    assert listeners(web_side="desk") == ["127.0.0.1:8000"]
