from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from intake.accounts import administration
from intake.accounts.handover import freed
from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.messages.conversation import notify_claim_holder
from intake.models import Editor, Event, Notification, Submission
from intake.queue.assignments import UnreachableAssignee, assign, assign_several
from intake.queue.filters import Filters
from intake.queue.page import editor_queue
from intake.review.submission_detail import submission_detail
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, join

TODAY = datetime.now(UTC).date()


def give(
    submission: Submission,
    editor: Editor,
    to: Editor | None,
    due: date | None = None,
    priority: str = "normal",
) -> bool:
    with transaction() as session:
        return assign(session, submission.id, editor, to.id if to else None, due_on=due, priority=priority)


def now(submission: Submission) -> Submission:
    with transaction() as session:
        return session.get_one(Submission, submission.id)


def notifications() -> list[tuple[int, str]]:
    with transaction() as session:
        return [(one.editor_id, one.kind) for one in session.scalars(select(Notification))]


def events() -> list[str]:
    with transaction() as session:
        named = select(Event.name).where(Event.name.startswith("assignment")).order_by(Event.id)
        return list(session.scalars(named))


def sentences(submission: Submission) -> list[str]:
    with transaction() as session:
        return [one.sentence for one in submission_detail(session, submission.id).timeline]


def listed(viewer: Editor, **words: str) -> int:
    with transaction() as session:
        return len(editor_queue(session, Filters.parse(words), viewer=viewer.id).items)


def test_a_colleague_is_told_and_the_version_stays(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    assert give(in_review, editor, other_editor, date(2031, 12, 1), "high")
    found = now(in_review)
    assert (found.assigned_to, found.due_on, found.priority) == (other_editor.id, date(2031, 12, 1), "high")
    assert (found.version, found.claimed_by) == (in_review.version, None)
    assert notifications() == [(other_editor.id, "assigned")]
    assert "Assigned to Tomas Havlik, due 1 December 2031, high priority" in sentences(in_review)


def test_the_same_again_changes_nothing_and_tells_nobody(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    give(in_review, editor, other_editor)
    assert not give(in_review, editor, other_editor)
    assert (events(), len(notifications())) == (["assignment.made"], 1)


def test_nobody_is_told_of_an_own_assignment(in_review: Submission, editor: Editor) -> None:
    give(in_review, editor, editor)
    give(in_review, editor, editor, TODAY)
    give(in_review, editor, None, TODAY)
    assert notifications() == []
    assert events() == ["assignment.made", "assignment.changed", "assignment.ended"]


def test_only_who_sees_it_can_get_it(in_review: Submission, editor: Editor, admin: Editor) -> None:
    limited = join("Limited", "editor")
    with transaction() as session:
        administration.change_limits(
            session, limited.id, None, sections=["Opinion"], languages=[], reads_contact=False
        )
    for one in (limited, admin):
        with pytest.raises(UnreachableAssignee):
            give(in_review, editor, one)
    with transaction() as session, pytest.raises(UnreachableAssignee):
        assign(session, in_review.id, editor, 10**9)
    assert now(in_review).assigned_to is None


@pytest.mark.parametrize("how", ["switched off", "deleted", "limited", "no role"])
def test_who_loses_access_loses_assignments_and_the_history_says_so(
    in_review: Submission, editor: Editor, other_editor: Editor, how: str
) -> None:
    give(in_review, editor, other_editor, TODAY, "high")
    with transaction() as session:
        if how == "switched off":
            administration.switch_off(session, other_editor.id, None)
        elif how == "deleted":
            administration.delete_account(session, other_editor.id, None)
        elif how == "limited":
            administration.change_limits(
                session, other_editor.id, None, sections=["Opinion"], languages=[], reads_contact=False
            )
        else:
            administration.change_roles(session, other_editor.id, ["admin"], None)
    found = now(in_review)
    assert (found.assigned_to, found.due_on, found.priority) == (None, TODAY, "high")
    name = f"Deleted account {other_editor.id}" if how == "deleted" else "Tomas Havlik"
    assert f"The assignment to {name} ended: no access any more" in sentences(in_review)


def test_a_change_of_limits_that_keeps_access_keeps_the_assignment(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    give(in_review, editor, other_editor)
    with transaction() as session:
        administration.change_limits(
            session, other_editor.id, None, sections=[in_review.section], languages=[], reads_contact=False
        )
    assert now(in_review).assigned_to == other_editor.id


def test_a_purge_keeps_nothing_of_it(
    contributor: Contributor, in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    give(in_review, editor, other_editor, TODAY, "high")
    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert (other_editor.id, "withdrawn") in notifications()
    with pytest.raises(IllegalMove):
        give(in_review, editor, editor)
    with transaction() as session:
        purge(session, in_review.id)
    found = now(in_review)
    assert (found.assigned_to, found.due_at, found.priority) == (None, None, "normal")


def test_an_answer_is_told_to_the_assignee(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    give(in_review, editor, other_editor)
    with transaction() as session:
        notify_claim_holder(session, session.get_one(Submission, in_review.id))
    assert (other_editor.id, "answered") in notifications()


def test_filters_and_rows(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    assert listed(editor, assigned="nobody") == 1
    give(in_review, editor, other_editor, TODAY, "high")
    assert listed(other_editor, assigned="me") == listed(editor, assigned=str(other_editor.id)) == 1
    assert listed(editor, assigned="me") == listed(editor, assigned="nobody") == 0
    assert listed(editor, due="week") == listed(editor, priority="high") == listed(editor, sort="due") == 1
    assert listed(editor, due="late") == 0
    with transaction() as session:
        (row,) = editor_queue(session, viewer=other_editor.id).items
    assert (row.assignee, row.assigned_to_me, row.due_on) == ("Tomas Havlik", True, TODAY)
    assert (row.late, row.priority) == (False, "high")


def test_a_due_day_is_over_after_its_end(in_review: Submission, editor: Editor) -> None:
    give(in_review, editor, None, TODAY - timedelta(days=1))
    assert listed(editor, due="late") == 1
    with transaction() as session:
        assert editor_queue(session).items[0].late
    with transaction() as session:
        session.execute(update(Submission).values(due_at=Submission.due_at + timedelta(days=14)))
    assert listed(editor, due="late") == listed(editor, due="week") == 0


def test_the_nearest_due_date_comes_first_and_others_are_left_out(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    contributor.submit()
    second = contributor.submission_id
    contributor.submit()
    give(in_review, editor, None, TODAY + timedelta(days=3))
    with transaction() as session:
        assign(session, second, editor, None, due_on=TODAY)
        found = editor_queue(session, Filters.parse({"lane": "all", "sort": "due"})).items
    assert [one.id for one in found] == [second, in_review.id]


def test_several_at_once_keep_their_own_days(
    contributor: Contributor, in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    give(in_review, editor, None, TODAY, "high")
    contributor.submit(section="Opinion")
    hidden = contributor.submission_id
    with transaction() as session:
        administration.change_limits(
            session, other_editor.id, None, sections=[in_review.section], languages=[], reads_contact=False
        )
    with transaction() as session:
        assert assign_several(session, [in_review.id, hidden], editor, other_editor.id) == 1
    found = now(in_review)
    assert (found.assigned_to, found.due_on, found.priority) == (other_editor.id, TODAY, "high")


def test_the_sentence_about_freed_assignments() -> None:
    assert freed(0) == ""
    assert freed(1) == " 1 submission that was assigned to it is assigned to nobody now."
    assert freed(2) == " 2 submissions that were assigned to it are assigned to nobody now."
