from intake.db import transaction
from intake.magazine import setting_versions
from intake.models import Editor
from intake.settings import Settings
from tests.cli.commands import sentence, transom


def test_a_setting_is_saved_shown_and_listed(app_settings: Settings) -> None:
    saved = transom("settings", "set", "magazine", "The Lantern").stdout
    assert saved.splitlines() == [
        "Name of the magazine: The Transom → The Lantern",
        "Version 1 is saved. Processes read it within seconds.",
    ]
    shown = transom("settings", "show").stdout.splitlines()
    assert "magazine\tThe Lantern\tchosen" in shown
    assert "draft-days\t7 days\tdefault" in shown
    assert "undo-seconds\t0 seconds\tset by TRANSOM_UNDO_SECONDS" in shown
    assert transom("settings", "set", "magazine", "The Lantern").stdout == "Nothing has changed.\n"
    assert transom("settings", "set", "magazine", "").exit_code == 0
    newest, change, *_ = transom("settings", "history", "--limit", "5").stdout.splitlines()
    assert newest.startswith("Version 2, ")
    assert newest.endswith(" UTC, the command line")
    assert change == "  Name of the magazine: The Lantern → The Transom"


def test_a_dry_run_saves_nothing(app_settings: Settings) -> None:
    tried = transom("settings", "set", "draft-days", "9", "--dry-run").stdout
    assert tried == "Unsent drafts are deleted after: 7 days → 9 days\nNothing was saved.\n"
    assert transom("settings", "history").stdout == "No setting was changed.\n"


def test_an_address_with_a_password_comes_from_standard_input(app_settings: Settings) -> None:
    address = "smtp://asel:secret@mail.example.org:587"
    result = transom("settings", "set", "smtp-url", "--stdin", stdin=f"{address}\n")
    assert "mail.example.org, port 587, as asel" in result.stdout
    assert "secret" not in result.output + transom("settings", "show").stdout


def test_what_cannot_be_set_is_refused_in_one_sentence(app_settings: Settings) -> None:
    assert sentence(transom("settings", "set", "port", "1")).startswith(
        "There is no setting port to set here."
    )
    assert sentence(transom("settings", "set", "draft-days", "0")) == (
        "Please give a number of days from 1 to 999."
    )
    assert sentence(transom("settings", "set", "undo-seconds", "5")) == (
        "TRANSOM_UNDO_SECONDS sets this on the machine. Unset it first."
    )
    assert transom("settings", "set", "magazine").exit_code == 2
    assert transom("settings", "history").stdout == "No setting was changed.\n"


def test_the_history_names_people(admin: Editor) -> None:
    with transaction() as session:
        setting_versions.save(session, admin, {"magazine": "A"}, None)
        setting_versions.save(session, admin, {"magazine": "B"}, None)
        setting_versions.restore(session, admin, 1, 2)
    first = transom("settings", "history").stdout.splitlines()[0]
    assert first.endswith("Daniel Ferreira, restored version 1")


def test_commands_know_the_sections_that_admins_chose(app_settings: Settings) -> None:
    transom("user", "add", "--email", "asel@example.org", "--name", "Asel", "--role", "editor")
    transom("settings", "set", "sections", "News,Poems")
    limited = transom("user", "limits", "asel@example.org", "--section", "Poems")
    assert "Sections: Poems." in limited.stdout
