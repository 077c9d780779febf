"""Field types that several request bodies and responses share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from markupsafe import Markup
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
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

# Number of characters that are checked for visible text. Cleaning a whole megabyte takes a second.
_ENOUGH = 300
BYTES = {"type": "string", "format": "binary"}
Url = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
# Markup is a subclass of str. Only `str` is declared, so pydantic does not check that a value is Markup.
Html = Annotated[Markup, GetPydanticSchema(lambda _source, _handler: core_schema.str_schema())]
Part = Annotated[float, Field(ge=0, le=1)]


def _whole(sent: Any) -> Any:
    return int(sent) if isinstance(sent, float) and sent.is_integer() else sent


# JSON Schema counts 3.0 as an integer (draft 2020-12, validation, section 6.1.1). Strict pydantic refuses it.
Whole = Annotated[int, BeforeValidator(_whole)]
# The upper bound is the largest number of the PostgreSQL column, a 32-bit integer.
Version = Annotated[Whole, Field(ge=0, le=2**31 - 1, description="Version of the submission as it was read.")]
Digits = Annotated[str, Field(pattern=r"^[0-9]+$")]


# Rounded up to the minute: the forms have no field for seconds, and an embargo must not end early.
Moment = Annotated[
    AwareDatetime, AfterValidator(utc_minute), Field(description="Rounded up to a whole minute.")
]


class OneOf:
    """Pydantic type of a string that is one of `words`. The OpenAPI document lists the words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(self.words)


@dataclass(frozen=True)
class TextRule:
    """Pydantic type of a string with at most `longest` characters, cleaned by `clean`.

    `needed` is the error message if no visible text is left. With an empty `needed`, no text is required.
    """

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
        # A text of invisible characters only, such as a zero-width space, counts as empty too.
        if self.needed and not clean_line(cleaned.strip()[:_ENOUGH]):
            raise ValueError(self.needed)
        return cleaned
