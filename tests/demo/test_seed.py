import collections
from typing import Any

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.demo import seed
from intake.demo.cast import CAST
from intake.demo.seed import NoWorkerResponds
from intake.demo.sending import send
from intake.demo.submissions import DemoSubmission, demo_submissions
from intake.models import Job, Photo, Submission
from tests.stored import paths


def statuses() -> dict[str, int]:
    with transaction() as session:
        return dict(collections.Counter(session.scalars(select(Submission.status))))


@pytest.mark.slow
def test_the_whole_demo_shows_every_status_and_every_photo_is_settled(demo: Any) -> None:
    lines: list[str] = []
    result = demo(report=lines.append).run()
    assert result.sent == len(demo_submissions())
    assert statuses() == collections.Counter(plan.fate for plan in demo_submissions())
    assert {status for _, status, _ in result.shown} == {plan.fate for plan in demo_submissions()}
    assert set(result.passwords) == set(CAST)
    assert len([line for line in lines if line.startswith("Sending")]) == result.sent
    with transaction() as session:
        photos = collections.Counter(session.scalars(select(Photo.status)))
        removed = list(session.scalars(select(Photo.removed).where(Photo.status == "clean")))
        undone = session.scalar(select(func.count()).select_from(Job).where(Job.status != "done"))
    assert photos["refused"] == 1
    assert all(kinds["position"] for kinds in removed)
    assert undone == 0


def test_originals_stay_only_of_what_is_held_as_received(
    demo: Any, short_queue: list[DemoSubmission]
) -> None:
    demo().run()
    assert not paths("quarantine")


def test_a_second_run_adds_nothing_and_again_adds_a_round(
    demo: Any, short_queue: list[DemoSubmission]
) -> None:
    first = demo().run()
    second = demo().run()
    assert (second.sent, second.passwords, second.shown) == (0, {}, first.shown)
    third = demo().run(again=True)
    assert third.sent == len(short_queue)
    assert statuses() == {"in_review": 2, "accepted": 2, "purged": 2, "received": 2}
    assert not {row[0] for row in first.shown} & {row[0] for row in third.shown}


def test_a_chosen_password_is_everybodys(demo: Any, short_queue: list[DemoSubmission]) -> None:
    assert set(demo().run(password="four words are good").passwords.values()) == {"four words are good"}


def test_without_a_worker_it_gives_up_and_a_later_run_continues(
    demo: Any, short_queue: list[DemoSubmission]
) -> None:
    with pytest.raises(NoWorkerResponds):
        demo(pause=lambda: None, timeout=0.05).run()
    assert statuses() == {"received": 4}
    assert demo().run().sent == 0
    assert statuses() == {"in_review": 1, "accepted": 1, "purged": 1, "received": 1}


def test_an_interrupted_sending_is_finished(
    demo: Any, short_queue: list[DemoSubmission], monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_the_third(plan: DemoSubmission, turn: int) -> None:
        if plan is short_queue[2]:
            raise KeyboardInterrupt
        send(plan, turn)

    with monkeypatch.context() as patch:
        patch.setattr(seed, "send", until_the_third)
        with pytest.raises(KeyboardInterrupt):
            demo().run()
    assert demo().run().sent == 2
    assert sum(statuses().values()) == 4


def test_waiting_rests_between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[float] = []
    monkeypatch.setattr("intake.demo.seed.time.sleep", rested.append)
    seed.Demo(str, lambda _: None).pause()
    assert rested == [seed.POLL_SECONDS]
