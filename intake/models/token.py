"""A key with which a person's programs act for them."""

from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import Moment, Now, Number

if TYPE_CHECKING:
    from intake.models.account import Editor


DESK_SCOPES = {
    "read": "Read the queue and submissions",
    "write": "Edit, note, claim, and write to contributors",
    "decide": "Decide, and take decisions back",
    "feed": "Read the feed of accepted pieces",
}
ADMIN_SCOPES = {"admin": "See the machines and their jobs, retry and discard jobs, pause queues"}
SCOPES = DESK_SCOPES | ADMIN_SCOPES


class Token(Base):
    """`hash` is the keyed hash of a secret that was shown once."""

    __tablename__ = "tokens"
    __table_args__ = (
        CheckConstraint("octet_length(hash) = 32", name="hash"),
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    name: Mapped[str]
    hash: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String))
    created_at: Mapped[Now]
    used_at: Mapped[Moment]
    revoked_at: Mapped[Moment]

    editor: Mapped["Editor"] = relationship()
