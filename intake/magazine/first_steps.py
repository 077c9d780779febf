"""Setup questions for the admin of a new installation, and whether they still have to be asked."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.magazine import setting_versions
from intake.models import Editor
from intake.settings import set_by

STEPS = {
    "name": ("magazine",),
    "languages": ("form_languages",),
    "sections": ("sections",),
    "mail": ("smtp_url", "mail_from"),
    "approvals": ("two_approvals",),
}
"""Question → settings that the answer changes."""


def open_steps() -> list[str]:
    """Return the questions about settings that no environment variable of this machine sets."""
    return [step for step, names in STEPS.items() if not all(set_by(name) for name in names)]


def are_due(session: Session) -> bool:
    """Return whether to show the questions after a login: neither answered nor skipped yet, and only one account."""
    if not open_steps() or setting_versions.current(session).number:
        return False
    return session.scalar(select(func.count()).select_from(Editor)) == 1
