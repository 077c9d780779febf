"""Tasks on a photo in a sandboxed child."""

from typing import Any

from intake import sandbox
from intake.photos.notes import Notes
from intake.photos.pictures.directories import MAX_COUNTED
from intake.photos.refusal import REASONS, PhotoRefused
from intake.sandbox.limits import Limits
from intake.sandbox.refusal import AnswerRefused, Refused
from intake.sandbox.task import AnswerT, ChildTask


def run(
    task: ChildTask[AnswerT], data: bytes, *, limits: Limits | None = None, **parameters: Any
) -> tuple[AnswerT, list[bytes]]:
    """Run a task on a photo in the sandbox and return its answer. Raises PhotoRefused.

    Raises OSError if no child can be started.
    """
    try:
        return sandbox.run(task, data, limits=limits, **parameters)
    except AnswerRefused as refused:
        raise PhotoRefused("not_proven_clean", refused.detail) from None
    except Refused as refused:
        reason = refused.reason if refused.reason in REASONS else "damaged"
        raise PhotoRefused(reason, refused.detail, _notes(refused)) from None


def _notes(refused: Refused) -> Notes:
    """Notes for a refusal by the child. A refusal has no notes, so the child sends the number of pages as `detail`."""
    if refused.reason == "too_many_pages" and refused.detail.isdigit():
        return {"pages": min(int(refused.detail), MAX_COUNTED)}
    return {}
