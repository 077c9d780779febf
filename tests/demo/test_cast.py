import pytest
from sqlalchemy import func, select

from intake.accounts.people import by_address
from intake.db import transaction
from intake.demo.cast import CAST, create_accounts
from intake.models import Editor
from intake.models.account import ROLES
from intake.settings import Settings

pytestmark = pytest.mark.usefixtures("app_settings")


def hashed(password: str) -> str:
    return f"hash of {password}"


def test_there_is_somebody_for_every_role_and_two_editors() -> None:
    assert {member.role for member in CAST} == set(ROLES)
    assert sum(member.role == "editor" for member in CAST) == 2


def test_everybody_gets_an_account_and_a_password_of_their_own(app_settings: Settings) -> None:
    with transaction() as session:
        given = create_accounts(session, hashed, None)
    assert set(given) == set(CAST)
    assert len(set(given.values())) == len(CAST)
    assert min(map(len, given.values())) >= 12
    with transaction() as session:
        for member in CAST:
            editor = by_address(session, member.email)
            assert editor is not None
            assert editor.password == hashed(given[member])
            assert [role.name for role in editor.roles] == [member.role]


def test_who_has_a_seat_keeps_it_and_the_password() -> None:
    with transaction() as session:
        create_accounts(session, hashed, None)
    with transaction() as session:
        assert create_accounts(session, hashed, None) == {}
        assert session.scalar(select(func.count()).select_from(Editor)) == len(CAST)


def test_a_chosen_password_is_given_to_all_again() -> None:
    with transaction() as session:
        create_accounts(session, hashed, None)
    with transaction() as session:
        assert set(create_accounts(session, hashed, "four words are good").values()) == {
            "four words are good"
        }
        passwords = set(session.scalars(select(Editor.password)))
    assert passwords == {"hash of four words are good"}
