import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from intake.accounts import sessions
from intake.db import transaction
from intake.health.status import system_status
from intake.jobs import queues
from intake.models import Editor, Event, Heartbeat, Job, LoginSession, QueueSample
from intake.settings import Settings
from intake.storage import Disk, StorageAway
from intake.web import Transom
from intake.web.admin import live, overview
from intake.web.admin.live import CHANGED, changes, mark
from intake.web.forms.accounts import NO_ADDRESS
from intake.web.live_messages import CROWDED
from intake.web.live_updates import Hub, Stream, Viewer
from tests.web.bodies import File
from tests.web.conftest import HTTPS, JPEG, add_account, count, events
from tests.web.people import PASSWORD, Contributor, Newsroom, value
from tests.web.test_health import beat


def test_one_sentence_on_top(admin: Newsroom) -> None:
    page = admin.get("/admin/")
    assert page.status_code == 200
    assert "Submissions are not being processed" in page.text
    beat()
    assert "Submissions are being processed" in admin.get("/admin/").text


@pytest.mark.parametrize(("strength", "told"), [("full", False), ("limits only", True)])
def test_a_weak_sandbox_is_shown(admin: Newsroom, strength: str, told: bool) -> None:
    beat(sandbox=strength)
    assert ("The photo sandbox is not fully active" in admin.get("/admin/").text) == told
    page = admin.get("/admin/processes/worker@here").text
    assert ("The photo sandbox is not fully active" in page) == told
    assert ("<dd>Limits only</dd>" in page, "<dd>Full</dd>" in page) == (told, not told)


def test_how_much_is_stored(admin: Newsroom, contributor: Contributor) -> None:
    contributor.send(File("photo-1", JPEG + bytes(3 * 1024 * 1024)))
    assert "3.0 MB" in admin.get("/admin/dependencies").text


def test_of_very_many_files_the_first_are_counted(
    admin: Newsroom, contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    contributor.send(*(File(f"photo-{n}", JPEG + bytes(3 * 1024 * 1024)) for n in (1, 2)))
    monkeypatch.setattr(overview, "MOST_COUNTED", 1)
    assert "<dd>more than 3.0 MB</dd>" in admin.get("/admin/dependencies").text


def test_storage_that_is_away_takes_nothing_else_with_it(
    admin: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StorageAway("The object storage does not answer.", "Start it.")

    monkeypatch.setattr(Disk, "listing", away)
    for url in ("/admin/", "/admin/dependencies"):
        page = admin.get(url)
        assert page.status_code == 200
        assert "The object storage does not answer. Start it." in page.text


def test_a_storage_without_a_limit_says_of_none(admin: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<dt>Free</dt>" in admin.get("/admin/dependencies").text
    assert " free</td>" in admin.get("/admin/").text
    monkeypatch.setattr(Disk, "free", lambda _: None)
    assert "<dt>Free</dt>" not in admin.get("/admin/dependencies").text
    assert " free</td>" not in admin.get("/admin/").text


def invite(admin: Newsroom, **fields: object) -> tuple[int, str]:
    answer = admin.post(
        "/admin/people", **{"name": "Tomás", "email": "tomas@transom.example", "roles": ["editor"], **fields}
    )
    return answer.status_code, answer.text


def test_somebody_is_added_and_the_link_shown_once(admin: Newsroom, app: Transom) -> None:
    code, page = invite(admin, roles=["editor", "admin"])
    assert code == 200
    link = re.search(r"http://127\.0\.0\.1:8000(/welcome/[^\s<]+)", page)
    assert link
    assert "/welcome/" not in admin.get("/admin/people").text
    newcomer = Newsroom(app.test_client())
    assert newcomer.post(link[1], password=PASSWORD).status_code == 303
    newcomer.log_in("tomas@transom.example")
    assert [newcomer.get(url).status_code for url in ("/desk/", "/admin/")] == [200, 200]
    assert "Tomás" in admin.get("/admin/people").text


def test_an_invited_editor_is_limited_before_the_link_is_shown(admin: Newsroom) -> None:
    code, page = invite(admin, sections=["News"])
    assert code == 200
    assert re.search(r"It is for <b><bdi>Tomás</bdi></b>, limited to News\.", page)
    with transaction() as session:
        assert session.scalars(select(Editor.sections).where(Editor.name == "Tomás")).one() == ["News"]


def test_nobody_is_invited_to_a_section_that_there_is_not(admin: Newsroom) -> None:
    code, page = invite(admin, sections=["Nowhere"])
    assert code == 422
    assert "/welcome/" not in page


def test_the_link_has_the_address_that_people_type(made: Callable[..., Transom]) -> None:
    app = made(public_url=HTTPS)
    add_account(app, "daniel", "admin")
    client = app.test_client()
    token = value(client.get("/login", base_url=HTTPS).text, "csrf_token")
    login = {"csrf_token": token, "email": "daniel@transom.example", "password": PASSWORD}
    client.post("/login", base_url=HTTPS, data=login)
    token = value(client.get("/change", base_url=HTTPS).text, "csrf_token")
    fields = {"csrf_token": token, "name": "T", "email": "t@example.org", "roles": "editor"}
    page = client.post("/admin/people", base_url=HTTPS, data=fields)
    assert f"{HTTPS}/welcome/" in page.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"email": "daniel@transom.example"}, "There is an account with this address."),
        ({"email": "DANIEL@transom.example "}, "There is an account with this address."),
        ({"email": "no address"}, NO_ADDRESS),
        ({"name": "\0\u202e"}, "Please give a name."),
        ({"roles": []}, "Please choose at least one role."),
        ({"roles": ["owner"]}, "owner"),
    ],
)
def test_somebody_who_cannot_be_added(admin: Newsroom, fields: dict[str, object], says: str) -> None:
    before = events()
    code, page = invite(admin, **fields)
    assert code == 422
    assert says in page
    assert "/welcome/" not in page
    assert count(Editor) == 1
    assert events() == before


