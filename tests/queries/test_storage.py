from sqlalchemy import select

from intake.actions.screen import photo_refused
from intake.db import transaction
from intake.models import Photo
from intake.queries.storage import generations
from tests.cast import Contributor


def test_photos_of_a_status(contributor: Contributor) -> None:
    contributor.submit(b"one", b"two")
    with transaction() as session:
        one, two = session.scalars(select(Photo.id).order_by(Photo.position))
        photo_refused(session, one, "damaged")
    with transaction() as session:
        assert generations(session, "received") == {two: 0}
        assert generations(session, "refused") == {one: 0}
        assert generations(session, "clean") == {}
