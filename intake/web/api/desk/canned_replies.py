"""Replies kept ready: the newsroom's own, and filled in for a piece."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.decisions.canned_replies import (
    ENGLISH,
    CannedReply,
    add_reply,
    change_reply,
    delete_reply,
    get_reply,
    replies_for,
    reply_languages,
)
from intake.errors import NameTaken, StaleRevision
from intake.languages import LANGUAGES
from intake.models.columns import BIGINT_MAX
from intake.models.decision import VERDICTS
from intake.review.submission_detail import submission_detail
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.request_body import NO_CHOICE, NO_FIELD, InvalidBody, read
from intake.web.api.serialize import plain
from intake.web.errors import problem
from intake.web.forms.api_bodies import ChangedReplyBody, ReplyBody
from intake.web.forms.canned_replies import TAKEN, DeletionForm, replies_of, seen

__all__ = ["bp"]

REPLY = f"/replies/<int(max={BIGINT_MAX}):reply_id>"
CHOICES = {"language": sorted(LANGUAGES), "verdict": list(VERDICTS)}
CHANGED = "A colleague has changed this reply. Look at it as `reply` has it, then send its `changed_at`."


@bp.get("/replies")
@scopes("read")
def replies() -> ResponseReturnValue:
    """Those of one language, English if none is named; of one verdict, or of all."""
    words = _asked("language", "verdict")
    language = words.get("language", ENGLISH)
    with transaction() as session:
        found = replies_for(session, language, words.get("verdict"))
        counts = reply_languages(session)
    return jsonify({"items": _items(one for one in found if one.language == language), "languages": counts})


@bp.get("/submissions/<uuid:submission_id>/replies")
@scopes("read")
def ready(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Those for the contributor of a piece, filled in: in its language, then in English."""
    verdict = _asked("verdict").get("verdict")
    with transaction() as session:
        current = submission_detail(session, submission_id)
    return jsonify({"items": _items(one for one in replies_of(current) if verdict in {None, one.verdict})})


@bp.post("/replies")
@scopes("write")
def keep_reply() -> ResponseReturnValue:
    """Keep one more."""
    form = read(ReplyBody)
    try:
        with transaction() as session:
            made = add_reply(session, form.filled_in()).id
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    return _one(made), 201


@bp.get(REPLY)
@scopes("read")
def reply(reply_id: int) -> ResponseReturnValue:
    """One, its placeholders open."""
    return _one(reply_id)


@bp.put(REPLY)
@scopes("write")
def change(reply_id: int) -> ResponseReturnValue:
    """Put another in its place, if it is as it was seen."""
    form = read(ChangedReplyBody)
    try:
        with transaction() as session:
            change_reply(session, reply_id, seen(form), form.filled_in())
    except NameTaken:
        raise InvalidBody({"name": [TAKEN]}) from None
    except StaleRevision:
        return _changed(reply_id)
    return _one(reply_id)


@bp.post(f"{REPLY}/deletions")
@scopes("write")
def drop_reply(reply_id: int) -> ResponseReturnValue:
    """Delete it, if it is as it was seen."""
    form = read(DeletionForm)
    try:
        with transaction() as session:
            delete_reply(session, reply_id, seen(form))
    except StaleRevision:
        return _changed(reply_id)
    return "", 204


def _asked(*names: str) -> dict[str, str]:
    """The words of the address; Refused where one is not known, since a misspelt one would show more."""
    wrong = {name: [NO_FIELD] for name in request.args if name not in names}
    for name, value in request.args.items():
        if name in names and value not in CHOICES[name]:
            wrong[name] = [NO_CHOICE.format(", ".join(CHOICES[name]))]
    if wrong:
        raise InvalidBody(wrong)
    return request.args.to_dict()


def _items(found: Iterable[CannedReply]) -> list[dict[str, Any]]:
    return [plain(one) for one in found]


def _one(reply_id: int) -> Response:
    return jsonify(_now(reply_id))


def _now(reply_id: int) -> dict[str, Any]:
    with transaction() as session:
        found: dict[str, Any] = plain(get_reply(session, reply_id))
    return found


def _changed(reply_id: int) -> Response:
    return problem(409, "It changed meanwhile", CHANGED, code="stale", reply=_now(reply_id))
