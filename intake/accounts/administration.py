"""Change accounts: roles, limits, switching off and on, sessions and deletion. Resets are in resets.py.

Each change records an event. The owner of the account and all chief editors are told.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from intake import permissions
from intake.accounts import endings, invitations, original_holders, sessions
from intake.accounts.factors import changes
from intake.accounts.handover import hand_over
from intake.accounts.notices import tell, with_role
from intake.accounts.openid import links
from intake.errors import NotFound
from intake.models import (
    AccountNotice,
    AccountReset,
    Draft,
    Editor,
    Notification,
    Presence,
    Role,
    Token,
    View,
    record,
)
from intake.models.account import ROLES

POWERS = ("chief", "admin")
"""Roles with power over others: all chief editors and admins are told of a new one, and no admin resets its password alone.

Otherwise one admin could become a chief, or the second admin who has to agree to a reset.
"""
WAIT = timedelta(hours=24)
"""Time after which a reset that only one admin asked for can be done."""


class LastAdmin(Exception):
    """The change would leave no admin who can log in."""

    code = "last_admin"
    problem = "This is the last active administrator."
    advice = "Give another person the role of an administrator first. They must have set their password."


class OwnAccount(Exception):
    """Admins cannot switch off, reset or delete their own account."""

    code = "own_account"
    problem = "This is your own account."
    advice = "Another administrator can do that, or the command `transom user` on the server."


class NotAdminAnyMore(Exception):
    """The acting person has lost the role of an admin in the meantime."""


def add(
    session: Session,
    *,
    email: str,
    name: str,
    roles: list[str],
    actor: Editor | None,
    password_hash: str | None = None,
) -> Editor:
    """Create an account, see invitations.create_account. Its owner and the chief editors are told.

    Raises AddressTaken. The transaction is then unusable and must be rolled back.
    """
    editor = invitations.create_account(
        session, email=email, name=name, roles=roles, password_hash=password_hash, actor=actor
    )
    _note_powers(session, editor, set(), set(roles), actor)
    _tell(session, "account_created", editor, actor)
    return editor


def change_roles(session: Session, editor_id: int, roles: Iterable[str], actor: Editor | None) -> Editor:
    """Give an account exactly these roles of models.account.ROLES.

    Raises NotFound, LastAdmin and NotAdminAnyMore.
    """
    editor = locked(session, editor_id, actor)
    wanted = set(roles)
    before = {role.name for role in editor.roles}
    if wanted == before:
        return editor
    if "admin" not in wanted:
        _refuse_last_admin(session, editor)
    editor.roles = list(session.scalars(select(Role).where(Role.name.in_(wanted)).order_by(Role.id)))
    names = [name for name in ROLES if name in wanted]
    record(session, "account.roles_changed", actor=actor, account=editor.id, roles=names)
    _note_powers(session, editor, before, wanted, actor)
    hand_over(session, editor, actor)
    _tell(session, "account_roles", editor, actor)
    sessions.announce(session, editor.id)
    return editor


def change_limits(
    session: Session,
    editor_id: int,
    actor: Editor | None,
    *,
    sections: Iterable[str],
    languages: Iterable[str],
    reads_contact: bool,
) -> Editor:
    """Limit an account to sections and to language tags, and set whether it is named for reading contact details.

    Empty limits mean all. They apply to editors only: chief editors see all. The person's open pages are updated at once.
    Raises NotFound and NotAdminAnyMore.
    """
    editor = locked(session, editor_id, actor)
    wanted = (sorted(set(sections)), sorted(set(languages)), reads_contact)
    if wanted == (list(editor.sections), list(editor.languages), editor.reads_contact):
        return editor
    editor.sections, editor.languages, editor.reads_contact = wanted
    record(
        session, "account.limits_changed", actor=actor, account=editor.id,
        sections=wanted[0], languages=wanted[1], reads_contact=reads_contact,
    )  # fmt: skip
    hand_over(session, editor, actor)
    _tell(session, "account_limits", editor, actor)
    sessions.announce(session, editor.id)
    return editor


def switch_off(session: Session, editor_id: int, actor: Editor | None) -> Editor:
    """Switch an account off: end its sessions, streams, API tokens and links, and call off open resets.

    Its assignments end, and the reading links that it made for guests are withdrawn.

    The person cannot log in in any way. Second factors stay for the day when the account is switched on again.

    Raises NotFound, OwnAccount, LastAdmin and NotAdminAnyMore.
    """
    editor = locked(session, editor_id, actor, others_only=True)
    if editor.active:
        _refuse_last_admin(session, editor)
        editor.active = False
        endings.end_access(session, editor, "switched_off")
        endings.call_off_resets(session, editor, actor)
        hand_over(session, editor, actor)
        record(session, "account.switched_off", actor=actor, account=editor.id)
        _tell(session, "account_off", editor, actor)
    return editor


def switch_on(session: Session, editor_id: int, actor: Editor | None) -> Editor:
    """Switch an account on again. The person can log in. Ended sessions and tokens stay ended.

    Raises NotFound and NotAdminAnyMore.
    """
    editor = locked(session, editor_id, actor)
    if not editor.active:
        editor.active = True
        record(session, "account.switched_on", actor=actor, account=editor.id)
        _tell(session, "account_on", editor, actor)
    return editor


def end_sessions(
    session: Session, editor_id: int, actor: Editor | None, session_id: uuid.UUID | None = None
) -> Editor:
    """End one session of an account, or all of them. The person can log in again.

    Raises NotFound, also for a session that is not open, and NotAdminAnyMore.
    """
    editor = locked(session, editor_id, actor)
    if session_id is not None:
        sessions.end(session, editor.id, session_id, "ended")
    else:
        sessions.end_all(session, editor.id, "ended")
    record(session, "account.sessions_ended", actor=actor, account=editor.id)
    _tell(session, "account_sessions", editor, actor)
    return editor


def end_own_sessions(
    session: Session, editor: Editor, session_id: uuid.UUID | None = None, *, keep: uuid.UUID | None = None
) -> None:
    """End one session of the person, or all except `keep`. Raises NotFound for a session that is not open."""
    if session_id is not None:
        sessions.end(session, editor.id, session_id, "ended")
    else:
        sessions.end_all(session, editor.id, "ended", keep=keep)
    record(session, "account.sessions_ended", actor=editor, account=editor.id)


def record_new_password(session: Session, editor: Editor, *, tokens_ended: bool) -> None:
    """Record that a person has changed their password, and tell them and the chief editors."""
    record(session, "account.password_changed", actor=editor, account=editor.id, tokens_ended=tokens_ended)
    _tell(session, "account_password", editor, editor)


def delete_account(session: Session, editor_id: int, actor: Editor | None) -> Editor:
    """Delete an account: name, address, password, factors, roles, tokens, drafts, own views and notifications.

    A row with a number stays, because events, notes and decisions refer to it. Chief editors are told.
    Views that the person shared stay.
    Raises NotFound, OwnAccount, LastAdmin and NotAdminAnyMore.
    """
    editor = locked(session, editor_id, actor, others_only=True)
    _refuse_last_admin(session, editor)
    endings.end_access(session, editor, "deleted")
    endings.call_off_resets(session, editor, actor)
    changes.remove_all(session, editor.id)
    links.forget_link(session, editor.id)
    editor.name, editor.email = f"Deleted account {editor.id}", f"deleted-{editor.id}@deleted.invalid"
    editor.password, editor.active, editor.roles = None, False, []
    editor.sections, editor.languages, editor.reads_contact = [], [], False
    editor.mail_sections, editor.mail_languages = [], []
    original_holders.end(session, editor)
    hand_over(session, editor, actor)
    editor.last_login_at, editor.deleted_at = None, session.scalars(select(func.now())).one()
    session.execute(delete(View).where(View.editor_id == editor.id, ~View.shared))
    for table in (Token, Draft, Presence, Notification, AccountNotice, AccountReset):
        session.execute(delete(table).where(table.editor_id == editor.id))
    record(session, "account.deleted", actor=actor, account=editor.id)
    session.flush()
    _tell(session, "account_deleted", editor, actor)
    return editor


def _tell(session: Session, kind: str, account: Editor, actor: Editor | None) -> None:
    """Tell the person and all active chief editors of a change. A deleted account itself is not told."""
    told = {*with_role(session, "chief"), account.id}
    tell(session, told - ({account.id} if account.deleted_at else set()), account.id, kind, actor)


def _note_powers(
    session: Session, account: Editor, before: set[str], after: set[str], actor: Editor | None
) -> None:
    """Tell all other chief editors and admins that this account has become one of them, even if its owner did it.

    For the time WAIT, the change has no effect on resets. Otherwise one admin could appoint a second one who agrees to a
    reset, or take away the role of a chief editor to reset that person's password alone.
    """
    for role in POWERS:
        if role in after - before:
            told = {*with_role(session, *POWERS)} - {account.id}
            tell(session, told, account.id, f"{role}_added", actor)
    later = session.scalars(select(func.now())).one() + WAIT
    if actor is not None and "admin" in after - before:
        account.agrees_from = later
    if (before - after).intersection(POWERS):
        account.guarded_until = later


def locked(session: Session, editor_id: int, actor: Editor | None, *, others_only: bool = False) -> Editor:
    """Return the account under a row lock. Also locks the actor and all admins, always in the same order.

    So of two admins who switch each other off at the same time, the second is refused.
    Raises NotFound, NotAdminAnyMore, and with `others_only` OwnAccount.
    """
    admins = Editor.roles.any(Role.name == "admin")
    wanted = {editor_id} | ({actor.id} if actor else set())
    session.execute(
        select(Editor.id)
        .where(or_(Editor.id.in_(wanted), admins))
        .order_by(Editor.id)
        .with_for_update(key_share=True, of=Editor)
    )
    # Read again, because another transaction may have changed them before the locks.
    fresh = select(Editor).where(Editor.id.in_(wanted)).execution_options(populate_existing=True)
    found = {one.id: one for one in session.scalars(fresh)}
    if actor is not None:
        acting = found.get(actor.id)
        if acting is None or not acting.active or not permissions.allows(acting, "people.manage"):
            raise NotAdminAnyMore
        if others_only and actor.id == editor_id:
            raise OwnAccount
    editor = found.get(editor_id)
    if editor is None or editor.deleted_at is not None:
        raise NotFound
    return editor


def _refuse_last_admin(session: Session, editor: Editor) -> None:
    """Raise LastAdmin if no other admin can log in. Needs the locks of `locked`."""
    if not any(role.name == "admin" for role in editor.roles):
        return
    others = select(Editor.id).where(
        Editor.id != editor.id,
        Editor.active,
        Editor.password.is_not(None),
        Editor.roles.any(Role.name == "admin"),
    )
    if session.scalar(others.limit(1)) is None:
        raise LastAdmin
