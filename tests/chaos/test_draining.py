"""A worker that is asked to stop loses and repeats no job, and is restarted."""

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from intake.models import Event, Job, Submission
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole

pytestmark = pytest.mark.slow

SUBMISSIONS = 6


def test_in_the_middle_of_its_work(whole: Whole, engine: Engine) -> None:
    (first, *_) = until(lambda: whole.pids("worker"))
    for number in range(SUBMISSIONS):
        whole.submit(f"Piece {number}", photos=[jpeg_with_gps(1600, 1200, f"mark{number}")] * 3)
    name = whole.transom("status").stdout.partition("worker@")[2].split()[0]
    asked = whole.transom("stop-worker", f"worker@{name}", "--reason", "Upgrade")
    assert asked.returncode == 0, asked.stderr
    until(lambda: (pids := whole.pids("worker")) and first not in pids, 60)

    def all_in_review() -> bool:
        with Session(engine) as session:
            found = select(func.count()).where(Submission.status == "in_review")
            return session.scalar(found) == SUBMISSIONS

    until(all_in_review, 60)
    with Session(engine) as session:
        assert session.scalar(select(func.max(Job.attempts))) == 1
        assert session.scalar(select(func.count()).where(Event.name == "worker.lost")) == 0
        (event,) = session.scalars(select(Event).where(Event.name == "worker.stop_asked"))
        assert event.data["reason"] == "Upgrade"
    until(lambda: whole.transom("status").returncode == 0, 30)
