import re

from intake.web import Transom
from tests.web.people import Newsroom
from tests.web.programs import Program

STATUS = "/api/v1/admin/status"


def made(somebody: Newsroom, name: str = "Watcher") -> str:
    """Return the secret on the page of a new token."""
    answer = somebody.post("/admin/tokens", name=name, days="30", scopes="admin")
    assert answer.status_code == 200, answer.text
    found = re.search(r"transom_[\w-]{32}", answer.text)
    assert found
    return found[0]


def test_a_token_is_shown_once_and_opens_the_admin_api(app: Transom, admin: Newsroom) -> None:
    secret = made(admin)
    page = admin.get("/admin/tokens").text
    assert secret not in page
    assert "Watcher" in page
    assert "See processes and jobs" in page
    assert Program(app.test_client(), secret).get(STATUS).status_code == 200
    assert "Last used on" in admin.get("/admin/tokens").text


def test_a_revoked_token_is_gone(app: Transom, admin: Newsroom) -> None:
    secret = made(admin)
    address = re.search(r'action="(/admin/tokens/\d+/revocations)"', admin.get("/admin/tokens").text)
    assert address
    assert admin.post(address[1]).status_code == 303
    assert "The token “Watcher” is revoked." in admin.get("/admin/tokens").text
    assert Program(app.test_client(), secret).get(STATUS).status_code == 401
    assert admin.post(address[1]).status_code == 404


def test_a_token_needs_a_name(admin: Newsroom) -> None:
    answer = admin.post("/admin/tokens", name=" ")
    assert answer.status_code == 422
    assert "transom_" not in answer.text
    assert "You have no tokens." in admin.get("/admin/tokens").text
