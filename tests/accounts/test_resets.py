from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.accounts import administration, invitations, login_links, resets, sessions
from intake.accounts.administration import OwnAccount
from intake.accounts.resets import ResetItem
from intake.db import transaction
from intake.errors import NotFound
from intake.models import (
    AccountNotice,
    AccountReset,
    Editor,
    Event,
    LoginLink,
    LoginSession,
    Passkey,
    RecoveryCode,
    TotpSecret,
)
from tests.accounts.factors_of import notices, set_up_app
from tests.cast import join

Change = Callable[[Session, int, Editor], object]


@pytest.fixture
def second_admin() -> Editor:
    """Another admin."""
    return join("Nadia Berg", "admin")


def with_password(who: Editor) -> Editor:
    """Give the account a password, so that it is in use."""
    with transaction() as session:
        invitations.set_password(session, session.get_one(Editor, who.id), "hash")
    return who


def ask(who: Editor, admin: Editor, kind: str = "factor") -> int:
    with transaction() as session:
        resets.ask(session, who.id, admin, kind)
    return opened()[-1].id


def opened() -> list[ResetItem]:
    with transaction() as session:
        return resets.open_resets(session)


def finish(number: int, admin: Editor) -> str | None:
    with transaction() as session:
        return resets.finish(session, number, admin)


def agree(number: int, admin: Editor) -> None:
    with transaction() as session:
        resets.agree(session, number, admin)


def hours_pass(hours: int) -> None:
    with transaction() as session:
        session.execute(update(AccountReset).values(asked_at=AccountReset.asked_at - timedelta(hours=hours)))


def has_factor(who: Editor) -> bool:
    with transaction() as session:
        rows = [
            session.scalar(select(func.count()).where(table.editor_id == who.id))
            for table in (TotpSecret, Passkey, RecoveryCode)
        ]
        return session.get_one(Editor, who.id).factor_since is not None or any(rows)


def test_50_one_admin_alone_has_to_wait(editor: Editor, admin: Editor) -> None:
    set_up_app(editor.id)
    number = ask(editor, admin)
    hours_pass(23)
    with pytest.raises(NotFound):
        finish(number, admin)
    assert has_factor(editor)
    hours_pass(1)
    assert finish(number, admin) is None
    assert not has_factor(editor)
    assert opened() == []


def test_50_two_admins_need_not_wait(editor: Editor, admin: Editor, second_admin: Editor) -> None:
    set_up_app(editor.id)
    number = ask(editor, admin)
    agree(number, second_admin)
    finish(number, admin)
    assert not has_factor(editor)


def test_50_nobody_is_two_admins(editor: Editor, admin: Editor) -> None:
    set_up_app(editor.id)
    number = ask(editor, admin)
    with pytest.raises(NotFound):
        agree(number, admin)


def test_50_nobody_agrees_to_or_does_the_reset_of_their_own_account(
    admin: Editor, second_admin: Editor
) -> None:
    set_up_app(second_admin.id)
    number = ask(second_admin, admin)
    with pytest.raises(NotFound):
        agree(number, second_admin)
    hours_pass(24)
    with pytest.raises(NotFound):
        finish(number, second_admin)
    with pytest.raises(OwnAccount), transaction() as session:
        resets.ask(session, admin.id, admin, "factor")


@pytest.mark.parametrize("who", ["chief", "second_admin"])
def test_50_no_admin_alone_resets_the_password_of_a_chief_or_an_admin(
    request: pytest.FixtureRequest, who: str, admin: Editor
) -> None:
    person = with_password(request.getfixturevalue(who))
    with transaction() as session:
        assert resets.reset_password(session, person.id, admin) is None
    with transaction() as session:
        assert session.get_one(Editor, person.id).password == "hash"
    (one,) = opened()
    assert (one.kind, one.editor_id, one.is_ready) == ("password", person.id, False)
    hours_pass(24)
    token = finish(one.id, admin)
    assert token
    with transaction() as session:
        assert invitations.invited_editor(session, token).id == person.id


def test_the_password_of_an_editor_is_reset_at_once_and_all_are_told(
    editor: Editor, chief: Editor, admin: Editor
) -> None:
    with_password(editor)
    with transaction() as session:
        assert resets.reset_password(session, editor.id, admin)
    assert notices(editor.id) == notices(chief.id) == ["reset_done"]


def test_a_chief_who_never_had_a_password_gets_a_new_link_at_once(chief: Editor, admin: Editor) -> None:
    with transaction() as session:
        assert resets.reset_password(session, chief.id, admin)


def test_50_the_person_all_chiefs_and_admins_are_told(
    editor: Editor, other_editor: Editor, chief: Editor, admin: Editor, second_admin: Editor
) -> None:
    set_up_app(editor.id)
    before = {who.id: len(notices(who.id)) for who in (editor, other_editor, chief, admin, second_admin)}
    number = ask(editor, admin)
    with transaction() as session:
        resets.call_off(session, number, session.get_one(Editor, second_admin.id))
    new = {who: notices(who)[count:] for who, count in before.items()}
    assert new.pop(other_editor.id) == []
    assert all(kinds == ["reset_asked", "reset_called_off"] for kinds in new.values())


def test_50_it_can_be_called_off_by_the_person_and_by_any_admin(
    editor: Editor, other_editor: Editor, admin: Editor, second_admin: Editor
) -> None:
    set_up_app(editor.id)
    for by in (editor, second_admin, admin):
        number = ask(editor, admin)
        with transaction() as session:
            resets.call_off(session, number, session.get_one(Editor, by.id))
        hours_pass(24)
        with pytest.raises(NotFound):
            finish(number, admin)
    number = ask(editor, admin)
    with pytest.raises(NotFound), transaction() as session:
        resets.call_off(session, number, session.get_one(Editor, other_editor.id))
    assert has_factor(editor)


