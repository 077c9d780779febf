"""Accounts of the demo, called the cast: one for each role, and a second editor."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.accounts import invitations
from intake.accounts.people import by_address

PASSWORD_BYTES = 9


@dataclass(frozen=True)
class Member:
    """Account of the demo. `key` is the name by which `texts/*.toml` refers to it."""

    key: str
    name: str
    role: str

    @property
    def email(self) -> str:
        """E-mail address for the login. Its domain does not exist."""
        return f"{self.key}@transom.example"


CAST = (
    Member("asel", "Asel Nurbekova", "editor"),
    Member("tomas", "Tomáš Havlík", "editor"),
    Member("miriam", "Miriam Osei", "chief"),
    Member("daniel", "Daniel Ferreira", "admin"),
)


def create_accounts(session: Session, hashed: Callable[[str], str], chosen: str | None) -> dict[Member, str]:
    """Create the missing accounts. Returns the new passwords: `chosen` for all, or a random one for each.

    If `chosen` is None, an existing account keeps its password.
    """
    given = {}
    for member in CAST:
        password = chosen or secrets.token_urlsafe(PASSWORD_BYTES)
        editor = by_address(session, member.email)
        if editor is None:
            invitations.create_account(
                session,
                email=member.email,
                name=member.name,
                roles=[member.role],
                password_hash=hashed(password),
            )
        elif chosen:
            invitations.set_password(session, editor, hashed(chosen))
        else:
            continue
        given[member] = password
    return given
