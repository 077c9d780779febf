import uuid
from datetime import UTC, datetime

from sqlalchemy import literal, select

from intake.db import transaction
from intake.models import Submission
from intake.paging import cursor
from intake.queue.order import Order
from tests.cast import Contributor

AT, ID = datetime(2026, 1, 1, tzinfo=UTC), uuid.UUID(int=5)


def test_a_place_is_a_cursor_and_anything_else_the_beginning() -> None:
    assert Order.parse("newest", cursor(AT, ID)) == Order("newest", (AT, ID))
    assert Order.parse("oldest", "nonsense") == Order("oldest")


def test_who_has_waited_is_ordered_by_that() -> None:
    assert Order("waiting").at is Submission.waiting_since.expression
    assert Order("newest").at is Order("oldest").at is Submission.received_at.expression


def test_beyond_a_place(in_review: Submission) -> None:
    after, before = literal(AT.replace(year=2027)), literal(AT.replace(year=2025))
    with transaction() as session:
        for sort, at in (("newest", before), ("oldest", after), ("waiting", after)):
            order = Order(sort, (AT, ID))
            assert session.scalar(select(order.after_cursor(at, literal(ID))))
            assert not session.scalar(select(order.after_cursor(literal(AT), literal(ID))))
        assert session.scalar(select(Order("newest").after_cursor(after, literal(ID))))


def test_a_page_and_the_same_backwards(contributor: Contributor) -> None:
    ids = [contributor.submit() for _ in range(3)]
    columns = Submission.received_at.expression, Submission.id.expression
    with transaction() as session:
        assert list(session.scalars(Order("newest").page(select(Submission.id), 2))) == [ids[2], ids[1]]
        backwards = select(Submission.id).order_by(*Order("newest").reversed(*columns))
        assert list(session.scalars(backwards)) == ids
