"""API for the name of an account."""

from typing import Annotated

from intake.accounts import names, people
from intake.db import transaction
from intake.web.access import program_requires
from intake.web.api.admin.blueprint import bp
from intake.web.api.admin.people import NOBODY, PERSON, AccountAnswer
from intake.web.api.fields import TextRule
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.api.serialize import shared
from intake.web.forms.accounts import NAME_TAKEN, NO_PERSON_NAME
from intake.web.forms.fields import LINE_CHARACTERS, one_line
from intake.web.token_auth import editor

__all__ = ["bp"]


class PersonNameBody(Body):
    """Request to change the name of an account."""

    name: Annotated[str, TextRule(LINE_CHARACTERS, one_line, needed=NO_PERSON_NAME)]


@bp.put(f"{PERSON}/name")
@program_requires("people.manage")
@operation(
    "changeName",
    "Change the name. No other account may have it.",
    refusals=NOBODY,
    example={"name": "Asel Nurbekova"},
)
def change_name(editor_id: int, body: PersonNameBody) -> AccountAnswer:
    """Give an account another name."""
    try:
        with transaction() as session:
            names.change(session, editor_id, body.name, editor())
            return AccountAnswer(**shared(AccountAnswer, people.person(session, editor_id)))
    except names.PersonNameTaken:
        raise InvalidBody({"name": [str(NAME_TAKEN)]}) from None
