"""API for accounts: invite, roles, sessions, switching off and on, reset, deletion."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from flask import Response, url_for
from pydantic import Field

from intake.accounts import administration, invitations, people, resets, sessions
from intake.accounts.people import Person
from intake.accounts.sessions import SessionLimits, SessionSummary
from intake.db import transaction
from intake.models import Editor
from intake.models.account import ROLES
from intake.models.columns import BIGINT_MAX
from intake.web.access import program_requires
from intake.web.api.admin.blueprint import bp
from intake.web.api.fields import OneOf, TextRule, Url
from intake.web.api.operation import WithStatus, operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.api.serialize import shared
from intake.web.current import config
from intake.web.errors import problem
from intake.web.forms.accounts import ADDRESS_TAKEN, NO_ADDRESS, NO_PERSON_NAME, NO_ROLE, is_address
from intake.web.forms.fields import LINE_CHARACTERS, one_line
from intake.web.token_auth import editor

__all__ = ["bp"]

PERSON = f"/people/<int(max={BIGINT_MAX}):editor_id>"
NOBODY = {404: "No such account."}
REFUSED = NOBODY | {
    409: "This is the last active administrator (`last_admin`), or the token's own account (`own_account`)."
}
RoleName = Annotated[str, OneOf(ROLES)]


class RolesBody(Body):
    """Request to change the roles of an account."""

    roles: Annotated[list[RoleName], Field(max_length=len(ROLES), description="All roles of the account.")]

    def problems(self) -> dict[str, list[str]]:
        """Check that the request has at least one role."""
        return {} if self.roles else {"roles": [NO_ROLE]}


class InvitationBody(RolesBody):
    """Request to invite a person."""

    name: Annotated[str, TextRule(LINE_CHARACTERS, one_line, needed=NO_PERSON_NAME)]
    email: Annotated[str, TextRule(LINE_CHARACTERS, one_line, needed=NO_ADDRESS)]

    def problems(self) -> dict[str, list[str]]:
        """Check the roles and the address."""
        return super().problems() | ({} if is_address(self.email) else {"email": [NO_ADDRESS]})


class ActiveBody(Body):
    """Request to switch an account on or off."""

    active: bool


@dataclass(frozen=True)
class AccountAnswer:
    """Account of the desk."""

    id: int
    name: str
    email: str
    roles: list[RoleName]
    active: Annotated[bool, Field(description="false: switched off.")]
    invited: Annotated[bool, Field(description="No password is set yet.")]
    last_login_at: datetime | None
    sections: Annotated[list[str], Field(description="Sections that an editor is limited to. Empty: all.")]
    languages: Annotated[list[str], Field(description="Languages that an editor is limited to. Empty: all.")]
    reads_contact: Annotated[bool, Field(description="Named for reading contact details.")]


@dataclass(frozen=True)
class Accounts:
    """All accounts, by name."""

    items: list[AccountAnswer]


@dataclass(frozen=True)
class InvitedAccount(AccountAnswer):
    """Account with the link with which the person sets a password."""

    link: Annotated[Url, Field(description="It is valid for three days and one use, and is not shown again.")]


@dataclass(frozen=True)
class PasswordReset(AccountAnswer):
    """Account with its new link after a password reset, or with a reset that waits for a second admin."""

    link: Annotated[
        Url | None,
        Field(
            description="With it the person sets a new password. It is valid for three days and one use, and is not shown"
            " again. null: the reset waits for a second admin, or until `ready_at`."
        ),
    ]
    ready_at: Annotated[
        datetime | None, Field(description="When an admin can do the reset. null: it is done.")
    ]


@dataclass(frozen=True)
class OpenSession(SessionSummary):
    """Open session of a browser."""

    used_at: Annotated[datetime, Field(description="To the hour.")]


@dataclass(frozen=True)
class OpenSessions:
    """Open sessions of an account, last used first."""

    items: list[OpenSession]


@bp.errorhandler(administration.LastAdmin)
@bp.errorhandler(administration.OwnAccount)
def refused(error: administration.LastAdmin | administration.OwnAccount) -> Response:
    """Answer 409: nothing was changed."""
    return problem(409, "Nothing was changed", f"{error.problem} {error.advice}", code=error.code)


@bp.errorhandler(administration.NotAdminAnyMore)
def no_admin(_error: administration.NotAdminAnyMore) -> Response:
    """Answer 403: another admin removed the admin role from the token's owner during this request."""
    return problem(403, "Not an administrator", "The account of this token has lost the role just now.")


@bp.get("/people")
@program_requires("people.manage")
@operation("listPeople", "All accounts, by name.")
def list_accounts() -> Accounts:
    """Return all accounts that are not deleted."""
    with transaction() as session:
        return Accounts([_account(person) for person in people.people(session)])


