from collections.abc import Callable

import pytest
from flask import session

from intake.web import Transom
from intake.web.login.security import MOST_NOTICES, NEWSROOM
from tests.web.conftest import newest
from tests.web.people import Newsroom


def test_the_newsroom_is_every_blueprint_that_asks_who_is_there(app: Transom) -> None:
    assert set(app.blueprints) - NEWSROOM == {
        "contribute",
        "uploads",
        "api",
        "desk_api",
        "admin_api",
        "feed_pictures",
        "feeds",
        "guest",
        "health",
        "magazine",
        "metrics",
    }


@pytest.mark.parametrize(("url", "sets"), [("/safety", False), ("/healthz/live", False), ("/start", True)])
def test_only_the_newsroom_can_set_a_cookie(
    app: Transom, monkeypatch: pytest.MonkeyPatch, url: str, *, sets: bool
) -> None:
    endpoint, _ = app.url_map.bind("").match(url)

    def careless() -> str:
        session["seen"] = True
        session.permanent = True
        return "page"

    monkeypatch.setitem(app.view_functions, endpoint, careless)
    answer = app.test_client().get(url)
    assert answer.text == "page"
    assert ("Set-Cookie" in answer.headers) is sets


def test_an_editor_who_is_remembered_gets_no_cookie_from_the_contributor_s_side(
    app: Transom, editor: Newsroom
) -> None:
    editor.client.get("/login")
    editor.post("/logout")
    assert editor.log_in("asel@transom.example", remember="y").status_code == 302
    assert "Set-Cookie" in editor.get("/desk/").headers
    for url in ("/", "/receipt", "/safety", "/nowhere"):
        answer = editor.get(url)
        assert "Set-Cookie" not in answer.headers
        assert "Asel" not in answer.text


def test_notices_that_nobody_reads_do_not_outgrow_the_cookie(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    url = submitted()
    for _ in range(2 * MOST_NOTICES):
        version = str(newest().version)
        editor.post(f"{url}/decisions", verdict="accept", version=version)
        editor.post(f"{url}/reopenings", version=str(newest().version))
    cookie = editor.client.get_cookie("transom")
    assert cookie
    assert len(cookie.value) < 2000
    assert editor.get(url).text.count("The submission is in review again.") == MOST_NOTICES // 2
