"""Search index of submissions.

Only intake/queue/search_index.py writes the index, in the transaction that changes the submission.
"""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base


class SearchEntry(Base):
    """Search terms of a submission, from all text that the desk may read (intake/text/search.py).

    The table is separate, because claims and decisions update a submission often. In one table, PostgreSQL
    would write the terms into the index again with each update.
    Migration 0004 stores the terms apart from the rows (TOAST). The rows are therefore narrow, and reading
    `received_at` and `arrival` of 20,000 rows is fast.
    """

    __tablename__ = "search_entries"
    # No fastupdate, because each search would also read the index's whole list of pending entries.
    __table_args__ = (
        Index(
            "ix_search_entries_terms", "terms", postgresql_using="gin", postgresql_with={"fastupdate": "off"}
        ),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    received_at: Mapped[datetime] = mapped_column(AwareDateTime)
    arrival: Mapped[int] = mapped_column(BigInteger)
    terms: Mapped[str] = mapped_column(TSVECTOR)
