"""A reused application behaves like a new one."""

from dataclasses import replace

from intake.db import engine
from intake.settings import Settings
from intake.web import create_app
from tests.web.applications import Applications


def test_nothing_that_a_test_changed_is_left(app_settings: Settings) -> None:
    applications = Applications()
    used = applications.lend(app_settings)
    used.config["WTF_CSRF_ENABLED"] = False
    used.extensions["settings"] = replace(app_settings, metrics_token="a-token-of-twenty-signs")
    used.extensions["live"].seconds = 0
    applications.give_back(used)
    changed = replace(app_settings, public_url="https://send.example.org", max_text_bytes=20_000_000)
    lent, new = applications.lend(changed), create_app(changed)
    assert lent is used
    assert dict(lent.config) == dict(new.config)
    assert lent.extensions.keys() == new.extensions.keys()
    assert lent.extensions["settings"] is changed
    assert not lent.extensions["live"].closing.is_set()
    assert lent.extensions["live"].seconds == new.extensions["live"].seconds
    assert lent.extensions["datastore"].db.session().get_bind() is engine()
    lent.extensions["datastore"].db.session.remove()


def test_two_at_a_time_are_two(app_settings: Settings) -> None:
    applications = Applications()
    assert applications.lend(app_settings) is not applications.lend(app_settings)
