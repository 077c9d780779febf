import pytest

from intake.db import transaction
from intake.lifecycle import IllegalMove
from intake.messages.conversation import send_message
from intake.models import Editor, Submission
from intake.submissions.receipt_page import receipt_page
from tests.cast import Contributor


def test_the_contributor_reads_it_and_not_whose_it_is(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        send_message(session, in_review.id, editor, "Which Saturday was it?")
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
    assert page is not None
    assert [message.body for message in page.messages] == ["Which Saturday was it?"]
    assert editor.name not in str(page)


def test_before_it_is_clean_nobody_writes(contributor: Contributor, editor: Editor) -> None:
    contributor.submit()
    with pytest.raises(IllegalMove), transaction() as session:
        send_message(session, contributor.submission_id, editor, "Hello")
