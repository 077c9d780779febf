import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.paths import STATIC, TEMPLATES
from intake.settings import Settings
from intake.web import FORM_MEMORY, ORDINARY_BODY, VIEWS, Transom, create_app
from tests.web.conftest import HTTPS


def test_without_settings_it_takes_those_of_the_process(app_settings: Settings) -> None:
    assert create_app().extensions["settings"] == app_settings


def test_every_view_s_blueprint_is_registered_once(app: Transom) -> None:
    assert {view.bp.name for view in VIEWS} | {"security"} == set(app.blueprints)
    rules = [rule for rule in app.url_map.iter_rules() if "language" not in rule.arguments]
    endpoints = [rule.endpoint for rule in rules if rule.endpoint != "uploads.append"]
    assert len(endpoints) == len(set(endpoints))


def test_templates_and_static_files_are_where_they_are_looked_for() -> None:
    assert (TEMPLATES / "base.html").is_file()
    assert (STATIC / "css" / "base.css").is_file()


def test_limits(app: Transom) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] == ORDINARY_BODY == 1024 * 1024
    assert app.config["MAX_FORM_MEMORY_SIZE"] == FORM_MEMORY
    assert app.config["MAX_FORM_PARTS"] == 1000


def test_words_of_an_edit_always_fit(app_settings: Settings) -> None:
    app = create_app(replace(app_settings, max_text_bytes=10 * 1024 * 1024))
    assert app.config["MAX_FORM_MEMORY_SIZE"] > 6 * 10 * 1024 * 1024


@pytest.mark.parametrize(
    ("address", "name", "secure"), [("", "transom", False), (HTTPS, "__Host-transom", True)]
)
def test_the_cookie(made: Callable[..., Transom], address: str, name: str, *, secure: bool) -> None:
    config = made(public_url=address).config
    assert config["SESSION_COOKIE_NAME"] == name
    assert config["SESSION_COOKIE_SECURE"] is secure
    assert config["SESSION_COOKIE_HTTPONLY"]
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert config["SESSION_COOKIE_DOMAIN"] is None


def test_keys_are_of_the_master_key_and_of_nothing_else(app: Transom, app_settings: Settings) -> None:
    """Test that derived keys are equal in all processes and different from each other."""
    again = create_app(app_settings)
    keys = [app.config[name] for name in ("SECRET_KEY", "SECURITY_PASSWORD_SALT")]
    assert keys == [again.config[name] for name in ("SECRET_KEY", "SECURITY_PASSWORD_SALT")]
    assert len(set(keys)) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
