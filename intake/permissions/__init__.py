"""Table of who may do what: role × action × section. Pages, APIs, feeds, live streams and the page of the table read it.

No other code names a role to decide on access. `intake/web/access.py` enforces the table, and `reach.py` the sections.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

ALL = "all"
"""All submissions, or the whole system where an action is not about submissions."""
WITHIN = "within"
"""The submissions within the account's sections and languages (see reach.py)."""
NAMED = "named"
"""Like WITHIN, but only for accounts with the attribute `Action.named_by`, which an admin sets."""
CELLS = {
    ALL: "Yes",
    WITHIN: "Within limits",
    NAMED: "If named, within limits",
}
"""Cell of the table → what its page says. An absent cell means no."""

DESK, ADMIN, OWN = "Desk", "Administration", "Own account"
AREAS = (DESK, ADMIN, OWN)


@dataclass(frozen=True)
class Action:
    """Row of the table. `cells` is {role: cell}, see CELLS.

    `scope` is the scope that an API token needs, or "" if programs cannot do it.
    `named_by` is the boolean attribute of an account that a NAMED cell requires.
    """

    label: str
    area: str
    cells: Mapping[str, str]
    scope: str = ""
    named_by: str = "reads_contact"


EDITORS = {"editor": WITHIN, "chief": ALL}
DESK_ROLES = {"editor": ALL, "chief": ALL}
ADMINS = {"admin": ALL}
EVERYBODY = {"editor": ALL, "chief": ALL, "admin": ALL}

ACTIONS = {
    "submission.read": Action("Read the queue, submissions, photos and their history", DESK, EDITORS, "read"),
    "submission.claim": Action("Claim submissions", DESK, EDITORS, "write"),
    "submission.assign": Action("Assign submissions to colleagues", DESK, EDITORS, "write"),
    "submission.edit": Action("Edit texts and details", DESK, EDITORS, "write"),
    "photo.change": Action("Redact, crop and mark photos", DESK, EDITORS, "write"),
    "note.write": Action("Write notes", DESK, EDITORS, "write"),
    "message.send": Action("Write to contributors", DESK, EDITORS, "write"),
    "submission.decide": Action("Decide, undo and reopen", DESK, EDITORS, "decide"),
    "submission.publish": Action("Mark as published, correct, unpublish and retract", DESK, EDITORS, "decide"),
    "checklist.tick": Action("Tick points of checklists", DESK, EDITORS, "write"),
    "translation.link": Action("Link translations", DESK, EDITORS, "write"),
    "submission.export": Action("Download accepted submissions", DESK, EDITORS, "read"),
    "feed.read": Action("Read the feeds of accepted submissions", DESK, EDITORS, "feed"),
    "guest.invite": Action("Make and withdraw reading links for guests", DESK, EDITORS),
    "contact.read": Action("Read contact details", DESK, {"editor": NAMED, "chief": ALL}, "write"),
    "original.open": Action(
        "Open unchanged photos, together with a second holder", DESK, {"editor": NAMED, "chief": NAMED}, named_by="holds_originals"
    ),
    "hold.ask": Action("Ask for legal holds, and release them", DESK, {"chief": ALL}),
    "hold.confirm": Action("Confirm legal holds of another chief editor", DESK, {"chief": ALL}),
    "view.save": Action("Save views of the queue", DESK, DESK_ROLES, "write"),
    "reply.read": Action("Read saved replies", DESK, DESK_ROLES, "read"),
    "reply.change": Action("Change saved replies", DESK, DESK_ROLES, "write"),
    "notification.read": Action("Read own notifications", DESK, EDITORS, "read"),
    "notification.mark": Action("Mark own notifications as read", DESK, EDITORS, "write"),
    "draft.save": Action("Keep unsent text as a draft", DESK, EDITORS),
    "events.read": Action("See the head of the chain of events, also by mail", DESK, {"chief": ALL}),
    "desk.use": Action("Own preferences", DESK, DESK_ROLES),
    "token.desk": Action("Create own API tokens for the desk", DESK, DESK_ROLES),
    "system.read": Action("See processes and jobs", ADMIN, ADMINS, "admin"),
    "jobs.manage": Action("Retry and discard jobs, pause queues, stop workers", ADMIN, ADMINS, "admin"),
    "settings.change": Action("Change the settings and texts of the magazine, and the phrases of spam", ADMIN, ADMINS),
    "retention.confirm": Action("Confirm legal holds of a chief editor", ADMIN, ADMINS),
    "retention.read": Action("See legal holds, and how many submissions age deletes", ADMIN, ADMINS),
    "changes.read": Action(
        "See changes to accounts, roles, settings and queues", ADMIN, {"chief": ALL, "admin": ALL}
    ),
    "people.manage": Action(
        "Invite people, change what they may do, switch off, reset and delete accounts", ADMIN, ADMINS, "people"
    ),
    "token.admin": Action("Create own API tokens for operations", ADMIN, ADMINS),
    "account.use": Action("Own password, second factors and sessions", OWN, EVERYBODY),
}  # fmt: skip
"""Action → its row."""


class RoleName(Protocol):
    """Role of an account."""

    name: str


class RoleHolder(Protocol):
    """Account whose permissions are asked."""

    @property
    def roles(self) -> Iterable[RoleName]:
        """Roles of the account."""

    reads_contact: bool
    holds_originals: bool


def cell(person: RoleHolder, action: str) -> str:
    """Return the account's widest cell of an action (a key of CELLS), or "" if it may not do it.

    Raises KeyError for an action that is not in the table.
    """
    row = ACTIONS[action].cells
    cells = {row[role.name] for role in person.roles if role.name in row}
    if NAMED in cells and not getattr(person, ACTIONS[action].named_by):
        cells.remove(NAMED)
    return next((one for one in (ALL, WITHIN, NAMED) if one in cells), "")


def allows(person: RoleHolder, action: str) -> bool:
    """Return whether an account may do an action, at least with some submissions."""
    return bool(cell(person, action))


def roles_with(action: str) -> tuple[str, ...]:
    """Return the roles that may do an action."""
    return tuple(ACTIONS[action].cells)


def scopes_of(role: str) -> set[str]:
    """Return the scopes that API tokens of an account with this role may use."""
    return {row.scope for row in ACTIONS.values() if row.scope and role in row.cells}
