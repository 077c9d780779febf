"""Place a photo in the text without the rich editor: a form on the page of a submission."""

import uuid
from collections.abc import Callable, Iterable, Iterator

from flask import flash
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from intake.db import transaction
from intake.plurals import gettext_noop
from intake.review import revise
from intake.review.revise import Edit
from intake.review.submission_detail import PhotoSummary, Text
from intake.text import placing
from intake.text.html import placements
from intake.web.access import requires
from intake.web.desk.blueprint import after_saving, bp, load
from intake.web.errors import page
from intake.web.forms.placement import OUT, PlacementForm
from intake.web.language import gettext

__all__ = ["bp"]

NO_PLACE = (
    gettext_noop("The photo was not placed"),
    gettext_noop("The text has no such place, or the submission has no such photo."),
    gettext_noop("Go back, reload the page and choose again."),
)


@bp.post("/submissions/<uuid:submission_id>/placements", endpoint="place_photo")
@requires("submission.edit")
def place_photo(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Put a photo after a block of the text, or take it out. Saves a new revision."""
    current = load(submission_id)
    form = PlacementForm()
    _offer(form, current.photos, current.revision)
    if not form.validate():
        return page(422, *map(gettext, NO_PLACE))
    photo, text = uuid.UUID(form.photo.data), current.revision
    number = next(one.position for one in current.photos if one.id == photo)
    if form.place.data == OUT:
        html, note = (
            placing.taken_out(text.source, photo),
            gettext("Photo %(number)s is no longer in the text", number=number),
        )
    else:
        after = int(form.place.data)
        html = placing.put(text.source, photo, after)
        note = (
            gettext("Photo %(number)s placed after block %(block)s", number=number, block=after)
            if after
            else gettext("Photo %(number)s placed at the beginning", number=number)
        )
    with transaction() as session:
        edit = Edit(text.title, html, text.words, note)
        revise.revise(session, submission_id, current_user, form.version.data or 0, edit)
    flash(gettext("%(sentence)s.", sentence=note), "success")
    return after_saving(submission_id)


def _offer(form: PlacementForm, photos: Iterable[PhotoSummary], text: Text) -> None:
    names = {photo.id: photo.described for photo in photos if photo.status == "clean"}
    form.offer(names, placing.places(text.source))


def _blank(version: int, photos: Iterable[PhotoSummary], text: Text) -> PlacementForm:
    form = PlacementForm(formdata=None, data={"version": version})
    _offer(form, photos, text)
    return form


def _parts(text: Text) -> Iterator[tuple[Markup, uuid.UUID | None]]:
    """Yield the text in parts: HTML, and the id of the photo that is placed after this part, or None."""
    for html, photo in placements.parts(text.html):
        yield Markup(html), photo  # noqa: S704 - a piece of verified HTML between two top-level blocks


@bp.context_processor
def _helpers() -> dict[str, Callable[..., object]]:
    """Make the placement form and the parts of a text available in templates."""
    return {"placement_form": _blank, "placement_parts": _parts}
