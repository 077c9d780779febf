import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from intake.db import transaction
from intake.jobs import ledger
from intake.jobs.listing import PAGE
from intake.models import Event, Job, Photo, record
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.jobs.conftest import jobs
from tests.jobs.ledgering import change, fail, look, statuses, taken
from tests.web.bodies import File
from tests.web.conftest import JPEG, at_the_desk, events, newest
from tests.web.people import Contributor, Newsroom, receipt_of, value

__all__ = ["jobs"]

TRACE = 'File "x.py"\n<script>alert("trace")</script>{{7*7}}'


def kill(*kinds: str, error: str = "ValueError <b>") -> list[int]:
    """Mark the jobs of these kinds as given up. Returns their ids."""
    values = {"status": "dead", "error": error, "traceback": TRACE, "attempts": 10, "finished_at": func.now()}
    with transaction() as session:
        gone = update(Job).where(Job.kind.in_(kinds)).values(**values).returning(Job.id)
        return sorted(session.scalars(gone))


def after(somebody: Newsroom, answer: TestResponse) -> str:
    """Return the page that the response redirects to."""
    assert answer.status_code == 303
    return unescape(somebody.get(answer.location).text)


def last_event() -> Event:
    with transaction() as session:
        return session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_where_there_is_nothing(admin: Newsroom) -> None:
    page = admin.get("/admin/jobs").text
    for said in ("Nothing has failed.", "No open jobs", "0 open jobs"):
        assert said in page
    assert "No jobs match this filter" in admin.get("/admin/jobs?kind=photo.clean").text


def test_the_overview_leads_to_what_is_given_up(admin: Newsroom, contributor: Contributor) -> None:
    assert "given up" not in admin.get("/admin/").text
    contributor.send()
    kill("text.screen")
    link = re.search(r'href="(/admin/jobs\?status=dead)">1 job given up', admin.get("/admin/").text)
    assert link
    assert "text.screen" in admin.get(link[1]).text


