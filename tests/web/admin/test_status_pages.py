"""Pages linked from the status page, and its sentences about versions, incidents and the outside monitor."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.health.incidents import PAGE
from intake.jobs import processes
from intake.models import Backup, HealthWatch, Incident, Job, Scrub
from intake.subscriptions import SCHEDULES
from tests.web.people import Newsroom
from tests.web.test_health import beat


def add(*, ended: bool = True, **values: object) -> None:
    with transaction() as session:
        begun = func.now() - timedelta(minutes=5)
        row = {"cause": "relay", "fault": "The relay has stopped.", "started_at": begun} | values
        session.add(Incident(**row, ended_at=begun + timedelta(seconds=61) if ended else None))


def test_every_page_without_anything(admin: Newsroom) -> None:
    page = admin.get("/admin/").text
    assert "No process has reported yet" in page
    assert "No incident was logged within a year." in page
    assert "No incidents" in admin.get("/admin/incidents").text
    assert "No relay has reported on it within a day." in admin.get("/admin/dependencies").text
    assert "No request was made yet." in admin.get("/admin/dependencies").text
    assert admin.get("/admin/schedules").text.count("never run") == len(SCHEDULES)
    assert admin.get("/admin/queues/slow").status_code == 404


def test_the_canaries_are_one_line(admin: Newsroom) -> None:
    page = admin.get("/admin/").text
    assert "5 test jobs" in page
    assert "canary.photos" not in page
    assert "canary.photos" in admin.get("/admin/schedules").text


def test_an_older_worker_is_named(admin: Newsroom) -> None:
    beat(version="1.4")
    with transaction() as session:
        processes.start(session, "worker@desk", "worker", {"version": "1.3"})
    said = "The web server runs 1.4, the worker worker@desk still runs 1.3: restart it."
    assert said in admin.get("/admin/").text
    assert said in admin.get("/admin/processes/worker@desk").text
    assert said not in admin.get("/admin/processes/worker@here").text


def test_incidents_are_listed(admin: Newsroom) -> None:
    add(most_waiting=1234, returned=2)
    page = admin.get("/admin/incidents").text
    assert "<bdi>The relay has stopped.</bdi>" in page
    assert ">61 seconds<" in page
    assert ">1,234<" in page
    assert "It came back 2 times, each time within a minute." in page
    assert "The last incident ended" in admin.get("/admin/").text
    add(ended=False, fault="<b>")
    page = admin.get("/admin/incidents").text
    assert "<bdi>&lt;b&gt;</bdi>" in page
    assert "Open</span>" in page
    assert "This incident began" in admin.get("/admin/").text
    assert "2 in 30 days" in admin.get("/admin/").text


def test_incidents_have_pages(admin: Newsroom) -> None:
    for number in range(PAGE + 1):
        add(fault=f"Fault {number}.")
    first = admin.get("/admin/incidents").text
    assert f"Fault {PAGE}." in first
    assert "Fault 0." not in first
    assert 'rel="next" href="/admin/incidents?after=2"' in first
    second = admin.get("/admin/incidents?after=2").text
    assert "Fault 0." in second
    assert 'rel="next"' not in second
    assert "No older incidents" in admin.get("/admin/incidents?after=1").text


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "\u0663"])
def test_a_page_that_is_none_is_the_first(admin: Newsroom, after: str) -> None:
    add()
    assert "The relay has stopped." in admin.get(f"/admin/incidents?after={after}").text


@pytest.mark.parametrize(
    ("ok", "error", "said"),
    [
        (True, "", "told that work is done"),
        (False, "", "told of the fault"),
        (True, "answers 500", "The outside monitor answers 500."),
    ],
)
def test_the_outside_monitor(admin: Newsroom, error: str, said: str, *, ok: bool) -> None:
    assert "never told" in admin.get("/admin/").text
    with transaction() as session:
        session.add(HealthWatch(id=1, told_at=func.now(), told_ok=ok, told_error=error))
    assert said in admin.get("/admin/").text
    page = admin.get("/admin/dependencies").text
    assert ("It answers 500." in page) == bool(error)


def test_traces_of_deleted_submissions(admin: Newsroom) -> None:
    page = admin.get("/admin/dependencies").text
    assert "Traces of deleted submissions" in page
    with transaction() as session:
        session.add(Scrub(id=1, tried_at=datetime.now(UTC), problems=["The table events was in use."]))
    for address in ("/admin/", "/admin/dependencies"):
        assert "The table events was in use." in admin.get(address).text
    assert "Last success</dt><dd>none yet" in admin.get("/admin/dependencies").text
    with transaction() as session:
        scrub = session.get_one(Scrub, 1)
        scrub.problems, scrub.succeeded_at = [], datetime.now(UTC)
    assert "Traces stay" not in admin.get("/admin/").text
    assert "Traces stay" not in admin.get("/admin/dependencies").text


def test_traces_are_removed_on_demand(admin: Newsroom) -> None:
    assert 'name="kind" value="housekeeping.scrub"' in admin.get("/admin/dependencies").text
    admin.post("/admin/schedules/runs", kind="housekeeping.scrub", reason="A withdrawal")
    with transaction() as session:
        assert list(session.scalars(select(Job.kind))) == ["housekeeping.scrub"]


def test_backups_are_named_on_the_status_only_when_something_is_wrong(admin: Newsroom) -> None:
    page = admin.get("/admin/dependencies").text
    assert "none known" in page
    assert "none: old backups are not deleted by themselves" in page
    assert "Backups</a>" not in admin.get("/admin/").text
    key = uuid.uuid4()
    row = Backup(id=key, place="/srv/backup", made_at=datetime.now(UTC), is_encrypted=False)
    with transaction() as session:
        session.add(row)
    assert "<strong>The newest backup is not encrypted.</strong>" in admin.get("/admin/").text
    page = admin.get("/admin/dependencies").text
    assert "Make a key with `transom backups keygen`" in page
    assert "not encrypted</dd>" in page
    with transaction() as session:
        session.get_one(Backup, key).is_encrypted = True
    assert "The newest backup" not in admin.get("/admin/").text
    assert ", encrypted</dd>" in admin.get("/admin/dependencies").text
    with transaction() as session:
        found = session.get_one(Backup, key)
        found.is_encrypted, found.made_at = False, datetime.now(UTC) - timedelta(days=9)
    assert "2 faults of the backups</a>" in admin.get("/admin/").text
