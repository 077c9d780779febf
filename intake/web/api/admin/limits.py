"""API for the limits of an editor: sections, languages and contact details."""

from typing import Annotated

from pydantic import Field

from intake.accounts import administration, people
from intake.db import transaction
from intake.languages import NAMES
from intake.web.access import program_requires
from intake.web.api.admin.blueprint import bp
from intake.web.api.admin.people import NOBODY, PERSON, AccountAnswer
from intake.web.api.fields import OneOf
from intake.web.api.operation import operation
from intake.web.api.request_body import Body
from intake.web.api.serialize import shared
from intake.web.forms.accounts import section_names
from intake.web.token_auth import editor

__all__ = ["bp"]

NO_SECTION = "There is no such section."


class LimitsBody(Body):
    """Request to limit an editor to sections and languages, and to allow or forbid reading contact details."""

    sections: Annotated[list[str], Field(max_length=100, description="Empty: all sections.")]
    languages: Annotated[
        list[Annotated[str, OneOf(sorted(NAMES))]],
        Field(max_length=len(NAMES), description="Empty: all languages. `und`: another or unknown language."),
    ]
    reads_contact: Annotated[bool, Field(description="Named for reading contact details.")]

    def problems(self) -> dict[str, list[str]]:
        """Check that all sections exist in the settings."""
        unknown = set(self.sections) - set(section_names())
        return {"sections": [NO_SECTION]} if unknown else {}


@bp.put(f"{PERSON}/limits")
@program_requires("people.manage")
@operation(
    "changeLimits",
    "Limit an editor to sections and languages, and name the editor for reading contact details.",
    refusals=NOBODY,
    example={"sections": ["News"], "languages": [], "reads_contact": False},
)
def change_limits(editor_id: int, body: LimitsBody) -> AccountAnswer:
    """Replace the limits of an account with those of the request."""
    with transaction() as session:
        administration.change_limits(
            session, editor_id, editor(), sections=body.sections, languages=body.languages,
            reads_contact=body.reads_contact,
        )  # fmt: skip
        return AccountAnswer(**shared(AccountAnswer, people.person(session, editor_id)))
