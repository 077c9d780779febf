"""Access to each route, and the writes that a route may do."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from intake.db import transaction
from intake.magazine import setting_versions
from intake.models.account import SCOPES
from intake.permissions import ACTIONS, ADMIN, ALL, DESK, WITHIN
from intake.settings import Settings
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest, opened
from tests.web.people import Contributor, Newsroom, receipt_of
from tests.web.test_health import beat

ACCOUNT = ("accounts.account", "accounts.change_name", "accounts.end_session", "accounts.token")
NEWSROOM = ("desk.", "admin.", "factors.", "security.change_password", *ACCOUNT)
PROGRAMS = ("desk_api", "admin_api", "feeds")
NOBODY = uuid.uuid4()


@dataclass(frozen=True)
class Route:
    """Route of the application with a working address."""

    endpoint: str
    method: str
    url: str
    access: object


@pytest.fixture
def accepted(contributor: Contributor, editor: Newsroom, run_jobs: RunJobs) -> dict[str, object]:
    """Return the URL parameters of an accepted submission with photo and contact, and of a waiting batch."""
    beat()
    contributor.send(File("photo-1", JPEG), contact="signal")
    run_jobs()
    submission = newest()
    item = f"{submission.id}:{submission.version}"
    assert editor.post("/desk/batches", verdict="hold", sure=item).location == "/desk/batches/1"
    answer = editor.post(
        f"/desk/submissions/{submission.id}/decisions", verdict="accept", version=str(submission.version)
    )
    assert answer.status_code == 303
    with opened() as submission:
        photo_id = submission.photos[0].id
    with transaction() as session:
        setting_versions.save(session, None, {}, None, "command", even_if_same=True)
    return {
        "submission_id": submission.id, "photo_id": photo_id, "size": "web", "number": 1, "job_id": 1, "decision_id": 1,
        "editor_id": join("Spare", "editor").id, "reply_id": 1, "batch_id": 1, "retouch_id": 1, "view_id": 1, "token_id": 0, "link_id": 1, "secret": "x", "position": 1, "reset_id": 1, "passkey_id": 1, "session_id": NOBODY, "kind": "note", "name": "consent", "code": "ar",
        "token": "x", "filename": "css/base.css", "queue": "photos", "worker": "worker@here", "step": "name", "digest": "0" * 64, "process": "worker@here", "language": "ar",
        "hold_id": 1, "opening_id": 1, "generation": 0, "expires": 1, "signature": "x", "ending": "jpg",
    }  # fmt: skip


def routes(app: Transom, parts: dict[str, object], method: str) -> Iterator[Route]:
    """Return all routes of a method."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            _, url = rule.build({name: parts[name] for name in rule.arguments}) or ("", "")
            access = getattr(app.view_functions[rule.endpoint], "access", None)
            yield Route(rule.endpoint, method, url, access)


def test_every_route_declares_who_may_use_it(app: Transom) -> None:
    views = {
        name: getattr(view, "access", None) for name, view in app.view_functions.items() if name != "static"
    }
    assert None not in views.values(), views
    areas = {"desk": DESK, "desk_api": DESK, "feeds": DESK, "admin": ADMIN, "admin_api": ADMIN}
    for name, access in views.items():
        blueprint = name.partition(".")[0]
        if name == "security.change_password" or name.startswith(ACCOUNT) or blueprint == "factors":
            assert access == "account.use"
        elif blueprint in areas:
            assert ACTIONS[str(access)].area == areas[blueprint], name
            if blueprint in PROGRAMS:
                assert getattr(app.view_functions[name], "scope", None) == ACTIONS[str(access)].scope != "", (
                    name
                )
        else:
            assert access == "public", name


def test_every_action_has_a_route(app: Transom) -> None:
    used = {getattr(view, "access", None) for view in app.view_functions.values()}
    assert used - {None, "public"} == ACTIONS.keys()


def test_every_scope_opens_an_action() -> None:
    assert {row.scope for row in ACTIONS.values()} - {""} == SCOPES.keys()


def may(role: str, route: "Route") -> bool:
    """Return whether the permission table lets a role use a route, without permissions for single persons."""
    return ACTIONS[str(route.access)].cells.get(role) in {ALL, WITHIN}


