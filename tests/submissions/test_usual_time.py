from datetime import timedelta

from sqlalchemy import func, select, update

from intake.db import transaction
from intake.models import Decision, Editor, Revision, Submission
from intake.submissions import usual_time
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned


def decided(
    contributor: Contributor, editor: Editor, spent: int, ago: int = 0, verdict: str = "reject"
) -> None:
    """Send a submission and decide it: `ago` days ago, after a wait of `spent` days."""
    ident = contributor.submit()
    with transaction() as session:
        text_cleaned(session, ident, cleaned())
        revision = session.scalars(
            select(Revision.id).where(Revision.submission_id == ident, Revision.number == 1)
        ).one()
        at = func.now() - timedelta(days=ago)
        session.add(
            Decision(
                submission_id=ident, revision_id=revision, editor_id=editor.id, verdict=verdict, state="standing",
                code="other" if verdict == "reject" else None, decided_at=at,
            )
        )  # fmt: skip
        received = at - timedelta(days=spent)
        session.execute(update(Submission).where(Submission.id == ident).values(received_at=received))


def told(section: str = "News") -> int | None:
    with transaction() as session:
        return usual_time.days(session, section)


def test_half_of_the_decisions_say_how_long_it_takes(contributor: Contributor, editor: Editor) -> None:
    for spent in [0] * 5 + [9] * 8 + [60] * 6:
        decided(contributor, editor, spent)
    assert told() is None
    decided(contributor, editor, 9)
    assert told() == 9
    assert told("Opinion") is None


def test_spam_and_old_decisions_do_not_count(contributor: Contributor, editor: Editor) -> None:
    for number in range(usual_time.FEWEST - 1):
        decided(contributor, editor, number % 2)
    decided(contributor, editor, 1, ago=200)
    decided(contributor, editor, 1, verdict="spam")
    assert told() is None
    decided(contributor, editor, 0)
    assert told() == 1
