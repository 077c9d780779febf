"""API to read the consent text."""

from dataclasses import dataclass
from typing import Annotated

from intake.languages import direction
from intake.magazine import shown
from intake.translations import interface
from intake.web.access import public
from intake.web.api.fields import OneOf
from intake.web.api.operation import operation
from intake.web.api.public.submissions import bp
from intake.web.api.request_body import QueryString
from intake.web.current import config

__all__ = ["bp"]


class ConsentQuery(QueryString):
    """Query parameters of a consent text."""

    language: Annotated[str, OneOf(interface.INTERFACE)] = interface.ENGLISH


@dataclass(frozen=True)
class ConsentAnswer:
    """Consent text currently in force, in one language. `dir` is its writing direction."""

    version: str
    language: str
    dir: Annotated[str, OneOf(("ltr", "rtl"))]
    text: str


@bp.get("/consent")
@public
@operation("getConsent", "The text that a contributor agrees to. Show it before you send a submission.")
def read_consent(query: ConsentQuery) -> ConsentAnswer:
    """Return the consent text in one language, English by default."""
    found = shown.consent_now(query.language, config().magazine)
    return ConsentAnswer(found.version, found.language, direction(found.language), found.text)
