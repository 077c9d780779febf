"""API to mark photos as graphic, to redact and to crop them.

Requests need no version: these actions do not change the submission's version, so open pages stay valid.
"""

import uuid
from typing import Annotated

from pydantic import Field

from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.photos.retouch import Area, Mark
from intake.photos.retouch.marks import ASPECTS
from intake.retouches import request
from intake.retouches.request import mark_graphic
from intake.review.photo_detail import PhotoDetail, photo_detail
from intake.review.submission_detail import submission_detail
from intake.web.access import program_requires
from intake.web.api.desk.blueprint import CONFLICT, DONE, bp
from intake.web.api.desk.submission import SubmissionAnswer, current
from intake.web.api.fields import OneOf, Part
from intake.web.api.operation import operation
from intake.web.api.request_body import Body, InvalidBody
from intake.web.forms.photos import HALF_A_FOCUS, HOWS, LOST_FOCUS, MOST_MARKS, SHAPES, cropped, within
from intake.web.token_auth import editor

__all__ = ["bp"]

PHOTO = "/submissions/<uuid:submission_id>/photos/<uuid:photo_id>"
NO_PHOTO = {404: "No clean photo of this submission."}
GONE: dict[int, str] = {**NO_PHOTO, 409: "The submission is gone, and its photos with it."}
LATER = "Until it is applied it is listed in the photo's `wishes` and can be undone."
Corner = Annotated[float, Field(ge=0, le=0.999)]
Side = Annotated[float, Field(ge=0.0005, le=1)]
CropSide = Annotated[float, Field(ge=0.01, le=1)]


class MarkBody(Body):
    """Area of a photo whose pixels are destroyed. Coordinates are shares of the whole photo, from 0 to 1."""

    x: Corner
    y: Corner
    width: Side
    height: Side
    shape: Annotated[str, OneOf(SHAPES)] = "box"
    how: Annotated[str, OneOf(HOWS)] = "solid"


class RedactionBody(Body):
    """Request to redact a photo. Each mark is an area to destroy."""

    marks: Annotated[list[MarkBody], Field(min_length=1, max_length=MOST_MARKS)]

    def drawn(self) -> list[Mark]:
        """Return the marks, clipped to the photo."""
        return [
            Mark(**within(one.x, one.y, one.width, one.height), shape=one.shape, how=one.how)
            for one in self.marks
        ]


class CropBody(Body):
    """Request to crop a photo. Coordinates are shares of the whole photo, from 0 to 1."""

    x: Corner
    y: Corner
    width: CropSide
    height: CropSide
    aspect: Annotated[str, OneOf(ASPECTS), Field(description="The area is fitted to it.")] = "free"
    focus_x: Annotated[
        Part | None, Field(description="The focal point, in the whole photo. Without one there is none.")
    ] = None
    focus_y: Part | None = None

    def problems(self) -> dict[str, list[str]]:
        """Check that both coordinates of the focal point are given, or neither."""
        missing = [name for name in ("focus_x", "focus_y") if getattr(self, name) is None]
        return {name: [HALF_A_FOCUS] for name in missing} if len(missing) == 1 else {}

    def area(self, whole: tuple[int, int]) -> Area | None:
        """Return the crop of a photo of `whole` pixels (width, height). None if it covers the whole photo."""
        return cropped(Area(**within(self.x, self.y, self.width, self.height)), self.aspect, whole)

    def focus(self) -> dict[str, float] | None:
        """Return the focal point in shares of the whole photo. None without a focal point."""
        if self.focus_x is None or self.focus_y is None:
            return None
        return {"x": round(self.focus_x, 6), "y": round(self.focus_y, 6)}


