"""Edits."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from intake.actions.revise import revise as add_revision
from intake.db import transaction
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.current import config
from intake.web.desk.edits import NO_TEXT_LEFT, clean_edit, edit_body
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import Refused, read
from intake.web.desk_api.submission import answer
from intake.web.forms.desk import EditForm

__all__ = ["bp"]


@bp.post("/submissions/<uuid:submission_id>/revisions")
@scopes("write")
def revise(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an edit as a new revision, cleaned like a contributor's text."""
    request.max_content_length = edit_body(config())
    form = read(EditForm)
    edit = clean_edit(form)
    if form.body.data and not edit.html:
        raise Refused({"body": [NO_TEXT_LEFT]})
    with transaction() as session:
        add_revision(session, submission_id, editor(), form.version.data or 0, edit)
    return answer(submission_id, 201)
