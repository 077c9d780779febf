"""Number of source files that run during a walk through the product, and that a reader of the code must open.

Counts the files of `intake/` and `workers/` in which a function is called. The limit of each walk is its number when
last reviewed, so that a change that needs more files gets noticed.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from sqlalchemy import func, update

from intake.db import transaction
from intake.models import Job
from intake.settings import settings
from intake.web import Transom
from tests.cast import RunJobs
from tests.post_office import PostOffice
from tests.waiting import until
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, receipt_of
from tests.web.test_health import beat
from workers import scheduler

ROOT = Path(__file__).parents[2]


@contextmanager
def files_that_run() -> Iterator[set[str]]:
    """Collect the files in which a function is called, also in threads that begin in the block."""
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            codes.add(frame.f_code)

    found: set[str] = set()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        found.update(
            name for code in codes.copy() if code.co_name != "<module>" and (name := _own_file(code))
        )


def _own_file(code: CodeType) -> str:
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT):
        return ""
    name = path.relative_to(ROOT).as_posix()
    return name if name.startswith(("intake/", "workers/")) else ""


def test_reject_with_a_message_until_the_contributor_reads_it(
    contributor: Contributor, editor: Newsroom, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    editor.token()
    with files_that_run() as files:
        answer = editor.post(
            f"{url}/decisions", verdict="reject", code="reject.late", message="Thank you.", version="2"
        )
        assert answer.status_code == 303
        run_jobs()
        assert "Thank you." in contributor.look(receipt).text
    assert len(files) <= 77, sorted(files)


def test_claim_with_a_takeover_until_the_mail_to_the_colleague(
    submitted: Callable[..., str], editor: Newsroom, other_editor: Newsroom, run_jobs: RunJobs, post_office: PostOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("TRANSOM_SMTP_URL", f"smtp://127.0.0.1:{post_office.port}")
    settings.cache_clear()
    url = submitted()
    for somebody in (editor, other_editor):
        somebody.token()
    with files_that_run() as files:
        assert editor.post(f"{url}/claims").status_code == 303
        assert other_editor.post(f"{url}/claims", takeover="y").status_code == 303
        with transaction() as session:
            session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))
        run_jobs()
    settings.cache_clear()
    assert len(post_office.mails) == 1
    assert len(files) <= 39, sorted(files)


@pytest.mark.parametrize(("kind", "limit"), [("canary.publish", 27), ("canary.text", 36)])
def test_a_canary_from_the_clock_to_the_health_page(
    app: Transom, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, kind: str, limit: int
) -> None:
    monkeypatch.setattr(scheduler, "SCHEDULES", {kind: 1})
    beat()

    def has_run() -> bool:
        scheduler.Scheduler().turn()
        return kind in run_jobs()

    def walk() -> None:
        until(has_run)
        assert app.test_client().get("/healthz/ready").status_code == 200

    # The first walk of a process also imports modules and fills caches.
    walk()
    with files_that_run() as files:
        walk()
    assert len(files) <= limit, sorted(files)
