"""Pages of batches, each one decision on several submissions: preview, start, progress and undo."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.db import transaction
from intake.decisions import batch, batch_page
from intake.decisions.batch_page import Preview, batch_for_token, progress
from intake.decisions.decide import DecisionInput
from intake.models.columns import BIGINT_MAX
from intake.permissions.reach import reach_of
from intake.queue import assignments
from intake.queue.filters import Filters
from intake.queue.lists import first_matches
from intake.submissions.suspicion import clearing
from intake.web.access import requires
from intake.web.desk.blueprint import bp, current_list, list_url
from intake.web.forms.assignments import BulkAssignmentForm
from intake.web.forms.batches import MOST, BatchForm, items, messages, problems
from intake.web.language import gettext, ngettext

__all__ = ["bp"]


@bp.post("/batches/preview")
@requires("submission.read")
def preview() -> ResponseReturnValue:
    """Page of the decisions and messages that a batch would cause. Changes nothing.

    The form fields `item` are the selected submissions, as `id:version`. With `matching`, the first MOST
    submissions of the list are selected instead.
    """
    form, selected = BatchForm(), _selected()
    if not form.validate() or not 0 < len(selected) <= MOST:
        return _nothing_to_do(len(selected))
    found = _look_ahead(form, selected)
    written = _written(found)
    return _preview_page(form, found, written | _saved(found, request.form.get("use", "")))


@bp.post("/batches")
@requires("submission.decide")
def begin() -> ResponseReturnValue:
    """Start the batch that the preview showed.

    The form fields `sure` are the submissions that the preview listed as possible, as `id:version`.
    """
    form, sure = BatchForm(), items(request.form.getlist("sure"))
    with transaction() as session:
        asked = batch_for_token(session, form.token_or_new())
    if asked is not None:  # The button was clicked twice: the batch exists.
        return redirect(url_for("desk.batch", batch_id=asked), 303)
    if not form.validate() or not 0 < len(sure) <= MOST:
        return _nothing_to_do(len(sure))
    found = _look_ahead(form, sure)
    written = _written(found)
    wrong = problems(form.verdict.data or "", form.code.data or "", found, written)
    if wrong:
        form.code.errors = wrong.get("code", [])
        return _preview_page(form, found, written, [one for said in wrong.values() for one in said]), 422
    decision_input = DecisionInput(form.verdict.data or "", form.code.data or None)
    with transaction() as session:
        batch_id = batch.request_batch(
            session, current_user, form.token_or_new(), decision_input, written, list(sure.items())
        )
    return redirect(url_for("desk.batch", batch_id=batch_id), 303)


@bp.get(f"/batches/<int(max={BIGINT_MAX}):batch_id>", endpoint="batch")
@requires("submission.read")
def show_batch(batch_id: int) -> ResponseReturnValue:
    """Page of a batch: its progress and the submissions that could not be decided."""
    with transaction() as session:
        found = progress(session, batch_id, reach_of(current_user))
    return render_template("desk/batch.html", batch=found)


@bp.post(f"/batches/<int(max={BIGINT_MAX}):batch_id>/undo")
@requires("submission.decide")
def undo_batch(batch_id: int) -> ResponseReturnValue:
    """Undo all decisions of a batch that have not taken effect."""
    with transaction() as session:
        back, late = batch.undo_batch(session, batch_id, current_user)
    flash(_undone(back, late), "success")
    return redirect(url_for("desk.batch", batch_id=batch_id), 303)


@bp.post("/assignments")
@requires("submission.assign")
def assign_several() -> ResponseReturnValue:
    """Assign the selected submissions to one person. Redirects to the list.

    An empty due date keeps that of each submission.
    """
    form, chosen = BulkAssignmentForm(), _selected()
    if not 0 < len(chosen) <= MOST:
        return _nothing_to_do(len(chosen))
    if not form.validate():
        flash(" ".join(str(error) for said in form.errors.values() for error in said), "error")
        return redirect(list_url(current_list()), 303)
    with transaction() as session:
        done = assignments.assign_several(
            session, chosen, current_user, form.assignee_id, due_on=form.due.data
        )
    flash(_assigned(done, len(chosen) - done), "success" if done else "error")
    return redirect(list_url(current_list()), 303)


def _assigned(done: int, left: int) -> str:
    words = ngettext("%(num)s submission is assigned.", "%(num)s submissions are assigned.", done)
    if not left:
        return words
    left_out = ngettext(
        "%(num)s was left out: withdrawn, or this person does not see the section or the language.",
        "%(num)s were left out: withdrawn, or this person does not see the section or the language.",
        left,
    )
    return f"{words} {left_out}"


@bp.post("/suspicious/decisions")
@requires("submission.decide")
def decide_on_suspicious() -> ResponseReturnValue:
    """Decide on all suspicious submissions that match the filters and were there when the page was loaded.

    The form field `do` is `spam`, for a batch that can be undone, or `clear`, to move them to the queue.
    """
    until, filters = request.form.get("until", 0, type=int), Filters.parse(request.form)
    with transaction() as session:
        found = clearing.matching(session, filters, current_user, min(until, BIGINT_MAX))
        if request.form.get("do") == "clear":
            return _cleared(clearing.clear(session, current_user, found), len(found))
        if not found or request.form.get("do") != "spam":
            return _nothing_to_do(0)
        batch_id = batch.request_batch(
            session, current_user, uuid.uuid4(), DecisionInput("spam"), {}, list(found.items())
        )
    return redirect(url_for("desk.batch", batch_id=batch_id), 303)


@bp.post("/suspicious/clearings")
@requires("submission.decide")
def clear_suspicion() -> ResponseReturnValue:
    """Move the selected suspicious submissions to the queue. The form fields `item` are `id:version`."""
    selected = items(request.form.getlist("item"))
    if not 0 < len(selected) <= MOST:
        return _nothing_to_do(len(selected))
    with transaction() as session:
        return _cleared(clearing.clear(session, current_user, selected), len(selected))


def _selected() -> dict[uuid.UUID, int]:
    """Return {id: version} of the selected submissions."""
    if not request.form.get("matching"):
        return items(request.form.getlist("item"))
    with transaction() as session:
        return first_matches(session, current_list(), current_user.id, MOST, reach_of(current_user))


def _cleared(count: int, selected: int) -> ResponseReturnValue:
    words = ngettext(
        "%(num)s submission is in the queue now.", "%(num)s submissions are in the queue now.", count
    )
    left = selected - count
    late = gettext("Changed or decided on in the meantime: %(count)s.", count=left)
    flash(f"{words} {late}" if left else words, "success")
    return redirect(url_for("desk.queue", lane=clearing.LANE), 303)


def _nothing_to_do(count: int) -> ResponseReturnValue:
    return render_template("desk/batch_empty.html", count=count, most=MOST), 422


def _look_ahead(form: BatchForm, selected: dict[uuid.UUID, int]) -> Preview:
    form.offer_codes()
    with transaction() as session:
        return batch_page.preview(session, current_user, form.verdict.data or "", selected)


def _written(found: Preview) -> dict[str, str]:
    return messages(
        {code: request.form.get(f"message-{code}", "") for code in found.languages}, found.languages
    )


def _saved(found: Preview, use: str) -> dict[str, str]:
    """Return {language: body} of the saved reply in `use`, as `language:id`. Empty if the reply is not offered."""
    code, _, number = use.partition(":")
    bodies = {str(reply.id): reply.body for reply in found.replies.get(code, [])}
    return {code: bodies[number]} if number in bodies else {}


def _preview_page(
    form: BatchForm, found: Preview, written: dict[str, str], wrong: list[str] | None = None
) -> str:
    form.token.data = str(form.token_or_new())
    return render_template(
        "desk/batch_preview.html",
        form=form,
        found=found,
        written=written,
        problems=wrong or [],
        list=current_list().query(),
        list_address=list_url(current_list()),
    )


def _undone(back: int, late: int) -> str:
    done = gettext("Undone: %(count)s.", count=back)
    in_effect = gettext("Already in effect: %(count)s.", count=late)
    return f"{done} {in_effect}" if late else done
