"""Pages of the saved replies."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from intake.db import transaction
from intake.decisions.canned_replies import (
    CannedReply,
    add_reply,
    change_reply,
    delete_reply,
    get_reply,
    replies_for,
    reply_languages,
)
from intake.errors import NameTaken, NotFound, StaleRevision
from intake.languages import LANGUAGES
from intake.models.decision import VERDICTS
from intake.plurals import gettext_noop
from intake.web.access import requires
from intake.web.desk.blueprint import bp, spoken_reasons
from intake.web.desk.conflicts import refusal
from intake.web.errors import page
from intake.web.forms.canned_replies import TAKEN, DeletionForm, ReplyForm, seen
from intake.web.language import gettext

__all__ = ["bp"]


CHANGED = gettext_noop(
    "A colleague changed this reply in the meantime. Their version is below. Save again to replace it with yours."
)
KEPT = gettext_noop(
    "A colleague changed this reply in the meantime, so it was not deleted. Please check it again."
)


@bp.get("/replies")
@requires("reply.read")
def replies() -> ResponseReturnValue:
    """Page of the saved replies in one language."""
    language = request.args.get("language", "en")
    if language not in LANGUAGES:
        return page(404)
    with transaction() as session:
        found = [one for one in replies_for(session, language) if one.language == language]
        counts = reply_languages(session)
    return render_template(
        "desk/replies.html",
        language=language,
        replies=found,
        counts=counts,
        verdicts=list(VERDICTS),
        reasons=spoken_reasons(),
    )


@bp.get("/replies/new")
@requires("reply.change")
def new_reply() -> ResponseReturnValue:
    """Page with an empty form for a saved reply. Query parameters can preset verdict and language."""
    asked = {name: request.args.get(name) for name in ("verdict", "language")}
    return _form_page(ReplyForm(formdata=None, data={k: v for k, v in asked.items() if v}), None)


@bp.post("/replies")
@requires("reply.change")
def keep_reply() -> ResponseReturnValue:
    """Create a saved reply."""
    form = ReplyForm()
    if not form.validate():
        return _form_page(form, None), 422
    with transaction() as session:
        add_reply(session, form.filled_in())
    return _listed(form.language.data)


@bp.get("/replies/<int(max=9223372036854775807):reply_id>")
@requires("reply.read")
def reply(reply_id: int) -> ResponseReturnValue:
    """Page with the form of one saved reply."""
    found = _load(reply_id)
    return _form_page(_form_of(found), found)


@bp.post("/replies/<int(max=9223372036854775807):reply_id>")
@requires("reply.change")
def rewrite_reply(reply_id: int) -> ResponseReturnValue:
    """Change a saved reply.

    If a colleague changed it in the meantime, both versions are shown and nothing is saved.
    """
    form, found = ReplyForm(), _load(reply_id)
    if not form.validate():
        return _form_page(form, found), 422
    with transaction() as session:
        change_reply(session, reply_id, seen(form.changed_at.data or ""), form.filled_in())
    return _listed(form.language.data)


@bp.post("/replies/<int(max=9223372036854775807):reply_id>/deletions")
@requires("reply.change")
def drop_reply(reply_id: int) -> ResponseReturnValue:
    """Delete a saved reply. A repeated request succeeds too."""
    form = DeletionForm()
    try:
        found = _load(reply_id)
        if not form.validate():
            return _form_page(_form_of(found), found, _sentences(form)), 422
        with transaction() as session:
            delete_reply(session, reply_id, seen(form.changed_at.data or ""))
    except NotFound:
        return _listed("en")
    return _listed(found.language)


@refusal("keep_reply", NameTaken)
@refusal("rewrite_reply", NameTaken)
def _name_taken(reply_id: int | None = None) -> ResponseReturnValue:
    form = ReplyForm()
    form.name.errors = [TAKEN]
    return _form_page(form, None if reply_id is None else _load(reply_id)), 422


@refusal("rewrite_reply", StaleRevision)
def _changed(reply_id: int) -> ResponseReturnValue:
    form, now = ReplyForm(), _load(reply_id)
    form.changed_at.data = now.changed_at.isoformat()
    return _form_page(form, now, [gettext(CHANGED)]), 409


@refusal("drop_reply", StaleRevision)
def _not_deleted(reply_id: int) -> ResponseReturnValue:
    now = _load(reply_id)
    return _form_page(_form_of(now), now, [gettext(KEPT)]), 409


def _sentences(form: FlaskForm) -> list[str]:
    return [sentence for sentences in form.errors.values() for sentence in sentences]


def _load(reply_id: int) -> CannedReply:
    with transaction() as session:
        return get_reply(session, reply_id)


def _form_of(found: CannedReply) -> ReplyForm:
    return ReplyForm(formdata=None, data=_fields(found))


def _fields(found: CannedReply) -> dict[str, str]:
    code = f"{found.verdict}.{found.code}" if found.code else ""
    return {**vars(found), "code": code, "changed_at": found.changed_at.isoformat()}


def _form_page(form: ReplyForm, now: CannedReply | None, problems: list[str] | None = None) -> str:
    """Render the form. `now` is the stored reply, or None for a new reply."""
    return render_template("desk/reply.html", form=form, now=now, problems=problems or [])


def _listed(language: str) -> ResponseReturnValue:
    return redirect(url_for("desk.replies", language=language), 303)
