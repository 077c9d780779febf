"""Texts that admins write in place of the default ones, and the settings that they choose."""

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import EditorId, Moment, Now, Number, one_of

NAMES = ("consent", "introduction")
SOURCES = ("page", "assistant", "command", "restored")
"""Ways in which a version of the settings can be created."""
LOGO_FORMATS = ("jpeg", "png", "webp", "gif")


class MagazineText(Base):
    """A version of a text in one language. The highest number counts. An empty `body` stands for the default text."""

    __tablename__ = "magazine_texts"
    __table_args__ = (
        CheckConstraint(one_of("name", NAMES), name="name"),
        CheckConstraint("number > 0", name="number"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    editor_id: Mapped[EditorId]
    created_at: Mapped[Now]


class SettingVersion(Base):
    """A version of the settings that admins choose. The highest number counts.

    `choices` has the text of each chosen field of Settings. A field without one has its default. The address of
    the mail server is encrypted. `editor_id` is null for the command line. `restored` is the number of the
    restored version.
    """

    __tablename__ = "setting_versions"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(one_of("source", SOURCES), name="source"),
        CheckConstraint("restored < number", name="restored"),
        CheckConstraint("(restored IS NOT NULL) = (source = 'restored')", name="source_restored"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    choices: Mapped[dict[str, str]] = mapped_column(JSONB)
    source: Mapped[str]
    restored: Mapped[int | None]
    editor_id: Mapped[EditorId | None]
    created_at: Mapped[Now]


class Logo(Base):
    """A cleaned picture of the magazine's name. `digest` is the SHA-256 of `content`, in hexadecimal."""

    __tablename__ = "logos"
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
        CheckConstraint(one_of("format", LOGO_FORMATS), name="format"),
        CheckConstraint("octet_length(content) > 0", name="content"),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[str]
    content: Mapped[bytes]
    created_at: Mapped[Now]


class MailTest(Base):
    """A test message that an admin asked for. `problem` is "" if the mail server took it, and null until it was tried."""

    __tablename__ = "mail_tests"

    id: Mapped[Number]
    editor_id: Mapped[EditorId]
    asked_at: Mapped[Now]
    tried_at: Mapped[Moment]
    problem: Mapped[str | None]
