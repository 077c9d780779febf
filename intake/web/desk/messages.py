"""Messages to the contributor and notes to colleagues."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.messages.conversation import send_message
from intake.messages.notes import missed_mentions, write_note
from intake.plurals import COMMA, gettext_noop
from intake.review.drafts import delete_draft
from intake.web.access import requires
from intake.web.desk.blueprint import bp, load
from intake.web.desk.submission import submission_page
from intake.web.forms.messages import MessageForm, NoteForm
from intake.web.language import gettext

__all__ = ["bp"]

NOBODY_NOTIFIED = gettext_noop(
    "The note is saved, but %(names)s notified nobody: no colleague or more than one has this name. "
    "The names to write stand below the field of the note."
)


@bp.post("/submissions/<uuid:submission_id>/messages")
@requires("message.send")
def write(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Send a message to the contributor. A sent message cannot be undone."""
    form = MessageForm()
    if not form.validate():
        return submission_page(load(submission_id), message_form=form), 422
    with transaction() as session:
        send_message(session, submission_id, current_user, form.letter.data or "")
        delete_draft(session, submission_id, current_user, "message")
    return redirect(url_for("desk.submission", submission_id=submission_id, _anchor="timeline-title"), 303)


@bp.post("/submissions/<uuid:submission_id>/notes")
@requires("note.write")
def note(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Save a note and notify the editors that it mentions."""
    form = NoteForm()
    if not form.validate():
        return submission_page(load(submission_id), note_form=form), 422
    with transaction() as session:
        written = write_note(session, submission_id, current_user, form.note.data or "")
        missed = missed_mentions(session, written)
        delete_draft(session, submission_id, current_user, "note")
    if missed:
        flash(gettext(NOBODY_NOTIFIED, names=gettext(COMMA).join(f"“{word}”" for word in missed)), "error")
    # Without an anchor, the page opens at its top, where the message is.
    anchor = None if missed else "timeline-title"
    return redirect(url_for("desk.submission", submission_id=submission_id, _anchor=anchor), 303)
