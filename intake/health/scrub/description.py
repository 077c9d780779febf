"""Description of scrubs for `transom doctor` and for admins."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from intake.health.scrub import server, state

TRY = "Run `transom scrub`, and see docs/ops/scrub.md."
ARCHIVE = ". The server archives its log (archive_mode): the archive keeps what was deleted, as a backup does"


@dataclass(frozen=True)
class Description:
    """State of scrubs. `seen` describes it. `advice` says what to do, and is empty if nothing is wrong."""

    seen: str
    advice: str = ""


def describe(connection: Connection, session: Session) -> Description:
    """Describe what the server lacks for a scrub, and how the last scrub ended."""
    lacks = server.missing(connection)
    if lacks:
        return Description(
            " ".join(one.sentence for one in lacks), "; ".join(one.advice for one in lacks) + " (docs/ops/scrub.md)."
        )  # fmt: skip
    last = state.last_scrub(session)
    if last.problems:
        return Description(
            f"the last scrub left traces of deleted submissions: {' '.join(last.problems)}", TRY
        )
    archive = ARCHIVE if server.keeps_archive(connection) else ""
    if last.succeeded_at is None:
        return Description(f"the server lets a scrub remove traces. None has run yet{archive}")
    return Description(
        f"traces of deleted submissions were last removed at {last.succeeded_at:%Y-%m-%d %H:%M} UTC{archive}"
    )
