"""The page of resets: lost devices, and passwords of chiefs and admins (point 50)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from intake.accounts import resets
from intake.db import transaction
from intake.models import AccountReset, Editor
from intake.web import Transom
from tests.accounts.factors_of import set_up_app
from tests.web.conftest import add_account
from tests.web.people import PASSWORD, Newsroom


@pytest.fixture
def second_admin(app: Transom) -> Newsroom:
    """Another admin."""
    add_account(app, "nadia", "admin")
    somebody = Newsroom(app.test_client())
    somebody.log_in("nadia@transom.example")
    return somebody


@pytest.fixture
def ana(app: Transom) -> int:
    """Chief who uses a second factor. Returns the id of the account."""
    editor_id = add_account(app, "ana", "chief")
    set_up_app(editor_id)
    return editor_id


def number() -> int:
    with transaction() as session:
        return resets.open_resets(session)[-1].id


def password_of(editor_id: int) -> str | None:
    with transaction() as session:
        return session.get_one(Editor, editor_id).password


def a_day_passes() -> None:
    with transaction() as session:
        session.execute(update(AccountReset).values(asked_at=AccountReset.asked_at - timedelta(hours=24)))


def test_50_a_factor_is_reset_by_two_admins(admin: Newsroom, second_admin: Newsroom, ana: int) -> None:
    assert admin.post("/admin/resets", editor=str(ana)).location == "/admin/resets"
    here = f"/admin/resets/{number()}"
    assert "Agree" not in admin.get("/admin/resets").text
    assert admin.post(f"{here}/completion").status_code == 404
    assert admin.post(f"{here}/agreement").status_code == 404
    assert "Agree" in second_admin.get("/admin/resets").text
    assert second_admin.post(f"{here}/agreement").status_code == 303
    assert "Remove the second factors" in admin.get("/admin/resets").text
    assert admin.post(f"{here}/completion").status_code == 303
    with transaction() as session:
        assert session.get_one(Editor, ana).factor_since is None
    assert "No resets are open" in admin.get("/admin/resets").text


def test_50_the_password_of_a_chief_waits_a_day(admin: Newsroom, ana: int) -> None:
    led = admin.post(f"/admin/people/{ana}/links")
    assert (led.status_code, led.location) == (303, "/admin/resets")
    assert password_of(ana)
    page = admin.get("/admin/resets").text
    assert "A second admin has to agree, or 24 hours have to pass." in page
    assert "/welcome/" not in page
    assert admin.post(f"/admin/resets/{number()}/completion").status_code == 404
    a_day_passes()
    done = admin.post(f"/admin/resets/{number()}/completion")
    assert "/welcome/" in done.text
    assert password_of(ana) is None
    assert "/welcome/" not in admin.get("/admin/resets").text


def test_50_an_admin_calls_it_off(admin: Newsroom, second_admin: Newsroom, ana: int) -> None:
    admin.post("/admin/resets", editor=str(ana))
    here = f"/admin/resets/{number()}"
    assert second_admin.post(f"{here}/cancellation").status_code == 303
    a_day_passes()
    assert admin.post(f"{here}/completion").status_code == 404


def test_50_the_person_calls_it_off_on_the_page_of_factors(
    app: Transom, admin: Newsroom, editor: Newsroom
) -> None:
    with transaction() as session:
        asel = session.query(Editor).filter_by(email="asel@transom.example").one().id
    set_up_app(asel)
    admin.post("/admin/resets", editor=str(asel))
    assert "See it, and call it off" in editor.get("/desk/").text
    here = f"/account/resets/{number()}/cancellation"
    assert admin.post(here).status_code == 404, "this is for the person alone"
    assert editor.post(here).location == "/account/factors"
    assert "No resets are open" in admin.get("/admin/resets").text


def test_50_the_person_calls_it_off_by_the_link_of_the_mail(
    admin: Newsroom, anonymous: Newsroom, ana: int
) -> None:
    admin.post("/admin/resets", editor=str(ana))
    with transaction() as session:
        link = f"/resets/{resets.call_off_token(session, ana)}"
    assert "Call off this reset?" in anonymous.get(link).text
    number()  # Opening the link does not call off the reset. The form has to be sent.
    assert "It is called off" in anonymous.post(link).text
    assert "There is nothing to call off" in anonymous.get(link).text
    assert anonymous.get("/resets/x").status_code == anonymous.post("/resets/x").status_code == 404
    assert "No resets are open" in admin.get("/admin/resets").text


def test_50_nobody_asks_for_a_reset_of_their_own_account(admin: Newsroom) -> None:
    with transaction() as session:
        own = session.query(Editor).one().id
    set_up_app(own)
    assert admin.post("/admin/resets", editor=str(own)).status_code == 409
    assert admin.post(f"/admin/people/{own}/links").status_code == 409


@pytest.mark.parametrize("who", ["", "x", "0", "99999", str(10**30)])
def test_there_is_no_such_person(admin: Newsroom, who: str) -> None:
    assert admin.post("/admin/resets", editor=who).status_code == 404


def test_50_a_new_admin_reads_from_when_on_she_can_agree(app: Transom, admin: Newsroom, ana: int) -> None:
    number_of_doll = add_account(app, "doll", "editor")
    doll = Newsroom(app.test_client())
    doll.log_in("doll@transom.example")
    admin.post(f"/admin/people/{number_of_doll}/roles", roles=["admin"])
    admin.post("/admin/resets", editor=str(ana))
    page = doll.get("/admin/resets").text
    assert "You have been an administrator for less than 24 hours." in page
    assert ">Agree</button>" not in page
    assert doll.post(f"/admin/resets/{number()}/agreement").status_code == 404
    with transaction() as session:
        session.execute(update(Editor).values(agrees_from=Editor.agrees_from - timedelta(hours=24)))
    assert ">Agree</button>" in doll.get("/admin/resets").text


def test_after_the_reset_the_password_alone_logs_in(app: Transom, admin: Newsroom, ana: int) -> None:
    admin.post("/admin/resets", editor=str(ana))
    a_day_passes()
    admin.post(f"/admin/resets/{number()}/completion")
    somebody = Newsroom(app.test_client())
    assert somebody.log_in("ana@transom.example", PASSWORD).location == "/start"
    assert somebody.get("/desk/").status_code == 200
