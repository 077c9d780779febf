"""Settings that admins chose, as each process uses them: read again from the database every SECONDS.

Web processes read before a request, workers before a job. While the database is unavailable, they use the last values.
"""

import logging
import time
from collections.abc import Mapping
from functools import cache

from sqlalchemy.exc import SQLAlchemyError

from intake.crypto import KeyFault
from intake.db import ReadSession, reader
from intake.magazine import sealed_address, setting_versions
from intake.settings import choose

SECONDS = 2
"""Time after which a process notices a new version of the settings."""
log = logging.getLogger(__name__)


class _Known:
    """Cached choices, and the time until which they are valid, by the monotonic clock."""

    choices: Mapping[str, str] = {}
    until = 0.0


@cache
def _known() -> _Known:
    return _Known()


def forget() -> None:
    """Clear the cache, so that the choices are read again when they are next needed."""
    _known().until = 0.0


def refresh() -> None:
    """Read the choices, if the last ones are older than SECONDS. Never raises."""
    known = _known()
    if time.monotonic() < known.until:
        return
    # Extend the validity first, so that only this thread reads, while the others use the cached choices.
    known.until = time.monotonic() + SECONDS
    try:
        with reader() as connection, ReadSession(connection) as session:
            found = setting_versions.current(session).choices
    except SQLAlchemyError:
        # The database does not answer, or has no tables yet. Other code reports that.
        return
    if found or known.choices:
        known.choices = found
        choose(_opened(found))


def logo() -> str:
    """Return the digest of the magazine's logo, or "" if it has none."""
    return _known().choices.get("logo", "")


def _opened(choices: Mapping[str, str]) -> dict[str, str]:
    """Return choices with the address of the mail server in clear. An address that cannot be decrypted is left out."""
    found = dict(choices)
    if sealed := found.pop("smtp_url", ""):
        try:
            found["smtp_url"] = sealed_address.opened(sealed)
        except KeyFault:
            log.warning("the address of the mail server does not open with this master key: save it again")
    return found
