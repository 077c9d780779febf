"""Page of one submission."""

import uuid
from dataclasses import replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake import wording
from intake.db import transaction
from intake.decisions.canned_replies import CannedReply, by_reason
from intake.permissions.reach import reach_of
from intake.queue.filters import Filters
from intake.queue.lists import place
from intake.review import submission_export
from intake.review.drafts import saved_drafts
from intake.review.submission_detail import Claim, SubmissionDetail
from intake.web.access import requires
from intake.web.current import reading
from intake.web.desk.blueprint import bp, context, current_list, list_url, load
from intake.web.desk.drafts import form_with_draft, offered_drafts
from intake.web.forms.canned_replies import replies_of
from intake.web.forms.decision import DecisionForm
from intake.web.forms.messages import MessageForm, NoteForm
from intake.web.forms.publication import SourceForm
from intake.web.language import gettext


@bp.get("/submissions/<uuid:submission_id>")
@requires("submission.read")
def submission(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Page of a submission: text, photos, timeline and decision."""
    return submission_page(load(submission_id))


@bp.post("/submissions/<uuid:submission_id>/contact-views")
@requires("contact.read")
def view_contact(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Show the contributor's contact. The timeline records who read it."""
    with transaction() as session:
        contact = submission_export.view_contact(session, submission_id, current_user)
    return submission_page(load(submission_id), contact=contact)


def submission_page(
    current: SubmissionDetail,
    form: DecisionForm | None = None,
    contact: str | None = None,
    *,
    message_form: MessageForm | None = None,
    note_form: NoteForm | None = None,
    asked_of: Claim | None = None,
    source_form: SourceForm | None = None,
) -> str:
    """Render the page of a submission. Forms are given only if they have errors to show.

    `asked_of` is the claim of a colleague if the page shall ask whether to decide despite that claim.
    """
    marked = current.second_look.marked
    revision = replace(current.revision, html=marked.get("text", current.revision.html))
    version = {"version": current.submission.version}
    ready, filters = replies_of(current), current_list()
    with reading() as session:
        beside = place(session, filters, current_user.id, current.submission.id, reach_of(current_user))
        drafts = saved_drafts(session, current.submission.id, current_user.id)
    used = {kind: draft for kind, draft in drafts.items() if kind == request.args.get("draft")}
    decision = {**version, **_chosen(ready)}
    forms: dict[str, Any] = {
        "decision": form or form_with_draft(DecisionForm, used.get("decision"), decision),
        "message": message_form or form_with_draft(MessageForm, used.get("message"), version),
        "note": note_form or form_with_draft(NoteForm, used.get("note"), version),
    }
    return render_template(
        "desk/submission.html",
        form=forms["decision"],
        message_form=forms["message"],
        note_form=forms["note"],
        offers={} if request.method == "POST" else offered_drafts(drafts, forms),
        used=used,
        wrong=next((one for one in (form, message_form, note_form, source_form) if one), None),
        source_form=source_form or SourceForm(formdata=None),
        contact=contact,
        replies=ready,
        reason_replies=by_reason(ready, current.submission.language),
        asked_of=asked_of,
        beside=beside,
        list_address=list_url(filters, beside.page, f"story-{current.submission.id}"),
        list_name=_name(filters),
        **context(current) | {"revision": revision},
    )


def _name(filters: Filters) -> str:
    """Return the name of a list, for the link back to it."""
    if filters.q:
        return gettext("Search")
    if filters.narrowed().keys() - {"state"}:
        return gettext("Filtered list")
    if filters.state:
        lane, state = wording.LANES[filters.lane], wording.PUBLISHING_STATES[filters.state]
        return gettext("%(lane)s: %(state)s", lane=gettext(lane), state=gettext(state).lower())
    return gettext("Queue") if filters.lane == "ours" else gettext(wording.LANES[filters.lane])


def _chosen(ready: list[CannedReply]) -> dict[str, str]:
    """Return verdict, reason and message of the saved reply whose id is in the query parameter `reply`, or {}."""
    wanted = request.args.get("reply", "")
    reply = next((one for one in ready if str(one.id) == wanted), None)
    if reply is None:
        return {}
    code = f"{reply.verdict}.{reply.code}" if reply.code else ""
    return {"verdict": reply.verdict, "code": code, "message": reply.body}
