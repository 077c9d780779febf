from sqlalchemy import select

from intake.db import transaction
from intake.health.database import first_wrapped_keys
from intake.keys.files import key_holder
from intake.models import Submission
from tests.cast import Contributor


def test_the_key_of_some_submission_if_there_is_one(contributor: Contributor) -> None:
    with transaction() as session:
        assert first_wrapped_keys(session) == []
    contributor.submit()
    with transaction() as session:
        (row,) = first_wrapped_keys(session)
        key = key_holder().private(row.holder).unwrap(row.wrapped, row.submission_id)
        assert key == session.get_one(Submission, contributor.submission_id).key


def test_where_the_key_was_replaced_it_is_that_of_the_first(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        first = first_wrapped_keys(session)[0].submission_id
    contributor.submit()
    with transaction() as session:
        # PostgreSQL moves an updated row behind the others in the table.
        earliest = session.scalars(select(Submission).order_by(Submission.arrival)).first()
        assert earliest is not None
        earliest.region = "elsewhere"
    with transaction() as session:
        assert first_wrapped_keys(session)[0].submission_id == first
