"""Admin page of the changes to accounts, settings, queues, jobs, workers and keys, and of backups."""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField

from intake import wording
from intake.audit import changes
from intake.audit.changes import ChangeFilter, RecordedChange
from intake.languages import NAMES
from intake.models.account import ROLES, SCOPES
from intake.models.columns import BIGINT_MAX
from intake.models.factor import RESET_KINDS
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.admin.texts import TITLES
from intake.web.current import reading

KIND_LABELS = {
    "accounts": "Accounts and roles",
    "logins": "Logins, second factors and tokens",
    "settings": "Settings and texts",
    "queues": "Queues, jobs and workers",
    "keys": "Keys and backups",
}
# Way to create an account without an actor → text shown instead of a name. Old events do not record the way.
WAYS = {"setup": "with the setup link", "command": "by a command on the server"}
ANY_WAY = "with the setup link or by a command on the server"
FACTORS = {"app": "authenticator app", "passkey": "passkey"} | RESET_KINDS
# Event → sentence. The entries below replace or add to the sentences of a submission's history.
SENTENCES = wording.EVENTS | {
    "queue.paused": "Queue {queue} paused",
    "worker.stop_asked": "Worker {worker} asked to stop after its jobs",
    "schedule.run_asked": "Immediate run of {kind} requested",
    "phrases.changed": "List of spam phrases changed",
    "settings.changed": "Settings changed",
    "magazine_text.changed": "Text of the contributor’s pages changed",
    "reset.agreed": "A second admin agreed to a reset: {kind}",
    "jobs.retried": "{jobs} retried together",
    "jobs.discarded": "{jobs} discarded together",
}


class ChangeFilterForm(Form):
    """Fields of the filter. A value that is not offered counts as no filter."""

    person = SelectField("Person", default="")
    kind = SelectField("Kind", choices={"": "All changes", **KIND_LABELS}, default="")

    def __init__(self, people: Mapping[int, str], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        persons = {"": "Everybody"} | {str(number): name for number, name in people.items()}
        self.person.choices = persons
        if self.person.data not in persons:
            self.person.data = ""
        if self.kind.data not in KIND_LABELS:
            self.kind.data = ""

    @property
    def filter(self) -> ChangeFilter:
        """Return the filter that the fields describe."""
        return ChangeFilter(int(self.person.data or 0), self.kind.data)


@bp.get("/changes", endpoint="changes")
@requires("changes.read")
def list_changes() -> ResponseReturnValue:
    """Page of the changes by day, newest first. Can be filtered by person and kind of change."""
    after = request.args.get("after", "")
    known = after.isascii() and after.isdecimal() and int(after) <= BIGINT_MAX
    with reading() as session:
        form = ChangeFilterForm(changes.people(session), request.args)
        found = changes.change_page(session, form.filter, int(after) if known else None)
        days = [(day, list(those)) for day, those in groupby(found.items, lambda one: one.at.date())]
    return render_template(
        "admin/changes.html",
        days=days,
        next=found.next,
        after=after if known else "",
        form=form,
        filter={name: field.data for name, field in form._fields.items() if field.data},
        sentence=sentence,
        details=details,
        actor=actor,
    )


def sentence(change: RecordedChange) -> str:
    """Return what was changed, such as "Roles changed"."""
    data = dict(change.data)
    if "kind" in data:
        data["kind"] = FACTORS.get(data["kind"], data["kind"])
    if "jobs" in data:
        data["jobs"] = wording.counted(data["count"], "job")
    return SENTENCES[change.event].format_map(data)


def details(change: RecordedChange) -> str:
    """Return the new values or the reason, or "" if the sentence needs no details."""
    data = change.data
    if change.event in {"account.created", "account.roles_changed"}:
        return ", ".join(ROLES[role] for role in data["roles"]) or "No role"
    if change.event == "account.limits_changed":
        return _limits(data)
    if change.event == "token.created":
        return ", ".join(SCOPES.get(scope, scope) for scope in data["scopes"])
    if change.event == "magazine_text.changed":
        return f"{TITLES[data['text']]}, {NAMES.get(data['language'], data['language'])}"
    if change.event in KEY_DETAILS:
        return KEY_DETAILS[change.event](data)
    return str(data.get("reason") or "")


def actor(change: RecordedChange) -> str:
    """Return the text shown instead of a name for a change that no account made."""
    if change.event != "account.created":
        return WAYS["command"]
    # Only accounts with these two roles can come from the setup link. Commands made all others, also in old events.
    is_perhaps_first = sorted(change.data["roles"]) == ["admin", "chief"]
    return WAYS.get(change.data.get("way", ""), ANY_WAY if is_perhaps_first else WAYS["command"])


def _rotated(data: Mapping[str, Any]) -> str:
    failed = (
        f" Those of {wording.counted(data['failed'], 'submission')} did not open." if data["failed"] else ""
    )
    return f"New pair {data['key']}. Keys of {wording.counted(data['submissions'], 'submission')} wrapped anew.{failed}"


def _restored(data: Mapping[str, Any]) -> str:
    again = f". {wording.counted(data['deleted'], 'submission')} deleted again" if data["deleted"] else ""
    return f"As of {data['made']} UTC{again}"


# Event about keys or a backup → its details.
KEY_DETAILS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "keys.rotated": _rotated,
    "keys.destroyed": lambda data: ", ".join(data["keys"]),
    "search_keys.rotated": lambda data: f"{wording.counted(data['submissions'], 'submission')} indexed anew",
    "backup.made": lambda data: "Encrypted" if data["encrypted"] else "Not encrypted",
    "backup.deleted": lambda data: f"Made on {data['made']} UTC",
    "backup.restored": _restored,
}


def _limits(data: Mapping[str, Any]) -> str:
    languages = [NAMES.get(one, one) for one in data["languages"]]
    return ". ".join(
        [
            f"Sections: {', '.join(data['sections']) or 'all'}",
            f"Languages: {', '.join(languages) or 'all'}",
            f"{'May' if data['reads_contact'] else 'May not'} read contact details",
        ]
    )
