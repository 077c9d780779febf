import re

import pytest

from intake.accounts import invitations, sessions
from intake.accounts.passwords import COMMON, OWN_WORDS
from intake.accounts.people import by_address
from intake.db import transaction
from intake.models import Editor
from intake.settings import Settings
from tests.cli.commands import sentence, transom

ASEL = "asel@example.org"


@pytest.fixture
def asel(app_settings: Settings) -> int:
    """Id of an editor with a password."""
    with transaction() as session:
        return invitations.create_account(
            session, email=ASEL, name="Asel", roles=["editor"], password_hash="hash"
        ).id


def account(number: int) -> Editor:
    with transaction() as session:
        return session.get_one(Editor, number)


def test_accounts_are_listed(asel: int) -> None:
    transom("user", "add", "--email", "noor@example.org", "--name", "Noor", "--role", "admin")
    transom("user", "switch-off", ASEL, "--yes")
    assert transom("user", "list").stdout.splitlines() == [
        "asel@example.org\tAsel\teditor\tswitched off",
        "noor@example.org\tNoor\tadministrator\tinvited",
    ]


def test_a_name_is_changed(asel: int) -> None:
    transom("user", "add", "--email", "noor@example.org", "--name", "Noor", "--role", "admin")
    done = transom("user", "rename", ASEL, " Asel  Nurbekova ")
    assert done.stdout == "Asel is called Asel Nurbekova now.\n"
    assert account(asel).name == "Asel Nurbekova"
    assert sentence(transom("user", "rename", ASEL, "NOOR")) == "Another account has the name NOOR already."
    assert sentence(transom("user", "rename", ASEL, " ")) == "The name is empty."
    said = sentence(transom("user", "rename", "nobody@example.org", "Nobody"))
    assert said == "There is no account with the address nobody@example.org."
    assert account(asel).name == "Asel Nurbekova"


def test_roles_are_changed(asel: int) -> None:
    done = transom("user", "roles", ASEL, "--role", "chief", "--role", "editor")
    assert done.stdout.startswith("Asel has these roles now: ")
    assert [role.name for role in account(asel).roles] == ["editor", "chief"]


def test_limits_are_set_and_taken_away(asel: int) -> None:
    done = transom("user", "limits", ASEL, "--section", "News", "--language", "fa", "--contact")
    assert done.stdout == "Asel: Sections: News. Languages: fa. Contact details: yes.\n"
    found = account(asel)
    assert (found.sections, found.languages, found.reads_contact) == (["News"], ["fa"], True)
    refused = transom("user", "limits", ASEL, "--section", "No such")
    assert (refused.exit_code, account(asel).sections) == (1, ["News"])
    assert (
        transom("user", "limits", ASEL).stdout
        == "Asel: Sections: all. Languages: all. Contact details: no.\n"
    )
    found = account(asel)
    assert (found.sections, found.languages, found.reads_contact) == ([], [], False)


def test_switching_off_asks_and_switching_on_does_not(asel: int) -> None:
    assert transom("user", "switch-off", ASEL, stdin="n\n").exit_code == 1
    assert account(asel).active
    assert transom("user", "switch-off", ASEL, stdin="y\n").exit_code == 0
    assert not account(asel).active
    assert transom("user", "switch-on", ASEL).stdout == "The account of Asel is switched on.\n"
    assert account(asel).active


def test_sessions_are_listed_and_ended(asel: int) -> None:
    assert transom("user", "sessions", ASEL).stdout == "No open session.\n"
    with transaction() as session:
        first, _second = sessions.begin(session, asel), sessions.begin(session, asel)
    assert transom("user", "sessions", ASEL).stdout.count("logged in") == 2
    assert transom("user", "end-sessions", ASEL, "--session", str(first)).exit_code == 0
    listed = transom("user", "sessions", ASEL).stdout
    assert str(first) not in listed
    assert re.search(r"last used \d{4}-\d\d-\d\d \d\d:00", listed)
    again = transom("user", "end-sessions", ASEL, "--session", str(first))
    assert sentence(again) == "There is no such open session."
    assert transom("user", "end-sessions", ASEL).stdout == "All sessions of Asel ended.\n"
    assert transom("user", "sessions", ASEL).stdout == "No open session.\n"


def test_an_account_is_deleted(asel: int) -> None:
    done = transom("user", "delete", ASEL, "--yes")
    assert f"“Deleted account {asel}”" in done.stdout
    with transaction() as session:
        assert by_address(session, ASEL) is None


def test_the_last_admin_stays(app_settings: Settings) -> None:
    with transaction() as session:
        invitations.create_account(session, email=ASEL, name="Asel", roles=["admin"], password_hash="hash")
    for command in (
        ("switch-off", ASEL, "--yes"),
        ("delete", ASEL, "--yes"),
        ("roles", ASEL, "--role", "editor"),
    ):
        assert sentence(transom("user", *command)).startswith("This is the last active administrator.")


@pytest.mark.parametrize(
    "command", [("switch-off", "--yes"), ("switch-on",), ("delete", "--yes"), ("sessions",)]
)
def test_an_address_without_an_account(app_settings: Settings, command: tuple[str, ...]) -> None:
    said = sentence(transom("user", command[0], "nobody@example.org", *command[1:]))
    assert said == "There is no account with the address nobody@example.org."


@pytest.mark.parametrize(("password", "says"), [("password1234", COMMON), ("asel and the kettle", OWN_WORDS)])
def test_point_48_the_command_refuses_weak_passwords(
    app_settings: Settings, password: str, says: str
) -> None:
    add = ("user", "add", "--email", ASEL, "--name", "Asel", "--role", "editor", "--password-stdin")
    assert sentence(transom(*add, stdin=password)) == f"This password is refused. {says}"