def test_failures_stand_together_and_their_traceback_does_nothing(
    admin: Newsroom, contributor: Contributor
) -> None:
    contributor.send()
    contributor.send()
    numbers = kill("text.screen")
    page = admin.get("/admin/jobs").text
    assert page.count('class="failure"') == 1
    assert "<strong>2 given up</strong>" in page
    assert f"Traceback of job {numbers[1]}" in page
    assert "text.screen: ValueError &lt;b&gt;" in page
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_an_admin_who_is_no_editor_is_led_to_no_submission(
    admin: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.send(title="Planted", body="Planted", print_name="Planted")
    run_jobs()
    (number,) = kill("text.screen")
    for url in ("/admin/jobs", f"/admin/jobs/{number}", "/admin/jobs/discards"):
        page = admin.get(url).text
        assert str(newest().id) not in page
        assert "Planted" not in page
    assert newest().short_id in admin.get("/admin/jobs").text


def test_an_admin_who_is_an_editor_is_led_there(
    everything: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.send()
    kill("text.screen")
    assert "/desk/submissions/" not in everything.get("/admin/jobs").text, "there is no page yet"
    with transaction() as session:
        session.execute(update(Job).values(status="pending", finished_at=None))
    run_jobs()
    (number,) = kill("text.screen")
    for url in ("/admin/jobs", f"/admin/jobs/{number}"):
        assert f'href="/desk/submissions/{newest().id}"' in everything.get(url).text


@pytest.fixture
def everything(app: Transom) -> Newsroom:
    """Account that is both admin and editor."""
    return at_the_desk(app, join("Miriam Osei", "admin", "editor"))


def test_what_runs_and_how_far_it_is(admin: Newsroom, jobs: list[int]) -> None:
    job = taken(jobs[0])
    with transaction() as session:
        ledger.set_stage(session, job, "writing copies")
    for url in ("/admin/jobs", f"/admin/jobs/{jobs[0]}"):
        assert "a moment, writing copies, by" in re.sub(r"\d+ seconds?", "a moment", admin.get(url).text)


def test_the_filter_chooses_and_its_form_shows_what_it_chose(admin: Newsroom, jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    page = admin.get("/admin/jobs?status=dead&queue=housekeeping&error=ValueError").text
    assert "1 job selected by the filter" in page
    assert '<option selected value="dead">' in page
    assert '<option selected value="housekeeping">' in page
    assert value(page, "error") == "ValueError"
    assert "4 jobs selected by the filter" in admin.get("/admin/jobs?status=waiting").text
    assert "0 jobs selected by the filter" in admin.get("/admin/jobs?error=Value").text
    assert "5 open jobs" in admin.get("/admin/jobs?status=buried").text


def test_pages_lead_on_with_the_filter(admin: Newsroom, jobs: list[int]) -> None:
    with transaction() as session:
        session.add_all(Job(kind="housekeeping.sweep", slot=f"more {n}") for n in range(PAGE))
    page = unescape(admin.get("/admin/jobs?queue=housekeeping").text)
    link = re.search(r'href="(/admin/jobs\?[^"#]*after=\d+[^"#]*)#list"', page)
    assert link
    assert "queue=housekeeping" in link[1]
    second = admin.get(link[1]).text
    assert second.count('class="job"') == 5
    assert "Next page" not in second
    for nonsense in ("x", "-1", str(10**30)):
        assert admin.get(f"/admin/jobs?after={nonsense}").text.count('class="job"') == PAGE


def test_a_dead_job_is_run_again(admin: Newsroom, contributor: Contributor) -> None:
    contributor.send()
    (number,) = kill("text.screen")
    page = after(admin, admin.post(f"/admin/jobs/{number}/retries", reason="The disk is back"))
    assert f"Job {number} is queued for a retry." in page
    assert "by Daniel Ferreira: The disk is back" in re.sub(r"<[^>]+>", "", page)
    assert look(number).status == "pending"
    page = after(admin, admin.post(f"/admin/jobs/{number}/retries"))
    assert f"Job {number}: It is waiting already." in page


@pytest.mark.parametrize("job", [0, 999, 2**63 - 1, 2**63, 10**30, -1, "x"])
@pytest.mark.parametrize("action", ["", "/retries", "/discards"])
def test_a_job_that_is_not_there(admin: Newsroom, job: int | str, action: str) -> None:
    address = f"/admin/jobs/{job}{action}"
    answer = admin.post(address, reason="Why") if action else admin.get(address)
    assert answer.status_code == 404


def test_all_that_the_filter_chooses_are_run_again(
    admin: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    for _ in range(3):
        contributor.send()
    numbers = kill("text.screen")
    change(numbers[0], error="KeyError")
    assert "Retry all 2" in admin.get("/admin/jobs?status=dead&error=ValueError+<b>").text
    preview = admin.get("/admin/jobs/retries?status=dead&error=ValueError+<b>").text
    assert "Retry 2 jobs?" in preview
    assert '2 <span translate="no">text.screen</span>' in preview
    assert statuses() == ["dead", "dead", "dead"], "the preview changes nothing"
    fields = {"status": "dead", "error": "ValueError <b>", "reason": "Mended"}
    answer = admin.post("/admin/jobs/retries", **fields, count="3")
    assert answer.status_code == 409
    assert "The filter matched 3 jobs and now matches 2." in answer.text
    assert admin.post("/admin/jobs/retries", **fields).status_code == 422, "nobody said how many"
    assert statuses() == ["dead", "dead", "dead"]
    answer = admin.post("/admin/jobs/retries", **fields, count="2")
    page = after(admin, answer)
    assert "2 jobs are queued for a retry." in page
    assert "error=ValueError" in answer.location
    assert statuses() == ["dead", "pending", "pending"]
    event = last_event()
    assert (event.name, event.data["count"], event.data["reason"]) == ("jobs.retried", 2, "Mended")
    run_jobs()
    said = re.sub(r"<[^>]+>", "", unescape(admin.get("/admin/jobs").text))
    assert "2 retried" in said
    assert "Now: 2 done" in said


def test_the_button_under_a_failure_means_its_dead_alone(admin: Newsroom, jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    fail(taken(jobs[1]))
    card = admin.get("/admin/jobs").text.split('class="failure"')[1].split("</article>")[0]
    assert "Retry this job" in card
    link = re.search(r'href="(/admin/jobs/retries[^"]+)"', card)
    assert link
    form = admin.get(unescape(link[1])).text
    assert "Retry one job?" in form
    fields = {name: value(form, name) for name in ("status", "kind", "error", "count")}
    admin.post("/admin/jobs/retries", **fields)
    assert look(jobs[0]).status == "pending"
    assert look(jobs[1]).run_at > look(jobs[2]).run_at + timedelta(seconds=1)


def test_a_reason_that_is_too_long_is_shown_where_it_is_typed(admin: Newsroom, jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    before = events()
    for url in ("/admin/jobs/retries", f"/admin/jobs/{jobs[0]}/retries", f"/admin/jobs/{jobs[0]}/discards"):
        answer = admin.post(url, reason="x" * 201)
        assert answer.status_code == 422
        assert 'class="field__error"' in answer.text
        assert "Please keep this to 200 characters." in answer.text
        assert "x" * 201 in answer.text
    assert events() == before


def test_nothing_is_discarded_without_a_reason(admin: Newsroom, jobs: list[int]) -> None:
    fail(taken(jobs[0]), final=True)
    before = events()
    for url in (f"/admin/jobs/{jobs[0]}/discards", "/admin/jobs/discards"):
        for reason in ("", " ", "\u200b"):
            answer = admin.post(url, reason=reason, count="5")
            assert answer.status_code == 422
            assert "Please give a reason. Other admins see it." in answer.text
    assert admin.post("/admin/jobs/discards", reason="Why").status_code == 422, "nobody said how many"
    assert (events(), look(jobs[0]).status) == (before, "dead")


def test_a_dead_photo_is_discarded_and_its_submission_continues(
    admin: Newsroom, editor: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send(File("photo-1", JPEG)))
    (number,) = kill("photo.clean")
    run_jobs()
    address = f"/desk/submissions/{newest().id}"
    assert newest().status == "received"
    page = unescape(admin.get(f"/admin/jobs/{number}").text)
    assert "The photo is refused and its original destroyed" in page
    page = after(admin, admin.post(f"/admin/jobs/{number}/discards", reason="It ends <b>workers</b>"))
    assert f"Job {number} is discarded." in page
    assert run_jobs() == ["photo.delete"]
    sentence = "Our machines could not process this photo, so it was not kept."
    seen = unescape(editor.get(address).text)
    assert sentence in seen
    assert "Photo 1 could not be processed, and its original is destroyed" in seen
    assert sentence in unescape(contributor.look(receipt).text)
    with transaction() as session:
        assert session.scalars(select(Photo.status)).one() == "refused"


def test_what_must_be_done_is_not_offered_to_be_discarded(admin: Newsroom, contributor: Contributor) -> None:
    contributor.send()
    (number,) = kill("text.screen")
    for url in (f"/admin/jobs/{number}", "/admin/jobs"):
        assert f"/admin/jobs/{number}/discards" not in admin.get(url).text
    assert "Without its text, a submission never reaches the desk." in admin.get(f"/admin/jobs/{number}").text
    page = after(admin, admin.post(f"/admin/jobs/{number}/discards", reason="Why"))
    assert f"Job {number}: Without its text, a submission never reaches the desk." in page
    assert look(number).status == "dead"


def test_discarding_several_says_first_exactly_what(admin: Newsroom, contributor: Contributor) -> None:
    contributor.send(File("photo-1", JPEG), File("photo-2", JPEG))
    kill("photo.clean", "text.screen")
    page = admin.get("/admin/jobs?status=dead").text
    assert "Discard all 2" in page
    assert "Discard all" not in admin.get("/admin/jobs").text, "nobody means all there is"
    before = events()
    page = admin.get("/admin/jobs/discards?status=dead").text
    said = re.sub(r"<[^>]+>", "", page)
    for words in ("Discard 2 jobs?", "2 photo.clean", "1 text.screen", "It can only be retried."):
        assert words in said
    assert (events(), statuses()) == (before, ["dead"] * 3)
    fields = {"status": "dead", "count": value(page, "count"), "reason": "They end their workers"}
    assert "2 jobs are discarded." in after(admin, admin.post("/admin/jobs/discards", **fields))
    assert sorted(statuses()[:3]) == ["dead", "discarded", "discarded"]


def test_what_has_become_another_number_is_looked_at_again(admin: Newsroom, jobs: list[int]) -> None:
    answer = admin.post("/admin/jobs/discards", count="4", reason="Not needed")
    assert answer.status_code == 409
    assert "The filter matched 4 jobs and now matches 5. Please check again." in answer.text
    assert value(answer.text, "count") == "5"
    assert value(answer.text, "reason") == "Not needed"
    assert statuses() == ["pending"] * 5


def test_where_none_can_be_discarded(admin: Newsroom, contributor: Contributor) -> None:
    contributor.send()
    kill("text.screen")
    page = admin.get("/admin/jobs/discards?status=dead").text
    assert "None of these can be discarded" in page
    assert "<form" not in page.split("<main")[1]


def test_the_story_of_a_job(admin: Newsroom, jobs: list[int], contributor: Contributor) -> None:
    contributor.send()
    (number,) = kill("text.screen")
    said = re.sub(r"<[^>]+>", "", unescape(admin.get(f"/admin/jobs/{number}").text))
    for words in ("submission.received", "Given up", "10", "text"):
        assert words in said
    with transaction() as session:
        record(session, "worker.lost", worker="worker@there", jobs=[number], how="killed")
    assert "Worker worker@there died while it ran this job" in admin.get(f"/admin/jobs/{number}").text
    assert "History" in admin.get(f"/admin/jobs/{jobs[0]}").text


def test_where_nothing_can_be_retried(admin: Newsroom) -> None:
    page = admin.get("/admin/jobs/retries").text
    assert "None of these can be retried" in page
    assert '<form class="form"' not in page
