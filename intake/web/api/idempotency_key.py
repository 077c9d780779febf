"""The header by which a repeated request is known (Internet-Draft httpapi-idempotency-key-header)."""

from intake.web.api.operation import Json

# 128 random bits or more, as text.
KEY_CHARACTERS = range(22, 201)
BAD_KEY = "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."


def key_header(again: str) -> Json:
    """The header as a parameter. `again`: what happens when its value is sent again."""
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": f"A random value of your own. {again}",
        "schema": {
            "type": "string",
            "minLength": KEY_CHARACTERS.start,
            "maxLength": KEY_CHARACTERS.stop - 1,
        },
    }
