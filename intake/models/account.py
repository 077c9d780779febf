"""Accounts of editors and admins, their sessions, live streams and API tokens, and log-in attempts.

Editor and Role have the columns that Flask-Security requires.
"""

import uuid
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    false,
    func,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import AwareDateTime, Base
from intake.models.columns import Moment, Now, Number, RandomId, one_of
from intake.plurals import desk_noop

ROLES = {
    "editor": desk_noop("Editor"),
    "chief": desk_noop("Chief editor"),
    "admin": desk_noop("Administrator"),
}

editor_roles = Table(
    "editor_roles",
    Base.metadata,
    Column("editor_id", ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class Role(Base):
    """A role: editor, chief or admin. An account may have several roles."""

    __tablename__ = "roles"
    __table_args__ = (CheckConstraint(one_of("name", ROLES), name="name"),)

    id: Mapped[Number]
    name: Mapped[str] = mapped_column(unique=True)

    def get_permissions(self) -> set[str]:
        """Return no permissions. Flask-Security calls this on each role. Transom checks role names only."""
        return set()


class Editor(Base):
    """An account. Until the person sets a password, `password` is None and logging in is impossible."""

    __tablename__ = "editors"
    # An address typed with other capitals must not create a second account.
    # A deleted account keeps its row, because events refer to it, but no data of the person.
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint("deleted_at IS NULL OR (NOT active AND password IS NULL)", name="deleted"),
    )

    id: Mapped[Number]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Flask-Security puts this into the session cookie instead of the id. A new value ends every session.
    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=lambda: uuid.uuid4().hex)
    last_login_at: Mapped[Moment]
    deleted_at: Mapped[Moment]
    # Time from which the account may confirm resets as the second admin, if another admin made it an admin.
    agrees_from: Mapped[Moment]
    # Time until which no admin can reset the password alone, after the account lost the role of chief or admin.
    guarded_until: Mapped[Moment]
    # Preferences: keyboard shortcuts on the desk, mail about waiting submissions, and the browser's spell check.
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    spelling: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Language of the desk's pages, a key of interface.DESK. None: the one that the browser prefers.
    language: Mapped[str | None]
    # Limits of an editor: sections and language tags of the submissions that the account may see. Empty: all.
    sections: Mapped[list[str]] = mapped_column(ARRAY(String), default=list, server_default="{}")
    languages: Mapped[list[str]] = mapped_column(ARRAY(String), default=list, server_default="{}")
    # Sections and language tags that the account wants mail about, within its limits. Empty: all that it may see.
    mail_sections: Mapped[list[str]] = mapped_column(ARRAY(String), default=list, server_default="{}")
    mail_languages: Mapped[list[str]] = mapped_column(ARRAY(String), default=list, server_default="{}")
    # Permission of an editor to read contact details. Chief editors may always read them.
    reads_contact: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Permission to hold shares of the keys of sealed originals, see intake/originals.
    holds_originals: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Preference: the queue shows one line for each submission.
    dense: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Due time of the last digest that a worker handled, even if the digest was empty and not sent.
    digested_at: Mapped[Moment]
    head_mailed_at: Mapped[Moment]
    # Number of the newest submission (`arrival`) at that digest. The next digest counts those that arrived later.
    digested_arrival: Mapped[int | None] = mapped_column(BigInteger)
    # Start of the grace period without a second factor: creation of the account, or the upgrade that added factors.
    grace_since: Mapped[Now]
    # When the oldest of the current second factors was set up. None if the account has no second factor.
    factor_since: Mapped[Moment]

    roles: Mapped[list[Role]] = relationship(secondary=editor_roles, lazy="selectin", order_by=Role.id)


DESK_SCOPES = {
    "read": desk_noop("Read the queue and submissions"),
    "write": desk_noop("Edit, note, claim, and write to contributors"),
    "decide": desk_noop("Decide, and undo decisions"),
    "feed": desk_noop("Read the feed of accepted submissions"),
}
ADMIN_SCOPES = {
    "admin": "See processes and jobs, retry and discard jobs, pause queues",
    "people": "Invite people, change their names and roles, end their sessions, switch off, reset and delete accounts",
}
SCOPES = DESK_SCOPES | ADMIN_SCOPES


class Token(Base):
    """An API token. `hash` is the keyed hash of its secret, which is shown once and not stored.

    `used_at` is stored to the day.
    """

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
    expires_at: Mapped[datetime] = mapped_column(AwareDateTime)
    used_at: Mapped[Moment]
    revoked_at: Mapped[Moment]

    editor: Mapped["Editor"] = relationship()


# Reasons why a session ended. "ended": by the person on another device, or by an admin.
END_REASONS = ("logged_out", "ended", "password", "switched_off", "reset", "deleted")


class LoginSession(Base):
    """A session of a browser. The signed cookie holds the id.

    `used_at` is stored to five minutes. An ended session stays for some weeks, to tell its browser why.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint(one_of("end_reason", END_REASONS), name="end_reason"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended"),
        Index("ix_sessions_open", "editor_id", postgresql_where="ended_at IS NULL"),
    )

    id: Mapped[RandomId]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    created_at: Mapped[Now]
    used_at: Mapped[Now]
    ended_at: Mapped[Moment]
    end_reason: Mapped[str | None]


class LiveStream(Base):
    """An open live stream of a page, in any web process.

    A process that is killed leaves its rows. They do no harm: only the oldest streams of a person are closed beyond a limit.
    """

    __tablename__ = "live_streams"

    id: Mapped[RandomId]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), index=True)
    # Not now(), which is the start of the transaction, perhaps before it waited for another stream's lock.
    opened_at: Mapped[datetime] = mapped_column(AwareDateTime, server_default=func.clock_timestamp())


class LoginAttempts(Base):
    """Number of recent log-in attempts for an e-mail address, even if no account has the address.

    `key` is a keyed hash of the address.
    """

    __tablename__ = "login_attempts"
    __table_args__ = (
        CheckConstraint("octet_length(key) = 32", name="key"),
        CheckConstraint("count > 0", name="count"),
        Index("ix_login_attempts_since", "since"),
    )

    key: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=1)
    since: Mapped[Now]
