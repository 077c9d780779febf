from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from intake import receipts
from intake.db import transaction
from intake.models import Submission
from intake.storage import files
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.api.public.writers import KEY, NOBODY, DraftProgram, photo
from tests.web.conftest import count, opened

WORDS = {"title": "Over the river", "body": "The ice broke.", "language": "en"}


def statuses() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Submission.status)))


def test_a_draft_is_begun_written_and_sent(program: DraftProgram, run_jobs: RunJobs) -> None:
    program.save(**WORDS)
    program.add(photo())
    run_jobs()
    told = program.read(with_pictures=True)
    (picture,) = told["photos"]
    assert (picture["position"], picture["status"], picture["about"]) == (
        1, "clean", ["Removed: the position."],
    )  # fmt: skip
    assert picture["picture"].startswith("data:image/jpeg;base64,")
    assert program.read()["photos"][0]["picture"] == ""
    assert told["problems"] == {}
    saved = program.save(photos=[{"id": picture["id"], "caption": "The river"}]).get_json()
    sent = program.post("submissions", version=saved["version"], consent=True)
    assert (sent.status_code, sent.get_json()) == (201, {"receipt": program.receipt, "status": "received"})
    run_jobs()
    with opened() as found:
        assert (found.status, found.photos[0].caption) == ("in_review", "The river")
        assert found.revisions[-1].html == "<p>The ice broke.</p>"
    status = program.open("POST", "receipts/status", data={"receipt": program.receipt}).get_json()
    assert (status["status"], status["usual_days"], status["steps"][0]["word"]) == (
        "in_review", None, "Arrived",
    )  # fmt: skip


def test_a_draft_that_is_begun_again_is_one(app: Transom) -> None:
    program = DraftProgram(app.test_client())
    first = program.begin(**{"Idempotency-Key": KEY}).get_json()
    assert program.begin(**{"Idempotency-Key": KEY}).get_json() == first
    assert statuses() == ["draft"]
    assert program.begin(**{"Idempotency-Key": "short"}).status_code == 400
    assert program.begin().get_json()["receipt"] != first["receipt"]


def test_an_empty_key_is_no_key(app: Transom) -> None:
    """An empty header must be refused. Ignored, it would let a repeated request begin a second draft."""
    answer = app.test_client().post("/api/v1/drafts", headers={"Idempotency-Key": ""})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_words_that_are_left_out_stay(program: DraftProgram) -> None:
    program.save(**WORDS, print_name="A. N.", contact="signal 700", format="verse", section="News")
    told = program.save(title="Another title", print_name="").get_json()
    assert [told[name] for name in ("title", "body", "print_name", "contact", "format", "section")] == [
        "Another title", "The ice broke.", "", "signal 700", "verse", "News",
    ]  # fmt: skip


def test_an_embargo_comes_back_as_it_was_sent_and_is_taken_back(program: DraftProgram) -> None:
    later = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=3)
    told = program.save(embargo_until=later.isoformat()).get_json()
    assert datetime.fromisoformat(told["embargo_until"]) == later
    assert program.save(embargo_until=None).get_json()["embargo_until"] is None
    past = program.save(embargo_until="2020-01-01T00:00:00Z")
    assert (past.status_code, list(past.get_json()["errors"])) == (422, ["embargo_until"])


def test_photos_are_put_in_order_and_keep_the_words_that_are_left_out(program: DraftProgram) -> None:
    for _ in range(3):
        program.add(photo())
    one, two, three = (picture["id"] for picture in program.read()["photos"])
    program.save(photos=[{"id": one, "caption": "The door", "credit": "A. N."}])
    told = program.save(photos=[{"id": three}, {"id": one, "caption": "A door"}]).get_json()["photos"]
    assert [picture["id"] for picture in told] == [three, one, two]
    assert [picture["position"] for picture in told] == [1, 2, 3]
    assert (told[1]["caption"], told[1]["credit"], told[0]["caption"]) == ("A door", "A. N.", "")


