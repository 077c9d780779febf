"""Search index of guests' notes. A job updates it, because the process that serves guests has no search keys."""

import pytest

from intake.crypto import KeyFault, PublicKeyring
from intake.db import transaction
from intake.models import Editor, Job, Note, Submission
from intake.queue import search_index, search_keys
from intake.queue.filters import Filters
from intake.queue.page import editor_queue
from workers.runner import HANDLERS


def hits(q: str) -> int:
    with transaction() as session:
        return len(editor_queue(session, Filters.parse({"q": q})).items)


def test_the_job_adds_what_was_written_since(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        session.add(Note(submission_id=in_review.id, editor_id=editor.id, body="Ask the cartographer."))
    assert hits("cartographer") == 0
    HANDLERS["search.index"](Job(kind="search.index", submission_id=in_review.id))
    assert hits("cartographer") == 1


def test_the_public_side_has_no_search_keys(in_review: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_keys, "keyring", lambda: PublicKeyring({"receipt": bytes(32)}))
    with transaction() as session, pytest.raises(KeyFault):
        search_index.index(session, session.get_one(Submission, in_review.id))
    with transaction() as session, pytest.raises(KeyFault):
        editor_queue(session, Filters.parse({"q": "ice"}))
