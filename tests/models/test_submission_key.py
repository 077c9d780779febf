import uuid

import pytest

from intake import receipts
from intake.crypto import KeyFault, new_key
from intake.db import transaction
from intake.keys.files import key_holder
from intake.keys.holders import APPLICATION, RECEIPT
from intake.models import Submission, SubmissionKey
from intake.models.lookup import by_receipt, locked_by_receipt
from intake.settings import Settings
from tests.cast import Contributor
from tests.former_keys import former_wrap
from tests.models.rows import Rows, Violation

REFUSED = [
    Violation("submission_keys", "ck_submission_keys_holder", {"holder": "somebody"}),
    Violation("submission_keys", "ck_submission_keys_holder", {"holder": "0123456789ABCDEF"}),
    Violation("submission_keys", "ck_submission_keys_wrapped", {"wrapped": bytes(32)}),
    Violation("submission_keys", "ck_submission_keys_wrapped", {"wrapped": bytes(201)}),
    Violation("submission_keys", "fk_submission_keys_submission_id", {"submission_id": uuid.UUID(int=9)}),
    Violation("submission_keys", "pk_submission_keys", {}, second=True),
    Violation("link_keys", "ck_link_keys_wrapped", {"wrapped": bytes(59)}),
    Violation("link_keys", "fk_link_keys_link_id", {"link_id": 9}),
    Violation("scrubs", "ck_scrubs_one", {"id": 2}),
    Violation("scrubs", "pk_scrubs", {}, second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


def test_a_new_submission_has_a_key_for_the_installation_and_one_for_its_receipt(
    contributor: Contributor,
) -> None:
    contributor.submit()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert {row.holder: len(row.wrapped) for row in found.keys} == {
            RECEIPT: 60,
            key_holder().public().id: 80,
        }
        assert found.key not in b"".join(row.wrapped for row in found.keys)


def test_both_open_the_same_key(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        by_installation = session.get_one(Submission, contributor.submission_id).key
    with transaction() as session:
        row = session.get_one(SubmissionKey, (contributor.submission_id, key_holder().public().id))
        session.delete(row)
    with transaction() as session:
        found = by_receipt(session, contributor.receipt)
        assert found
        assert found.key == by_installation
    with transaction() as session, pytest.raises(KeyFault):
        _ = session.get_one(Submission, contributor.submission_id).key


def test_a_receipt_opens_no_other_submission(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        found.open_with(receipt="0" * receipts.CHARACTERS)
        with pytest.raises(KeyFault, match="This receipt does not open"):
            _ = found.key


def test_a_submission_of_before_gets_a_key_for_its_receipt_when_its_contributor_writes(
    contributor: Contributor, app_settings: Settings
) -> None:
    contributor.submit()
    with transaction() as session:
        former_wrap(session, contributor.submission_id)
    with transaction() as session:
        found = by_receipt(session, contributor.receipt)
        assert found
        key = found.key
        assert [row.holder for row in found.keys] == [APPLICATION]
    with transaction() as session:
        locked_by_receipt(session, contributor.receipt)
    with transaction() as session:
        found = by_receipt(session, contributor.receipt)
        assert found
        assert {row.holder for row in found.keys} == {APPLICATION, RECEIPT}
        assert found.key == key


def test_a_key_that_was_opened_before_is_taken(contributor: Contributor) -> None:
    contributor.submit()
    key = new_key()
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        found.open_with(key=key)
        assert found.key == key
