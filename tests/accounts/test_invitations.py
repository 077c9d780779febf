import time

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.accounts import invitations, resets
from intake.accounts.invitations import AddressTaken
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Event
from intake.settings import Settings
from tests.cast import join
from tests.together import at_once, second_waits


def add(email: str = "asel@transom.example", **more: object) -> Editor:
    with transaction() as session:
        how = {"name": "Asel", "roles": ["editor"], "password_hash": None} | more
        return invitations.create_account(session, email=email, **how)  # type: ignore[arg-type]


def test_an_account_has_its_roles_and_an_event_of_its_own(app_settings: Settings) -> None:
    asel = add(" Asel@Transom.example ", name=" Asel ", roles=["chief", "editor"])
    assert (asel.email, asel.name, asel.active, asel.password) == ("asel@transom.example", "Asel", True, None)
    assert {role.name for role in asel.roles} == {"editor", "chief"}
    with transaction() as session:
        event = session.scalars(select(Event)).one()
        assert (event.name, event.editor_id) == ("account.created", asel.id)
        assert event.data == {"account": asel.id, "roles": ["chief", "editor"], "way": "command"}


def test_who_added_somebody_is_remembered(admin: Editor) -> None:
    asel = add(actor=admin)
    with transaction() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.editor_id, event.data["account"]) == (admin.id, asel.id)


def test_an_address_has_one_account_however_it_is_typed(app_settings: Settings) -> None:
    add()
    with pytest.raises(AddressTaken):
        add("ASEL@transom.example")


def test_an_address_that_is_added_twice_at_the_same_time(app_settings: Settings) -> None:
    answers = at_once(add, add, add)
    assert sorted(type(answer).__name__ for answer in answers) == ["AddressTaken", "AddressTaken", "Editor"]


def may_set_up(token: str) -> bool:
    with transaction() as session:
        return invitations.is_first_admin_token(session, token)


def test_the_first_admin_is_made_once(app_settings: Settings) -> None:
    token = invitations.first_admin_token()
    assert len(token) >= 32
    assert invitations.first_admin_link(app_settings) == f"{app_settings.base_url}/setup/{token}"
    assert may_set_up(token)
    assert not may_set_up(token[:-1])
    assert not may_set_up("ключ")
    add()
    assert not may_set_up(token)
    assert invitations.first_admin_link(app_settings) is None


def test_of_two_with_the_link_at_the_same_time_one_becomes_admin(app_settings: Settings) -> None:
    token = invitations.first_admin_token()

    def set_up(session: Session) -> None:
        assert invitations.is_first_admin_token(session, token)
        invitations.create_account(
            session, email="first@transom.example", name="F", roles=["admin"], password_hash="x"
        )

    assert second_waits(set_up, lambda: may_set_up(token)) is False


def test_an_invitation_is_good_until_it_is_used(editor: Editor) -> None:
    token = invitations.invitation_token(editor)
    with transaction() as session:
        assert invitations.invited_editor(session, token).id == editor.id
    with transaction() as session:
        invitations.set_password(session, invitations.invited_editor(session, token), "hash")
    with pytest.raises(NotFound), transaction() as session:
        invitations.invited_editor(session, token)


def test_of_two_with_one_invitation_at_the_same_time_the_second_gets_an_error(editor: Editor) -> None:
    token = invitations.invitation_token(editor)

    def use(session: object) -> None:
        invitations.set_password(session, invitations.invited_editor(session, token), "hash")  # type: ignore[arg-type]

    def use_too() -> None:
        with transaction() as session:
            use(session)

    with pytest.raises(NotFound):
        second_waits(use, use_too)


@pytest.mark.parametrize("token", ["", "x", "WyJhIl0.abc.def"])
def test_a_forged_token(app_settings: Settings, token: str) -> None:
    with pytest.raises(NotFound), transaction() as session:
        invitations.invited_editor(session, token)


def test_an_invitation_ends_after_three_days(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    token = invitations.invitation_token(editor)
    for hours, good in ((71, True), (73, False)):
        later = int(time.time()) + hours * 3600
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self, later=later: later)
        with transaction() as session:
            if good:
                assert invitations.invited_editor(session, token).id == editor.id
            else:
                with pytest.raises(NotFound):
                    invitations.invited_editor(session, token)


def test_a_new_password_ends_every_session(editor: Editor, other_editor: Editor) -> None:
    with transaction() as session:
        invitations.set_password(session, session.get_one(Editor, editor.id), "hash")
    with transaction() as session:
        found = session.get_one(Editor, editor.id)
        assert found.password == "hash"
        assert found.fs_uniquifier != editor.fs_uniquifier
        assert session.get_one(Editor, other_editor.id).fs_uniquifier == other_editor.fs_uniquifier


def test_a_login_leaves_its_time_and_nothing_else(editor: Editor) -> None:
    with transaction() as session:
        invitations.record_login(session, editor.id)
    with transaction() as session:
        found = session.get_one(Editor, editor.id)
        assert found.last_login_at is not None
        assert found.fs_uniquifier == editor.fs_uniquifier


def test_no_account_yet(app_settings: Settings) -> None:
    with transaction() as session:
        assert invitations.has_no_account(session)
    join("Asel")
    with transaction() as session:
        assert not invitations.has_no_account(session)


def test_a_forgotten_password_is_gone_and_a_new_link_works_once(admin: Editor, editor: Editor) -> None:
    with transaction() as session:
        invitations.set_password(session, session.get_one(Editor, editor.id), "forgotten")
        before = session.get_one(Editor, editor.id).fs_uniquifier
    with transaction() as session:
        token = resets.reset_password(session, editor.id, admin)
        assert token
    with transaction() as session:
        person = invitations.invited_editor(session, token)
        assert (person.id, person.password) == (editor.id, None)
        assert person.fs_uniquifier != before
        invitations.set_password(session, person, "new")
    with transaction() as session, pytest.raises(NotFound):
        invitations.invited_editor(session, token)
