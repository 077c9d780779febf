"""Resets of passwords and second factors for people who have lost them.

No admin alone can quietly take over an account. Either a second admin agrees, or the time WAIT passes, in which the
person and all chief editors know of the reset and can call it off.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake import permissions
from intake.accounts import administration, endings, invitations, sessions
from intake.accounts.administration import POWERS, WAIT
from intake.accounts.factors import changes
from intake.accounts.notices import tell, with_role
from intake.accounts.openid import links
from intake.errors import NotFound
from intake.models import AccountReset, Editor, record
from intake.models.factor import is_link_token, is_open_reset


@dataclass(frozen=True)
class ResetItem:
    """An open reset. An admin can carry it out from `ready_at` on, or as soon as a second admin has agreed."""

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

    def may_agree(self, admin: Editor) -> bool:
        """Return whether this admin can be the second one. Admins who are new have to wait, see `agrees_from`."""
        return (
            not self.is_ready
            and admin.id not in (self.asker_id, self.editor_id)
            and agrees_from(admin) is None
        )

    def may_finish(self, admin_id: int) -> bool:
        """Return whether this admin can do the reset now. Nobody resets an account of their own."""
        return self.is_ready and admin_id != self.editor_id


def waits(editor: Editor) -> bool:
    """Return whether a reset of this account's password has to wait, because no admin may do it alone."""
    guarded = editor.guarded_until is not None and datetime.now(UTC) < editor.guarded_until
    return editor.password is not None and (guarded or any(role.name in POWERS for role in editor.roles))


def agrees_from(admin: Editor) -> datetime | None:
    """Return from when a newly appointed admin may agree to resets. None: now."""
    later = admin.agrees_from
    return later if later is not None and datetime.now(UTC) < later else None


def reset_password(session: Session, editor_id: int, admin: Editor) -> str | None:
    """Reset a password at once, and return the token of a new invitation. Returns None if it has to wait.

    Raises NotFound, OwnAccount and NotAdminAnyMore.
    """
    editor = administration.locked(session, editor_id, admin, others_only=True)
    if waits(editor):
        _ask(session, editor, admin, "password")
        return None
    return _reset_password(session, editor, admin)


def ask(session: Session, editor_id: int, admin: Editor, kind: str) -> None:
    """Ask for a reset of `kind` (models.factor.RESET_KINDS). Does nothing if one is open already.

    Raises NotFound, also if there is nothing to reset, OwnAccount and NotAdminAnyMore.
    """
    editor = administration.locked(session, editor_id, admin, others_only=True)
    if kind == "factor" and editor.factor_since is None:
        raise NotFound
    _ask(session, editor, admin, kind)


def agree(session: Session, reset_id: int, admin: Editor) -> None:
    """Agree as the second admin.

    Raises NotFound for the admin who asked, the person concerned, admins who are new, and closed resets.
    """
    reset = _locked(session, reset_id, admin)
    if not _item(session, reset).may_agree(session.get_one(Editor, admin.id)):
        raise NotFound
    reset.agreed_by = admin.id
    record(session, "reset.agreed", actor=admin, account=reset.editor_id, kind=reset.kind)


def finish(session: Session, reset_id: int, admin: Editor) -> str | None:
    """Carry out a reset that is ready. Returns the token of a new invitation if a password was reset.

    Raises NotFound if the reset is closed or not ready, or if the admin is the person concerned.
    """
    reset = _locked(session, reset_id, admin)
    if not _item(session, reset).may_finish(admin.id):
        raise NotFound
    reset.done_at = session.scalars(select(func.now())).one()
    if reset.kind == "password":
        return _reset_password(session, session.get_one(Editor, reset.editor_id), admin)
    reset_factor(session, reset.editor_id, admin)
    return None


def reset_factor(session: Session, editor_id: int, admin: Editor | None) -> None:
    """Remove all second factors of an account, end its sessions, and tell everybody concerned.

    `admin` is None for the command line.
    """
    changes.remove_all(session, editor_id)
    sessions.end_all(session, editor_id, "ended")
    record(session, "reset.done", actor=admin, account=editor_id, kind="factor")
    _tell_all(session, editor_id, "reset_done", admin)


def reset_password_at_once(session: Session, editor_id: int) -> str:
    """Reset a password from the command line of the server. Returns the token of a new invitation."""
    return _reset_password(session, administration.locked(session, editor_id, None), None)


