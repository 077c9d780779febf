"""Admin pages of the accounts: list, invitations, and the page of one account."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.accounts import administration, invitations, names, people, resets, sessions
from intake.accounts.handover import assigned_count, freed
from intake.accounts.openid import links
from intake.accounts.openid.links import OnlyWayIn
from intake.db import transaction
from intake.models import Editor
from intake.models.columns import BIGINT_MAX
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.errors import page
from intake.web.forms.accounts import (
    ADDRESS_TAKEN,
    NAME_TAKEN,
    InvitationForm,
    LimitsForm,
    PersonNameForm,
    RolesForm,
)
from intake.web.fresh import fresh
from intake.web.login_session import limits

WAITS = (
    "The reset is asked for. A second admin has to agree, or 24 hours have to pass. The person, the chief editors and the"
    " admins are told."
)
PERSON = f"/people/<int(max={BIGINT_MAX}):editor_id>"


@bp.get("/people", endpoint="people")
@requires("people.manage")
def list_people() -> ResponseReturnValue:
    """Page of the accounts and their invitations."""
    return _people_page(InvitationForm(formdata=None))


@bp.post("/people")
@requires("people.manage")
@fresh
def invite() -> ResponseReturnValue:
    """Create an account and show its invitation link. The link is shown only once."""
    form = InvitationForm()
    if not form.validate():
        return _people_page(form), 422
    with transaction() as session:
        added = administration.add(
            session, email=form.email.data or "", name=form.name.data or "", roles=form.roles.data or [],
            actor=current_user,
        )  # fmt: skip
        if form.sections.data:
            administration.change_limits(
                session,
                added.id,
                current_user,
                sections=form.sections.data,
                languages=(),
                reads_contact=False,
            )
        token = invitations.invitation_token(added)
        invited = people.person(session, added.id)
    return _people_page(InvitationForm(formdata=None), token, invited)


@bp.errorhandler(invitations.AddressTaken)
def address_taken(_error: invitations.AddressTaken) -> ResponseReturnValue:
    """Show the filled-in form again, with an error for the e-mail address."""
    form = InvitationForm()
    form.email.errors = [ADDRESS_TAKEN]
    return _people_page(form), 422


@bp.errorhandler(names.PersonNameTaken)
def name_taken(_error: names.PersonNameTaken) -> ResponseReturnValue:
    """Show the page of the account again, with an error for the name."""
    form = PersonNameForm()
    form.name.errors = [NAME_TAKEN]
    return _person_page((request.view_args or {})["editor_id"], name_form=form), 422


@bp.errorhandler(administration.LastAdmin)
@bp.errorhandler(administration.OwnAccount)
@bp.errorhandler(OnlyWayIn)
def refused(error: administration.LastAdmin | administration.OwnAccount | OnlyWayIn) -> ResponseReturnValue:
    """Flash why nothing was changed."""
    return page(409, "Nothing was changed", error.problem, error.advice)


@bp.errorhandler(administration.NotAdminAnyMore)
def no_admin(_error: administration.NotAdminAnyMore) -> ResponseReturnValue:
    """Answer 403: another admin took the role away while this request was running."""
    return page(403)


@bp.get(PERSON)
@requires("people.manage")
def person(editor_id: int) -> ResponseReturnValue:
    """Page of one account: name, roles, limits, sessions, reset, switching off, deletion."""
    return _person_page(editor_id)


@bp.post(f"{PERSON}/name")
@requires("people.manage")
def change_name(editor_id: int) -> ResponseReturnValue:
    """Give an account another name."""
    form = PersonNameForm()
    if not form.validate():
        return _person_page(editor_id, name_form=form), 422
    with transaction() as session:
        changed = names.change(session, editor_id, form.name.data or "", current_user)
    return _done(editor_id, f"The name is saved: {changed.name}.")


@bp.post(f"{PERSON}/roles")
@requires("people.manage")
@fresh
def change_roles(editor_id: int) -> ResponseReturnValue:
    """Change the roles of an account. They apply from its next request."""
    form = RolesForm()
    if not form.validate():
        return _person_page(editor_id, form), 422
    with transaction() as session:
        changed = administration.change_roles(session, editor_id, form.roles.data or [], current_user)
    return _done(editor_id, f"The roles of {changed.name} are saved.")


@bp.post(f"{PERSON}/limits")
@requires("people.manage")
@fresh
def change_limits(editor_id: int) -> ResponseReturnValue:
    """Limit an editor to sections and languages, and set who may read contact details. Applies at once."""
    with transaction() as session:
        kept = people.person(session, editor_id).sections
    form = LimitsForm(kept)
    if not form.validate():
        return _person_page(editor_id, limits_form=form), 422
    with transaction() as session:
        changed = administration.change_limits(
            session, editor_id, current_user, sections=form.sections.data or [],
            languages=form.languages.data or [], reads_contact=bool(form.reads_contact.data),
        )  # fmt: skip
    return _done(editor_id, f"The limits of {changed.name} are saved.")


@bp.post(f"{PERSON}/links")
@requires("people.manage")
@fresh
def new_link(editor_id: int) -> ResponseReturnValue:
    """Remove an account's password and show a new invitation link once. For chief editors and admins, request a reset."""
    with transaction() as session:
        token = resets.reset_password(session, editor_id, current_user)
    if token is None:
        flash(WAITS)
        return redirect(url_for("admin.resets"), 303)
    return _person_page(editor_id, token=token)


