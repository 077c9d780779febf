import uuid

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.models import Editor, Event, Submission
from intake.review.live_facts import facts_after
from intake.submissions import screening
from intake.submissions.removal import purge, withdraw
from intake.submissions.suspicion.traits import Traits
from tests.cast import Contributor, cleaned


def screen(contributor: Contributor, *signals: str) -> uuid.UUID:
    """Send a submission, and record the given signals of suspicion as the result of its cleaning."""
    contributor.submit()
    with transaction() as session:
        screening.text_cleaned(
            session, contributor.submission_id, cleaned(traits=Traits(signals, None, None))
        )
    return contributor.submission_id


def state(submission_id: uuid.UUID) -> tuple[str, str | None, list[str]]:
    with transaction() as session:
        one = session.get_one(Submission, submission_id)
        return one.status, one.lane, one.signals


def test_a_suspicious_submission_is_in_review_in_a_lane_of_its_own(contributor: Contributor) -> None:
    assert state(screen(contributor, "phrases")) == ("in_review", "suspicious", ["phrases"])
    assert state(screen(contributor, "phrase")) == ("in_review", "ours", ["phrase"])


def test_the_signals_of_the_request_count_too(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        session.get_one(Submission, contributor.submission_id).signals = ["some_links", "hasty_draft"]
        screening.text_cleaned(
            session, contributor.submission_id, cleaned(traits=Traits(("some_links",), None, None))
        )
    assert state(contributor.submission_id) == ("in_review", "suspicious", ["some_links", "hasty_draft"])


def test_open_pages_are_not_told_of_it(contributor: Contributor) -> None:
    screen(contributor, "phrases")
    with transaction() as session:
        assert facts_after(session, 0) == []
        assert session.scalar(
            select(func.count()).select_from(Event).where(Event.name == "submission.in_review")
        )
    screen(contributor)
    with transaction() as session:
        assert [fact.name for fact in facts_after(session, 0) or []] == ["submission.in_review"]


@pytest.mark.parametrize("verb", ["hold", "spam"])
def test_the_first_decision_ends_the_suspicion(contributor: Contributor, editor: Editor, verb: str) -> None:
    from intake.decisions.decide import DecisionInput, decide
    from intake.decisions.settle import reopen

    here = screen(contributor, "phrases")
    with transaction() as session:
        decide(session, here, editor, session.get_one(Submission, here).version, DecisionInput(verb))
    with transaction() as session:
        reopen(session, here, editor, session.get_one(Submission, here).version)
    assert state(here)[:2] == ("in_review", "ours")


def test_a_purge_forgets_the_signals(contributor: Contributor) -> None:
    here = screen(contributor, "phrases")
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        purge(session, here)
    assert state(here) == ("purged", None, [])
