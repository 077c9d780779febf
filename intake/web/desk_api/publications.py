"""A piece has appeared."""

import uuid

from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.publishing.publish import publish as mark_published
from intake.web.access import scopes
from intake.web.bearer import editor
from intake.web.desk_api.blueprint import bp
from intake.web.desk_api.body import read
from intake.web.desk_api.submission import answer
from intake.web.forms.publications import PublicationForm

__all__ = ["bp"]


@bp.post("/submissions/<uuid:submission_id>/publications")
@scopes("decide")
def publish(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Mark an accepted piece as published, with the address where it appeared, if it has one."""
    form = read(PublicationForm)
    with transaction() as session:
        mark_published(session, submission_id, editor(), form.version.data or 0, form.url.data or "")
    return answer(submission_id, 201)
