"""What each submission is found by. Only intake/actions/index.py writes it, in the transaction of the change."""

import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base


class SearchEntry(Base):
    """`terms` are the words of everything that the desk may read of a submission (intake/text/search.py).

    A table of its own: a submission changes whenever somebody claims or decides it, and each time PostgreSQL would
    write its words into the index again.
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
    terms: Mapped[str] = mapped_column(TSVECTOR)
