import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from sqlalchemy import literal, select, update
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.models import Submission
from intake.paging import cursor
from intake.queue.order import Order
from tests.cast import Contributor

DAY = timedelta(days=1)
AT, ARRIVAL = datetime(2026, 1, 1, tzinfo=UTC), 5


def test_a_place_is_a_cursor_and_anything_else_the_beginning() -> None:
    assert Order.parse("newest", cursor(AT, ARRIVAL)) == Order("newest", (AT, ARRIVAL))
    assert Order.parse("oldest", "nonsense") == Order("oldest")


def test_who_has_waited_is_ordered_by_that() -> None:
    assert Order("waiting").at is Submission.waiting_since.expression
    assert Order("newest").at is Order("oldest").at is Submission.received_at.expression


def test_beyond_a_place(in_review: Submission) -> None:
    after, before = literal(AT.replace(year=2027)), literal(AT.replace(year=2025))
    with transaction() as session:
        for sort, at in (("newest", before), ("oldest", after), ("waiting", after)):
            order = Order(sort, (AT, ARRIVAL))
            assert session.scalar(select(order.after_cursor(at, literal(ARRIVAL))))
            assert not session.scalar(select(order.after_cursor(literal(AT), literal(ARRIVAL))))
        assert session.scalar(select(Order("newest").after_cursor(after, literal(ARRIVAL))))


def test_a_page_and_the_same_backwards(contributor: Contributor) -> None:
    ids = [contributor.submit() for _ in range(3)]
    columns = Submission.received_at.expression, Submission.arrival.expression
    with transaction() as session:
        assert list(session.scalars(Order("newest").page(select(Submission.id), 2))) == [ids[2], ids[1]]
        backwards = select(Submission.id).order_by(*Order("newest").reversed(*columns))
        assert list(session.scalars(backwards)) == ids


DAYS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=6)


@given_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS, sort=st.sampled_from(["newest", "oldest", "waiting"]), limit=st.integers(1, 4))
def test_pages_have_no_gap_and_no_repetition(
    six: list[uuid.UUID], days: list[tuple[int, int]], sort: str, limit: int
) -> None:
    """Also if several submissions arrived on the same day, or have waited since the same day."""
    wanted = sorted(range(6), key=lambda n: (days[n][sort == "waiting"], n), reverse=sort == "newest")
    found: list[uuid.UUID] = []
    with transaction() as session:
        for ident, (arrived, waiting) in zip(six, days, strict=True):
            times = {"received_at": AT + arrived * DAY, "waiting_since": AT + waiting * DAY}
            session.execute(update(Submission).where(Submission.id == ident).values(**times))
        after = ""
        while rows := _page(session, Order.parse(sort, after), limit):
            found += [row.id for row in rows]
            after = cursor(rows[-1].at, rows[-1].arrival)
    assert found == [six[n] for n in wanted]


def _page(session: Session, order: Order, limit: int) -> Sequence[Any]:
    query = select(Submission).with_only_columns(Submission.id, order.at.label("at"), Submission.arrival)
    return session.execute(order.page(query, limit)).all()


@pytest.fixture
def six(contributor: Contributor) -> list[uuid.UUID]:
    """Ids of six submissions, in the order of their arrival."""
    return [contributor.submit() for _ in range(6)]