def test_who_added_whom_is_in_the_record(admin: Newsroom) -> None:
    invite(admin)
    with transaction() as session:
        event = session.query(Event).filter_by(name="account.created").order_by(Event.id.desc()).first()
        assert event is not None
        assert event.editor is not None
        assert event.editor.email == "daniel@transom.example"
        assert event.data["roles"] == ["editor"]
        assert "tomas" not in str(event.data)


def test_a_forgotten_password_is_replaced_by_a_link(admin: Newsroom, app: Transom) -> None:
    tomas = add_account(app, "tomas", "editor")
    page = admin.post(f"/admin/people/{tomas}/links").text
    link = re.search(r"http://127\.0\.0\.1:8000(/welcome/[^\s<]+)", page)
    assert link
    newcomer = Newsroom(app.test_client())
    assert newcomer.post(link[1], password="another four good words").status_code == 303
    for number in (999999, 2**63, 10**30):
        assert admin.post(f"/admin/people/{number}/links").status_code == 404


def test_whoever_forgot_the_password_is_out_at_once(admin: Newsroom, editor: Newsroom, app: Transom) -> None:
    with transaction() as session:
        asel = session.query(Editor).filter_by(email="asel@transom.example").one().id
    admin.post(f"/admin/people/{asel}/links")
    assert editor.get("/desk/").status_code == 303
    assert Newsroom(app.test_client()).log_in("asel@transom.example").status_code == 422


def test_nobody_takes_away_their_own_password(admin: Newsroom) -> None:
    with transaction() as session:
        daniel = session.query(Editor).filter_by(email="daniel@transom.example").one().id
    refused = admin.post(f"/admin/people/{daniel}/links")
    assert refused.status_code == 409
    assert "This is your own account." in refused.text
    assert admin.get("/admin/").status_code == 200


def after(admin: Newsroom, answer: TestResponse) -> str:
    """Return the page that the response redirects to."""
    assert answer.status_code == 303
    return admin.get(answer.location).text


