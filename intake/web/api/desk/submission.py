"""One submission, with everything."""

import uuid
from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.review import cleaning_report
from intake.review.submission_export import SubmissionExport, submission_export, view_contact
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.serialize import below, copies, plain, whole
from intake.web.token_auth import editor

__all__ = ["answer", "bp"]


@bp.get("/submissions/<uuid:submission_id>")
@scopes("read")
def submission(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Its texts, photos, history, notes, messages, decision, and what may be done with it now."""
    return answer(submission_id)


@bp.get("/submissions/<uuid:submission_id>/cleaning")
@scopes("read")
def cleaning(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What cleaning changed of the words as they came."""
    with transaction() as session:
        return jsonify(plain(cleaning_report.cleaning(session, submission_id)))


@bp.post("/submissions/<uuid:submission_id>/contact-views")
@scopes("write")
def contact(submission_id: uuid.UUID) -> ResponseReturnValue:
    """How to reach the contributor; that it was looked at stands in the history."""
    with transaction() as session:
        return jsonify({"contact": view_contact(session, submission_id, editor())})


def answer(submission_id: uuid.UUID, status: int = 200) -> Response:
    """The submission as it stands now: what every write answers too, so that its sender knows the new version."""
    with transaction() as session:
        response = jsonify(_document(submission_export(session, submission_id)))
    response.status_code = status
    return response


def _document(found: SubmissionExport) -> dict[str, Any]:
    piece, head = found.detail, found.detail.submission
    return {
        **plain(head),
        "url": whole(head.id),
        "export_url": below("export", submission_id=head.id) if "export" in piece.may else None,
        "revisions": [_text(plain(text)) for text in piece.revisions],
        "photos": [_photo(head.id, plain(picture)) for picture in piece.photos],
        "notes": plain(found.notes),
        "messages": plain(found.messages),
        "timeline": plain(piece.timeline),
        "decision": plain(piece.decision),
        "may": plain(piece.may),
        "removed": piece.removed,
        "warnings": piece.warnings,
    }


def _text(text: dict[str, Any]) -> dict[str, Any]:
    """As it is stored: what the page shows has marks of its own for reading."""
    source = text.pop("source")
    return {**text, "html": source}


def _photo(submission_id: uuid.UUID, picture: dict[str, Any]) -> dict[str, Any]:
    """With addresses; where it is stored is nobody's business."""
    del picture["file"]
    clean = picture["status"] == "clean"
    return {
        **picture,
        "urls": copies(submission_id, picture["id"], cropped=bool(picture["crop"])) if clean else {},
    }
