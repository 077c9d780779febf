"""Permission table (role × action × section): every cell is tested over HTTP, by a page and by the API."""

import html
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from intake.accounts import administration
from intake.db import transaction
from intake.models import Editor
from intake.models.account import ROLES, SCOPES
from intake.permissions import ACTIONS, ALL, NAMED
from intake.web import Transom
from tests.cast import join
from tests.web.bodies import File
from tests.web.conftest import JPEG, at_the_desk, newest
from tests.web.people import Newsroom
from tests.web.programs import Program, token_of

S, API = "/desk/submissions/{id}", "/api/v1/desk/submissions/{id}"
PHOTO = "/photos/{photo}"
PROBES = {
    "submission.read": ("GET " + S, "GET " + API),
    "submission.claim": ("POST " + S + "/claims/release", "DELETE " + API + "/claim"),
    "submission.assign": ("POST " + S + "/assignment", "PUT " + API + "/assignment"),
    "submission.edit": ("GET " + S + "/revisions/new", "POST " + API + "/revisions"),
    "photo.change": ("POST " + S + PHOTO + "/graphic", "POST " + API + PHOTO + "/redactions"),
    "note.write": ("POST " + S + "/notes", "POST " + API + "/notes"),
    "message.send": ("POST " + S + "/messages", "POST " + API + "/messages"),
    "submission.decide": ("POST " + S + "/decisions", "POST " + API + "/decisions"),
    "submission.publish": ("POST " + S + "/publications", "POST " + API + "/publications"),
    "checklist.tick": ("POST " + S + "/checklist", "PUT " + API + "/checklist/faces"),
    "translation.link": ("POST " + S + "/source", "PUT " + API + "/source"),
    "submission.export": ("GET " + S + "/export.zip", "GET " + API + "/export.zip"),
    "feed.read": ("", "GET /feeds/submissions/{id}/photos/{photo}/web"),
    "guest.invite": ("GET " + S + "/links", ""),
    "contact.read": ("POST " + S + "/contact-views", "POST " + API + "/contact-views"),
    "original.open": ("GET " + S + "/originals", ""),
    "hold.ask": ("POST " + S + "/holds", ""),
    "hold.confirm": ("POST " + S + "/holds/1/confirmations", ""),
    "view.save": ("POST /desk/views", "POST /api/v1/desk/views"),
    "reply.read": ("GET /desk/replies", "GET /api/v1/desk/replies"),
    "reply.change": ("POST /desk/replies", "POST /api/v1/desk/replies"),
    "notification.read": ("GET /desk/for-you", "GET /api/v1/desk/for-you"),
    "notification.mark": ("POST " + S + "/seen", "POST " + API + "/seen"),
    "draft.save": ("POST " + S + "/drafts/note", ""),
    "events.read": ("GET /desk/chain", ""),
    "desk.use": ("GET /desk/me", ""),
    "token.desk": ("GET /desk/tokens", ""),
    "system.read": ("GET /admin/", "GET /api/v1/admin/status"),
    "jobs.manage": ("POST /admin/jobs/retries", "POST /api/v1/admin/jobs/retries"),
    "settings.change": ("GET /admin/texts", ""),
    "retention.confirm": ("POST /admin/retention/holds/1/confirmations", ""),
    "retention.read": ("GET /admin/retention", ""),
    "changes.read": ("GET /admin/changes", ""),
    "people.manage": ("GET /admin/people", "GET /api/v1/admin/people"),
    "token.admin": ("GET /admin/tokens", ""),
    "account.use": ("GET /account", ""),
}  # fmt: skip
"""Action → request to a page, and request to an API, or "" if there is none."""


@dataclass(frozen=True)
class Side:
    """Two test clients of one account: a browser with a session, and a program with an API token."""

    browser: Newsroom
    program: Program

    def status(self, probe: str, **parts: object) -> int:
        """Return the status of a request, with an empty body."""
        method, _, url = probe.format(**parts).partition(" ")
        if not url.startswith(("/api/", "/feeds/")):
            return (self.browser.get(url) if method == "GET" else self.browser.post(url)).status_code
        body: dict[str, object] | None = {} if method in {"POST", "PUT"} else None
        return self.program.open(method, url, json=body).status_code


def side(app: Transom, *roles: str, contact: bool = False) -> Side:
    """Account with these roles that is limited to the section News."""
    account = join(f"P{uuid.uuid4().hex[:6]} Doe", *roles)
    with transaction() as session:
        administration.change_limits(
            session, account.id, None, sections=["News"], languages=[], reads_contact=contact
        )
        session.get_one(Editor, account.id).holds_originals = contact
        session.flush()
        session.expunge_all()
    return Side(at_the_desk(app, account), Program(app.test_client(), token_of(account, *SCOPES)))


def test_each_action_has_a_probe() -> None:
    assert PROBES.keys() == ACTIONS.keys()
    assert {name for name, (_, api) in PROBES.items() if api} == {
        n for n, row in ACTIONS.items() if row.scope
    }


