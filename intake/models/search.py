"""What each submission is found by. Only intake/queue/search_index.py writes it, in the transaction of the change."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base


class SearchEntry(Base):
    """`terms` are the words of everything that the desk may read of a submission (intake/text/search.py).

    A table of its own: a submission changes whenever somebody claims or decides it, and each time PostgreSQL would
    write its words into the index again. The words lie apart from the rows (migration 0004), so that those are narrow and
    20,000 of them, of which nothing but the time is asked, are soon read.
    """

    __tablename__ = "search_entries"
    # Without a list of what is still to be filed: a search would read all of it.
    __table_args__ = (
        Index(
            "ix_search_entries_terms", "terms", postgresql_using="gin", postgresql_with={"fastupdate": "off"}
        ),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    received_at: Mapped[datetime] = mapped_column(AwareDateTime)
    terms: Mapped[str] = mapped_column(TSVECTOR)
