"""Views for publishing: download clean photos and accepted submissions, make reading links, mark as published."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.checklists.progress import PointProgress, progress_by_id
from intake.db import transaction
from intake.guests import links
from intake.guests.links import LINK_LIMIT, TooManyLinks
from intake.models.columns import BIGINT_MAX
from intake.models.photo import COPIES
from intake.permissions.reach import reach_of
from intake.plurals import gettext_noop
from intake.publishing import publish
from intake.review.translations import Translations, translations
from intake.web.access import requires
from intake.web.current import config, reading
from intake.web.desk.blueprint import bp, context, load
from intake.web.file_responses import picture, zipped
from intake.web.forms.publication import PublicationForm
from intake.web.forms.reading_links import ReadingLinkForm
from intake.web.fresh import fresh
from intake.web.language import gettext

__all__ = ["bp"]

TOO_MANY_LINKS = gettext_noop(
    "This submission has %(count)s links that work, which is the limit. Withdraw one first."
)


# Only known sizes match. Other last segments, such as `crop`, are routes of their own without GET.
@bp.get(f"/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<any({', '.join(COPIES)}):size>")
@requires("submission.read")
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """Return a clean copy of a photo.

    `size` is full, web, thumb, or base, the uncropped copy of a cropped photo.
    Answers 404 if the query parameter `generation` is from before the last redaction or crop.
    """
    generation = request.args.get("generation", type=int)
    return picture(submission_id, photo_id, size, sizes=COPIES, generation=generation)


@bp.get("/submissions/<uuid:submission_id>/export.zip")
@requires("submission.export")
@fresh
def export(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Return an accepted submission as a ZIP.

    `embedded=y` writes captions and credits into the photos too.
    """
    return zipped(submission_id, current_user, embedded=request.args.get("embedded") == "y")


@bp.post("/submissions/<uuid:submission_id>/publications", endpoint="publish")
@requires("submission.publish")
def mark_published(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Mark an accepted submission as published, with the URL of the publication if there is one."""
    form = PublicationForm()
    if not form.validate():
        return render_template("desk/publication.html", form=form, **context(load(submission_id))), 422
    with transaction() as session:
        publish.publish(
            session,
            submission_id,
            current_user,
            form.version.data or 0,
            form.url.data or "",
            despite=form.despite.data or "",
        )
    flash(gettext("Marked as published."))
    return redirect(url_for("desk.submission", submission_id=submission_id), 303)


@bp.get("/submissions/<uuid:submission_id>/links", endpoint="reading_links")
@requires("guest.invite")
def show_links(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page of the reading links of a submission, with a form to make one."""
    return _links_page(submission_id, ReadingLinkForm(formdata=None))


@bp.post("/submissions/<uuid:submission_id>/links")
@requires("guest.invite")
@fresh
def make_link(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Make a reading link and show it. Its secret is shown only once."""
    form = ReadingLinkForm()
    if not form.validate():
        return _links_page(submission_id, form), 422
    try:
        with transaction() as session:
            link, secret = links.make_link(
                session,
                submission_id,
                current_user,
                form.name.data or "",
                int(form.days.data),
                shows_photos=form.shows_photos.data,
                allows_download=form.allows_download.data,
            )
            made = link.name
    except TooManyLinks:
        form.name.errors = [gettext(TOO_MANY_LINKS, count=LINK_LIMIT)]
        return _links_page(submission_id, form), 422
    address = config().base_url + url_for("guest.page", secret=secret)
    return _links_page(submission_id, ReadingLinkForm(formdata=None), made=made, address=address)


@bp.post(f"/submissions/<uuid:submission_id>/links/<int(max={BIGINT_MAX}):link_id>/withdrawals")
@requires("guest.invite")
def withdraw_link(submission_id: uuid.UUID, link_id: int) -> ResponseReturnValue:
    """Withdraw a reading link. It stops working at once."""
    with transaction() as session:
        link = links.withdraw_link(session, submission_id, link_id, current_user)
        flash(gettext("The reading link for “%(name)s” is withdrawn.", name=link.name))
    return redirect(url_for("desk.reading_links", submission_id=submission_id), 303)


def _links_page(submission_id: uuid.UUID, form: ReadingLinkForm, **made: str) -> str:
    current = load(submission_id)
    with reading() as session:
        found = links.reading_links(session, submission_id)
    return render_template("desk/reading_links.html", form=form, links=found, **made, **context(current))


@bp.context_processor
def _forms() -> dict[str, Callable[..., Any]]:
    """Make the publication form, checklist and translations available in templates, as several pages show them."""
    return {"publication_form": _blank, "checklist_of": _checklist, "translations_of": _translations}


def _checklist(submission_id: uuid.UUID) -> list[PointProgress]:
    with reading() as session:
        return progress_by_id(session, submission_id)


def _translations(submission_id: uuid.UUID) -> Translations:
    with reading() as session:
        return translations(session, submission_id, reach_of(current_user))


def _blank(version: int) -> PublicationForm:
    typed: dict[str, Any] = {"version": version}
    return PublicationForm(formdata=None, data=typed)
