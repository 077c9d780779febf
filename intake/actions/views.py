"""Saving filters of the queue under a name, for oneself or for everybody."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.db import violates
from intake.errors import NameTaken, NotFound, TooMany
from intake.models import Editor, View

MOST = 20
"""Views of one person."""


def save_view(
    session: Session, editor: Editor, name: str, filters: Mapping[str, str], *, shared: bool
) -> View:
    """Keep `filters`, words of the queue's address, as a view of the editor's; NameTaken, TooMany."""
    mine = select(func.count()).select_from(View).where(View.editor_id == editor.id)
    if (session.scalar(mine) or 0) >= MOST:
        raise TooMany
    view = View(editor_id=editor.id, name=name, shared=shared, filters=dict(filters))
    session.add(view)
    _flush(session)
    return view


def change_view(session: Session, view_id: int, editor: Editor, name: str, *, shared: bool) -> None:
    """Give one's own view another name, or share it, or keep it for oneself; NotFound, NameTaken."""
    view = _own(session, view_id, editor)
    view.name, view.shared = name, shared
    _flush(session)


def remove_view(session: Session, view_id: int, editor: Editor) -> None:
    """Forget one's own view; NotFound."""
    session.delete(_own(session, view_id, editor))


def _own(session: Session, view_id: int, editor: Editor) -> View:
    view = session.scalar(select(View).where(View.id == view_id, View.editor_id == editor.id))
    if view is None:
        raise NotFound
    return view


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if violates(error, "uq_views_editor_id_name"):
            raise NameTaken from None
        raise
