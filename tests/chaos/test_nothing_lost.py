"""Nothing is lost or duplicated while broker and worker are killed under load."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from intake.models import Event, Job, Photo, Submission
from intake.queue.page import editor_queue
from intake.storage import Disk
from tests.opened import open_words
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole

pytestmark = pytest.mark.slow

SUBMISSIONS = 200
# Number of submissions → process that is killed then.
KILLS = {20: "worker", 50: "valkey", 90: "worker", 130: "valkey", 160: "worker"}


def test_200_submissions_survive_two_dead_brokers_and_three_dead_workers(
    whole: Whole, engine: Engine
) -> None:
    picture = jpeg_with_gps(640, 480, "CNRYchaos")
    killed = _submit_under_fire(whole, picture)

    def in_review() -> int:
        with Session(engine) as session:
            return session.scalar(select(func.count()).where(Submission.status == "in_review")) or 0

    until(lambda: in_review() == SUBMISSIONS, 240)
    with Session(engine) as session:
        open_words(session, whole.settings)
        seen = Counter(_queue_titles(session))
        cleanings = Counter(session.scalars(select(Event.photo_id).where(Event.name == "photo.clean")))
        photos = session.scalar(select(func.count()).where(Photo.status == "clean"))
    lost = SUBMISSIONS - len(seen)
    doubled = sum(count - 1 for count in seen.values()) + sum(count - 1 for count in cleanings.values())
    print(f"\n{len(killed)} processes killed; {lost} lost, {doubled} doubled")
    assert len(killed) == len(KILLS)
    assert (lost, doubled) == (0, 0)
    assert photos == len(cleanings) == SUBMISSIONS
    until(lambda: not list(Disk(whole.settings.files_dir).listing("quarantine")), 60)
    until(lambda: _unfinished(engine) == 0, 60)


def _submit_under_fire(whole: Whole, picture: bytes) -> list[int]:
    sent, lock, killed = 0, threading.Lock(), []

    def submit(number: int) -> None:
        nonlocal sent
        whole.submit(f"Number {number}", photos=[picture])
        with lock:
            sent += 1
            target = KILLS.get(sent)
        if target:
            killed.append(whole.kill(target))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(submit, range(SUBMISSIONS)))
    return killed


def _queue_titles(session: Session) -> Iterator[str]:
    after: str | None = ""
    while after is not None:
        page = editor_queue(session, after=after)
        yield from (item.title for item in page.items)
        after = page.next


def _unfinished(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).where(Job.status != "done")) or 0
