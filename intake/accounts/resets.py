"""Resets of passwords and second factors for people who have lost them.

No admin alone can quietly take over an account. A second admin agrees, or WAIT passes while the person and all chiefs
know of it and can call it off.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from intake.accounts import invitations
from intake.accounts.factors import changes
from intake.accounts.notices import tell, with_role
from intake.errors import NotFound
from intake.models import AccountReset, Editor, record
from intake.models.factor import is_link_token

WAIT = timedelta(hours=24)
GUARDED = ("chief", "admin")
"""Roles of accounts whose password no admin resets alone.

Otherwise one admin could become a chief, or the second admin who has to agree.
"""


@dataclass(frozen=True)
class ResetItem:
    """An open reset. It can be done from `ready_at` on, or as soon as a second admin has agreed."""

    id: int
    editor_id: int
    name: str
    kind: str
    asker_id: int
    asker: str
    asked_at: datetime
    ready_at: datetime
    is_agreed: bool
    is_ready: bool

    def may_agree(self, admin_id: int) -> bool:
        """Return whether this admin can be the second one."""
        return not self.is_ready and admin_id not in (self.asker_id, self.editor_id)

    def may_finish(self, admin_id: int) -> bool:
        """Return whether this admin can do the reset now. Nobody resets an account of their own."""
        return self.is_ready and admin_id != self.editor_id


def reset_password(session: Session, editor_id: int, admin: Editor) -> str | None:
    """Reset a password at once, and return the token of a new invitation. Returns None if it has to wait.

    Raises NotFound, also for the admin's own account.
    """
    editor = _other(session, editor_id, admin)
    if editor.password is not None and any(role.name in GUARDED for role in editor.roles):
        ask(session, editor_id, admin, "password")
        return None
    return _reset_password(session, editor_id, admin)


def ask(session: Session, editor_id: int, admin: Editor, kind: str) -> None:
    """Ask for a reset of `kind` (models.factor.RESET_KINDS). Does nothing if one is open already.

    Raises NotFound for the admin's own account, and if there is nothing to reset.
    """
    editor = _other(session, editor_id, admin)
    if kind == "factor" and editor.factor_since is None:
        raise NotFound
    found = select(AccountReset.id).where(
        _open(), AccountReset.editor_id == editor_id, AccountReset.kind == kind
    )
    if session.scalar(found) is not None:
        return
    session.add(AccountReset(editor_id=editor_id, kind=kind, asked_by=admin.id))
    record(session, "reset.asked", actor=admin, account=editor_id, kind=kind)
    _tell_all(session, editor_id, "reset_asked")


def agree(session: Session, reset_id: int, admin: Editor) -> None:
    """Agree as the second admin. Raises NotFound for the admin who asked, the person concerned and closed resets."""
    reset = _locked(session, reset_id)
    if admin.id in (reset.asked_by, reset.editor_id):
        raise NotFound
    reset.agreed_by = admin.id
    record(session, "reset.agreed", actor=admin, account=reset.editor_id, kind=reset.kind)


def finish(session: Session, reset_id: int, admin: Editor) -> str | None:
    """Do a reset that is ready. Returns the token of a new invitation if it was of a password.

    Raises NotFound if it is not ready or closed, and for the person concerned.
    """
    reset = _locked(session, reset_id)
    if not _item(session, reset).may_finish(admin.id):
        raise NotFound
    reset.done_at = session.scalars(select(func.now())).one()
    if reset.kind == "password":
        return _reset_password(session, reset.editor_id, admin)
    reset_factor(session, reset.editor_id, admin)
    return None


def reset_factor(session: Session, editor_id: int, admin: Editor | None) -> None:
    """Remove all second factors of an account, end its sessions, and tell everybody concerned.

    `admin` is None for the command line.
    """
    changes.remove_all(session, editor_id)
    invitations.end_sessions(session, editor_id)
    record(session, "reset.done", actor=admin, account=editor_id, kind="factor")
    _tell_all(session, editor_id, "reset_done")


def reset_password_at_once(session: Session, editor: Editor) -> str:
    """Reset a password from the command line of the server. Returns the token of a new invitation."""
    invitations.remove_password(session, editor)
    record(session, "reset.done", account=editor.id, kind="password")
    _tell_all(session, editor.id, "reset_done")
    return invitations.invitation_token(editor)


def call_off(session: Session, reset_id: int, by: Editor) -> None:
    """Call off an open reset, as the person concerned or as an admin. Raises NotFound."""
    reset = _locked(session, reset_id)
    if by.id != reset.editor_id and not any(role.name == "admin" for role in by.roles):
        raise NotFound
    reset.called_off_at = session.scalars(select(func.now())).one()
    record(session, "reset.called_off", actor=by, account=reset.editor_id, kind=reset.kind)
    _tell_all(session, reset.editor_id, "reset_called_off")


def call_off_all(session: Session, editor: Editor) -> int:
    """Call off all resets of an account whose owner has just proved to have password and factor. Returns their number."""
    found = list(session.scalars(select(AccountReset.id).where(_open(), AccountReset.editor_id == editor.id)))
    for reset_id in found:
        call_off(session, reset_id, editor)
    return len(found)


def open_resets(session: Session, editor_id: int | None = None) -> list[ResetItem]:
    """Return the open resets of one account or of all, oldest first."""
    query = select(AccountReset).where(_open()).order_by(AccountReset.id)
    if editor_id is not None:
        query = query.where(AccountReset.editor_id == editor_id)
    return [_item(session, reset) for reset in session.scalars(query)]


def call_off_token(session: Session, editor_id: int) -> str:
    """Return the token with which the person calls off the newest open reset, without logging in. "" if none is open."""
    newest = select(AccountReset.token).where(_open(), AccountReset.editor_id == editor_id)
    return session.scalar(newest.order_by(AccountReset.id.desc()).limit(1)) or ""


def open_by_token(session: Session, token: str) -> tuple[Editor, list[ResetItem]]:
    """Return the account of a token, and its reset in a list that is empty if it is closed. Raises NotFound."""
    wanted = select(AccountReset).where(AccountReset.token == token)
    reset = session.scalar(wanted) if is_link_token(token) else None
    if reset is None:
        raise NotFound
    return reset.editor, [one for one in open_resets(session, reset.editor_id) if one.id == reset.id]


def _reset_password(session: Session, editor_id: int, admin: Editor) -> str:
    editor = invitations.reset_account(session, editor_id, admin)
    _tell_all(session, editor_id, "reset_done")
    return invitations.invitation_token(editor)


def _tell_all(session: Session, editor_id: int, kind: str) -> None:
    tell(session, {editor_id, *with_role(session, "chief", "admin")}, editor_id, kind)


def _other(session: Session, editor_id: int, admin: Editor) -> Editor:
    editor = session.get(Editor, editor_id, with_for_update=True)
    if editor is None or editor.id == admin.id:
        raise NotFound
    return editor


def _locked(session: Session, reset_id: int) -> AccountReset:
    found = session.scalar(
        select(AccountReset).where(AccountReset.id == reset_id, _open()).with_for_update(of=AccountReset)
    )
    if found is None:
        raise NotFound
    return found


def _open() -> ColumnElement[bool]:
    return AccountReset.done_at.is_(None) & AccountReset.called_off_at.is_(None)


def _item(session: Session, reset: AccountReset) -> ResetItem:
    now, ready_at = session.scalars(select(func.now())).one(), reset.asked_at + WAIT
    return ResetItem(
        reset.id, reset.editor_id, reset.editor.name, reset.kind, reset.asked_by, reset.asker.name, reset.asked_at,
        ready_at, reset.agreed_by is not None, reset.agreed_by is not None or now >= ready_at,
    )  # fmt: skip
