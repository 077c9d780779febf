"""Decode the target address that a redirect contains."""

import re
from base64 import urlsafe_b64decode
from urllib.parse import unquote

_LAYERS = 4
"""Maximum number of times that a target is percent-encoded."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ENCODED = re.compile(r"(?:https?:?)?%", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]|$)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def decoded(value: str) -> str | None:
    """Address in a percent-encoded value, or None if it holds none.

    An address without scheme gets `http`. Addresses of unsafe schemes are returned as they are.
    """
    value = unquote(value).strip()
    for _ in range(_LAYERS - 1):
        if _WEB.match(value) or not _ENCODED.match(value):
            break
        value = unquote(value).strip()
    if value.startswith("//"):
        return f"https:{value}"
    if _BARE.match(value):
        return f"http://{value}"
    return value if _SCHEME.match(value) else None


def as_written(value: str) -> str | None:
    """Address in a value that is encoded only if its beginning is. Otherwise like `decoded`."""
    return value if _WEB.match(value) else decoded(value)


def from_base64(value: str) -> str | None:
    """Web address in a Base64 value (of either alphabet, with or without padding), or None."""
    letters = unquote(value).strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        address = urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode()
    except ValueError:
        return None
    return address if _WEB.match(address) else None
