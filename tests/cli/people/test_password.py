import pytest
from flask_security import verify_password

from intake.accounts.passwords import WeakPassword
from intake.cli.people.password import hashed
from intake.settings import Settings
from intake.web import create_app

GOOD = "correct horse battery"


def test_the_web_application_takes_the_hash(app_settings: Settings) -> None:
    found = hashed(GOOD)
    assert found.startswith("$argon2id$")
    with create_app().app_context():
        assert verify_password(GOOD, found)
        assert not verify_password(GOOD + "!", found)


def test_a_short_one_is_refused_as_on_the_page(app_settings: Settings) -> None:
    with pytest.raises(WeakPassword, match="At least 12 characters"):
        hashed("eleven char")