def test_the_newsroom_s_pages_are_for_those_who_have_the_role(
    app: Transom, accepted: dict[str, object], anonymous: Newsroom, outsider: Newsroom, admin: Newsroom,
    editor: Newsroom, chief: Newsroom,
) -> None:  # fmt: skip
    people = {"editor": editor, "admin": admin, "outsider": outsider, "chief": chief}
    walked = 0
    for route in routes(app, accepted, "GET"):
        if not route.endpoint.startswith(NEWSROOM):
            continue
        walked += 1
        led = anonymous.get(route.url)
        assert led.status_code == 303, route
        assert led.location.startswith("/login?next="), route
        for role, somebody in people.items():
            allowed = may(role, route)
            assert somebody.get(route.url).status_code == (200 if allowed else 403), (role, route)
    assert walked == 66


def test_what_is_posted_is_for_those_who_have_the_role(
    app: Transom, accepted: dict[str, object], anonymous: Newsroom, outsider: Newsroom, admin: Newsroom, editor: Newsroom,
) -> None:  # fmt: skip
    """Test with empty forms. A route without access control would answer 422."""
    people = {"editor": editor, "admin": admin, "outsider": outsider}
    walked = 0
    for route in routes(app, accepted, "POST"):
        if not route.endpoint.startswith(NEWSROOM):
            continue
        walked += 1
        assert anonymous.post(route.url).status_code == 403, route
        for role, somebody in people.items():
            allowed = may(role, route)
            code = somebody.post(route.url).status_code
            assert (code in {200, 303, 404, 409, 422}) if allowed else (code == 403), (role, route, code)
    assert walked == 108


def test_what_is_for_programs_asks_for_a_token_of_everybody(
    app: Transom, accepted: dict[str, object], editor: Newsroom, anonymous: Newsroom, app_settings: Settings
) -> None:
    """Test that API routes refuse session cookies, because they have no CSRF protection."""
    before = everything(app_settings)
    walked = 0
    for method in ("GET", "POST", "PUT", "DELETE"):
        for route in routes(app, accepted, method):
            if route.endpoint.partition(".")[0] not in PROGRAMS:
                continue
            walked += 1
            for somebody in (editor, anonymous):
                answer = somebody.client.open(route.url, method=method, json={})
                assert answer.status_code == 401, route
                assert answer.mimetype == "application/problem+json"
    assert walked == 79
    assert everything(app_settings) == before


def test_no_form_of_the_newsroom_is_taken_from_another_site(
    app: Transom, accepted: dict[str, object], editor: Newsroom, admin: Newsroom, anonymous: Newsroom,
    app_settings: Settings,
) -> None:  # fmt: skip
    """Test POST without a CSRF token, and with that of another session."""
    before = everything(app_settings)
    others = anonymous.token()
    walked = 0
    for route in routes(app, accepted, "POST"):
        if route.endpoint.startswith(
            ("contribute.", "guest.", "uploads.", "api.", "desk_api.", "admin_api.")
        ):
            continue
        walked += 1
        for somebody in (editor, admin):
            for data in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": others}):
                answer = somebody.client.post(route.url, data=data)
                assert answer.status_code == 400, route
                assert "This page was open for too long" in answer.text
    assert walked == 116
    assert everything(app_settings) == before


TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def everything(settings: Settings) -> list[str]:
    """Return every row of every table as text."""
    with psycopg.connect(settings.database_url) as connection:
        return [
            f"{table} {row}"
            for (table,) in connection.execute(TABLES).fetchall()
            for (row,) in connection.execute(f"SELECT t::text FROM {table} t ORDER BY 1".encode())
        ]


