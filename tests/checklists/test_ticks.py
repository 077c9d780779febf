import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.checklists.ticks import require, tick, untick
from intake.db import transaction
from intake.decisions.batch_eligibility import check_eligibility
from intake.decisions.decide import DecisionInput, decide
from intake.errors import OpenPoints
from intake.lifecycle import IllegalMove
from intake.models import ChecklistTick, Editor, Event, PublicationNote, Submission
from intake.publishing.publish import publish
from intake.review.submission_detail import submission_detail
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor

Listed = Callable[[str], None]


@pytest.fixture
def checked(listed: Listed, in_review: Submission) -> Submission:
    """Submission in review whose section has the point `second_reading`, and one before publication."""
    listed("News = captions, second_reading, Lawyer asked@publish")
    return in_review


def names(submission: Submission) -> list[str]:
    with transaction() as session:
        query = select(Event.name).where(Event.submission_id == submission.id, Event.editor_id.is_not(None))
        return list(session.scalars(query.order_by(Event.id)))


def test_a_tick_and_its_return_are_recorded_once(checked: Submission, editor: Editor) -> None:
    for done, act in [(True, tick), (False, tick), (True, untick), (False, untick)]:
        with transaction() as session:
            assert act(session, checked.id, editor, "second_reading") is done
    assert names(checked) == ["checklist.ticked", "checklist.unticked"]
    with transaction() as session:
        said = [one.sentence for one in submission_detail(session, checked.id).timeline]
        assert said[-2:] == [
            "Ticked on the checklist: A second person has read the text",
            "Took back a tick on the checklist: A second person has read the text",
        ]
        assert session.get_one(Submission, checked.id).version == checked.version


@pytest.mark.parametrize("code", ["captions", "faces", "unknown", ""])
def test_nobody_ticks_what_the_program_knows_or_what_is_no_point(
    checked: Submission, editor: Editor, code: str
) -> None:
    with pytest.raises(IllegalMove, match="no such point"), transaction() as session:
        tick(session, checked.id, editor, code)


def test_what_is_not_on_the_desk_is_not_ticked(
    checked: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with pytest.raises(IllegalMove), transaction() as session:
        tick(session, checked.id, editor, "second_reading")


def test_acceptance_waits_for_its_points(checked: Submission, editor: Editor) -> None:
    with pytest.raises(OpenPoints) as refused, transaction() as session:
        decide(session, checked.id, editor, 2, DecisionInput("accept", despite="  "))
    assert refused.value.reason == "Still open: A second person has read the text."
    assert names(checked) == []
    with transaction() as session:
        tick(session, checked.id, editor, "second_reading")
    with transaction() as session:
        decide(session, checked.id, editor, 2, DecisionInput("accept"))
        assert session.get_one(Submission, checked.id).status == "accepted"
    with pytest.raises(OpenPoints, match="Lawyer asked"), transaction() as session:
        publish(session, checked.id, editor, 4)
    with transaction() as session:
        publish(session, checked.id, editor, 4, despite="The lawyer is away.")
    assert names(checked)[-2:] == ["checklist.overridden", "submission.published"]


def test_a_reason_goes_past_open_points_and_stands_in_the_history(
    checked: Submission, editor: Editor
) -> None:
    with transaction() as session:
        decide(session, checked.id, editor, 2, DecisionInput("accept", despite=" It is urgent. "))
    with transaction() as session:
        (entry,) = [
            one
            for one in submission_detail(session, checked.id).timeline
            if one.event == "checklist.overridden"
        ]
        assert (
            entry.sentence == "Went on with open points of the checklist: A second person has read the text"
        )
        assert (entry.body, entry.actor) == ("It is urgent.", "Asel Nurbekova")


def test_other_verdicts_need_no_checklist(checked: Submission, editor: Editor) -> None:
    with transaction() as session:
        decide(session, checked.id, editor, 2, DecisionInput("hold"))
        assert session.get_one(Submission, checked.id).status == "held"


def test_without_a_checklist_nothing_is_asked(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        require(session, session.get_one(Submission, in_review.id), editor, "accept")
        assert list(session.scalars(select(PublicationNote))) == []


def test_a_batch_leaves_out_what_has_open_points(checked: Submission, editor: Editor) -> None:
    asked = {checked.id: 2, uuid.uuid4(): 1}
    with transaction() as session:
        problems = {
            verdict: check_eligibility(session, editor, verdict, asked) for verdict in ("accept", "hold")
        }
    assert [one.problem for one in problems["accept"]] == ["checklist", "withdrawn"]
    assert [one.problem for one in problems["hold"]] == [None, "withdrawn"]


def test_a_purge_deletes_ticks_and_reasons(
    checked: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        tick(session, checked.id, editor, "second_reading")
        untick(session, checked.id, editor, "second_reading")
        decide(session, checked.id, editor, 2, DecisionInput("accept", despite="The witness is Anna."))
        tick(session, checked.id, editor, "second_reading")
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, checked.id)
    with transaction() as session:
        assert list(session.scalars(select(ChecklistTick))) == []
        assert list(session.scalars(select(PublicationNote))) == []
        assert "Anna" not in str([one.data for one in session.scalars(select(Event))])
