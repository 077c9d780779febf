"""Accounts of editors and admins: the first admin, and invitations."""

import hmac
import uuid
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from intake import db
from intake.accounts import sessions
from intake.crypto import keyring
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Role, record
from intake.settings import Settings

INVITATION_SECONDS = 72 * 3600


class AddressTaken(Exception):
    """Another account has this e-mail address already."""


def has_no_account(session: Session) -> bool:
    """Return whether this installation has no account yet."""
    return not session.scalar(select(func.count()).select_from(Editor))


def first_admin_token() -> str:
    """Derive the token that creates the first account. The token is valid only while there is no account.

    The token is derived from the application secret, so it is not stored.
    """
    return hmac.digest(keyring().subkey("first admin"), b"", "sha256").hex()[:40]


def is_first_admin_token(session: Session, token: str) -> bool:
    """Return whether this token may create the first account.

    Locks the table of accounts: of two simultaneous requests, the second waits for the first to end.
    """
    if not hmac.compare_digest(token.encode(), first_admin_token().encode()):
        return False
    session.execute(text("LOCK TABLE editors IN SHARE ROW EXCLUSIVE MODE"))
    return has_no_account(session)


def first_admin_link(settings: Settings) -> str | None:
    """Return the link with which the first admin creates an account, or None if there is an account."""
    with transaction() as session:
        return f"{settings.desk_base_url}/setup/{first_admin_token()}" if has_no_account(session) else None


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    roles: list[str],
    password_hash: str | None,
    actor: Editor | None = None,
    way: str = "command",
) -> Editor:
    """Create an account. Without `password_hash`, the person later sets a password with an invitation.

    `roles` are keys of models.account.ROLES. `way` is how it is made without an actor: "command" or "setup", the setup link.
    Raises AddressTaken. The transaction is then unusable and must be rolled back.
    """
    editor = Editor(email=email.strip().lower(), name=name.strip(), password=password_hash)
    editor.roles = list(session.scalars(select(Role).where(Role.name.in_(roles))))
    session.add(editor)
    db.flush(session, "uq_editors_email", AddressTaken)
    how: dict[str, Any] = {} if actor else {"way": way}
    record(session, "account.created", actor=actor or editor, account=editor.id, roles=sorted(roles), **how)
    return editor


def invitation_token(editor: Editor) -> str:
    """Create a token with which this person can set a password, as long as the account has no password."""
    return _invitations().dumps(editor.fs_uniquifier)


def invited_editor(session: Session, token: str) -> Editor:
    """Return the account that a token invites, under a row lock.

    Raises NotFound if the token is forged, older than INVITATION_SECONDS, or used.
    """
    try:
        uniquifier = _invitations().loads(token, max_age=INVITATION_SECONDS)
    except BadSignature as error:
        raise NotFound from error
    # Row lock: of two simultaneous requests with one token, the second finds the token used.
    editor = session.scalar(
        select(Editor).where(Editor.fs_uniquifier == uniquifier, Editor.password.is_(None)).with_for_update()
    )
    if editor is None:
        raise NotFound
    return editor


def set_password(session: Session, editor: Editor, password_hash: str) -> None:
    """Set a first or new password, and end all sessions of the account."""
    editor.password = password_hash
    editor.fs_uniquifier = uuid.uuid4().hex
    sessions.end_all(session, editor.id, "password")


def record_login(session: Session, editor_id: int) -> None:
    """Record the time of the log-in, but not the network address."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(last_login_at=func.now()))


def _invitations() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("invitation"), salt="invitation")
