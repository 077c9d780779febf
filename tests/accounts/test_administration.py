from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.accounts import administration, invitations, people, resets, sessions, tokens
from intake.accounts.administration import LastAdmin, NotAdminAnyMore, OwnAccount
from intake.accounts.invitations import set_password
from intake.db import transaction
from intake.errors import NotFound
from intake.models import AccountNotice, Editor, Event, LoginSession, Token
from tests.cast import join
from tests.together import at_once, second_waits

Change = Callable[..., object]


@pytest.fixture
def admin(admin: Editor) -> Editor:
    """Admin who has a password, and so can log in."""
    return with_password(admin)


@pytest.fixture
def second(admin: Editor) -> Editor:
    """Second admin who can log in."""
    return with_password(join("Noor", "admin"))


def with_password(editor: Editor) -> Editor:
    with transaction() as session:
        set_password(session, session.get_one(Editor, editor.id), "hash")
    return editor


def do(change: Change, editor: Editor, *more: object, actor: Editor | None) -> None:
    with transaction() as session:
        change(session, editor.id, *more, actor)


def told() -> set[tuple[int, str]]:
    with transaction() as session:
        return {(one.editor_id, one.kind) for one in session.scalars(select(AccountNotice))}


def last_event() -> Event:
    with transaction() as session:
        query = select(Event).where(Event.name != "account.told").order_by(Event.id.desc())
        found = session.scalars(query).first()
        assert found
        return found


@pytest.mark.parametrize(
    ("change", "event", "kind"),
    [
        (administration.switch_off, "account.switched_off", "account_off"),
        (administration.end_sessions, "account.sessions_ended", "account_sessions"),
    ],
)
def test_each_change_is_an_event_and_is_told(
    editor: Editor, chief: Editor, other_editor: Editor, admin: Editor, change: Change, event: str, kind: str
) -> None:
    do(change, editor, actor=admin)
    assert told() == {(editor.id, kind), (chief.id, kind)}
    found = last_event()
    assert (found.name, found.editor_id, found.data["account"]) == (event, admin.id, editor.id)


def test_roles_are_changed_and_told(editor: Editor, chief: Editor, admin: Editor) -> None:
    for _ in range(2):  # The second call changes nothing.
        do(administration.change_roles, editor, ["chief", "editor"], actor=admin)
    with transaction() as session:
        assert people.person(session, editor.id).roles == ["editor", "chief"]
        kinds = sorted(one.kind for one in session.scalars(select(AccountNotice)))
        assert kinds == ["account_roles", "account_roles", "chief_added", "chief_added"]
    found = last_event()
    assert (found.name, found.data) == (
        "account.roles_changed",
        {"account": editor.id, "roles": ["editor", "chief"]},
    )


def test_point_46_switching_off_ends_everything(editor: Editor, admin: Editor) -> None:
    with transaction() as session:
        number = sessions.begin(session, editor.id)
        _, secret = tokens.make_token(session, session.get_one(Editor, editor.id), "A script", ["read"])
        link = invitations.invitation_token(session.get_one(Editor, editor.id))
    do(administration.switch_off, editor, actor=admin)
    with transaction() as session:
        assert session.get_one(LoginSession, number).end_reason == "switched_off"
        assert tokens.use_token(session, secret) is None
        with pytest.raises(NotFound):
            invitations.invited_editor(session, link)
    do(administration.switch_on, editor, actor=admin)
    with transaction() as session:
        assert people.person(session, editor.id).active
        assert tokens.use_token(session, secret) is None, "the token stays ended"