def test_50_the_link_of_the_mail_calls_off_what_was_open_then(editor: Editor, admin: Editor) -> None:
    set_up_app(editor.id)
    first = ask(editor, admin)
    with transaction() as session:
        token = resets.call_off_token(session, editor.id)
        who, found = resets.open_by_token(session, token)
        assert (who.id, [one.id for one in found]) == (editor.id, [first])
        resets.call_off(session, first, who)
    ask(editor, admin)
    with transaction() as session:
        assert resets.open_by_token(session, token)[1] == []
    with pytest.raises(NotFound), transaction() as session:
        resets.open_by_token(session, f"{token}x")


def test_asking_twice_is_asking_once(editor: Editor, admin: Editor, second_admin: Editor) -> None:
    set_up_app(editor.id)
    assert ask(editor, admin) == ask(editor, second_admin)
    assert len(opened()) == 1


def test_there_is_nothing_to_reset_without_a_factor(editor: Editor, admin: Editor) -> None:
    with pytest.raises(NotFound):
        ask(editor, admin)


def test_a_reset_ends_all_sessions(editor: Editor, admin: Editor) -> None:
    set_up_app(editor.id)
    with transaction() as session:
        number = sessions.begin(session, editor.id)
        resets.reset_factor(session, editor.id, admin)
    with transaction() as session:
        assert session.get_one(LoginSession, number).end_reason == "ended"


def test_each_step_is_an_event(editor: Editor, admin: Editor, second_admin: Editor) -> None:
    set_up_app(editor.id)
    number = ask(editor, admin)
    agree(number, second_admin)
    finish(number, admin)
    with transaction() as session:
        names = list(
            session.scalars(select(Event.name).where(Event.name != "account.told").order_by(Event.id))
        )
    assert names[-5:] == ["factor.added", "codes.made", "reset.asked", "reset.agreed", "reset.done"]


def test_50_chiefs_are_told_of_a_new_chief(chief: Editor, editor: Editor) -> None:
    with transaction() as session:
        new = administration.add(
            session, email="ana@transom.example", name="Ana Silva", roles=["chief"], actor=None
        )
    assert notices(chief.id) == ["chief_added", "account_created"]
    assert notices(editor.id) == []
    assert notices(new.id) == ["account_created"]


def test_50_all_chiefs_and_admins_are_told_of_an_admin_who_makes_herself_a_chief(
    chief: Editor, editor: Editor, admin: Editor, second_admin: Editor
) -> None:
    with transaction() as session:
        administration.change_roles(session, admin.id, ["admin", "chief"], admin)
    assert notices(chief.id) == ["chief_added", "account_roles"]
    assert notices(second_admin.id) == ["chief_added"]
    assert notices(admin.id) == ["account_roles"]
    assert notices(editor.id) == []


def test_50_an_admin_whom_an_admin_has_just_made_is_no_second_admin(editor: Editor, admin: Editor) -> None:
    set_up_app(editor.id)
    with_password(admin)
    with transaction() as session:
        doll = administration.add(
            session, email="doll@transom.example", name="Doll", roles=["admin"], actor=admin
        )
        administration.change_roles(session, doll.id, ["editor"], admin)
        administration.change_roles(session, doll.id, ["admin"], admin)
    number = ask(editor, admin)
    with pytest.raises(NotFound):
        agree(number, doll)
    with transaction() as session:
        session.execute(update(Editor).values(agrees_from=Editor.agrees_from - timedelta(hours=24)))
    agree(number, doll)
    assert opened()[0].is_agreed


def test_50_taking_the_role_of_a_chief_away_does_not_open_the_password(chief: Editor, admin: Editor) -> None:
    with_password(chief)
    with transaction() as session:
        administration.change_roles(session, chief.id, ["editor"], admin)
        assert resets.reset_password(session, chief.id, admin) is None
    with transaction() as session:
        session.execute(update(Editor).values(guarded_until=Editor.guarded_until - timedelta(hours=24)))
    with transaction() as session:
        assert resets.reset_password(session, chief.id, admin)
        assert resets.open_resets(session) == [], "the open one is done with it"


@pytest.mark.parametrize("change", [administration.switch_off, administration.delete_account])
def test_who_is_switched_off_or_deleted_resets_nothing_any_more(
    editor: Editor, other_editor: Editor, admin: Editor, second_admin: Editor, change: Change
) -> None:
    set_up_app(editor.id)
    set_up_app(other_editor.id)
    agree(ask(editor, second_admin), admin)
    agree(ask(other_editor, admin), second_admin)
    third = with_password(join("Third", "admin"))
    with transaction() as session:
        change(session, second_admin.id, third)
    assert opened() == []
    assert has_factor(editor)
    assert notices(editor.id)[-1] == "reset_called_off"


def test_a_deleted_account_has_no_factors_resets_and_links(editor: Editor, admin: Editor) -> None:
    set_up_app(with_password(editor).id)
    ask(editor, admin)
    with transaction() as session:
        login_links.ask_link(session, editor.email)
        administration.delete_account(session, editor.id, admin)
    assert not has_factor(editor)
    with transaction() as session:
        for table in (AccountReset, LoginLink, AccountNotice):
            assert session.scalar(select(func.count()).where(table.editor_id == editor.id)) == 0
