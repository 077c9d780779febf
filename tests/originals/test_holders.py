"""People who hold shares of sealed originals. The effect of changes on the originals is tested by test_keeping.py."""

import pytest

from intake.db import transaction
from intake.models import Editor
from intake.originals import MOST_HOLDERS, holders
from intake.originals.holders import TooManyHolders
from tests.cast import join
from tests.originals.conftest import DAYS, HolderWithKey, hold
from tests.originals.kept import events


def named(person: Editor, *, is_named: bool = True) -> bool:
    with transaction() as session:
        return holders.set_named(session, session.get_one(Editor, person.id), None, is_named=is_named)


def can_open() -> list[int]:
    with transaction() as session:
        return [key.editor_id for key in holders.keys(session)]


def test_naming_and_removing_are_events_and_done_once(editor: Editor) -> None:
    assert [named(editor), named(editor)] == [True, False]
    assert [named(editor, is_named=False), named(editor, is_named=False)] == [True, False]
    assert events("share.") == ["share.named", "share.removed"]


def test_at_most_six_people_are_named(editor: Editor) -> None:
    others = [join(f"Holder{number}", "editor") for number in range(MOST_HOLDERS)]
    assert all(map(named, others))
    with pytest.raises(TooManyHolders):
        named(editor)
    named(others[0], is_named=False)
    assert named(editor)


def test_the_list_has_a_fingerprint_once_there_is_a_key(editor: Editor, chief: Editor) -> None:
    named(editor)
    hold(chief)
    with transaction() as session:
        found = {one.editor_id: one for one in holders.named(session)}
    assert (found[editor.id].made_at, found[editor.id].fingerprint) == (None, "")
    assert found[chief.id].made_at
    assert found[chief.id].fingerprint


def test_a_new_key_replaces_the_old_one(editor: Editor) -> None:
    first = hold(editor)
    with transaction() as session:
        before = holders.own_key(session, editor)
        passphrase = holders.make_key(session, session.get_one(Editor, editor.id))
    assert passphrase != first.passphrase
    with transaction() as session:
        now = holders.own_key(session, editor)
    assert before
    assert now
    assert now.public != before.public
    assert can_open() == [editor.id]


def test_only_an_active_named_person_with_a_role_can_open(
    first: HolderWithKey, second: HolderWithKey, other_editor: Editor
) -> None:
    assert can_open() == [first.account.id, second.account.id]
    with transaction() as session:
        session.get_one(Editor, first.account.id).active = False
    assert can_open() == [second.account.id]
    with transaction() as session:
        session.get_one(Editor, second.account.id).roles = []
    assert can_open() == []


def test_two_who_can_open_must_exist_before_anything_is_offered(first: HolderWithKey, editor: Editor) -> None:
    with transaction() as session:
        assert holders.offered_days(session) == 0
    hold(editor)
    with transaction() as session:
        assert holders.offered_days(session) == DAYS


@pytest.mark.parametrize(("typed", "agreed"), [("90", 30), ("7", 7), ("", None), ("0", None), ("x", None)])
def test_the_smaller_number_of_days_counts(second: HolderWithKey, typed: str, agreed: int | None) -> None:
    with transaction() as session:
        assert holders.agreed_days(session, typed) == agreed
