import uuid

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Submission
from intake.queue.order import Neighbours, neighbours, next_waiting
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned


def three(contributor: Contributor) -> list[uuid.UUID]:
    ids = []
    for _ in range(3):
        ids.append(contributor.submit())
        with transaction() as session:
            text_cleaned(session, ids[-1], cleaned())
    return ids


def beside(submission_id: uuid.UUID) -> Neighbours:
    with transaction() as session:
        return neighbours(session, submission_id)


def test_the_longest_waiting_comes_first(contributor: Contributor) -> None:
    first, second, third = three(contributor)
    with transaction() as session:
        assert next_waiting(session, but=third) == first
        assert next_waiting(session, but=first) == second
    assert beside(first) == Neighbours(None, second)
    assert beside(second) == Neighbours(first, third)
    assert beside(third) == Neighbours(second, None)


def test_what_does_not_wait_for_us_is_left_out(contributor: Contributor, editor: Editor) -> None:
    first, second, third = three(contributor)
    with transaction() as session:
        decide(session, second, editor, 2, DecisionInput("accept"))
        session.get_one(Submission, third).move("withdraw")
    assert beside(first) == Neighbours(None, None)
    assert beside(second) == Neighbours(first, None)


def test_nothing_waits(app_settings: object) -> None:
    with transaction() as session:
        assert next_waiting(session, but=uuid.uuid4()) is None
    assert beside(uuid.uuid4()) == Neighbours(None, None)
