"""What is done to photos: marked as graphic, redacted, cropped. Nobody's page becomes stale by it, so none of it needs a version."""

import uuid
from functools import partial
from typing import Any

from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.models.columns import BIGINT_MAX
from intake.retouches import request
from intake.retouches.request import mark_graphic
from intake.review.photo_detail import PhotoDetail, photo_detail
from intake.review.submission_detail import submission_detail
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.desk.submission import answer
from intake.web.api.request_body import NO_FIELD, InvalidBody, read
from intake.web.forms.photos import MOST_MARKS, CropForm, RedactionForm
from intake.web.token_auth import editor

__all__ = ["bp"]

PHOTO = "/submissions/<uuid:submission_id>/photos/<uuid:photo_id>"
NO_MARKS = f"Please send a list of one to {MOST_MARKS} objects."
NO_PART = "Please send parts of the whole photo, as numbers from {:g} to {:g}."
CORNER = (0, 0.999)
MARK_SIDE = (0.0005, 1)
CROP_SIDE = (0.01, 1)
MARK = {"x": CORNER, "y": CORNER, "width": MARK_SIDE, "height": MARK_SIDE}
CROP = {"x": CORNER, "y": CORNER, "width": CROP_SIDE, "height": CROP_SIDE}
FOCUS = {"focus_x": (0, 1), "focus_y": (0, 1)}


@bp.put(f"{PHOTO}/graphic")
@scopes("write")
def mark(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Mark it as graphic: it is shown to nobody who did not choose to see it."""
    return _marked(submission_id, photo_id, graphic=True)


@bp.delete(f"{PHOTO}/graphic")
@scopes("write")
def unmark(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Not graphic any more."""
    return _marked(submission_id, photo_id, graphic=False)


@bp.post(f"{PHOTO}/redactions")
@scopes("write")
def redact(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Have the pixels below the marks destroyed."""
    form = read(RedactionForm, adapt=_as_drawn)
    with transaction() as session:
        request.redact(session, submission_id, photo_id, editor(), form.drawn())
    return answer(submission_id, 201)


@bp.put(f"{PHOTO}/crop")
@scopes("write")
def crop(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Have it cut to an area of the whole."""
    found, form = _photo_detail(submission_id, photo_id), read(CropForm, adapt=_as_chosen)
    if not form.validate_in(found.photo.whole):
        raise InvalidBody({"focus_x": list(form.focus_x.errors)})
    with transaction() as session:
        area = form.area(found.photo.whole)
        request.crop(session, submission_id, photo_id, editor(), area, form.focus())
    return answer(submission_id)


@bp.delete(f"{PHOTO}/crop")
@scopes("write")
def make_whole(submission_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """Have it made whole again; its focal point stays."""
    found = _photo_detail(submission_id, photo_id)
    with transaction() as session:
        request.crop(session, submission_id, photo_id, editor(), None, found.photo.focus)
    return answer(submission_id)


@bp.delete(f"{PHOTO}/retouches/<int(max={BIGINT_MAX}):retouch_id>")
@scopes("write")
def undo_retouch(submission_id: uuid.UUID, photo_id: uuid.UUID, retouch_id: int) -> ResponseReturnValue:
    """Take back what was asked for and is not done yet."""
    with transaction() as session:
        request.undo_retouch(session, submission_id, photo_id, retouch_id, editor())
    return answer(submission_id)


def _marked(submission_id: uuid.UUID, photo_id: uuid.UUID, *, graphic: bool) -> ResponseReturnValue:
    with transaction() as session:
        mark_graphic(session, submission_id, photo_id, editor(), graphic=graphic)
    return answer(submission_id)


def _photo_detail(submission_id: uuid.UUID, photo_id: uuid.UUID) -> PhotoDetail:
    with transaction() as session:
        return photo_detail(submission_detail(session, submission_id), photo_id)


def _as_drawn(sent: dict[str, Any]) -> dict[str, Any]:
    """As the page's form has it: the fields of each mark under a number of its own."""
    marks = sent.get("marks")
    # The form would leave out the marks that are too many, and their pixels would stay.
    if not isinstance(marks, list) or not 0 < len(marks) <= MOST_MARKS:
        raise InvalidBody({"marks": [NO_MARKS]})
    typed: dict[str, Any] = {}
    for number, one in enumerate(marks):
        typed |= {f"marks-{number}-{name}": value for name, value in _mark(one).items()}
    return typed


def _mark(sent: Any) -> dict[str, Any]:
    if not isinstance(sent, dict):
        raise InvalidBody({"marks": [NO_MARKS]})
    strange = sorted(sent.keys() - MARK.keys() - {"shape", "how"})
    if strange:
        raise InvalidBody({f"marks: {name}": [NO_FIELD] for name in strange})
    percent = partial(_percent, name="marks")
    return {**sent, **{name: percent(sent.get(name), *limits) for name, limits in MARK.items()}}


def _as_chosen(sent: dict[str, Any]) -> dict[str, Any]:
    """As the page's form has it: percent."""
    area = {name: _percent(sent.get(name), *limits, name=name) for name, limits in CROP.items()}
    given = any(sent.get(name) is not None for name in FOCUS)
    focus = {name: _percent(sent.get(name), *limits, name=name) for name, limits in FOCUS.items() if given}
    return {**sent, **area, **focus}


def _percent(value: Any, least: float, most: float, *, name: str) -> str:
    """A part of one, as answers have it, in the percent of the page's forms."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
        raise InvalidBody({name: [NO_PART.format(least, most)]})
    return str(round(100 * value, 4))