@contextmanager
def watched_rows(settings: Settings) -> Iterator[Callable[[], object]]:
    """Function that returns every row of every table, by one statement that the server plans once."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        tables = connection.execute(TABLES).fetchall()
        rows = ", ".join(f"ARRAY(SELECT t::text FROM {table} t ORDER BY 1)" for (table,) in tables)
        yield lambda: connection.execute(f"SELECT {rows}".encode()).fetchone()


def test_looking_changes_nothing(
    app: Transom, accepted: dict[str, object], editor: Newsroom, admin: Newsroom, anonymous: Newsroom,
    app_settings: Settings,
) -> None:  # fmt: skip
    """Test that safe methods change nothing in the database, except the record of a download."""
    app.extensions[
        "live"
    ].seconds = 0  # Streams end at once, because the test reads each response to its end.
    with watched_rows(app_settings) as rows:
        before = rows()
        for method in ("GET", "HEAD", "OPTIONS"):
            for route in routes(app, accepted, method):
                if route.endpoint == "desk.export" and method != "OPTIONS":
                    continue
                for somebody in (editor, admin, anonymous):
                    somebody.client.open(route.url, method=method, buffered=True)
                assert rows() == before, route


def test_a_download_leaves_one_note_and_changes_nothing_else(
    accepted: dict[str, object], editor: Newsroom, app_settings: Settings
) -> None:
    before = everything(app_settings)
    assert editor.get(f"/desk/submissions/{accepted['submission_id']}/export.zip").status_code == 200
    note, unlinked = sorted(set(everything(app_settings)) - set(before))
    assert note.startswith("events ")
    assert "piece.downloaded" in note
    assert unlinked.startswith("unlinked_events ")


def test_what_is_not_there_and_what_is_somebody_else_s_look_alike(
    app: Transom, contributor: Contributor, accepted: dict[str, object], editor: Newsroom
) -> None:
    """Test a random id, an unclean submission, a photo of another submission, and an unknown size."""
    here, photo = accepted["submission_id"], accepted["photo_id"]
    contributor.send()
    unclean = newest().id
    addresses = [
        f"/desk/submissions/{NOBODY}",
        f"/desk/submissions/{unclean}",
        f"/desk/submissions/{NOBODY}/photos/{photo}/web",
        f"/desk/submissions/{unclean}/photos/{photo}/web",
        f"/desk/submissions/{here}/photos/{NOBODY}/web",
        f"/desk/submissions/{here}/photos/{photo}/original",
        f"/desk/submissions/{here}/photos/{photo}/..%2ffull",
        f"/desk/submissions/{unclean}/cleaning",
        f"/desk/submissions/{here}/revisions/0",
        f"/desk/submissions/{here}/revisions/99",
        f"/desk/submissions/{here}/revisions/{10**30}",
        f"/desk/submissions/{NOBODY}/revisions/1",
        f"/desk/submissions/{NOBODY}/revisions/new",
        f"/desk/submissions/{unclean}/revisions/new",
        f"/desk/submissions/{NOBODY}/export.zip",
        f"/desk/submissions/{here}x",
    ]
    pages = {}
    for address in addresses:
        answer = editor.get(address)
        assert answer.status_code == 404, address
        pages[
            answer.text.replace('href="/desk/"', 'href="/"').replace("Back to the queue", "To the first page")
        ] = address
    assert len(pages) <= 2, pages.values()


@pytest.mark.parametrize("action", ["decisions", "revisions", "contact-views"])
def test_nothing_can_be_done_to_what_is_not_there(
    contributor: Contributor, accepted: dict[str, object], chief: Newsroom, action: str
) -> None:
    contributor.send(contact="signal")
    fields = {"version": "1", "verdict": "accept", "title": "T", "body": "B"}
    for submission in (NOBODY, newest().id):
        answer = chief.post(f"/desk/submissions/{submission}/{action}", **fields)
        assert answer.status_code == 404


def test_originals_are_out_of_reach(
    contributor: Contributor, app: Transom, editor: Newsroom, app_settings: Settings
) -> None:
    """Test that no address shows uncleaned files to anybody."""
    contributor.send(File("photo-1", JPEG))
    with opened() as submission:
        photo = submission.photos[0].id
        here = submission.id
    for size in ("full", "web", "thumb", "original"):
        assert editor.get(f"/desk/submissions/{here}/photos/{photo}/{size}").status_code == 404
    for path in (
        f"quarantine/{here}/{photo}",
        f"../../data/files/quarantine/{here}/{photo}",
        "..%2f..%2fsettings.py",
        "../web/desk.py",
    ):
        assert editor.get(f"/static/{path}").status_code == 404
        assert editor.get(f"/{path}").status_code == 404


def test_a_contributor_s_receipt_opens_nothing_of_the_newsroom(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.send())
    for url in ("/desk/", f"/desk/submissions/{newest().id}", f"/desk/?receipt={receipt}"):
        assert contributor.client.get(url, headers={"Authorization": f"Bearer {receipt}"}).status_code == 303
