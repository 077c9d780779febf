"""Differences between a contributor's original words and the cleaned ones."""

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
from intake.text import source
from intake.text.compare.changes import DiffPart, changes
from intake.text.unicode import invisible


@dataclass(frozen=True, repr=False)
class ChangedField:
    """Field, such as the title, with its difference."""

    field: str
    changes: list[DiffPart]


@dataclass(frozen=True, repr=False)
class Cleaning:
    """Fields that cleaning changed. `title` is the cleaned title of the submission."""

    title: str
    language: str
    fields: list[ChangedField]


def cleaning(session: Session, submission_id: uuid.UUID) -> Cleaning:
    """Compare the original words, which are never rendered, with the cleaned ones.

    Raises NotFound if either is missing.
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
    return Cleaning(kept[1].title or "", submission.language, [one for one in found if one.changes])


def _fields(raw: dict[str, Any], submission: Submission, clean: Revision) -> Iterator[tuple[str, str, str]]:
    yield "Title", raw["title"], clean.title or ""
    yield "Text", *_body(raw, clean)
    yield "Name to print", raw["print_name"], submission.print_name or ""
    for photo in submission.photos:
        words = raw["photos"].get(str(photo.id), {"caption": "", "credit": ""})
        yield f"Caption of photo {photo.position}", words["caption"], photo.caption or ""
        yield f"Credit of photo {photo.position}", words["credit"], photo.credit or ""


def _body(raw: dict[str, Any], clean: Revision) -> tuple[str, str]:
    """Original and cleaned body in comparable form.

    For HTML, both are HTML source with one block a line. Plain text, and HTML kept as text, is compared
    with its cleaned characters.
    """
    body = raw["body"]
    if raw["format"] == "html" and not clean.report.get("fallback"):
        return source(body), source(clean.html or "")
    return body, invisible.clean(body).text
