"""One decision on several submissions: looked at first, asked for, followed, taken back."""

import uuid
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.decisions import batch_page
from intake.decisions.batch import request_batch
from intake.decisions.batch import undo_batch as take_back
from intake.decisions.batch_page import Preview, SelectedSubmission, batch_for_token, progress
from intake.decisions.decide import DecisionInput
from intake.languages import NAMES
from intake.models.columns import BIGINT_MAX
from intake.web.access import scopes
from intake.web.api.desk.blueprint import bp
from intake.web.api.request_body import NO_FIELD, InvalidBody, read
from intake.web.api.serialize import below, plain, whole
from intake.web.forms.api_bodies import AskBody, BatchBody
from intake.web.forms.batches import MOST, items, messages, problems
from intake.web.token_auth import editor

__all__ = ["bp"]

BATCH = f"/batches/<int(max={BIGINT_MAX}):batch_id>"
ITEM = {"id", "version"}
NO_ITEMS = f"Please send a list of one to {MOST} objects with `id` and `version`, each submission once."
NO_MESSAGES = "Please send an object: language → the message in it."
NO_LANGUAGE = "There is no such language."


@bp.post("/batches/preview")
@scopes("read")
def preview() -> ResponseReturnValue:
    """What exactly would be decided, what would be sent, and why it cannot be asked for yet; nothing is done."""
    form = read(BatchBody, adapt=_but_objects)
    found, written = _look_ahead(form, _selected())
    return jsonify(
        {
            "possible": [_choice(choice) for choice in found.possible],
            "left_out": [_choice(choice) for choice in found.left_out],
            "messages": [_message(code, found, written) for code in found.languages],
            "errors": problems(form, found, written),
            "token": str(form.token_or_new()),
        }
    )


@bp.post("/batches")
@scopes("decide")
def begin() -> ResponseReturnValue:
    """Ask for it; 200 and the same batch where the token has asked before."""
    form = read(AskBody, adapt=_but_objects)
    sure = _selected()
    with transaction() as session:
        asked = batch_for_token(session, form.token_or_new())
    if asked is not None:
        return _one(asked)
    found, written = _look_ahead(form, sure)
    wrong = problems(form, found, written)
    if wrong:
        raise InvalidBody(wrong)
    decision_input = DecisionInput(form.verdict.data or "", form.code.data or None)
    with transaction() as session:
        batch_id = request_batch(
            session, editor(), form.token_or_new(), decision_input, written, list(sure.items())
        )
    return _one(batch_id, 201)


@bp.get(BATCH)
@scopes("read")
def batch(batch_id: int) -> ResponseReturnValue:
    """How far it is, and what became of each."""
    return _one(batch_id)


@bp.delete(BATCH)
@scopes("decide")
def undo_batch(batch_id: int) -> ResponseReturnValue:
    """Take back whatever of it has not taken effect."""
    with transaction() as session:
        take_back(session, batch_id, editor())
    return _one(batch_id)


def _one(batch_id: int, status: int = 200) -> Response:
    with transaction() as session:
        found = plain(progress(session, batch_id))
    lines = [{**line, "url": _address(line["id"], line["title"])} for line in found.pop("lines")]
    response = jsonify({**found, "items": lines, "url": below("batch", batch_id=batch_id)})
    response.status_code = status
    return response


def _choice(choice: SelectedSubmission) -> dict[str, Any]:
    seen = choice.eligibility
    return {**plain(seen), "title": choice.title, "url": _address(seen.id, choice.title)}


def _address(ident: uuid.UUID, title: str) -> str | None:
    """Of what can be read."""
    return whole(ident) if title else None


def _message(code: str, found: Preview, written: dict[str, str]) -> dict[str, Any]:
    """What those of one language would read, and what is kept ready for them."""
    kept = [{"id": one.id, "name": one.name, "body": one.body} for one in found.replies.get(code, [])]
    readers = [choice for choice in found.possible if choice.eligibility.language == code]
    return {"language": code, "readers": len(readers), "message": written.get(code), "replies": kept}


def _look_ahead(form: BatchBody, selected: dict[uuid.UUID, int]) -> tuple[Preview, dict[str, str]]:
    with transaction() as session:
        found = batch_page.preview(session, editor(), form.verdict.data or "", selected)
    return found, messages(_typed(), found.languages)


def _but_objects(sent: dict[str, Any]) -> dict[str, Any]:
    """Items and messages are objects, which no form has: they are checked by themselves."""
    return {name: value for name, value in sent.items() if name not in {"items", "messages"}}


def _selected() -> dict[uuid.UUID, int]:
    """As the page's boxes name them, `id:version`. One that cannot be read is refused, not left out."""
    sent = request.get_json().get("items")
    if (
        not isinstance(sent, list)
        or not 0 < len(sent) <= MOST
        or not all(isinstance(one, dict) for one in sent)
    ):
        raise InvalidBody({"items": [NO_ITEMS]})
    strange = sorted({name for one in sent for name in one} - ITEM)
    if strange:
        raise InvalidBody({f"items: {name}": [NO_FIELD] for name in strange})
    found = items(f"{one.get('id')}:{one.get('version')}" for one in sent)
    if len(found) != len(sent):
        raise InvalidBody({"items": [NO_ITEMS]})
    return found


def _typed() -> dict[str, str]:
    sent = request.get_json().get("messages")
    if sent is None:
        return {}
    if not isinstance(sent, dict) or not all(isinstance(words, str) for words in sent.values()):
        raise InvalidBody({"messages": [NO_MESSAGES]})
    strange = sorted(sent.keys() - NAMES.keys())
    if strange:
        raise InvalidBody({f"messages: {code}": [NO_LANGUAGE] for code in strange})
    return sent
