"""Types of fields that several bodies and answers share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from markupsafe import Markup
from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from intake.review.revision_fields import utc_minute
from intake.text import clean_line

# Of a megabyte, which takes a second to clean, this much tells whether anything can be seen.
_ENOUGH = 300
BYTES = {"type": "string", "format": "binary"}
Url = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
# Markup is a string of its own class, which is not checked here.
Html = Annotated[Markup, GetPydanticSchema(lambda _source, _handler: core_schema.str_schema())]
Part = Annotated[float, Field(ge=0, le=1)]
# No greater number fits into the column.
Version = Annotated[int, Field(ge=0, le=2**31 - 1, description="Version of the submission as it was read.")]
Digits = Annotated[str, Field(pattern=r"^[0-9]+$")]


# Rounded, because a form has no seconds and must not end an embargo early.
Moment = Annotated[
    AwareDatetime, AfterValidator(utc_minute), Field(description="Rounded up to a whole minute.")
]


class OneOf:
    """One of these words. The description lists them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(self.words)


@dataclass(frozen=True)
class TextRule:
    """A string of at most `longest` characters. `clean` is applied to it; where nothing is left, `needed` says what to do."""

    longest: int
    clean: Callable[[str], str | None] = str
    needed: str = ""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = core_schema.str_schema(max_length=self.longest, strict=True)
        return core_schema.no_info_after_validator_function(self._cleaned, schema)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | ({"minLength": 1} if self.needed else {})

    def _cleaned(self, sent: str) -> str:
        cleaned = self.clean(sent) or ""
        # A single zero-width space is nothing either.
        if self.needed and not clean_line(cleaned.strip()[:_ENOUGH]):
            raise ValueError(self.needed)
        return cleaned
