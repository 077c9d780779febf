"""Contributor's permission to keep the unchanged photos for some days."""

from datetime import date

from flask import request

from intake import receipts
from intake.db import DatabaseUnavailable, transaction
from intake.models.lookup import by_receipt
from intake.originals import holders, keeping
from intake.web.current import config

FIELD = "keep_originals"
"""Checkbox field. Its value is the number of days that the page offered. Absent if it is not ticked."""


def offered_days() -> int:
    """Return the days for which unchanged photos may be kept. 0 if none are kept, or if the database is down."""
    if not config().original_days:
        return 0
    try:
        with transaction() as session:
            return holders.offered_days(session)
    except DatabaseUnavailable:
        return 0


def agreed_days(typed: str | None = None) -> int | None:
    """Return the days that the contributor agreed to in this request, or None. `typed` is read instead of FIELD."""
    shown = request.form.get(FIELD, "") if typed is None else typed
    if not shown or not config().original_days:
        return None
    with transaction() as session:
        return holders.agreed_days(session, shown)


def kept_until(receipt: str) -> date | None:
    """Return the last day on which the unchanged photos of the submission with this receipt may be kept, or None."""
    if not config().original_days:
        return None
    with transaction() as session:
        found = by_receipt(session, receipts.canonical(receipt) or "")
        return keeping.for_contributor(session, found).until if found else None
