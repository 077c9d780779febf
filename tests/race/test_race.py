"""Twenty editors race for the same submissions. Nothing is decided twice, nothing that was typed is lost.

TRANSOM_TEST_RACE_SECONDS and TRANSOM_TEST_RACE_SUBMISSIONS set its length: 300 and 500 for a long run.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Decision, Editor, Event, Job, Revision, Submission
from intake.settings import Settings
from tests.opened import open_words
from tests.race.account import faults
from tests.race.editor import Racer, Write
from tests.waiting import until
from tests.whole import Whole, running

pytestmark = pytest.mark.slow

SECONDS = int(os.environ.get("TRANSOM_TEST_RACE_SECONDS", "15"))
SUBMISSIONS = int(os.environ.get("TRANSOM_TEST_RACE_SUBMISSIONS", "40"))
EDITORS = 20
# Number of submissions that all editors choose from at any moment, so that they conflict often.
HOT = 4
PASSWORD = "four words are good"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    with running(tmp_path, TRANSOM_UNDO_SECONDS=2, TRANSOM_OVERDUE_HOURS="72") as up:
        yield up


@pytest.fixture
def engine(whole: Whole) -> Iterator[Engine]:
    made = connect(whole.settings.sqlalchemy_url)
    yield made
    made.dispose()


def test_every_submission_ends_with_one_decision_and_every_loser_keeps_the_text(
    whole: Whole, engine: Engine
) -> None:
    ids = _sent(whole, engine)
    racers = _seated(whole, engine)
    _race(racers, ids)
    _decide_what_is_left(racers[0], engine)
    writes = [write for racer in racers for write in racer.writes]
    _report(writes, ids)
    _no_write_was_lost_or_invented(writes, engine, whole.settings)
    _every_decision_is_explained(engine)


def _sent(whole: Whole, engine: Engine) -> list[str]:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: whole.submit(f"Number {number}"), range(SUBMISSIONS)))

    def waiting() -> list[str]:
        with Session(engine) as session:
            found = session.scalars(select(Submission.id).where(Submission.status == "in_review"))
            return [str(one) for one in found]

    until(lambda: len(waiting()) == SUBMISSIONS, 120)
    return waiting()


def _seated(whole: Whole, engine: Engine) -> list[Racer]:
    racers = []
    for email in _accounts(whole, engine):
        limits = httpx.Limits(max_keepalive_connections=0)
        client = httpx.Client(base_url=whole.settings.base_url, timeout=60, limits=limits)
        racers.append(Racer(client, random.Random(email)))
        racers[-1].log_in(email, PASSWORD)
    return racers


def _accounts(whole: Whole, engine: Engine) -> list[str]:
    """Create the accounts of the editors, and return their addresses.

    The first one is made as an admin makes it. The others get a copy of its password hash, which takes long to make.
    """
    whole.add_editor("editor0@transom.example", PASSWORD, "editor")
    with Session(engine) as session, session.begin():
        first = session.scalars(select(Editor)).one()
        for number in range(1, EDITORS):
            email = f"editor{number}@transom.example"
            session.add(
                Editor(email=email, name=f"Editor {number}", password=first.password, roles=list(first.roles))
            )
    return [f"editor{number}@transom.example" for number in range(EDITORS)]


def _race(racers: list[Racer], ids: list[str]) -> None:
    begun = time.monotonic()

    def run(racer: Racer) -> None:
        while (gone := time.monotonic() - begun) < SECONDS:
            # All editors move through the list once, at the same pace.
            place = int(gone / SECONDS * len(ids))
            racer.act(ids[(place + racer.rng.randrange(HOT)) % len(ids)])

    threads = [threading.Thread(target=run, args=(racer,)) for racer in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _decide_what_is_left(racer: Racer, engine: Engine) -> None:
    """Decide the submissions that the race left undecided, so that each has a decision at the end."""

    def settled() -> bool:
        with Session(engine) as session:
            open_ones = session.scalar(select(func.count()).where(Submission.settles_at.is_not(None)))
            return open_ones == 0

    until(settled, 60)
    with Session(engine) as session:
        left = session.execute(
            select(Submission.id, Submission.version, Submission.claimed_by).where(
                Submission.status == "in_review"
            )
        )
        undecided = [(str(row.id), str(row.version), str(row.claimed_by or "")) for row in left]
    for submission, version, claimant in undecided:
        racer.decide(submission, version, claimant)
    until(settled, 60)


def _report(writes: list[Write], ids: list[str]) -> None:
    counted = Counter((write.kind, write.code) for write in writes)
    print(f"\n{EDITORS} editors, {len(ids)} submissions, {len(writes)} writes in {SECONDS} s:")
    print(", ".join(f"{kind} {code}: {count}" for (kind, code), count in sorted(counted.items())))
    assert counted["decide", 303] >= len(ids)
    assert counted["edit", 303] > 0
    assert counted["decide", 409] + counted["edit", 409] > 0, "nobody raced"


def _no_write_was_lost_or_invented(writes: list[Write], engine: Engine, settings: Settings) -> None:
    assert {write.code for write in writes} <= {303, 409}
    assert [write for write in writes if write.code == 409 and not write.kept] == []
    with Session(engine) as session:
        open_words(session, settings)
        edits = {one.html for one in session.scalars(select(Revision).where(Revision.number > 1))}
        messages = {one.message for one in session.scalars(select(Decision))}
    won = {write.words for write in writes if write.code == 303 and write.words}
    assert edits == {f"<p>{words}</p>" for words in won if words.startswith("edit-")}
    assert messages == {words for words in won if not words.startswith("edit-")}


def _every_decision_is_explained(engine: Engine) -> None:
    found = []
    with Session(engine) as session:
        for submission in session.scalars(select(Submission)):
            events = session.scalars(
                select(Event).where(Event.submission_id == submission.id).order_by(Event.id)
            )
            decisions = session.scalars(select(Decision).where(Decision.submission_id == submission.id)).all()
            found += faults(submission, events, list(decisions))
            standing = [decision for decision in decisions if decision.state == "standing"]
            assert len(standing) == 1, (submission.id, submission.status)
            assert standing[0].id == submission.decision_id
        stuck = session.scalar(select(func.count()).where(Job.status == "dead"))
    assert found == []
    assert stuck == 0