def test_an_older_version_replaces_nothing(program: DraftProgram) -> None:
    version = program.read()["version"]
    first = program.post("changes", version=version, title="New")
    assert first.status_code == 200
    again = program.post("changes", version=version, title="New")
    assert again.get_json() == first.get_json()
    stale = program.post("changes", version=version, title="Other")
    assert (stale.status_code, stale.get_json()["version"]) == (409, first.get_json()["version"])
    assert program.read()["title"] == "New"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "x" * 301}, "title"),
        ({"body": "x" * (1024 * 1024 + 1)}, "body"),
        ({"titel": "x"}, "titel"),
        ({"title": 5}, "title"),
        ({"format": "rtf"}, "format"),
        ({"section": "Nowhere"}, "section"),
        ({"photos": [{"id": "5f0c8d1e-3b1a-4c55-9a53-5d0a7f1c2b3d"}]}, "photos"),
        ({"photos": [{"id": "x"}]}, "photos"),
        ({"photos": [{"id": "5f0c8d1e-3b1a-4c55-9a53-5d0a7f1c2b3d", "caption": "x" * 1001}]}, "photos"),
    ],
)
def test_what_cannot_be_saved_is_named_and_nothing_is(
    program: DraftProgram, body: dict[str, object], field: str
) -> None:
    before = program.read()
    answer = program.save(**({"contact": "signal"} | body))
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
    assert program.read() == before


def test_it_is_sent_by_the_rules_of_the_page(program: DraftProgram) -> None:
    empty = program.post("submissions", version=program.read()["version"], consent=True)
    assert (empty.status_code, list(empty.get_json()["errors"])) == (422, ["draft"])
    told = program.save(body="Text").get_json()
    assert list(told["problems"]) == ["title"]
    refused = program.post("submissions", version=told["version"])
    assert (refused.status_code, set(refused.get_json()["errors"])) == (422, {"title", "consent"})
    version = program.save(title="T").get_json()["version"]
    stale = program.post("submissions", version=told["version"], consent=True)
    assert (stale.status_code, stale.get_json()["version"]) == (409, version)
    assert statuses() == ["draft"]
    assert program.post("submissions", version=version, consent=True).status_code == 201
    again = program.post("submissions", version=version, consent=True)
    assert (again.status_code, again.get_json()["status"]) == (200, "received")
    assert statuses() == ["received"]
    for path in ("status", "changes", "deletions"):
        assert program.post(path, **({"version": version} if path == "changes" else {})).status_code == 404


def test_it_is_shown_as_editors_will_see_it(program: DraftProgram) -> None:
    program.save(title="T", body="<p>A</p><script>B</script>", format="html")
    preview = program.read(with_preview=True)["preview"]
    assert (preview["title"], preview["html"]) == ("T", '<p dir="auto">A</p>')
    assert preview["about_text"].startswith("Removed from your text: ")
    assert program.read()["preview"] is None


def test_a_deleted_draft_is_gone_with_its_files(program: DraftProgram) -> None:
    program.add(photo())
    assert program.post("deletions").status_code == 204
    assert (count(Submission), list(files().listing("quarantine"))) == (0, [])
    assert program.post("deletions").status_code == 404


@pytest.mark.parametrize("receipt", [NOBODY, "", "x", receipts.grouped("0" * 16)])
@pytest.mark.parametrize("path", ["status", "changes", "submissions", "deletions", "photos/removals"])
def test_another_receipt_is_not_found(program: DraftProgram, path: str, receipt: str) -> None:
    bodies: dict[str, dict[str, object]] = {
        "changes": {"version": 0, "title": "x"},
        "submissions": {"version": 0, "consent": True},
        "photos/removals": {"photo": "5f0c8d1e-3b1a-4c55-9a53-5d0a7f1c2b3d"},
    }
    answer = program.post(path, **(bodies.get(path, {}) | {"receipt": receipt}))
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["status", "changes", "submissions", "deletions"])
def test_a_body_that_is_no_json(program: DraftProgram, path: str) -> None:
    form = program.open("POST", f"drafts/{path}", data={"receipt": program.receipt})
    broken = program.open("POST", f"drafts/{path}", data="{", content_type="application/json")
    nothing = program.open("POST", f"drafts/{path}", json={})
    assert [form.status_code, broken.status_code, nothing.status_code] == [415, 400, 422]


def test_the_receipt_in_the_address_opens_nothing(program: DraftProgram) -> None:
    answer = program.open("POST", f"/api/v1/drafts/status?receipt={program.receipt}", json={})
    assert answer.status_code == 422


def test_without_the_database_it_is_to_be_sent_again(
    program: DraftProgram, database_away: Callable[[], AbstractContextManager[None]]
) -> None:
    with database_away():
        assert program.post("status").status_code == 503
        assert program.open("POST", "drafts").status_code == 503


def test_no_time_of_a_draft_is_finer_than_a_day(program: DraftProgram) -> None:
    program.save(**WORDS)
    deleted_on = datetime.fromisoformat(program.read()["deleted_on"])
    assert (deleted_on.hour, deleted_on.minute, deleted_on.second) == (0, 0, 0)