@pytest.mark.parametrize("role", [*ROLES, "named editor"])
def test_every_cell(app: Transom, submitted: Callable[..., str], role: str) -> None:
    """Test each action in the account's own section and in another one.

    A refusal is 403 for an action that the role lacks, and 404 for a submission of another section.
    """
    parts = []
    for section in ("News", "Opinion"):
        submitted(File("photo-1", JPEG), section=section, contact="signal")
        with transaction() as session:
            found = session.merge(newest())
            parts.append({"id": found.id, "photo": found.photos[0].id})
    who = side(app, role.removeprefix("named "), contact=role.startswith("named"))
    asked = 0
    for action, probes in PROBES.items():
        cell = ACTIONS[action].cells.get(role.removeprefix("named "), "")
        allowed = bool(cell) and (cell != NAMED or role.startswith("named"))
        for probe in filter(None, probes):
            for own, where in zip((True, False), parts, strict=True):
                asked += 1
                status = who.status(probe, **where)
                said = (role, action, probe, own, status)
                if not allowed:
                    # Also for a token whose owner can use none of its scopes.
                    assert status == 403, said
                elif "{id}" in probe and not own and cell != ALL:
                    assert status == 404, said
                elif "export" in probe or "/feeds/" in probe or "/holds/1/" in probe:
                    assert status in {404, 409}, (
                        said
                    )  # No submission is accepted yet, and no legal hold requested.
                else:
                    assert status in {200, 204, 303, 409, 422}, said
    assert asked == 2 * sum(bool(probe) for probes in PROBES.values() for probe in probes)


def test_an_account_without_a_role_may_do_nothing(app: Transom, outsider: Newsroom) -> None:
    person = join("Nobody at all")
    program = Program(app.test_client(), token_of(person, *SCOPES))
    for page, api in PROBES.values():
        for probe in filter(None, (page, api)):
            status = Side(outsider, program).status(probe, id=uuid.uuid4(), photo=uuid.uuid4())
            assert status == (401 if probe is api else 403), probe


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_actions_and_no_other(app: Transom, scope: str) -> None:
    """Test a token with one scope, of a person with all roles. Only actions of the scope get past 403."""
    person = join("Everything", *ROLES)
    program = Program(app.test_client(), token_of(person, scope))
    for action, (_, api) in PROBES.items():
        if api:
            method, _, url = api.format(id=uuid.uuid4(), photo=uuid.uuid4()).partition(" ")
            status = program.open(method, url, json={} if method in {"POST", "PUT"} else None).status_code
            assert (status == 403) == (ACTIONS[action].scope != scope), (action, scope, status)


def test_a_limit_of_an_editor_is_no_limit_of_the_editor_who_is_also_chief(
    app: Transom, submitted: Callable[..., str]
) -> None:
    url = submitted(section="Opinion")
    assert side(app, "editor", "chief").browser.get(url).status_code == 200
    assert side(app, "editor", "admin").browser.get(url).status_code == 404


def test_the_page_shows_every_row_of_the_table(admin: Newsroom, editor: Newsroom) -> None:
    page = html.unescape(admin.get("/admin/permissions").text)
    for row in ACTIONS.values():
        assert row.label in page
    assert 'href="/admin/permissions"' in admin.get("/admin/people").text
    assert editor.get("/admin/permissions").status_code == 403


def test_limits_on_the_page_of_a_person(app: Transom, admin: Newsroom) -> None:
    person = join("Sam Doe", "editor")
    url = f"/admin/people/{person.id}"
    assert "Save limits" in admin.get(url).text
    answer = admin.post(f"{url}/limits", sections=["News"], languages=["fa", "und"], reads_contact="y")
    assert answer.status_code == 303
    assert limits_of(person) == (["News"], ["fa", "und"], True)
    page = admin.get("/admin/permissions").text
    assert "Sections: <bdi>News</bdi>" in page
    assert "May read contact details" in page
    assert admin.post(f"{url}/limits", sections=["No such"]).status_code == 422
    assert admin.post(f"/admin/people/{10**9}/limits").status_code == 404
    assert admin.post(f"{url}/limits").status_code == 303
    assert limits_of(person) == ([], [], False)
    boss = join("Boss", "chief")
    assert "Save limits" not in admin.get(f"/admin/people/{boss.id}").text


def limits_of(person: Editor) -> tuple[list[str], list[str], bool]:
    """Return sections, languages, and whether the person may read contact details."""
    with transaction() as session:
        found = session.get_one(Editor, person.id)
        return found.sections, found.languages, found.reads_contact


def test_limits_by_the_api(app: Transom) -> None:
    boss, person = join("Admin", "admin"), join("Sam Doe", "editor")
    program = Program(app.test_client(), token_of(boss, "people"))
    url = f"/api/v1/admin/people/{person.id}"
    body = {"sections": ["News"], "languages": ["fa"], "reads_contact": True}
    answer = program.put(f"{url}/limits", **body)
    assert answer.status_code == 200
    assert {name: answer.get_json()[name] for name in body} == body
    assert program.get(url).get_json()["sections"] == ["News"]
    assert program.put(f"{url}/limits", **{**body, "sections": ["No such"]}).status_code == 422
    assert program.put(f"{url}/limits", **{**body, "languages": ["xx"]}).status_code == 422
    assert program.put(f"/api/v1/admin/people/{10**9}/limits", **body).status_code == 404