def test_a_queue_is_paused_with_a_reason_and_continues(admin: Newsroom) -> None:
    beat()
    assert admin.get("/healthz/ready").status_code == 200
    assert '<h2 id="pause-title">Pause</h2>' in admin.get("/admin/queues/photos").text
    page = after(admin, admin.post("/admin/queues/photos/pause", reason="The <b>disk</b> is full"))
    assert "Photos is paused." in page
    assert "The &lt;b&gt;disk&lt;/b&gt; is full" in page
    assert "the queue photos is paused" in page
    assert admin.get("/healthz/ready").status_code == 503
    detail = admin.get("/admin/queues/photos").text
    assert '<dd dir="auto">The &lt;b&gt;disk&lt;/b&gt; is full</dd>' in detail
    assert "by Daniel" in detail
    assert "Resume photos" in detail
    page = after(admin, admin.post("/admin/queues/photos/resume"))
    assert "Photos is resumed." in page
    assert admin.get("/healthz/ready").status_code == 200
    assert "was not paused" in after(admin, admin.post("/admin/queues/photos/resume"))


def test_nothing_is_paused_without_a_reason_and_no_queue_that_is_none(admin: Newsroom) -> None:
    beat()
    page = after(admin, admin.post("/admin/queues/photos/pause", reason=" "))
    assert "Please give a reason" in page
    assert "Resume photos" not in page
    assert admin.get("/healthz/ready").status_code == 200
    assert admin.post("/admin/queues/slow/pause", reason="Why").status_code == 404


def test_a_worker_is_asked_to_finish_and_stop(admin: Newsroom) -> None:
    beat()
    worker = "/admin/processes/worker@here"
    assert "Finish and stop</h2>" in admin.get(worker).text
    for other in ("relay", "scheduler", "web"):
        assert "Finish and stop" not in admin.get(f"/admin/processes/{other}@here").text
    assert admin.get("/admin/processes/worker@nowhere").status_code == 404
    said = "/admin/workers/worker@here/stop"
    admin.post(said, reason=" ")
    assert "The worker was not stopped. Please give a reason" in admin.get("/admin/").text
    assert admin.post(said, reason="Upgrade").status_code == 303
    assert "worker@here takes no new jobs" in admin.get("/admin/").text
    page = admin.get(worker).text
    assert "<dt>Stop requested</dt>" in page
    assert "Finish and stop" not in page
    admin.post(said, reason="Again")
    assert "was already asked to stop" in admin.get("/admin/").text
    for nobody in ("relay@here", "worker@nowhere"):
        assert admin.post(f"/admin/workers/{nobody}/stop", reason="Upgrade").status_code == 404
    with transaction() as session:
        (event,) = session.scalars(select(Event).where(Event.name == "worker.stop_asked"))
        assert event.data == {"worker": "worker@here", "reason": "Upgrade"}
        assert event.editor_id is not None


@pytest.mark.parametrize(
    ("kind", "told", "jobs"),
    [("canaries", "The test jobs of all queues are started.", 5), ("housekeeping.sweep", "housekeeping.sweep is queued.", 1)],
)  # fmt: skip
def test_what_the_clock_starts_is_started_at_once(admin: Newsroom, kind: str, told: str, jobs: int) -> None:
    assert admin.post("/admin/schedules/runs", kind=kind, reason="The disk was replaced").status_code == 303
    assert told in admin.get("/admin/").text
    admin.post("/admin/schedules/runs", kind=kind, reason="Once more")
    assert "This job is running or queued already." in admin.get("/admin/").text
    assert count(Job) == jobs


@pytest.mark.parametrize("fields", [{"kind": "canaries"}, {"kind": "photo.clean", "reason": "Why not"}, {}])
def test_nothing_else_is_started_and_nothing_without_a_reason(
    admin: Newsroom, fields: dict[str, str]
) -> None:
    admin.post("/admin/schedules/runs", **fields)
    assert "Nothing was started." in admin.get("/admin/").text
    assert count(Job) == 0


