"""Who works at the demo's desk: one account a role, and a second editor for the first to meet in the queue."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.accounts import invitations
from intake.accounts.people import by_address

PASSWORD_BYTES = 9


@dataclass(frozen=True)
class Member:
    """One of the cast; `key` is how the pieces call the person."""

    key: str
    name: str
    role: str

    @property
    def email(self) -> str:
        """The address to log in with; the domain exists nowhere."""
        return f"{self.key}@transom.example"


CAST = (
    Member("asel", "Asel Nurbekova", "editor"),
    Member("tomas", "Tomáš Havlík", "editor"),
    Member("miriam", "Miriam Osei", "chief"),
    Member("daniel", "Daniel Ferreira", "admin"),
)


def create_accounts(session: Session, hashed: Callable[[str], str], chosen: str | None) -> dict[Member, str]:
    """Make the accounts that are missing; the new passwords, `chosen` for all or a random one each.

    An account that is there already keeps its password unless one was chosen.
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
