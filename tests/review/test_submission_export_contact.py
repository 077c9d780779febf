import uuid

import pytest
from sqlalchemy import select

from intake.crypto import KeyFault
from intake.db import transaction
from intake.errors import NotFound
from intake.keys.files import key_holder
from intake.models import Editor, Event, Submission, SubmissionKey
from intake.review.submission_export import view_contact
from tests.cast import Contributor


def looked() -> list[int | None]:
    with transaction() as session:
        return list(session.scalars(select(Event.editor_id).where(Event.name == "contact.viewed")))


def test_who_looks_at_the_contact_is_remembered(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        assert view_contact(session, in_review.id, editor) == "signal: +7 700 000 00 00"
    assert looked() == [editor.id]


def test_there_may_be_none(contributor: Contributor, editor: Editor) -> None:
    for submission_id in (contributor.submit(), uuid.uuid4()):
        with pytest.raises(NotFound), transaction() as session:
            view_contact(session, submission_id, editor)
    assert looked() == []


def test_a_contact_moved_to_another_submission_does_not_open(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with transaction() as session:
        other = session.get_one(Submission, contributor.submit())
        other.contact = session.get_one(Submission, in_review.id).contact
        key = session.get_one(Submission, in_review.id).key
        public = key_holder().public()
        session.get_one(SubmissionKey, (other.id, public.id)).wrapped = public.wrap(key, other.id)
    with pytest.raises(KeyFault), transaction() as session:
        view_contact(session, other.id, editor)
    assert looked() == []
