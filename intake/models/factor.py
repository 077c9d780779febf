"""Second factors and OpenID links of accounts, resets that need two admins or a waiting time, and notices about an account."""

import re
import secrets

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.db import Base
from intake.models.account import Editor
from intake.models.columns import Moment, Now, Number, one_of


class TotpSecret(Base):
    """Secret of an authenticator app (RFC 6238), one for each account.

    `sealed` is encrypted with a subkey of the application secret. `counter` is the time step of the last accepted code.
    """

    __tablename__ = "totp_secrets"

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes]
    counter: Mapped[int]
    created_at: Mapped[Now]


class Passkey(Base):
    """A WebAuthn credential.

    `issued` is when the challenge of its last use was made, in microseconds since 1970. Older challenges are refused.
    """

    __tablename__ = "passkeys"
    __table_args__ = (
        CheckConstraint("btrim(name) <> ''", name="name"),
        Index("ix_passkeys_editor_id", "editor_id"),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    name: Mapped[str]
    credential: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(ARRAY(String))
    issued: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    created_at: Mapped[Now]
    used_at: Mapped[Moment]

    editor: Mapped[Editor] = relationship()


class RecoveryCode(Base):
    """A recovery code that works once. `hash` is its keyed hash."""

    __tablename__ = "recovery_codes"
    __table_args__ = (CheckConstraint("octet_length(hash) = 32", name="hash"),)

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(primary_key=True)
    used_at: Mapped[Moment]


class OpenIDLink(Base):
    """Link between an account and a person at the OpenID provider. An account has at most one.

    `subject_hash` is a keyed hash of issuer and subject, so that the database does not reveal who the person is.
    `is_passwordless`: the account has no password, because its invitation was accepted by the provider.
    """

    __tablename__ = "openid_links"
    __table_args__ = (
        CheckConstraint("btrim(issuer) <> ''", name="issuer"),
        CheckConstraint("octet_length(subject_hash) = 32", name="subject_hash"),
    )

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True)
    issuer: Mapped[str]
    subject_hash: Mapped[bytes] = mapped_column(unique=True)
    is_passwordless: Mapped[bool] = mapped_column("sole", default=False, server_default=false())
    created_at: Mapped[Now]


def new_link_token() -> str:
    """Create 128 random bits for a link in a mail."""
    return secrets.token_urlsafe(16)


def is_link_token(typed: str) -> bool:
    """Return whether a text has the form of a token of `new_link_token`."""
    return bool(re.fullmatch(r"[A-Za-z0-9_-]{22}", typed))


class LoginLink(Base):
    """A link by mail with which an editor confirms a new browser.

    `token` does not log in and works for half an hour, so it is not hashed: the worker that mails it has no key.
    """

    __tablename__ = "login_links"

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(unique=True, default=new_link_token)
    created_at: Mapped[Now]

    editor: Mapped[Editor] = relationship()


RESET_KINDS = {"factor": "second factor", "password": "password"}


class AccountReset(Base):
    """A reset of a password or of all second factors that an admin asked for.

    A second admin agrees, or the waiting time passes, before it can be done. It is open until one of `done_at` and
    `called_off_at` is set. `token` calls it off and does nothing else, so it is not hashed: the worker that mails it has
    no key.
    """

    __tablename__ = "account_resets"
    __table_args__ = (
        CheckConstraint(one_of("kind", RESET_KINDS), name="kind"),
        CheckConstraint("agreed_by <> asked_by AND agreed_by <> editor_id", name="second_admin"),
        CheckConstraint("done_at IS NULL OR called_off_at IS NULL", name="one_end"),
        Index(
            "uq_account_resets_open",
            "editor_id",
            "kind",
            unique=True,
            postgresql_where=text("done_at IS NULL AND called_off_at IS NULL"),
        ),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    kind: Mapped[str]
    asked_by: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    token: Mapped[str] = mapped_column(unique=True, default=new_link_token)
    asked_at: Mapped[Now]
    done_at: Mapped[Moment]
    called_off_at: Mapped[Moment]

    editor: Mapped[Editor] = relationship(foreign_keys=editor_id, lazy="joined")
    asker: Mapped[Editor] = relationship(foreign_keys=asked_by, lazy="joined")


def is_open_reset() -> ColumnElement[bool]:
    """Return the SQL condition that a reset is open."""
    return AccountReset.done_at.is_(None) & AccountReset.called_off_at.is_(None)


CHANGES = (
    "account_created",
    "account_deleted",
    "account_limits",
    "account_off",
    "account_on",
    "account_password",
    "account_renamed",
    "account_roles",
    "account_sessions",
)
"""Kinds of notices about changes that admins make, and about a new password."""
NOTICE_KINDS = (
    *CHANGES,
    "admin_added",
    "chief_added",
    "code_used",
    "codes_made",
    "codes_wrong",
    "factor_added",
    "factor_removed",
    "hold_asked",
    "login_slowed",
    "openid_linked",
    "openid_unlinked",
    "reset_asked",
    "reset_called_off",
    "reset_done",
)


class AccountNotice(Base):
    """A notice about an account or from it, shown on every page of the desk until it is read, and mailed.

    `about` is the account that it concerns, which may be another than the reader's. `actor_id` is the person who made the
    change. None if the notice is about no change, or if a command on the server made it.
    """

    __tablename__ = "account_notices"
    __table_args__ = (
        CheckConstraint(one_of("kind", NOTICE_KINDS), name="kind"),
        Index("ix_account_notices_unseen", "editor_id", postgresql_where=text("seen_at IS NULL")),
    )

    id: Mapped[Number]
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    about_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    kind: Mapped[str]
    created_at: Mapped[Now]
    seen_at: Mapped[Moment]

    editor: Mapped[Editor] = relationship(foreign_keys=editor_id, lazy="joined")
    about: Mapped[Editor] = relationship(foreign_keys=about_id, lazy="joined")
    actor: Mapped[Editor | None] = relationship(foreign_keys=actor_id, lazy="joined")
