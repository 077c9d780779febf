"""A queue rests until somebody lets it go on; what comes meanwhile waits in the ledger, also over a restart."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake.models import Editor, Pause, record
from intake.models.job import wake


def pause(session: Session, queue: str, reason: str, actor: Editor | None = None) -> bool:
    """Begin no more jobs of `queue`; what runs comes to its end. False if it was paused before: its first reason stays.

    Without an actor it was a command on the machine.
    """
    row = {"queue": queue, "reason": reason, "editor_id": actor.id if actor else None}
    paused = session.execute(
        insert(Pause).values(row).on_conflict_do_nothing().returning(Pause.queue)
    ).scalar()
    if paused is None:
        return False
    record(session, "queue.paused", actor=actor, queue=queue, reason=reason)
    return True


def resume(session: Session, queue: str, actor: Editor | None = None) -> bool:
    """Let `queue` go on; False if it was not paused."""
    found = session.get(Pause, queue, with_for_update=True)
    if found is None:
        return False
    session.delete(found)
    record(session, "queue.resumed", actor=actor, queue=queue)
    wake(session)
    return True
