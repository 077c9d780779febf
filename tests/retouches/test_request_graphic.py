import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Event, Photo, Submission
from intake.retouches.request import mark_graphic
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps


def test_a_photo_is_marked_and_no_longer(contributor: Contributor, editor: Editor, run_jobs: RunJobs) -> None:
    here = contributor.submit(jpeg_with_gps(64, 48, "CNRYgraphic"))
    run_jobs()
    with transaction() as session:
        before = session.get_one(Submission, here)
        photo = before.photos[0].id
    for graphic in (True, True, False):
        with transaction() as session:
            mark_graphic(session, here, photo, editor, graphic=graphic)
            assert session.get_one(Photo, photo).graphic == graphic
    with transaction() as session:
        marks = [
            event.data["mark"]
            for event in session.scalars(select(Event).where(Event.name == "photo.marked").order_by(Event.id))
        ]
        assert marks == ["graphic", "not graphic"]
        assert session.get_one(Submission, here).version == before.version


def test_only_what_is_clean_and_there(contributor: Contributor, editor: Editor, run_jobs: RunJobs) -> None:
    here = contributor.submit(b"no picture")
    run_jobs()
    with transaction() as session:
        refused = session.get_one(Submission, here).photos[0].id
    for submission_id, photo_id in [(here, refused), (here, uuid.uuid4()), (uuid.uuid4(), refused)]:
        with pytest.raises(NotFound), transaction() as session:
            mark_graphic(session, submission_id, photo_id, editor, graphic=True)
