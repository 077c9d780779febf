from intake.crypto import keyring
from intake.db import transaction
from intake.queries.wrapped import wrapped_key
from tests.cast import Contributor


def test_the_key_of_some_submission_if_there_is_one(contributor: Contributor) -> None:
    with transaction() as session:
        assert wrapped_key(session) is None
    contributor.submit()
    with transaction() as session:
        assert keyring().unwrap(wrapped_key(session) or b"")
