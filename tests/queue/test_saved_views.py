import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import LimitReached, NameTaken, NotFound
from intake.models import Editor, View
from intake.queue import saved_views
from intake.queue.saved_views import change_view, remove_view, save_view


@pytest.fixture
def view(editor: Editor) -> View:
    with transaction() as session:
        return save_view(session, editor, "Courts", {"q": "суд"}, shared=False)


def test_a_view_is_kept_renamed_shared_and_deleted(view: View, editor: Editor) -> None:
    with transaction() as session:
        change_view(session, view.id, editor, "Суды", shared=True)
    with transaction() as session:
        kept = session.get_one(View, view.id)
        assert (kept.name, kept.shared, kept.filters) == ("Суды", True, {"q": "суд"})
        remove_view(session, view.id, editor)
    with transaction() as session:
        assert session.scalars(select(View)).all() == []


def test_a_name_is_one_s_own_once(view: View, editor: Editor, other_editor: Editor) -> None:
    with pytest.raises(NameTaken), transaction() as session:
        save_view(session, editor, "Courts", {}, shared=False)
    with transaction() as session:
        other = save_view(session, other_editor, "Courts", {}, shared=False)
        another = save_view(session, other_editor, "Schools", {}, shared=False)
    with pytest.raises(NameTaken), transaction() as session:
        change_view(session, another.id, other_editor, other.name, shared=False)


def test_nobody_changes_what_is_somebody_else_s(view: View, other_editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        change_view(session, view.id, other_editor, "Mine", shared=False)
    with pytest.raises(NotFound), transaction() as session:
        remove_view(session, view.id, other_editor)


def test_there_is_an_end_to_views(view: View, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "VIEW_LIMIT", 1)
    with pytest.raises(LimitReached), transaction() as session:
        save_view(session, editor, "One more", {}, shared=False)