@bp.post("/people")
@program_requires("people.manage")
@operation(
    "invitePerson",
    "Create an account and a link with which the person sets a password.",
    answers={201: "Created."},
    example={"name": "Asel", "email": "asel@example.org", "roles": ["editor"]},
)
def invite(body: InvitationBody) -> InvitedAccount:
    """Create an account without a password."""
    try:
        with transaction() as session:
            added = administration.add(
                session, email=body.email, name=body.name, roles=body.roles, actor=editor()
            )
            return _invited(added)
    except invitations.AddressTaken:
        raise InvalidBody({"email": [ADDRESS_TAKEN]}) from None


@bp.get(PERSON)
@program_requires("people.manage")
@operation("readPerson", "One account.", refusals=NOBODY)
def read_account(editor_id: int) -> AccountAnswer:
    """Return one account."""
    with transaction() as session:
        return _account(people.person(session, editor_id))


@bp.put(f"{PERSON}/roles")
@program_requires("people.manage")
@operation("changeRoles", "Change the roles.", refusals=REFUSED, example={"roles": ["editor", "chief"]})
def change_roles(editor_id: int, body: RolesBody) -> AccountAnswer:
    """Replace the roles of an account with those of the request."""
    with transaction() as session:
        administration.change_roles(session, editor_id, body.roles, editor())
        return _account(people.person(session, editor_id))


@bp.put(f"{PERSON}/active")
@program_requires("people.manage")
@operation(
    "switchPerson",
    "Switch an account off or on. Switching off ends its sessions and API tokens.",
    refusals=REFUSED,
    example={"active": False},
)
def switch(editor_id: int, body: ActiveBody) -> AccountAnswer:
    """Switch an account off or on."""
    change = administration.switch_on if body.active else administration.switch_off
    with transaction() as session:
        change(session, editor_id, editor())
        return _account(people.person(session, editor_id))


@bp.get(f"{PERSON}/sessions")
@program_requires("people.manage")
@operation("listSessions", "Open sessions of an account.", refusals=NOBODY)
def list_sessions(editor_id: int) -> OpenSessions:
    """Return the open sessions of an account."""
    with transaction() as session:
        people.person(session, editor_id)
        found = sessions.sessions(session, editor_id, SessionLimits.of(config()))
    return OpenSessions([OpenSession(**vars(one)) for one in found])


@bp.delete(f"{PERSON}/sessions")
@program_requires("people.manage")
@operation("endSessions", "End all sessions of an account.", answers={204: "Ended."}, refusals=NOBODY)
def end_sessions(editor_id: int) -> None:
    """End all sessions of an account."""
    with transaction() as session:
        administration.end_sessions(session, editor_id, editor())


@bp.delete(f"{PERSON}/sessions/<uuid:session_id>")
@program_requires("people.manage")
@operation(
    "endSession",
    "End one session of an account.",
    answers={204: "Ended."},
    refusals={404: "The account has no such open session."},
)
def end_session(editor_id: int, session_id: uuid.UUID) -> None:
    """End one session of an account."""
    with transaction() as session:
        administration.end_sessions(session, editor_id, editor(), session_id)


@bp.post(f"{PERSON}/resets")
@program_requires("people.manage")
@operation(
    "resetPerson",
    "Remove the password, end the sessions and API tokens, and create a link with which the person sets a new password."
    " For a chief editor or an administrator, only ask for that.",
    answers={201: "Reset.", 202: "Asked for. A second admin agrees on the page Resets, or 24 hours pass."},
    refusals=REFUSED,
)
def reset(editor_id: int) -> WithStatus[PasswordReset]:
    """Reset the password of an account. Admins and chief editors need a second admin: answer 202."""
    with transaction() as session:
        token = resets.reset_password(session, editor_id, editor())
        account = vars(_account(people.person(session, editor_id)))
        if token is not None:
            return WithStatus(PasswordReset(**account, link=_link(token), ready_at=None), 201)
        (waiting,) = (one for one in resets.open_resets(session, editor_id) if one.kind == "password")
    return WithStatus(PasswordReset(**account, link=None, ready_at=waiting.ready_at), 202)


@bp.delete(PERSON)
@program_requires("people.manage")
@operation(
    "deletePerson",
    "Delete name, address, password and tokens of an account. Its notes and decisions stay, without the name.",
    answers={204: "Deleted."},
    refusals=REFUSED,
)
def delete(editor_id: int) -> None:
    """Delete an account."""
    with transaction() as session:
        administration.delete_account(session, editor_id, editor())


def _account(person: Person) -> AccountAnswer:
    return AccountAnswer(**shared(AccountAnswer, person))


def _invited(added: Editor) -> InvitedAccount:
    link = _link(invitations.invitation_token(added))
    return InvitedAccount(**vars(_account(people.summary(added))), link=link)


def _link(token: str) -> str:
    return config().desk_base_url + url_for("accounts.welcome", token=token)
