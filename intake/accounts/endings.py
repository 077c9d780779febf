"""End the ways into an account: sessions, live streams, API tokens, links and open resets."""

import uuid

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from intake.accounts import sessions
from intake.accounts.notices import tell, with_role
from intake.accounts.tokens import revoke_all
from intake.models import AccountReset, Editor, LoginLink, record
from intake.models.factor import is_open_reset


def end_access(session: Session, editor: Editor, reason: str) -> None:
    """End all sessions and live streams of an account, and all its API tokens, invitations and mailed links.

    `reason` is one of models.account.END_REASONS. Second factors stay.
    """
    # Half of a login, between the password and the second factor, and invitations hold the old value.
    editor.fs_uniquifier = uuid.uuid4().hex
    sessions.end_all(session, editor.id, reason)
    revoke_all(session, editor)
    session.execute(delete(LoginLink).where(LoginLink.editor_id == editor.id))


def call_off_resets(session: Session, editor: Editor, actor: Editor | None) -> None:
    """Call off the open resets of an account, and those that its owner asked for or agreed to, as an admin."""
    about = or_(
        AccountReset.editor_id == editor.id,
        AccountReset.asked_by == editor.id,
        AccountReset.agreed_by == editor.id,
    )
    found = select(AccountReset).where(is_open_reset(), about).with_for_update(of=AccountReset)
    for reset in session.scalars(found).all():
        close_reset(session, reset, actor)


def close_reset(session: Session, reset: AccountReset, actor: Editor | None) -> None:
    """Call off a reset that is locked and open. Everybody concerned is told."""
    reset.called_off_at = session.scalars(select(func.now())).one()
    record(session, "reset.called_off", actor=actor, account=reset.editor_id, kind=reset.kind)
    told = {reset.editor_id, *with_role(session, "chief", "admin")}
    tell(session, told, reset.editor_id, "reset_called_off", actor)