def test_the_last_day_of_a_queue_is_drawn(admin: Newsroom) -> None:
    detail = "/admin/queues/photos"
    assert "no figures yet" in admin.get("/admin/").text
    assert "No figures for the last 24 hours yet" in admin.get(detail).text
    assert "<dt>Last 24 hours" not in admin.get(detail).text
    assert "ended in 24 hours" not in admin.get("/admin/").text, "jobs may have ended before the first sample"
    with transaction() as session:
        now = session.scalars(select(func.now())).one()
        for minutes, waiting in ((10, 3), (5, 1234)):
            at = now - timedelta(minutes=minutes)
            session.add(QueueSample(queue="photos", at=at, waiting=waiting, came=7, ended=5))
    page = admin.get("/admin/").text
    assert "1,234<span" in page
    assert ">1.4</td>" in page
    assert ">1.0</td>" in page
    assert "ended in 24 hours" in page
    assert page.count("<polyline") == 1
    page = admin.get(detail).text
    assert "At most 1,234 jobs waited in 24 hours" in page
    assert "14 added, 10 ended, as of " in page
    assert page.count("<polyline") == 1
    assert "<polyline" not in admin.get("/admin/queues/text").text


def test_a_canary_that_died_says_of_what(admin: Newsroom) -> None:
    beat()
    with transaction() as session:
        session.add(
            Job(
                kind="canary.photos",
                slot="1",
                status="dead",
                error="OSError: No space",
                finished_at=func.now(),
            )
        )
    page = admin.get("/admin/").text
    assert "their test job fails (OSError: No space)" in page
    assert "Test job failed" in page


def test_a_broker_that_is_full_is_seen(admin: Newsroom) -> None:
    beat(
        broker={
            "trouble": "full",
            "version": "Valkey 9.1",
            "memory": 3 * 1024 * 1024,
            "most_memory": 3 * 1024 * 1024,
        }
    )
    page = admin.get("/admin/").text
    assert "the broker is full" in page
    assert "3.0 MB of 3.0 MB" in page


def test_what_only_the_time_changes_calls_for_no_new_page(
    app_settings: Settings, contributor: Contributor
) -> None:
    def seen() -> str:
        with transaction() as session:
            return mark(system_status(session))

    beat()
    with transaction() as session:
        queues.pause(session, "photos", "x")
    first = seen()
    with transaction() as session:
        session.execute(update(Heartbeat).values(seen_at=Heartbeat.seen_at + timedelta(seconds=1)))
    assert seen() == first
    contributor.send()
    second = seen()
    assert second != first
    with transaction() as session:
        queues.resume(session, "photos")
    assert seen() != second


@pytest.mark.parametrize("how", ["ended", "switched off", "lost the role", "database away"])
def test_point_46_somebody_who_is_no_admin_any_more_is_told_nothing(
    admin: Newsroom, app: Transom, monkeypatch: pytest.MonkeyPatch, how: str,
    database_away: Callable[[], AbstractContextManager[None]],
) -> None:  # fmt: skip
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.1)
    here, place = Hub(seconds=60), stream_of_admin()
    told = changes(here, place)
    assert next(told) == CHANGED
    if how == "database away":
        with database_away():
            assert next(told) == CHANGED  # so that the page reloads, and shows that the database is down
        here.close()
    else:
        with transaction() as session:
            now = session.scalars(select(Editor)).one()
            if how == "ended":
                sessions.end_all(session, now.id, "ended")
            elif how == "switched off":
                now.active = False
            else:
                now.roles.clear()
    assert list(told) == []


def test_point_45_the_page_of_a_crowded_stream_is_told(admin: Newsroom, app: Transom) -> None:
    place = stream_of_admin()
    place.end(crowded=True)
    assert list(changes(Hub(seconds=60), place)) == [CROWDED]


def test_an_open_page_is_shown_a_change(
    admin: Newsroom, app: Transom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.1)
    here = Hub(seconds=60)
    told = changes(here, stream_of_admin())
    assert next(told) == CHANGED
    beat()
    assert next(told) == CHANGED
    here.close()
    assert list(told) == []


def stream_of_admin() -> Stream:
    """Live stream of the only login session, the admin's."""
    with transaction() as session:
        found = session.scalars(select(LoginSession)).one()
    return Stream(Viewer(found.editor_id, found.id, "system.read"))
