"""People of the desk. The columns are those that Flask-Security asks of a user and a role."""

import uuid

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.columns import Moment, Number, one_of

ROLES = {"editor": "Editor", "chief": "Chief editor", "admin": "Administrator"}

editor_roles = Table(
    "editor_roles",
    Base.metadata,
    Column("editor_id", ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Role(Base):
    """editor, chief or admin; one person may be several."""

    __tablename__ = "roles"
    __table_args__ = (CheckConstraint(one_of("name", ROLES), name="name"),)

    id: Mapped[Number]
    name: Mapped[str] = mapped_column(unique=True)

    def get_permissions(self) -> set[str]:
        """Flask-Security asks every role; ours are plain names."""
        return set()


class Editor(Base):
    """An account. Until the person has set a password, `password` is None and nobody can log in with it."""

    __tablename__ = "editors"
    # One person who types the address in two ways must not have two accounts.
    __table_args__ = (CheckConstraint("email = lower(email)", name="email"),)

    id: Mapped[Number]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Flask-Security puts this into the session cookie instead of the id; a new value ends every session.
    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=lambda: uuid.uuid4().hex)
    last_login_at: Mapped[Moment]
    # Whether one key does one thing on the desk, and whether mail tells of what waits.
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    # When the last digest was due that was looked into, whether or not there was anything to say.
    digested_at: Mapped[Moment]

    roles: Mapped[list[Role]] = relationship(secondary=editor_roles, lazy="selectin", order_by=Role.id)
