from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.errors import ClaimedByOther
from intake.lifecycle import IllegalMove
from intake.models import Editor, Event, Notification, Submission
from intake.queue.claims import CLAIM_TIMEOUT, claim, claim_holder, keep_claim, release
from intake.submissions.removal import withdraw
from tests.cast import Contributor
from tests.together import second_waits


def take(submission: Submission, editor: Editor, *, takeover: bool = False) -> None:
    with transaction() as session:
        claim(session, submission.id, editor, takeover=takeover)


def who(submission: Submission) -> str | None:
    with transaction() as session:
        found = claim_holder(session, session.get_one(Submission, submission.id))
        return found.name if found else None


def notifications() -> list[tuple[int, str]]:
    with transaction() as session:
        return [(one.editor_id, one.kind) for one in session.scalars(select(Notification))]


def names() -> list[str]:
    with transaction() as session:
        return list(
            session.scalars(select(Event.name).where(Event.name.startswith("claim")).order_by(Event.id))
        )


def test_a_claim_counts_for_half_an_hour_and_changes_no_version(
    in_review: Submission, editor: Editor
) -> None:
    take(in_review, editor)
    with transaction() as session:
        found = session.get_one(Submission, in_review.id)
        assert found.claimed_until is not None
        assert CLAIM_TIMEOUT - timedelta(minutes=1) < found.claimed_until - datetime.now(UTC) <= CLAIM_TIMEOUT
        assert found.version == in_review.version
    assert (who(in_review), names()) == (editor.name, ["claim.taken"])


def test_claiming_again_renews_the_claim_and_notifies_nobody(in_review: Submission, editor: Editor) -> None:
    take(in_review, editor)
    take(in_review, editor)
    assert names() == ["claim.taken"]


def test_a_colleague_sees_the_claim_and_may_take_it_over(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    take(in_review, editor)
    with pytest.raises(ClaimedByOther, match=editor.name):
        take(in_review, other_editor)
    assert (who(in_review), notifications()) == (editor.name, [])
    take(in_review, other_editor, takeover=True)
    assert (who(in_review), notifications()) == (other_editor.name, [(editor.id, "taken_over")])


def test_an_idle_claim_expires(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    take(in_review, editor)
    with transaction() as session:
        session.execute(update(Submission).values(claimed_until=func.now()))
    assert who(in_review) is None
    take(in_review, other_editor)
    assert (who(in_review), notifications()) == (other_editor.name, [])


def test_a_sign_of_its_owner_keeps_it_and_one_of_others_does_not(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    take(in_review, editor)
    soon = datetime.now(UTC) + timedelta(minutes=1)
    for sign, kept in ((other_editor, False), (editor, True)):
        with transaction() as session:
            found = session.get_one(Submission, in_review.id)
            found.claimed_until = soon
            keep_claim(session, found, sign)
            assert (found.claimed_until > soon) is kept


def test_only_its_owner_releases_a_claim(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    take(in_review, editor)
    for somebody, left in ((other_editor, editor.name), (editor, None)):
        with transaction() as session:
            release(session, in_review.id, somebody)
        assert who(in_review) == left
    assert names() == ["claim.taken", "claim.released"]


def test_of_two_at_the_same_time_the_second_gets_an_error(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with pytest.raises(ClaimedByOther):
        second_waits(
            lambda session: claim(session, in_review.id, editor), lambda: take(in_review, other_editor)
        )


def test_a_withdrawn_submission_cannot_be_claimed(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with pytest.raises(IllegalMove):
        take(in_review, editor)
