"""Load of the web server: written by its processes while they have much to do, read by the admin page and `/metrics`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import WebLoad, WebTotal

FRESH = timedelta(seconds=20)
"""Maximum age at which the stored load of a process is still used."""

MUCH = 0.8
"""Share of uploads or connections in use, from which a client may be holding them open on purpose (attack)."""


@dataclass(frozen=True)
class Load:
    """Open uploads and connections, their largest numbers, and requests that wait for a thread."""

    uploads: int = 0
    upload_places: int = 0
    waiting: int = 0
    connections: int = 0
    connection_places: int = 0

    @property
    def are_uploads_held(self) -> bool:
        """Return whether nearly all places for uploads are taken."""
        return self.uploads > 0 and self.uploads >= MUCH * self.upload_places

    @property
    def are_connections_held(self) -> bool:
        """Return whether nearly all connections are taken."""
        return self.connections > 0 and self.connections >= MUCH * self.connection_places

    @property
    def is_high(self) -> bool:
        """Return whether the load is high enough to be stored."""
        return self.waiting > 0 or self.are_uploads_held or self.are_connections_held


def store(session: Session, process: str, load: Load, events: Mapping[str, int]) -> None:
    """Store the load of a process, and add to the totals. Loads that are no longer fresh are deleted."""
    session.execute(delete(WebLoad).where(WebLoad.seen_at < func.now() - FRESH))
    values = {**asdict(load), "seen_at": func.now()}
    if load.is_high:
        session.execute(
            insert(WebLoad)
            .values(process=process, **values)
            .on_conflict_do_update(index_elements=["process"], set_=values)
        )
    else:
        session.execute(delete(WebLoad).where(WebLoad.process == process))
    for event, count in sorted(events.items()):
        more = insert(WebTotal).values(event=event, count=count)
        session.execute(
            more.on_conflict_do_update(
                index_elements=["event"], set_={"count": WebTotal.count + more.excluded.count}
            )
        )


def load_now(session: Session) -> Load:
    """Return the load of all web processes that have much to do."""
    fresh = session.scalars(select(WebLoad).where(WebLoad.seen_at >= func.now() - FRESH)).all()
    return Load(**{field.name: sum(getattr(one, field.name) for one in fresh) for field in fields(Load)})


def totals(session: Session) -> dict[str, int]:
    """Return event → number of times since the installation was made."""
    return {total.event: total.count for total in session.scalars(select(WebTotal))}