def call_off(session: Session, reset_id: int, by: Editor) -> None:
    """Call off an open reset, as the person concerned or as an admin. Raises NotFound."""
    reset = _open_one(session, reset_id)
    if by.id != reset.editor_id and not permissions.allows(by, "people.manage"):
        raise NotFound
    endings.close_reset(session, reset, by)


def call_off_all(session: Session, editor: Editor) -> int:
    """Call off all resets of an account whose owner has just logged in with password and factor. Returns their number."""
    found = list(
        session.scalars(select(AccountReset.id).where(is_open_reset(), AccountReset.editor_id == editor.id))
    )
    for reset_id in found:
        call_off(session, reset_id, editor)
    return len(found)


def open_resets(session: Session, editor_id: int | None = None) -> list[ResetItem]:
    """Return the open resets of one account or of all, oldest first."""
    query = select(AccountReset).where(is_open_reset()).order_by(AccountReset.id)
    if editor_id is not None:
        query = query.where(AccountReset.editor_id == editor_id)
    return [_item(session, reset) for reset in session.scalars(query)]


def call_off_token(session: Session, editor_id: int) -> str:
    """Return the token with which the person calls off the newest open reset, without logging in. "" if none is open."""
    newest = select(AccountReset.token).where(is_open_reset(), AccountReset.editor_id == editor_id)
    return session.scalar(newest.order_by(AccountReset.id.desc()).limit(1)) or ""


def open_by_token(session: Session, token: str) -> tuple[Editor, list[ResetItem]]:
    """Return the account of a token, and a list with its reset, or an empty list if the reset is closed. Raises NotFound."""
    wanted = select(AccountReset).where(AccountReset.token == token)
    reset = session.scalar(wanted) if is_link_token(token) else None
    if reset is None:
        raise NotFound
    return reset.editor, [one for one in open_resets(session, reset.editor_id) if one.id == reset.id]


def _ask(session: Session, editor: Editor, admin: Editor, kind: str) -> None:
    found = select(AccountReset.id).where(
        is_open_reset(), AccountReset.editor_id == editor.id, AccountReset.kind == kind
    )
    if session.scalar(found) is not None:
        return
    session.add(AccountReset(editor_id=editor.id, kind=kind, asked_by=admin.id))
    record(session, "reset.asked", actor=admin, account=editor.id, kind=kind)
    _tell_all(session, editor.id, "reset_asked", admin)


def _reset_password(session: Session, editor: Editor, admin: Editor | None) -> str:
    """Remove a password, a link to the OpenID provider, sessions and API tokens. Second factors stay.

    Returns the token of a new invitation.
    """
    editor.password = None
    links.forget_link(session, editor.id)
    endings.end_access(session, editor, "reset")
    session.execute(
        update(AccountReset)
        .where(is_open_reset(), AccountReset.editor_id == editor.id, AccountReset.kind == "password")
        .values(done_at=func.now())
    )
    record(session, "reset.done", actor=admin, account=editor.id, kind="password")
    _tell_all(session, editor.id, "reset_done", admin)
    return invitations.invitation_token(editor)


def _tell_all(session: Session, editor_id: int, kind: str, actor: Editor | None) -> None:
    tell(session, {editor_id, *with_role(session, "chief", "admin")}, editor_id, kind, actor)


def _locked(session: Session, reset_id: int, admin: Editor) -> AccountReset:
    """Return an open reset under a row lock, after the locks of the accounts. Raises NotFound and NotAdminAnyMore."""
    editor_id = session.scalar(select(AccountReset.editor_id).where(AccountReset.id == reset_id))
    if editor_id is None:
        raise NotFound
    administration.locked(session, editor_id, admin)
    return _open_one(session, reset_id)


def _open_one(session: Session, reset_id: int) -> AccountReset:
    wanted = select(AccountReset).where(AccountReset.id == reset_id, is_open_reset())
    # Read again, because another transaction may have changed it before the lock.
    fresh = wanted.with_for_update(of=AccountReset).execution_options(populate_existing=True)
    found = session.scalar(fresh)
    if found is None:
        raise NotFound
    return found


def _item(session: Session, reset: AccountReset) -> ResetItem:
    now, ready_at = session.scalars(select(func.now())).one(), reset.asked_at + WAIT
    return ResetItem(
        reset.id, reset.editor_id, reset.editor.name, reset.kind, reset.asked_by, reset.asker.name, reset.asked_at,
        ready_at, reset.agreed_by is not None, reset.agreed_by is not None or now >= ready_at,
    )  # fmt: skip
