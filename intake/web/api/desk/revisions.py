"""API to read, compare and restore revisions, and to edit a submission."""

import uuid
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from intake.db import transaction
from intake.languages import NAMES
from intake.review import revise, revisions
from intake.review.revision_fields import FIELDS, PhotoWords, RevisionFields
from intake.review.revisions import Content, Detail, content
from intake.review.submission_detail import submission_detail
from intake.text import clean_line, source
from intake.text.compare import ComparisonRow
from intake.text.html import placements
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import CONFLICT, DONE, bp
from intake.web.api.desk.decisions import VersionBody
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import Html, Moment, TextRule
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody, QueryString, SomeBody
from intake.web.current import config
from intake.web.forms.edit import (
    EDIT_FACTOR,
    NO_TEXT_LEFT,
    UNTITLED,
    clean_edit,
    edit_body,
    languages,
    photo_ids,
    restored,
    sections,
    text_problem,
)
from intake.web.forms.fields import (
    CAPTION_CHARACTERS,
    LINE_CHARACTERS,
    TAGS,
    TITLE_CHARACTERS,
    tags_of,
    tags_problem,
)
from intake.web.token_auth import editor

__all__ = ["bp"]

# Largest number of the PostgreSQL column, a 32-bit integer.
INT = 2**31 - 1
NO_REVISION = {404: "No such revision."}
NO_PHOTO = "Please send the id of a photo of this submission."
EXAMPLE_PHOTO = uuid.UUID("1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b")
NO_SECTION = "There is no such section."
NO_LANGUAGE = "There is no such language."
Line = Annotated[str, TextRule(LINE_CHARACTERS, clean_line)]
Words = Annotated[str, TextRule(CAPTION_CHARACTERS, clean_line)]
Number = Annotated[int, Field(strict=False, ge=0, le=INT)]


def _fits(body: str) -> str:
    if problem := text_problem(body):
        raise ValueError(problem)
    return body


def _few(tags: tuple[str, ...]) -> tuple[str, ...]:
    found = tags_of(", ".join(tags))
    if problem := tags_problem(found):
        raise ValueError(problem)
    return found


def _text(schema: dict[str, Any]) -> None:
    bytes_ = EDIT_FACTOR * config().max_text_bytes
    schema["description"] = (
        f"HTML, cleaned like a contributor's; up to {bytes_} bytes in UTF-8. A block"
        f" `{placements.mark(EXAMPLE_PHOTO)}` places the photo with this id."
    )


def _sections(schema: dict[str, Any]) -> None:
    schema["enum"] = config().desk_sections


class PhotoBody(Body):
    """Caption, credit and description of a photo. Fields that are not sent stay unchanged."""

    id: uuid.UUID
    caption: Words = ""
    credit: Line = ""
    alt: Words = ""
    featured: Annotated[
        bool, Field(description="Whether it stands for the submission. Without one, the first does.")
    ] = False


# Kind of a revision's field → type of the field in the request body.
FIELD_KINDS: dict[str, Any] = {
    "section": Annotated[str, Field(json_schema_extra=_sections)],
    "language": Annotated[str, Field(json_schema_extra={"enum": [*sorted(NAMES)]})],
    "line": Line,
    "tags": Annotated[tuple[str, ...], Field(max_length=TAGS), AfterValidator(_few)],
    "moment": Moment | None,
}


def _with_details(kind: type[SomeBody]) -> type[SomeBody]:
    """Return a subclass with a field for each of FIELDS, the details of a revision."""
    details: dict[str, Any] = {one.name: (FIELD_KINDS[one.kind], one.default) for one in FIELDS}
    return create_model(kind.__name__, __base__=kind, __doc__=kind.__doc__, __module__=__name__, **details)


@_with_details
class EditBody(VersionBody):
    """Edit of a submission. Only the version is required. Fields that are not sent stay unchanged."""

    title: Annotated[str, TextRule(TITLE_CHARACTERS, clean_line, needed=UNTITLED)] = ""
    body: Annotated[str, AfterValidator(_fits), Field(json_schema_extra=_text)] = ""
    note: Annotated[Line, Field(description="What was changed.")] = ""
    photos: Annotated[tuple[PhotoBody, ...], Field(description="In their new order; others follow.")] = ()

    def details(self, now: Content) -> RevisionFields:
        """Return the details after the edit. Raises InvalidBody for an unknown section, language or photo."""
        kept = now.details or RevisionFields("", "")
        sent = self.model_dump(include=set(RevisionFields.__dataclass_fields__), exclude_unset=True)
        wrong = {
            "section": [NO_SECTION] if sent.get("section", kept.section) not in sections(now) else [],
            "language": [NO_LANGUAGE] if sent.get("language", kept.language) not in languages(now) else [],
            "photos": [NO_PHOTO]
            if not {one.id for one in self.photos} <= {one.id for one in kept.photos}
            else [],
        }
        if any(wrong.values()):
            raise InvalidBody({name: sentences for name, sentences in wrong.items() if sentences})
        beside = {one.id: vars(one) for one in kept.photos}
        photos = [PhotoWords(**beside[one.id] | one.model_dump(exclude_unset=True)) for one in self.photos]
        if chosen := {one.id for one in self.photos if one.featured}:
            photos = [replace(one, featured=one.id in chosen) for one in photos]
        return RevisionFields(**vars(kept) | sent | {"photos": tuple(photos)})


