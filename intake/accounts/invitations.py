"""Accounts of the desk: the first admin, invitations, and one-time links."""

import hmac
import uuid

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.accounts.tokens import revoke_all
from intake.crypto import keyring
from intake.db import transaction, violates
from intake.errors import NotFound
from intake.models import Editor, Role, record
from intake.settings import Settings

INVITATION_SECONDS = 72 * 3600


class AddressTaken(Exception):
    """There is an account with this e-mail address."""


def no_account_yet(session: Session) -> bool:
    """Whether this newsroom has yet to make its first account."""
    return not session.scalar(select(func.count()).select_from(Editor))


def first_admin_token() -> str:
    """Good for as long as there is no account at all, so it can be used once and need not be kept."""
    return hmac.digest(keyring().subkey("first admin"), b"", "sha256").hex()[:40]


def is_first_admin_token(session: Session, token: str) -> bool:
    """Whether this token may make the first account; of two who ask at once, the second waits for the first to end."""
    if not hmac.compare_digest(token.encode(), first_admin_token().encode()):
        return False
    session.execute(text("LOCK TABLE editors IN SHARE ROW EXCLUSIVE MODE"))
    return no_account_yet(session)


def first_admin_link(settings: Settings) -> str | None:
    """Where the first admin sets up an account, or None when there is one."""
    with transaction() as session:
        return f"{settings.base_url}/setup/{first_admin_token()}" if no_account_yet(session) else None


def add(
    session: Session,
    *,
    email: str,
    name: str,
    roles: list[str],
    password_hash: str | None,
    actor: Editor | None = None,
) -> Editor:
    """A new account; without a password it waits for its invitation to be used.

    AddressTaken, which undoes the transaction; `roles` are keys of models.account.ROLES.
    """
    editor = Editor(email=email.strip().lower(), name=name.strip(), password=password_hash)
    editor.roles = list(session.scalars(select(Role).where(Role.name.in_(roles))))
    session.add(editor)
    try:
        session.flush()
    except IntegrityError as error:
        if violates(error, "uq_editors_email"):
            raise AddressTaken from error
        raise
    record(session, "account.created", actor=actor or editor, account=editor.id, roles=sorted(roles))
    return editor


def invitation(editor: Editor) -> str:
    """A token that lets this person, and only while there is no password, set one."""
    return _invitations().dumps(editor.fs_uniquifier)


def start_over(session: Session, editor_id: int, admin: Editor) -> Editor:
    """Somebody forgot the password: it is gone, every session ends, tokens too, and a new invitation is due. NotFound, and for oneself."""
    editor = session.get(Editor, editor_id, with_for_update=True)
    if editor is None or editor.id == admin.id:
        raise NotFound
    editor.password, editor.fs_uniquifier = None, uuid.uuid4().hex
    revoke_all(session, editor)
    record(session, "account.reset", actor=admin, account=editor.id)
    return editor


def invited(session: Session, token: str) -> Editor:
    """Whom a token invites; NotFound if it is not ours, older than three days, or used."""
    try:
        uniquifier = _invitations().loads(token, max_age=INVITATION_SECONDS)
    except BadSignature as error:
        raise NotFound from error
    # Locked: of two who use it at once, the second finds it used.
    editor = session.scalar(
        select(Editor).where(Editor.fs_uniquifier == uniquifier, Editor.password.is_(None)).with_for_update()
    )
    if editor is None:
        raise NotFound
    return editor


def set_password(session: Session, editor: Editor, password_hash: str) -> None:
    """A first or a new password; every session that was open ends."""
    editor.password = password_hash
    end_sessions(session, editor.id)


def end_sessions(session: Session, editor_id: int) -> None:
    """No cookie that is out there is good any more."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(fs_uniquifier=uuid.uuid4().hex))


def note_login(session: Session, editor_id: int) -> None:
    """When somebody last came in: the time, not from where."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(last_login_at=func.now()))


def _invitations() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keyring().subkey("invitation"), salt="invitation")
