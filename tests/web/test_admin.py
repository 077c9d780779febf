import re
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from intake.db import transaction
from intake.models import Editor, Event
from intake.storage import Disk, StorageAway
from intake.web import Transom
from intake.web import admin as admin_pages
from tests.web.bodies import File
from tests.web.conftest import HTTPS, JPEG, add_account, count, events
from tests.web.people import PASSWORD, Contributor, Newsroom, value
from tests.web.test_health import beat


def test_one_sentence_on_top(admin: Newsroom) -> None:
    page = admin.get("/admin/")
    assert page.status_code == 200
    assert "Submissions are not being processed" in page.text
    beat()
    assert "Submissions are being processed" in admin.get("/admin/").text


@pytest.mark.parametrize(("strength", "told"), [("full", False), ("limits only", True)])
def test_a_weak_sandbox_is_told_of(admin: Newsroom, strength: str, told: bool) -> None:
    beat(sandbox=strength)
    page = admin.get("/admin/").text
    assert ("The photo sandbox is not at its full strength" in page) == told
    assert ("<dd>Limits alone</dd>" in page, "<dd>Full</dd>" in page) == (told, not told)


def test_how_much_is_stored(admin: Newsroom, contributor: Contributor) -> None:
    contributor.send(File("photo-1", JPEG + bytes(3 * 1024 * 1024)))
    assert "3.0 MB" in admin.get("/admin/").text


def test_of_very_many_files_the_first_are_counted(
    admin: Newsroom, contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    contributor.send(*(File(f"photo-{n}", JPEG + bytes(3 * 1024 * 1024)) for n in (1, 2)))
    monkeypatch.setattr(admin_pages, "MOST_COUNTED", 1)
    assert "<dd>more than 3.0 MB</dd>" in admin.get("/admin/").text


def test_storage_that_is_away_takes_nothing_else_with_it(
    admin: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StorageAway("The object storage does not answer.", "Start it.")

    monkeypatch.setattr(Disk, "listing", away)
    page = admin.get("/admin/")
    assert page.status_code == 200
    assert "The object storage does not answer. Start it." in page.text


def test_a_storage_without_a_limit_says_of_none(admin: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<dt>Free</dt>" in admin.get("/admin/").text
    monkeypatch.setattr(Disk, "free", lambda _: None)
    assert "<dt>Free</dt>" not in admin.get("/admin/").text


def invite(admin: Newsroom, **fields: object) -> tuple[int, str]:
    answer = admin.post(
        "/admin/people", **{"name": "Tomás", "email": "tomas@transom.example", "roles": ["editor"], **fields}
    )
    return answer.status_code, answer.text


def test_somebody_is_added_and_the_link_shown_once(admin: Newsroom, app: Transom) -> None:
    code, page = invite(admin, roles=["editor", "admin"])
    assert code == 200
    link = re.search(r"http://127\.0\.0\.1:8000(/welcome/[^\s<]+)", page)
    assert link
    assert "/welcome/" not in admin.get("/admin/people").text
    newcomer = Newsroom(app.test_client())
    assert newcomer.post(link[1], password=PASSWORD).status_code == 303
    newcomer.log_in("tomas@transom.example")
    assert [newcomer.get(url).status_code for url in ("/desk/", "/admin/")] == [200, 200]
    assert "Tomás" in admin.get("/admin/people").text


def test_the_link_has_the_address_that_people_type(made: Callable[..., Transom]) -> None:
    app = made(public_url=HTTPS)
    add_account(app, "daniel", "admin")
    client = app.test_client()
    token = value(client.get("/login", base_url=HTTPS).text, "csrf_token")
    login = {"csrf_token": token, "email": "daniel@transom.example", "password": PASSWORD}
    client.post("/login", base_url=HTTPS, data=login)
    fields = {"csrf_token": token, "name": "T", "email": "t@example.org", "roles": "editor"}
    page = client.post("/admin/people", base_url=HTTPS, data=fields)
    assert f"{HTTPS}/welcome/" in page.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"email": "daniel@transom.example"}, "There is an account with this address."),
        ({"email": "DANIEL@transom.example "}, "There is an account with this address."),
        ({"email": "no address"}, "This is not an e-mail address."),
        ({"name": "\0\u202e"}, "Please give a name."),
        ({"roles": []}, "Please choose at least one role."),
        ({"roles": ["owner"]}, "owner"),
    ],
)
def test_somebody_who_cannot_be_added(admin: Newsroom, fields: dict[str, object], says: str) -> None:
    before = events()
    code, page = invite(admin, **fields)
    assert code == 422
    assert says in page
    assert "/welcome/" not in page
    assert count(Editor) == 1
    assert events() == before


