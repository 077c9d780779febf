"""Address of the mail server, which has a password: encrypted in the database."""

import base64
import binascii
from urllib.parse import quote, unquote, urlsplit

from intake.crypto import KeyFault, keyring, seal, unseal

_CONTEXT = b"settings smtp_url"


def sealed(address: str) -> str:
    """Encrypt an address. Returns base64, or "" for an empty address."""
    return base64.b64encode(seal(_key(), address.encode(), _CONTEXT)).decode() if address else ""


def opened(stored: str) -> str:
    """Decrypt an address. Returns "" for an empty one. Raises KeyFault."""
    try:
        return unseal(_key(), base64.b64decode(stored, validate=True), _CONTEXT).decode() if stored else ""
    except (binascii.Error, UnicodeDecodeError) as error:
        raise KeyFault("The stored address of the mail server is damaged.") from error


def described(stored: str) -> str:
    """Return server, port and user of a stored address in words, never the password."""
    try:
        parts = urlsplit(opened(stored))
    except KeyFault:
        return "an address that this master key does not open"
    if not parts.hostname:
        return "none"
    user = f", as {unquote(parts.username)}" if parts.username else ""
    return f"{parts.hostname}, port {parts.port or (465 if parts.scheme == 'smtps' else 587)}{user}"


def joined(host: str, port: int, user: str, password: str) -> str:
    """Return an address of its parts, or "" without a host. Port 465 means TLS from the first byte, others STARTTLS."""
    if not host:
        return ""
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    name = f"[{host}]" if ":" in host else host
    return f"{'smtps' if port == 465 else 'smtp'}://{login}{name}:{port}"


def _key() -> bytes:
    return keyring().subkey("settings")
