"""Set up, remove and list the second factors of an account. Each change is an event, and the person is told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake.accounts.factors import passkeys, recovery_codes, totp
from intake.accounts.factors.passkeys import Challenge, Site
from intake.accounts.notices import tell
from intake.errors import NotFound
from intake.models import Editor, Passkey, RecoveryCode, TotpSecret, record


class WrongCode(Exception):
    """The code is not one that an app with this secret shows now."""


@dataclass(frozen=True)
class PasskeyItem:
    """A passkey of an account."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """Second factors of an account. `app_since` is None without an authenticator app."""

    app_since: datetime | None
    passkeys: list[PasskeyItem]
    codes_left: int

    @property
    def count(self) -> int:
        """Number of factors. Recovery codes do not count as a factor."""
        return len(self.passkeys) + (self.app_since is not None)


def factors(session: Session, editor_id: int) -> Factors:
    """Return the second factors of an account."""
    rows = session.scalars(select(Passkey).where(Passkey.editor_id == editor_id).order_by(Passkey.id))
    return Factors(
        session.scalar(select(TotpSecret.created_at).where(TotpSecret.editor_id == editor_id)),
        [PasskeyItem(row.id, row.name, row.created_at, row.used_at) for row in rows],
        recovery_codes.left(session, editor_id),
    )


def add_app(session: Session, editor: Editor, secret: str, code: str) -> list[str]:
    """Set up an authenticator app. Returns the recovery codes if it is the first factor, else [].

    Raises WrongCode.
    """
    if not totp.save(session, editor, secret, code):
        raise WrongCode
    return _added(session, editor, "app")


def add_passkey(
    session: Session, editor: Editor, here: Site, challenge: Challenge, answer: str, name: str
) -> list[str]:
    """Set up a passkey. Returns the recovery codes if it is the first factor, else []. Raises PasskeyRefused."""
    passkeys.register(session, editor, here, challenge, answer, name)
    return _added(session, editor, "passkey")


def remove_app(session: Session, editor: Editor) -> None:
    """Remove the authenticator app. Raises NotFound."""
    gone = session.execute(
        delete(TotpSecret).where(TotpSecret.editor_id == editor.id).returning(TotpSecret.editor_id)
    )
    if gone.first() is None:
        raise NotFound
    _removed(session, editor, "app")


def remove_passkey(session: Session, editor: Editor, passkey_id: int) -> str:
    """Remove a passkey of this account. Returns its name. Raises NotFound."""
    name: str | None = session.scalar(
        delete(Passkey)
        .where(Passkey.id == passkey_id, Passkey.editor_id == editor.id)
        .returning(Passkey.name)
    )
    if name is None:
        raise NotFound
    _removed(session, editor, "passkey")
    return name


def make_codes(session: Session, editor: Editor) -> list[str]:
    """Replace the recovery codes of an account. Returns the new ones."""
    tell(session, [editor.id], editor.id, "codes_made")
    return recovery_codes.make(session, editor)


def use_code(session: Session, editor_id: int, typed: str) -> bool:
    """Use up a recovery code. Returns False if it is wrong or was used before."""
    if not recovery_codes.use(session, editor_id, typed):
        return False
    editor = session.get_one(Editor, editor_id)
    record(
        session, "code.used", actor=editor, account=editor_id, left=recovery_codes.left(session, editor_id)
    )
    tell(session, [editor_id], editor_id, "code_used")
    return True


def remove_all(session: Session, editor_id: int) -> None:
    """Remove all second factors and recovery codes of an account. The caller records an event."""
    for table in (TotpSecret, Passkey, RecoveryCode):
        session.execute(delete(table).where(table.editor_id == editor_id))
    session.execute(update(Editor).where(Editor.id == editor_id).values(factor_since=None))


def _added(session: Session, editor: Editor, kind: str) -> list[str]:
    # Row lock: of two simultaneous requests, only one makes recovery codes.
    since = session.scalar(select(Editor.factor_since).where(Editor.id == editor.id).with_for_update())
    record(session, "factor.added", actor=editor, account=editor.id, kind=kind)
    tell(session, [editor.id], editor.id, "factor_added")
    if since is not None:
        return []
    session.execute(update(Editor).where(Editor.id == editor.id).values(factor_since=func.now()))
    return recovery_codes.make(session, editor)


def _removed(session: Session, editor: Editor, kind: str) -> None:
    record(session, "factor.removed", actor=editor, account=editor.id, kind=kind)
    tell(session, [editor.id], editor.id, "factor_removed")
    if not factors(session, editor.id).count:
        remove_all(session, editor.id)
