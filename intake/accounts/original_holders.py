"""Name the people who hold shares of sealed originals. The person, all chief editors and all admins are told."""

from sqlalchemy.orm import Session

from intake.accounts.notices import tell, with_role
from intake.models import Editor
from intake.originals import holders


def change(session: Session, editor: Editor, actor: Editor | None, *, is_named: bool) -> None:
    """Make the owner of an account (a locked row) a holder, or remove the holder. Raises TooManyHolders.

    All are told, because two holders who are one person could open originals alone.
    """
    if holders.set_named(session, editor, actor, is_named=is_named):
        told = {*with_role(session, "chief", "admin"), editor.id}
        tell(session, told, editor.id, "account_limits", actor)


def end(session: Session, editor: Editor) -> None:
    """Delete the key of an account that is deleted."""
    if editor.holds_originals:
        holders.set_named(session, editor, None, is_named=False)
