import subprocess
import sys
from dataclasses import replace

import pytest
import sqlalchemy

from intake import db
from intake.db import transaction
from intake.magazine import chosen, sealed_address, setting_versions
from intake.settings import Settings, choose, in_force, set_by, settings
from tests.waiting import until

READ = """
from intake.magazine import chosen
from intake.settings import settings
for _ in iter(input, "end"):
    chosen.refresh()
    print(settings().magazine, flush=True)
"""


def save(**changed: str) -> None:
    with transaction() as session:
        setting_versions.save(session, None, changed, None, "command")


def refresh() -> Settings:
    chosen.forget()
    chosen.refresh()
    return settings()


def test_choices_count_and_go_back_to_the_defaults(app_settings: Settings) -> None:
    save(magazine="The Lantern", sections="News,Poems", overdue_hours="48", form_languages="kk,en")
    found = refresh()
    assert (found.magazine, found.section_names) == ("The Lantern", ["News", "Poems"])
    assert found.offered_languages == {"en", "kk"}
    assert in_force(replace(app_settings, port=9)).port == 9
    save(magazine="", sections=Settings().sections, overdue_hours="", form_languages="")
    assert refresh() == app_settings


def test_the_environment_wins(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    save(magazine="The Lantern", sections="News", hidden_sections="Old")
    monkeypatch.setenv("TRANSOM_MAGAZINE", "The Machine")
    monkeypatch.setenv("TRANSOM_SECTIONS", "Poems")
    found = refresh()
    assert (found.magazine, found.section_names, found.desk_sections) == ("The Machine", ["Poems"], ["Poems"])
    assert set_by("hidden_sections") == "TRANSOM_SECTIONS"
    assert set_by("draft_days") == ""
    assert set_by("smtp_url", {"TRANSOM_SMTP_URL_FILE": "/run/smtp"}) == "TRANSOM_SMTP_URL_FILE"


def test_a_secret_is_opened_and_one_of_another_key_is_left_out(
    app_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    address = "smtp://a:b@mail.example.org:587"
    save(smtp_url=address)
    assert refresh().smtp_url == address
    with transaction() as session:
        session.execute(
            sqlalchemy.text('UPDATE setting_versions SET choices = \'{"smtp_url": "AAAA", "magazine": "M"}\'')
        )
    found = refresh()
    assert (found.smtp_url, found.magazine) == ("", "M")
    assert "does not open with this master key" in caplog.text


def test_a_value_that_this_version_cannot_read_is_left_out(app_settings: Settings) -> None:
    choose({"draft_days": "many", "unknown": "x", "magazine": "The Lantern"})
    assert (settings().draft_days, settings().magazine) == (7, "The Lantern")


def test_the_last_choices_count_while_the_database_is_away(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(magazine="The Lantern")
    assert refresh().magazine == "The Lantern"
    away = db.connect("postgresql+psycopg://nobody@/none?host=/nowhere")
    with monkeypatch.context() as patch:
        patch.setattr(chosen, "reader", away.connect)
        assert refresh().magazine == "The Lantern"


def test_choices_are_not_read_again_within_seconds(app_settings: Settings) -> None:
    refresh()
    save(magazine="The Lantern")
    chosen.refresh()
    assert settings().magazine == "The Transom"


def test_another_process_notices_within_seconds(app_settings: Settings) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READ], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin
        assert other.stdout

        def name() -> str:
            assert other.stdin
            assert other.stdout
            other.stdin.write("read\n")
            other.stdin.flush()
            return other.stdout.readline().strip()

        assert name() == "The Transom"
        save(magazine="The Lantern")
        until(lambda: name() == "The Lantern", 20)
        other.stdin.write("end\n")


def test_the_sealed_address_is_empty_for_none(app_settings: Settings) -> None:
    assert sealed_address.sealed("") == sealed_address.opened("") == ""
