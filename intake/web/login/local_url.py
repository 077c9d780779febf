"""Check of the address to return to after a login."""

from urllib.parse import urlsplit

from flask_security.utils import validate_redirect_url

NEVER = frozenset({"/login", "/login/second-step", "/start"})


def local_url(wanted: str | None) -> str | None:
    """Return `wanted` if it is the path of a page of this site, else None. Also None for pages of the login itself."""
    if not wanted or not wanted.startswith("/") or "\\" in wanted or not validate_redirect_url(wanted):
        return None
    return None if urlsplit(wanted).path in NEVER else wanted
