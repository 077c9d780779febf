"""How often somebody has tried a password lately, for one address or one browser."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Now


class LoginAttempts(Base):
    """`key` is a keyed hash of whose password was tried, whether or not there is such an account."""

    __tablename__ = "login_attempts"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key"),
        CheckConstraint("count > 0", name="count"),
        Index("ix_login_attempts_since", "since"),
    )

    key: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=1)
    since: Mapped[Now]
