"""Check of a child's answer. A hostile file may have taken control of the child, so nothing in it is trusted.

Each task has one schema. The schema limits every number, string and list, and refuses unknown fields.
"""

import logging
from collections.abc import Collection
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from intake.sandbox.refusal import AnswerRefused, Refused
from intake.sandbox.task import AnswerT, ChildTask

log = logging.getLogger(__name__)

MOST = 10_000_000

Amount = Annotated[int, Field(ge=0, le=MOST)]
"""Number of things in a file."""


class ChildAnswer(BaseModel):
    """Base of all schemas of answers. Types are strict: `True` and `1.0` are no numbers."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class RefusalAnswer(ChildAnswer):
    """Answer of a child that refuses its input. The pattern of `detail` leaves little room for quotes from the file."""

    refused: Annotated[str, StringConstraints(pattern="^[a-z_]{1,40}$")]
    detail: Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_ .:,'-]{0,120}$")] = ""


def one_of(known: Collection[str]) -> AfterValidator:
    """Validator of a string that must be in `known`."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError("unknown")
        return value

    return AfterValidator(check)


def check(task: ChildTask[AnswerT], header: dict[str, Any]) -> AnswerT:
    """Convert the header of an answer. Raises Refused if the child refused, and AnswerRefused if the header is wrong."""
    schema = RefusalAnswer if "refused" in header else task.answer
    try:
        answer = schema.model_validate(header)
    except ValidationError as error:
        raise refuse(task, _faults(error, schema)) from None
    if isinstance(answer, RefusalAnswer):
        raise Refused(answer.refused, answer.detail)
    return answer


def refuse(task: ChildTask[Any], why: str) -> AnswerRefused:
    """Log that an answer was refused, and return the exception to raise. `why` must not quote the answer."""
    log.error("sandbox: the answer of %s was refused: %s", task.name, why)
    return AnswerRefused()


def _faults(error: ValidationError, schema: type[BaseModel]) -> str:
    """Fields of the schema and kinds of faults, at most five. Names that the child made up are left out."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)[:5]
    fields = [str(fault["loc"][0]) if fault["loc"] else "" for fault in faults]
    return ", ".join(
        f"{field if field in schema.model_fields else 'unknown field'}: {fault['type']}"
        for field, fault in zip(fields, faults, strict=True)
    )
