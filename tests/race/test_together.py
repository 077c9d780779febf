"""Two editors in one text with random edits. Every sentence that was saved, and not removed on purpose, is in the text.

TRANSOM_TEST_TOGETHER_SECONDS sets its length: 300 for a long run.
"""

import os
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import wording
from intake.db import connect
from intake.models import Event, Revision, Submission
from tests.opened import open_words
from tests.race.typist import SENTENCE, Typist
from tests.waiting import until
from tests.whole import Whole, running

pytestmark = pytest.mark.slow

SECONDS = int(os.environ.get("TRANSOM_TEST_TOGETHER_SECONDS", "60"))
PASSWORD = "four words are good"
PAUSE = 0.6
BODY = "\n\n".join(f"Paragraph number {number} of the text." for number in range(8))


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    with running(tmp_path) as up:
        yield up


def test_two_editors_in_one_text_lose_nothing(whole: Whole) -> None:
    engine = connect(whole.settings.sqlalchemy_url)
    whole.submit("Two at once", body=BODY)

    def waiting() -> list[str]:
        with Session(engine) as session:
            found = session.scalars(select(Submission.id).where(Submission.status == "in_review"))
            return [str(one) for one in found]

    path = f"/desk/submissions/{until(waiting, 60)[0]}"
    seed = random.randrange(10**6)
    typists = [_seated(whole, name, seed) for name in ("asel", "tomas")]
    _type(typists, path)
    with Session(engine) as session:
        open_words(session, whole.settings)
        revisions = list(session.scalars(select(Revision).order_by(Revision.number)))
        events = list(
            session.scalars(select(Event).where(Event.name == "revision.created").order_by(Event.id))
        )
        text = revisions[-1].html or ""
        _report(typists, revisions, text, seed)
        _nothing_is_lost(typists, text)
        _every_revision_is_explained(typists, revisions, events)
    engine.dispose()


def _seated(whole: Whole, name: str, seed: int) -> Typist:
    email = f"{name}@transom.example"
    whole.add_editor(email, PASSWORD, "editor")
    limits = httpx.Limits(max_keepalive_connections=0)
    client = httpx.Client(base_url=whole.settings.base_url, timeout=60, limits=limits)
    typist = Typist(name, client, random.Random(f"{seed} {name}"))
    typist.log_in(email, PASSWORD)
    return typist


def _type(typists: list[Typist], path: str) -> None:
    end = time.monotonic() + SECONDS
    errors: list[BaseException] = []

    def work(typist: Typist) -> None:
        try:
            while time.monotonic() < end:
                typist.edit(path, PAUSE)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(typist,)) for typist in typists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def _nothing_is_lost(typists: list[Typist], text: str) -> None:
    saved = set().union(*(typist.saved for typist in typists))
    removed = set().union(*(typist.removed for typist in typists))
    there = SENTENCE.findall(text)
    assert saved - removed - set(there) == set()
    assert all(typist.figures.merged for typist in typists), "they never met"


def _every_revision_is_explained(
    typists: list[Typist], revisions: list[Revision], events: list[Event]
) -> None:
    by_editors = [one for one in revisions if one.editor_id]
    assert [one.number for one in by_editors] == [event.data["number"] for event in events]
    assert [one.editor_id for one in by_editors] == [event.editor_id for event in events]
    assert len(events) == sum(one.figures.saved_at_once + one.figures.merged for one in typists)
    merged = [event for event in events if "merged" in event.data]
    assert 0 < len(merged) <= sum(one.figures.merged for one in typists)
    for event in events:
        assert wording.EVENTS[event.name].format_map(event.data) == f"Edited: revision {event.data['number']}"
    assert all(event.data["merged"] < event.data["number"] - 1 for event in merged)


def _report(typists: list[Typist], revisions: list[Revision], text: str, seed: int) -> None:
    print(f"\nseed {seed}, {SECONDS} s, {len(revisions)} revisions, {len(text)} characters")
    for one in typists:
        print(f"{one.name}: {one.figures}, saved {len(one.saved)}, removed {len(one.removed)}")
    print(f"in the text at the end: {len(set(SENTENCE.findall(text)))} sentences")