def test_who_added_whom_is_in_the_record(admin: Newsroom) -> None:
    invite(admin)
    with transaction() as session:
        event = session.query(Event).order_by(Event.id.desc()).first()
        assert event is not None
        assert event.name == "account.created"
        assert event.editor is not None
        assert event.editor.email == "daniel@transom.example"
        assert event.data["roles"] == ["editor"]
        assert "tomas" not in str(event.data)


def test_a_forgotten_password_is_replaced_by_a_link(admin: Newsroom, app: Transom) -> None:
    tomas = add_account(app, "tomas", "editor")
    page = admin.post(f"/admin/people/{tomas}/links").text
    link = re.search(r"http://127\.0\.0\.1:8000(/welcome/[^\s<]+)", page)
    assert link
    newcomer = Newsroom(app.test_client())
    assert newcomer.post(link[1], password="another four good words").status_code == 303
    for number in (999999, 2**63, 10**30):
        assert admin.post(f"/admin/people/{number}/links").status_code == 404


def test_whoever_forgot_the_password_is_out_at_once(admin: Newsroom, editor: Newsroom, app: Transom) -> None:
    with transaction() as session:
        asel = session.query(Editor).filter_by(email="asel@transom.example").one().id
    admin.post(f"/admin/people/{asel}/links")
    assert editor.get("/desk/").status_code == 303
    assert Newsroom(app.test_client()).log_in("asel@transom.example").status_code == 422


def test_nobody_takes_away_their_own_password(admin: Newsroom) -> None:
    with transaction() as session:
        daniel = session.query(Editor).filter_by(email="daniel@transom.example").one().id
    assert admin.post(f"/admin/people/{daniel}/links").status_code == 404
    assert admin.get("/admin/").status_code == 200


def after(admin: Newsroom, answer: TestResponse) -> str:
    """The page to which the answer leads."""
    assert answer.status_code == 303
    return admin.get(answer.location).text


def test_a_queue_is_paused_with_a_reason_and_goes_on(admin: Newsroom) -> None:
    beat()
    assert admin.get("/healthz/ready").status_code == 200
    page = after(admin, admin.post("/admin/queues/photos/pause", reason="The <b>disk</b> is full"))
    assert "Photos is paused." in page
    assert "The &lt;b&gt;disk&lt;/b&gt; is full" in page
    assert "the queue photos is paused" in page
    assert admin.get("/healthz/ready").status_code == 503
    page = after(admin, admin.post("/admin/queues/photos/resume"))
    assert "Photos goes on." in page
    assert admin.get("/healthz/ready").status_code == 200
    assert "was not paused" in after(admin, admin.post("/admin/queues/photos/resume"))


def test_nothing_is_paused_without_a_reason_and_no_queue_that_is_none(admin: Newsroom) -> None:
    beat()
    page = after(admin, admin.post("/admin/queues/photos/pause", reason=" "))
    assert "Please say why" in page
    assert "Let photos go on" not in page
    assert admin.get("/healthz/ready").status_code == 200
    assert admin.post("/admin/queues/slow/pause", reason="Why").status_code == 404