@bp.post(f"{PERSON}/session-ends", endpoint="end_sessions")
@requires("people.manage")
def end_all_sessions(editor_id: int) -> ResponseReturnValue:
    """End all sessions of an account."""
    with transaction() as session:
        administration.end_sessions(session, editor_id, current_user)
    return _done(editor_id, "All sessions are ended.")


@bp.post(f"{PERSON}/sessions/<uuid:session_id>/ends")
@requires("people.manage")
def end_session(editor_id: int, session_id: uuid.UUID) -> ResponseReturnValue:
    """End one session of an account."""
    with transaction() as session:
        administration.end_sessions(session, editor_id, current_user, session_id)
    return _done(editor_id, "The session is ended.")


@bp.post(f"{PERSON}/openid-removal")
@requires("people.manage")
@fresh
def unlink(editor_id: int) -> ResponseReturnValue:
    """Remove the link of an account to the OpenID provider."""
    with transaction() as session:
        links.unlink(session, administration.locked(session, editor_id, current_user), current_user)
    return _done(editor_id, "The link is removed.")


@bp.get(f"{PERSON}/switch-off")
@requires("people.manage")
def ask_switch_off(editor_id: int) -> ResponseReturnValue:
    """Page that says what switching off does, and asks for confirmation."""
    return _question(editor_id, "admin/switch_off.html")


@bp.post(f"{PERSON}/switch-off")
@requires("people.manage")
@fresh
def switch_off(editor_id: int) -> ResponseReturnValue:
    """Switch an account off."""
    with transaction() as session:
        assigned = assigned_count(session, editor_id)
        changed = administration.switch_off(session, editor_id, current_user)
    return _done(editor_id, f"The account of {changed.name} is switched off.{freed(assigned)}")


@bp.post(f"{PERSON}/switch-on")
@requires("people.manage")
def switch_on(editor_id: int) -> ResponseReturnValue:
    """Switch an account on again."""
    with transaction() as session:
        changed = administration.switch_on(session, editor_id, current_user)
    return _done(editor_id, f"The account of {changed.name} is switched on.")


@bp.get(f"{PERSON}/deletion")
@requires("people.manage")
def ask_deletion(editor_id: int) -> ResponseReturnValue:
    """Page that says what deletion does, and asks for confirmation."""
    return _question(editor_id, "admin/deletion.html")


@bp.post(f"{PERSON}/deletion")
@requires("people.manage")
@fresh
def delete(editor_id: int) -> ResponseReturnValue:
    """Delete an account."""
    with transaction() as session:
        assigned = assigned_count(session, editor_id)
        administration.delete_account(session, editor_id, current_user)
    flash(f"The account is deleted.{freed(assigned)}", "success")
    return redirect(url_for("admin.people"), 303)


def _done(editor_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("admin.person", editor_id=editor_id), 303)


def _question(editor_id: int, template: str) -> str:
    with transaction() as session:
        found = people.person(session, editor_id)
        assigned = assigned_count(session, editor_id)
    return render_template(template, person=found, assigned=assigned)


def _people_page(form: InvitationForm, token: str | None = None, invited: people.Person | None = None) -> str:
    with transaction() as session:
        found, linked = people.people(session), links.issuers(session)
    return render_template(
        "admin/people.html", people=found, linked=linked, form=form, link=_link(token), invited=invited
    )


def _person_page(
    editor_id: int,
    form: RolesForm | None = None,
    *,
    token: str | None = None,
    name_form: PersonNameForm | None = None,
    limits_form: LimitsForm | None = None,
) -> str:
    with transaction() as session:
        found = people.person(session, editor_id)
        account = session.get_one(Editor, editor_id)
        open_resets = resets.open_resets(session, editor_id)
        open_sessions = sessions.sessions(session, editor_id, limits())
        link_of = links.link_of(session, editor_id)
    return render_template(
        "admin/person.html",
        person=found,
        is_limitable=people.is_limitable(found),
        sessions=open_sessions,
        link_of=link_of,
        is_current=link_of is not None and link_of.issuer == config().oidc_issuer,
        waits=resets.waits(account),
        has_factor=account.factor_since is not None,
        resets=open_resets,
        name_form=name_form or PersonNameForm(formdata=None, data={"name": found.name}),
        form=form or RolesForm(formdata=None, data={"roles": found.roles}),
        limits_form=limits_form or LimitsForm(found.sections, formdata=None, data=vars(found)),
        link=_link(token),
    )


def _link(token: str | None) -> str | None:
    return config().desk_base_url + url_for("accounts.welcome", token=token) if token else None
