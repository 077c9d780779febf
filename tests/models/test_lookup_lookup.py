from intake import receipts
from intake.accounts.people import by_address
from intake.db import transaction
from intake.models import Editor, Submission
from intake.models.lookup import by_receipt
from tests.cast import Contributor


def test_a_submission_by_its_receipt(contributor: Contributor, in_review: Submission) -> None:
    with transaction() as session:
        found = by_receipt(session, contributor.receipt)
        assert found is not None
        assert found.id == in_review.id
        assert by_receipt(session, receipts.derive("another")) is None


def test_an_account_by_its_address_however_it_is_typed(editor: Editor) -> None:
    with transaction() as session:
        for typed in (editor.email, f" {editor.email.upper()} "):
            found = by_address(session, typed)
            assert found is not None
            assert found.id == editor.id
        assert by_address(session, "nobody@transom.example") is None
