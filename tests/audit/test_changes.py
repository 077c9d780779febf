"""List of changes to accounts, settings and queues."""

import pytest

from intake import subscriptions, wording
from intake.accounts import administration
from intake.audit.changes import KINDS, ChangeFilter, RecordedChange, change_page, people
from intake.db import transaction
from intake.jobs import queues
from intake.models import Editor, Submission, record

ALL = ChangeFilter()


def listed(wanted: ChangeFilter = ALL) -> list[RecordedChange]:
    with transaction() as session:
        return change_page(session, wanted).items


@pytest.fixture
def changed(admin: Editor, editor: Editor) -> int:
    """Pause a queue, make the editor a chief editor, and resume the queue by a command. Returns the newest id before."""
    before = max((one.id for one in listed()), default=0)
    with transaction() as session:
        queues.pause(session, "photos", "The disk is full.", admin)
        administration.change_roles(session, editor.id, ["editor", "chief"], admin)
        queues.resume(session, "photos")
    return before


def test_each_event_is_recorded_without_a_job_and_has_one_kind() -> None:
    events = sum(KINDS.values(), ())
    assert len(events) == len(set(events))
    assert set(events) <= subscriptions.SILENT
    assert set(events) <= wording.EVENTS.keys()


def test_changes_name_who_made_them_and_whom_they_concern(
    changed: int, admin: Editor, editor: Editor
) -> None:
    resumed, roles, paused = (one for one in listed() if one.id > changed)
    assert (resumed.event, resumed.actor, resumed.concerned) == ("queue.resumed", None, None)
    assert (roles.event, roles.actor) == ("account.roles_changed", admin.name)
    assert roles.concerned is not None
    assert (roles.concerned.id, roles.data["roles"]) == (editor.id, ["editor", "chief"])
    assert (paused.event, paused.actor, paused.data["reason"]) == (
        "queue.paused", admin.name, "The disk is full.",
    )  # fmt: skip


def test_a_person_is_found_as_the_one_who_changed_and_the_one_who_was_changed(
    changed: int, admin: Editor, editor: Editor
) -> None:
    found = [one.event for one in listed(ChangeFilter(person=editor.id)) if one.id > changed]
    assert found == ["account.roles_changed"]
    found = [one.event for one in listed(ChangeFilter(person=admin.id)) if one.id > changed]
    assert found == ["account.roles_changed", "queue.paused"]
    found = [one.event for one in listed(ChangeFilter(admin.id, "queues")) if one.id > changed]
    assert found == ["queue.paused"]


def test_an_account_that_the_command_line_created_was_created_by_nobody_of_the_list(editor: Editor) -> None:
    created = listed(ChangeFilter(person=editor.id, kind="accounts"))[-1]
    assert (created.event, created.actor) == ("account.created", None)


def test_events_of_submissions_are_left_out(in_review: Submission, editor: Editor) -> None:
    before = len(listed())
    with transaction() as session:
        record(session, "claim.taken", session.get_one(Submission, in_review.id), actor=editor)
    assert len(listed()) == before


def test_pages_follow_each_other_without_gap(changed: int) -> None:
    with transaction() as session:
        first = change_page(session, ALL, limit=2)
        second = change_page(session, ALL, first.next, limit=100)
    assert [one.id for one in first.items + second.items] == [one.id for one in listed()]
    assert second.next is None


def test_deleted_accounts_are_the_last_of_the_list(admin: Editor, editor: Editor, chief: Editor) -> None:
    with transaction() as session:
        administration.delete_account(session, chief.id, admin)
    with transaction() as session:
        found = people(session)
    assert list(found) == [*sorted((admin.id, editor.id), key=found.__getitem__), chief.id]
