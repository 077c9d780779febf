"""Search index of submissions.

Only intake/queue/search_index.py writes the index, in the transaction that changes the submission.
"""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import AwareDateTime, Base


class SearchKey(Base):
    """Random salt of a generation of search keys (intake/text/terms/keys.py). The last generation is the current one.

    Row 0, without a salt, exists as long as there are entries with words in clear, which earlier versions stored without keys.
    """

    __tablename__ = "search_keys"
    __table_args__ = (
        CheckConstraint(
            "number >= 0 AND (number = 0) = (salt IS NULL) AND octet_length(salt) = 32", name="salt"
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[bytes | None]


class SearchEntry(Base):
    """Search terms of a submission, from all text that the desk may read (intake/text/terms/).

    `terms` and `links` are keyed hashes under the key of the bucket. In bucket 0, `terms` has words in clear.
    The table is separate, because claims and decisions update a submission often. In one table, PostgreSQL
    would write the terms into the index again with each update.
    Migrations store terms and links apart from the rows (TOAST). The rows are therefore narrow, and reading
    `received_at` and `arrival` of 20,000 rows is fast.
    """

    __tablename__ = "search_entries"
    # No fastupdate, because each search would also read the index's whole list of pending entries.
    __table_args__ = (
        Index(
            "ix_search_entries_terms", "terms", postgresql_using="gin", postgresql_with={"fastupdate": "off"}
        ),
        CheckConstraint("bucket >= 0", name="bucket"),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    received_at: Mapped[datetime] = mapped_column(AwareDateTime)
    arrival: Mapped[int] = mapped_column(BigInteger)
    terms: Mapped[str] = mapped_column(TSVECTOR)
    bucket: Mapped[int]
    links: Mapped[list[int]] = mapped_column(ARRAY(Integer))
