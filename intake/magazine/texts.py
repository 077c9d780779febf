"""Versions of the texts that admins write in place of the default ones. Each change is a new version, and an event."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from intake import consent
from intake.errors import StaleRevision
from intake.models import Editor, MagazineText, record
from intake.models.magazine_text import NAMES
from intake.plurals import gettext_noop
from intake.translations import catalogue

CONSENT, INTRODUCTION = NAMES
MOST_CHARACTERS = 2000
MAGAZINE = "{magazine}"
"""Placeholder for the name of the magazine."""
DEFAULT_INTRODUCTION = gettext_noop(
    "Text, photos, or both. You need no account, and you do not have to say who you are."
)
_DEFAULTS = {CONSENT: consent.TEXT, INTRODUCTION: DEFAULT_INTRODUCTION}
_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROLS = ("Cc", "Cs")


class StaleText(StaleRevision):
    """Raised if somebody else has changed the text since it was read."""


Key = tuple[str, str]
"""Name of a text, and language."""


@dataclass(frozen=True)
class TextVersion:
    """A version of a text. `number` is 0 before the first. `author` is the name of the admin.

    `body` is empty if the default text is used. It may have the placeholder MAGAZINE.
    """

    number: int
    body: str
    author: str = ""
    at: datetime | None = None


NONE = TextVersion(0, "")


def default(name: str, language: str) -> str:
    """Return the default text in a language, with the placeholder MAGAZINE."""
    return catalogue.load(language).gettext(_DEFAULTS[name]).replace("%(magazine)s", MAGAZINE)


def filled(body: str, magazine: str) -> str:
    """Return a text with the name of the magazine."""
    return body.replace(MAGAZINE, magazine)


def newest(session: Session) -> dict[Key, TextVersion]:
    """Return the newest version of each text that was ever changed."""
    query = (
        select(MagazineText, Editor.name)
        .join(Editor, Editor.id == MagazineText.editor_id)
        .ext(distinct_on(MagazineText.name, MagazineText.language))
        .order_by(MagazineText.name, MagazineText.language, MagazineText.number.desc())
    )
    return {(one.name, one.language): _version(one, author) for one, author in session.execute(query)}


def versions(session: Session, name: str, language: str) -> list[TextVersion]:
    """Return all versions of a text, newest first."""
    query = (
        select(MagazineText, Editor.name)
        .join(Editor, Editor.id == MagazineText.editor_id)
        .where(MagazineText.name == name, MagazineText.language == language)
        .order_by(MagazineText.number.desc())
    )
    return [_version(one, author) for one, author in session.execute(query)]


def save(session: Session, admin: Editor, key: Key, body: str, based_on: int) -> bool:
    """Save a new version of a text. Returns False and saves nothing if it is the same.

    An empty `body`, or the default text itself, restores the default. `based_on` is the number of the version that
    the admin changed. Raises StaleText if there is a newer one.
    """
    session.execute(text("LOCK TABLE magazine_texts IN SHARE ROW EXCLUSIVE MODE"))
    last = next(iter(versions(session, *key)), NONE)
    if last.number != based_on:
        raise StaleText
    own = tidy(body)
    own = "" if own == default(*key) else own
    if own == last.body:
        return False
    name, language = key
    number = last.number + 1
    session.add(
        MagazineText(
            name=name,
            language=language,
            number=number,
            body=own,
            editor_id=admin.id,
            created_at=func.now(),
        )
    )
    record(session, "magazine_text.changed", actor=admin, text=name, language=language, version=number)
    return True


def tidy(body: str) -> str:
    """Return a text without control characters, with paragraphs between single blank lines."""
    lines = (line.replace("\t", " ").strip() for line in body.splitlines())
    clean = ("".join(c for c in line if unicodedata.category(c) not in _CONTROLS) for line in lines)
    return _BLANK_LINES.sub("\n\n", "\n".join(clean)).strip()


def problem(body: str) -> str:
    """Return what is wrong with a text, or ""."""
    length = len(tidy(body))
    if length > MOST_CHARACTERS:
        return f"Please keep the text to {MOST_CHARACTERS:,} characters. It has {length:,}."
    return ""


def _version(row: MagazineText, author: str) -> TextVersion:
    return TextVersion(row.number, row.body, author, row.created_at)
