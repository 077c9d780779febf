"""Change the name of an account. Events, notes and decisions refer to accounts by number, so that all pages show the new name.

Events hold no names. The old name stays only where somebody typed it, as in a note that mentions the person.
"""

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.accounts.administration import locked
from intake.accounts.notices import tell, with_role
from intake.models import Editor, record


class PersonNameTaken(Exception):
    """A colleague has this name already. Two equal names could not be told apart in a history."""

    code = "name_taken"


def change(session: Session, editor_id: int, name: str, actor: Editor | None) -> Editor:
    """Give an account another name. The person and the chief editors are told.

    Raises NotFound, NotAdminAnyMore and PersonNameTaken.
    """
    editor = locked(session, editor_id, actor)
    _change(session, editor, name, actor)
    return editor


def change_own(session: Session, person: Editor, name: str) -> None:
    """Give the person's own account another name. The chief editors are told. Raises PersonNameTaken."""
    query = select(Editor).where(Editor.id == person.id).with_for_update(key_share=True, of=Editor)
    editor = session.scalars(query.execution_options(populate_existing=True)).one()
    _change(session, editor, name, editor)


def _change(session: Session, editor: Editor, name: str, actor: Editor | None) -> None:
    if name.strip() == editor.name:
        return
    others = session.scalars(select(Editor.name).where(Editor.id != editor.id, Editor.deleted_at.is_(None)))
    if _compared(name) in map(_compared, others):
        raise PersonNameTaken
    editor.name = name.strip()
    record(session, "account.renamed", actor=actor, account=editor.id)
    told = {*with_role(session, "chief"), editor.id}
    own = actor is not None and actor.id == editor.id
    tell(session, told - ({editor.id} if own else set()), editor.id, "account_renamed", actor)


def _compared(name: str) -> str:
    """Return a name in the form in which two names are compared: capitals, spaces and Unicode forms are equal."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
