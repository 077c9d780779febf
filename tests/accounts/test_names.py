import pytest
from sqlalchemy import select

from intake.accounts import names
from intake.accounts.administration import NotAdminAnyMore, delete_account
from intake.accounts.names import PersonNameTaken
from intake.db import transaction
from intake.errors import NotFound
from intake.models import AccountNotice, Editor, Event


def rename(editor: Editor, name: str, actor: Editor | None) -> str:
    with transaction() as session:
        return names.change(session, editor.id, name, actor).name


def rename_oneself(editor: Editor, name: str) -> None:
    with transaction() as session:
        names.change_own(session, editor, name)


def events() -> list[Event]:
    with transaction() as session:
        return list(session.scalars(select(Event).where(Event.name == "account.renamed")))


def told() -> set[tuple[int, str, int | None]]:
    with transaction() as session:
        found = session.scalars(select(AccountNotice))
        return {(one.editor_id, one.kind, one.actor_id) for one in found}


def test_a_change_is_an_event_without_names_and_is_told(editor: Editor, chief: Editor, admin: Editor) -> None:
    assert rename(editor, " Asel Nurbekova-Lee ", admin) == "Asel Nurbekova-Lee"
    assert [(one.editor_id, one.data) for one in events()] == [(admin.id, {"account": editor.id})]
    assert told() == {
        (editor.id, "account_renamed", admin.id),
        (chief.id, "account_renamed", admin.id),
    }


def test_one_s_own_change_is_told_to_the_chief_editors_alone(editor: Editor, chief: Editor) -> None:
    rename_oneself(editor, "Asel N.")
    assert told() == {(chief.id, "account_renamed", editor.id)}
    assert [one.editor_id for one in events()] == [editor.id]


def test_the_same_name_changes_nothing(editor: Editor, admin: Editor) -> None:
    assert rename(editor, editor.name, admin) == editor.name
    assert (events(), told()) == ([], set())


@pytest.mark.parametrize("spelled", [str, str.upper, lambda name: name.replace(" ", "\N{NO-BREAK SPACE} ")])
def test_the_name_of_a_colleague_is_refused(
    editor: Editor, chief: Editor, admin: Editor, spelled: object
) -> None:
    assert callable(spelled)
    with pytest.raises(PersonNameTaken):
        rename(editor, spelled(chief.name), admin)
    with pytest.raises(PersonNameTaken):
        rename_oneself(editor, spelled(chief.name))
    assert events() == []


def test_one_may_change_the_capitals_of_one_s_own_name(editor: Editor) -> None:
    rename_oneself(editor, editor.name.upper())
    assert len(events()) == 1


def test_the_name_of_a_deleted_account_stays(editor: Editor, admin: Editor) -> None:
    with transaction() as session:
        delete_account(session, editor.id, None)
    with pytest.raises(NotFound):
        rename(editor, "Somebody", admin)


def test_only_admins_change_the_names_of_others(editor: Editor, chief: Editor) -> None:
    with pytest.raises(NotAdminAnyMore):
        rename(editor, "Somebody", chief)
