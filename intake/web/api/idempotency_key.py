"""Request header that identifies a repeated request (Internet-Draft httpapi-idempotency-key-header)."""

from intake.web.api.operation import Json

# Allowed lengths of a key. 22 characters of base64 hold 128 random bits.
KEY_CHARACTERS = range(22, 201)
BAD_KEY = "Idempotency-Key must have 22 to 200 characters: 128 random bits or more."


def key_header(again: str) -> Json:
    """Return the header as an OpenAPI parameter. `again` describes the effect of a repeated key."""
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