class RestoreBody(VersionBody):
    """Request to restore a revision, with an optional reason."""

    note: Annotated[Line, Field(description="Why.")] = ""


class CompareQuery(QueryString):
    """Numbers of two revisions to compare."""

    from_: Annotated[Number | None, Field(alias="from", description="Default: the last but one.")] = None
    to: Annotated[Number | None, Field(description="Default: the last.")] = None


@dataclass(frozen=True)
class DetailNow(Detail):
    """Field that differs between two revisions."""

    html: Html


@dataclass(frozen=True)
class PassageAnswer(ComparisonRow):
    """Passage of the compared texts."""

    html: Annotated[str, Field(description="Changed passages with <del> and <ins>.")] = ""
    skipped: Annotated[int, Field(description="Number of equal passages in a gap.")] = 0


@dataclass(frozen=True)
class ComparisonAnswer:
    """Differences between two revisions."""

    from_: Annotated[int, Field(alias="from")]
    to: int
    text: list[PassageAnswer]
    details: list[DetailNow]
    order: Annotated[
        tuple[list[int], list[int]] | None, Field(description="Positions of the photos, before and after.")
    ]
    incomplete: Annotated[bool, Field(description="The details of one of them were not recorded.")]


@bp.get(f"/submissions/<uuid:submission_id>/revisions/<int(max={INT}):number>")
@program_requires("submission.read")
@operation("readRevision", "A revision with its details.", refusals=NO_REVISION)
def revision(submission_id: uuid.UUID, number: int) -> Content:
    """Return a revision with its details, such as tags and captions."""
    with transaction() as session:
        submission_detail(session, submission_id)
        return content(session, submission_id, number)


@bp.get("/submissions/<uuid:submission_id>/compare")
@program_requires("submission.read")
@operation("compare", "Differences between two revisions.", refusals=NO_REVISION)
def compare(submission_id: uuid.UUID, query: CompareQuery) -> ComparisonAnswer:
    """Compare the revisions `from` and `to`. The default is the last two."""
    with transaction() as session:
        newest = submission_detail(session, submission_id).revision.number
        before = max(1, newest - 1) if query.from_ is None else query.from_
        after = newest if query.to is None else query.to
        found = revisions.compare(
            content(session, submission_id, before), content(session, submission_id, after)
        )
    return _comparison(before, after, found)


@bp.post(f"/submissions/<uuid:submission_id>/revisions/<int(max={INT}):number>/restore", endpoint="restore")
@program_requires("submission.edit")
@operation(
    "restore",
    "Restore a revision: a new revision with its content.",
    answers=DONE,
    refusals=CONFLICT,
    example={"version": 4, "note": "The cut went too far"},
)
def restore_revision(submission_id: uuid.UUID, number: int, body: RestoreBody) -> SubmissionAnswer:
    """Restore an older revision: its content is saved as a new revision."""
    with transaction() as session:
        revise.restore(session, submission_id, editor(), body.version, number, restored(body.note, number))
    return current(submission_id)


@bp.post("/submissions/<uuid:submission_id>/revisions", endpoint="revise")
@program_requires("submission.edit")
@operation(
    "revise",
    "Edit title and text.",
    answers=DONE,
    refusals=CONFLICT,
    example={
        "version": 3,
        "title": "Over the river",
        "body": "<p>The ice broke.</p>",
        "note": "Shorter",
    },
    largest=edit_body,
)
def add_revision(submission_id: uuid.UUID, body: EditBody) -> SubmissionAnswer:
    """Save an edit as a new revision, cleaned like a contributor's text.

    Fields that are not sent stay unchanged.
    """
    with transaction() as session:
        now = revisions.current(session, submission_id)
    text = body.body if "body" in body.model_fields_set else source(now.html)
    edit = clean_edit(body.title or now.title, text, body.note, body.details(now), photo_ids(now))
    if now.html and not edit.html:
        raise InvalidBody({"body": [NO_TEXT_LEFT]})
    with transaction() as session:
        revise.revise(session, submission_id, editor(), body.version, edit)
    return current(submission_id)


def _comparison(before: int, after: int, found: revisions.Comparison) -> ComparisonAnswer:
    return ComparisonAnswer(
        from_=before,
        to=after,
        text=[PassageAnswer(**vars(row)) for row in found.text],
        details=[DetailNow(**vars(detail)) for detail in found.details],
        order=found.order,
        incomplete=found.incomplete,
    )