@bp.put(f"{PHOTO}/graphic")
@program_requires("photo.change")
@operation(
    "markGraphic",
    "Mark a photo as graphic: it is hidden until an editor chooses to see it.",
    refusals=NO_PHOTO,
)
def mark(submission_id: uuid.UUID, photo_id: uuid.UUID) -> SubmissionAnswer:
    """Mark a photo as graphic. Pages hide it until an editor chooses to see it."""
    return _marked(submission_id, photo_id, graphic=True)


@bp.delete(f"{PHOTO}/graphic")
@program_requires("photo.change")
@operation("unmarkGraphic", "Unmark a photo as graphic.", refusals=NO_PHOTO)
def unmark(submission_id: uuid.UUID, photo_id: uuid.UUID) -> SubmissionAnswer:
    """Unmark a photo as graphic."""
    return _marked(submission_id, photo_id, graphic=False)


@bp.post(f"{PHOTO}/redactions")
@program_requires("photo.change")
@operation(
    "redactPhoto",
    f"Redact a photo: destroy pixels. {LATER}",
    answers=DONE,
    refusals=CONFLICT,
    example={"marks": [{"x": 0.4, "y": 0.1, "width": 0.2, "height": 0.15, "how": "mosaic"}]},
)
def redact(submission_id: uuid.UUID, photo_id: uuid.UUID, body: RedactionBody) -> SubmissionAnswer:
    """Request a redaction, which destroys the pixels below the marks."""
    with transaction() as session:
        request.redact(session, submission_id, photo_id, editor(), body.drawn())
    return current(submission_id)


@bp.put(f"{PHOTO}/crop")
@program_requires("photo.change")
@operation(
    "cropPhoto",
    f"Crop a photo. {LATER}",
    refusals=CONFLICT,
    example={"x": 0, "y": 0.2, "width": 1, "height": 0.5, "focus_x": 0.5, "focus_y": 0.4},
)
def crop(submission_id: uuid.UUID, photo_id: uuid.UUID, body: CropBody) -> SubmissionAnswer:
    """Request a crop of a photo."""
    found = _photo_detail(submission_id, photo_id)
    area, focus = body.area(found.photo.whole), body.focus()
    if focus and area and not area.holds(**focus):
        raise InvalidBody({"focus_x": [LOST_FOCUS]})
    with transaction() as session:
        request.crop(session, submission_id, photo_id, editor(), area, focus)
    return current(submission_id)


@bp.delete(f"{PHOTO}/crop")
@program_requires("photo.change")
@operation("makeWhole", f"Remove a crop. {LATER}", refusals=GONE)
def make_whole(submission_id: uuid.UUID, photo_id: uuid.UUID) -> SubmissionAnswer:
    """Request the removal of a crop. The focal point of the photo stays."""
    found = _photo_detail(submission_id, photo_id)
    with transaction() as session:
        request.crop(session, submission_id, photo_id, editor(), None, found.photo.focus)
    return current(submission_id)


@bp.delete(f"{PHOTO}/retouches/<int(max={BIGINT_MAX}):retouch_id>")
@program_requires("photo.change")
@operation(
    "undoRetouch",
    "Undo a redaction or crop that is not applied yet.",
    refusals={
        404: "This photo has no such redaction or crop.",
        409: "It was applied or undone already.",
    },
)
def undo_retouch(submission_id: uuid.UUID, photo_id: uuid.UUID, retouch_id: int) -> SubmissionAnswer:
    """Undo a redaction or crop that is not applied yet."""
    with transaction() as session:
        request.undo_retouch(session, submission_id, photo_id, retouch_id, editor())
    return current(submission_id)


def _marked(submission_id: uuid.UUID, photo_id: uuid.UUID, *, graphic: bool) -> SubmissionAnswer:
    with transaction() as session:
        mark_graphic(session, submission_id, photo_id, editor(), graphic=graphic)
    return current(submission_id)


def _photo_detail(submission_id: uuid.UUID, photo_id: uuid.UUID) -> PhotoDetail:
    with transaction() as session:
        return photo_detail(submission_detail(session, submission_id), photo_id)
