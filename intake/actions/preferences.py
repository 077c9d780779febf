"""What an editor has set for themselves."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.models import Editor


def prefer(session: Session, editor: Editor, *, mail: bool, shortcuts: bool) -> None:
    """Whether mail tells them of what waits, and whether one key does one thing on the desk."""
    session.execute(update(Editor).where(Editor.id == editor.id).values(mail=mail, shortcuts=shortcuts))
