from urllib.parse import urlsplit

import pytest
from flask_security import verify_password

from intake.accounts import passwords
from intake.accounts.people import by_address
from intake.cli.people.user import ROLES
from intake.db import transaction
from intake.models import Editor, account
from intake.settings import Settings
from intake.web import create_app
from tests.cli.commands import sentence, transom

ADD = ("user", "add", "--name", "Asel", "--role", "editor", "--email")
GOOD = "correct horse battery"


def asel() -> Editor | None:
    with transaction() as session:
        return by_address(session, "asel@example.org")


def test_the_roles_are_those_of_the_accounts() -> None:
    assert list(ROLES) == list(account.ROLES)


def test_a_link_is_printed_by_which_a_password_can_be_set(app_settings: Settings) -> None:
    result = transom(*ADD, "asel@example.org")
    assert result.exit_code == 0, result.output
    first, *_, link = result.stdout.splitlines()
    assert first == "Added Asel, editor."
    assert link.startswith(f"{app_settings.base_url}/welcome/")
    added = asel()
    assert added is not None
    assert added.password is None
    page = create_app().test_client().get(urlsplit(link).path)
    assert page.status_code == 200
    assert "asel@example.org" in page.text


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_password_from_standard_input_is_good_at_once(app_settings: Settings, ending: str) -> None:
    result = transom(*ADD, "asel@example.org", "--role", "chief", "--password-stdin", stdin=GOOD + ending)
    assert result.stdout == "Added Asel, editor, chief editor.\n"
    added = asel()
    assert added is not None
    assert added.password is not None
    assert {role.name for role in added.roles} == {"editor", "chief"}
    with create_app().app_context():
        assert verify_password(GOOD, added.password)
    assert GOOD not in result.output


def test_who_is_added_can_log_in(app_settings: Settings) -> None:
    transom(*ADD, "Asel@Example.org", "--password-stdin", stdin=GOOD)
    client = create_app().test_client()
    page = client.get("/login").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    answer = client.post("/login", data={"csrf_token": token, "email": "asel@example.org", "password": GOOD})
    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200


def test_an_address_is_taken_once(app_settings: Settings) -> None:
    transom(*ADD, "asel@example.org")
    assert (
        sentence(transom(*ADD, "ASEL@example.org"))
        == "There is already an account with the address ASEL@example.org."
    )


@pytest.mark.parametrize("address", ["asel", "asel@", "asel@localhost", "a b@example.org"])
def test_what_nobody_could_log_in_with_is_refused(app_settings: Settings, address: str) -> None:
    assert sentence(transom(*ADD, address)).startswith(f"{address} is not an e-mail address: ")


def test_a_short_password_is_refused_and_nobody_is_added(app_settings: Settings) -> None:
    result = transom(*ADD, "asel@example.org", "--password-stdin", stdin="short")
    assert sentence(result) == f"This password is refused. {passwords.TOO_SHORT % {'count': 12}}"
    assert asel() is None


def test_a_role_must_be_one_that_we_have(app_settings: Settings) -> None:
    result = transom("user", "add", "--email", "a@example.org", "--name", "A", "--role", "owner")
    assert result.exit_code == 2
    assert "'editor', 'chief', 'admin'" in result.stderr


def test_a_database_that_is_away(database_away: Settings) -> None:
    assert sentence(transom(*ADD, "asel@example.org")).startswith("The database does not answer.")


def test_a_database_without_tables(no_tables: Settings) -> None:
    assert sentence(transom(*ADD, "asel@example.org")).endswith("Create them with `transom migrate`.")