def test_deletion_leaves_a_number_and_the_history(editor: Editor, chief: Editor, admin: Editor) -> None:
    with transaction() as session:
        tokens.make_token(session, session.get_one(Editor, editor.id), "A script", ["read"])
    do(administration.delete_account, editor, actor=admin)
    with transaction() as session:
        found = session.get_one(Editor, editor.id)
        assert (found.name, found.roles, found.active) == (f"Deleted account {editor.id}", [], False)
        assert editor.email not in found.email
        assert session.scalars(select(Token)).all() == []
        assert {person.id for person in people.people(session)} == {chief.id, admin.id}
        assert (
            session.scalars(select(Event).where(Event.name == "token.created")).one().editor_id == editor.id
        )
        with pytest.raises(NotFound):
            people.person(session, editor.id)
    assert told() == {(chief.id, "account_deleted")}
    for change in (administration.switch_on, resets.reset_password, administration.delete_account):
        with pytest.raises(NotFound):
            do(change, editor, actor=admin)
    with transaction() as session:  # The address can be used for a new account.
        invitations.create_account(session, email=editor.email, name="Asel", roles=[], password_hash=None)


@pytest.mark.parametrize(
    ("change", "more"),
    [
        (administration.switch_off, ()),
        (administration.delete_account, ()),
        (administration.change_roles, (["editor"],)),
    ],
)
def test_the_last_admin_stays(
    admin: Editor, editor: Editor, change: Change, more: tuple[object, ...]
) -> None:
    join("Invited", "admin")  # An admin without a password cannot log in, so does not count.
    off = with_password(join("Off", "admin"))
    do(administration.switch_off, off, actor=None)
    with pytest.raises(LastAdmin):
        do(change, admin, *more, actor=None)
    with_password(join("Noor", "admin"))
    do(change, admin, *more, actor=None)


@pytest.mark.parametrize(
    "change", [administration.switch_off, administration.delete_account, resets.reset_password]
)
def test_nobody_locks_themselves_out(admin: Editor, second: Editor, change: Change) -> None:
    with pytest.raises(OwnAccount):
        do(change, admin, actor=admin)


@pytest.mark.parametrize(
    ("change", "more"),
    [
        (administration.switch_off, ()),
        (administration.delete_account, ()),
        (administration.change_roles, (["editor"],)),
    ],
)
def test_two_admins_who_put_each_other_out_at_the_same_time(
    admin: Editor, second: Editor, change: Change, more: tuple[object, ...]
) -> None:
    outcomes = at_once(
        lambda: do(change, second, *more, actor=admin), lambda: do(change, admin, *more, actor=second)
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "NotAdminAnyMore"]
    with transaction() as session:
        assert sum("admin" in one.roles and one.active for one in people.people(session)) == 1


def test_two_commands_at_the_same_time_leave_an_admin(admin: Editor, second: Editor) -> None:
    def other() -> str:
        try:
            do(administration.switch_off, second, actor=None)
        except LastAdmin:
            return "refused"
        return "done"

    assert (
        second_waits(lambda session: administration.switch_off(session, admin.id, None), other) == "refused"
    )


def test_who_has_lost_the_role_changes_nothing(admin: Editor, second: Editor, editor: Editor) -> None:
    do(administration.change_roles, second, ["editor"], actor=admin)
    with pytest.raises(NotAdminAnyMore):
        do(administration.switch_off, editor, actor=second)


def test_an_account_that_does_not_exist(admin: Editor) -> None:
    with transaction() as session, pytest.raises(NotFound):
        administration.switch_off(session, 10**9, admin)


def test_an_invitation_is_told(chief: Editor, admin: Editor) -> None:
    with transaction() as session:
        added = administration.add(
            session, email="new@example.org", name="New", roles=["editor"], actor=admin
        )
    assert told() == {(chief.id, "account_created"), (added.id, "account_created")}


def test_one_s_own_sessions(editor: Editor) -> None:
    with transaction() as session:
        here, first, second = (sessions.begin(session, editor.id) for _ in range(3))
        administration.end_own_sessions(session, editor, first)
        administration.end_own_sessions(session, editor, keep=here)
    with transaction() as session:
        reasons = {one.id: one.end_reason for one in session.scalars(select(LoginSession))}
    assert reasons == {here: None, first: "ended", second: "ended"}
    assert last_event().name == "account.sessions_ended"
