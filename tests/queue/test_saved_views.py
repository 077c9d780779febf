import pytest
from sqlalchemy import select

from intake.crypto import Keyring
from intake.db import transaction
from intake.errors import LimitReached, NameTaken, NotFound
from intake.models import Editor, View
from intake.queue import saved_views, view_seals
from intake.queue.saved_views import change_view, remove_view, save_view, views
from intake.queue.view_seals import ViewWords, open_view


@pytest.fixture
def view(editor: Editor) -> View:
    with transaction() as session:
        return save_view(session, editor, "Courts", {"q": "суд"}, shared=False)


def test_a_view_is_kept_renamed_shared_and_deleted(view: View, editor: Editor) -> None:
    with transaction() as session:
        change_view(session, view.id, editor, "Суды", shared=True)
    with transaction() as session:
        kept = session.get_one(View, view.id)
        assert (open_view(kept), kept.shared) == (ViewWords("Суды", {"q": "суд"}), True)
        remove_view(session, view.id, editor)
    with transaction() as session:
        assert session.scalars(select(View)).all() == []


def test_a_name_is_one_s_own_once(view: View, editor: Editor, other_editor: Editor) -> None:
    with pytest.raises(NameTaken), transaction() as session:
        save_view(session, editor, "Courts", {}, shared=False)
    with transaction() as session:
        save_view(session, other_editor, "Courts", {}, shared=False)
        another = save_view(session, other_editor, "Schools", {}, shared=False)
    with pytest.raises(NameTaken), transaction() as session:
        change_view(session, another.id, other_editor, "Courts", shared=False)


def test_nobody_changes_what_is_somebody_else_s(view: View, other_editor: Editor) -> None:
    with pytest.raises(NotFound), transaction() as session:
        change_view(session, view.id, other_editor, "Mine", shared=False)
    with pytest.raises(NotFound), transaction() as session:
        remove_view(session, view.id, other_editor)


def test_there_is_an_end_to_views(view: View, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "VIEW_LIMIT", 1)
    with pytest.raises(LimitReached), transaction() as session:
        save_view(session, editor, "One more", {}, shared=False)


def test_a_view_that_another_secret_sealed_is_left_out_and_makes_room(
    view: View, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_views, "VIEW_LIMIT", 1)
    monkeypatch.setattr(view_seals, "keyring", lambda: Keyring(bytes(32)))
    with transaction() as session:
        assert views(session, editor.id) == []
    with pytest.raises(NotFound), transaction() as session:
        change_view(session, view.id, editor, "Mine", shared=False)
    with transaction() as session:
        save_view(session, editor, "Courts", {}, shared=False)
    with transaction() as session:
        assert [one.name for one in views(session, editor.id)] == ["Courts"]
