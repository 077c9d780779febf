from intake.db import transaction
from intake.demo.hold import hold
from intake.demo.sending import receipt, send
from intake.models import Job
from intake.models.lookup import by_receipt
from intake.settings import Settings
from tests.demo.conftest import short_submission


def test_only_the_jobs_of_this_submission_are_taken_back(app_settings: Settings) -> None:
    one, other = short_submission("one", "in_review"), short_submission("two", "in_review")
    send(one, 1)
    send(other, 1)
    with transaction() as session:
        held = by_receipt(session, receipt(one, 1))
        assert held is not None
        hold(session, held)
    with transaction() as session:
        kept = by_receipt(session, receipt(other, 1))
        assert kept is not None
        assert [job.submission_id for job in session.query(Job)] == [kept.id]
