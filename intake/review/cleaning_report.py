"""Differences between a contributor's original text and the cleaned text."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from intake.errors import NotFound
from intake.lifecycle import GONE
from intake.models import Revision, Submission
from intake.plurals import READER, desk_noop
from intake.text import clean_plain, source
from intake.text.compare.changes import DiffPart, changes
from intake.text.words import visible

DOCUMENT = desk_noop(
    "The words of the document are not compared, because its file was destroyed when it was read. The page of the submission"
    " says what was removed from them."
)
MIXED = desk_noop(
    "The words of the text are not compared, because some of them are from a document whose file was destroyed when it was"
    " read. The page of the submission says what was removed from them."
)


CAPTION_OF = desk_noop("Caption of photo %(number)s")
CREDIT_OF = desk_noop("Credit of photo %(number)s")


@dataclass(frozen=True, repr=False)
class ChangedField:
    """A field, such as the title, with the differences that cleaning made in it."""

    field: str
    changes: list[DiffPart]


@dataclass(frozen=True, repr=False)
class Cleaning:
    """Fields that cleaning changed. `title` is the cleaned title of the submission.

    `not_compared` is a sentence about words that are not compared, or empty.
    """

    title: str
    language: str
    fields: list[ChangedField]
    not_compared: str = ""


def cleaning(session: Session, submission_id: uuid.UUID) -> Cleaning:
    """Compare the original text of a submission with the cleaned text.

    The original is never rendered as HTML.
    Raises NotFound if one of the two texts is missing, or if the submission is withdrawn or purged.
    """
    submission = session.get(Submission, submission_id, options=[selectinload(Submission.photos)])
    if submission is None or submission.status in GONE:
        raise NotFound
    kept = session.scalars(
        select(Revision)
        .where(Revision.submission_id == submission_id, Revision.number < 2)
        .order_by(Revision.number)
    ).all()
    if len(kept) != 2 or kept[0].sealed is None:
        raise NotFound
    raw = json.loads(submission.unseal(kept[0].sealed, "revision 0"))
    found = [ChangedField(field, changes(*texts)) for field, *texts in _fields(raw, submission, kept[1])]
    return Cleaning(
        kept[1].title or "",
        submission.language,
        [one for one in found if one.changes],
        _not_compared(kept[1].report),
    )


def _not_compared(report: dict[str, Any]) -> str:
    """Return a sentence if text comes from a document, because such text is not compared. Otherwise returns ""."""
    if "document" not in report:
        return ""
    return READER.gettext(DOCUMENT) if "typed_chars" in report else READER.gettext(MIXED)


def _fields(raw: dict[str, Any], submission: Submission, clean: Revision) -> Iterator[tuple[str, str, str]]:
    yield READER.gettext("Title"), raw["title"], clean.title or ""
    yield READER.gettext("Text"), *_body(raw, clean)
    yield READER.gettext("Name to print"), raw["print_name"], submission.print_name or ""
    for photo in submission.photos:
        words = raw["photos"].get(str(photo.id), {"caption": "", "credit": ""})
        yield READER.gettext(CAPTION_OF) % {"number": photo.position}, words["caption"], photo.caption or ""
        yield READER.gettext(CREDIT_OF) % {"number": photo.position}, words["credit"], photo.credit or ""


def _body(raw: dict[str, Any], clean: Revision) -> tuple[str, str]:
    """Return the original and the cleaned body, in a form that can be compared.

    For HTML, both are HTML source with one block on each line. Plain text, and HTML that the fallback stored
    as text, are compared as text. Words of a document are left out.
    """
    body, html = raw["body"], (clean.html or "")[: clean.report.get("typed_chars")]
    if _not_compared(clean.report) == READER.gettext(MIXED):
        return "", ""
    if raw["format"] != "html":
        return body, clean_plain(body, format=raw["format"])
    return (body, visible(html)) if clean.report.get("fallback") else (source(body), source(html))
