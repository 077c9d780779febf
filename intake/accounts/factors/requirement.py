"""Decide whether an account must set up a second factor now, and how many days are left."""

from datetime import UTC, datetime, timedelta

from intake.models import Editor
from intake.settings import Settings

REQUIRED = "required"


def is_overdue(editor: Editor, settings: Settings) -> bool:
    """Return whether the account may do nothing but set up a second factor."""
    due = due_at(editor, settings)
    return due is not None and datetime.now(UTC) >= due


def days_left(editor: Editor, settings: Settings) -> int | None:
    """Return the days until a second factor is required, rounded up. 0 if overdue, None if nothing is due."""
    due = due_at(editor, settings)
    return None if due is None else max(0, -((datetime.now(UTC) - due) // timedelta(days=1)))


def due_at(editor: Editor, settings: Settings) -> datetime | None:
    """Return when the account needs a second factor. None if it has one, or if the setting requires none."""
    if settings.second_factor != REQUIRED or editor.factor_since is not None:
        return None
    return editor.grace_since + timedelta(days=settings.second_factor_days)
