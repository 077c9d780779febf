"""Numbers of deletions in each month, by status and section."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, cast, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from intake import wording
from intake.models import DeletionCount

SCOPES = {"submission": "Whole submission", "contact": "Contact and messages", "original": "Unchanged photo"}
COLUMNS = ("month", "status", "section", "deleted", "count")
FORMULA = tuple("=+-@\t\r")
"""First characters that make a spreadsheet read a cell as a formula."""


@dataclass(frozen=True)
class MonthLine:
    """Number of deletions of a kind in a month. `month` is its first day."""

    month: date
    status: str
    section: str
    scope: str
    count: int

    @property
    def label(self) -> str:
        """Status before the deletion, for people."""
        return wording.STATUS[self.status]

    @property
    def what(self) -> str:
        """Part that was deleted, for people."""
        return SCOPES[self.scope]


def count(session: Session, status: str, section: str, scope: str) -> None:
    """Count a deletion in this month, by the database's clock. `scope` is a key of SCOPES."""
    month = cast(func.date_trunc("month", func.timezone("UTC", func.now())), Date)
    row = insert(DeletionCount).values(month=month, status=status, section=section, scope=scope, count=1)
    session.execute(
        row.on_conflict_do_update(
            index_elements=["month", "status", "section", "scope"],
            set_={"count": DeletionCount.count + 1},
        )
    )


def lines(session: Session) -> list[MonthLine]:
    """Return all counts, newest month first, then by status and section."""
    query = select(DeletionCount).order_by(
        DeletionCount.month.desc(), DeletionCount.status, DeletionCount.section, DeletionCount.scope
    )
    return [
        MonthLine(one.month, one.status, one.section, one.scope, one.count) for one in session.scalars(query)
    ]


def as_csv(found: list[MonthLine]) -> str:
    """Return counts as CSV with a header. A section that looks like a formula gets an apostrophe before it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in found:
        section = f"'{one.section}" if one.section.startswith(FORMULA) else one.section
        rows.writerow([f"{one.month:%Y-%m}", one.status, section, one.scope, one.count])
    return text.getvalue()
