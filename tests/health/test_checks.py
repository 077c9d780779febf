from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from intake.health.broker_troubles import TROUBLES
from intake.health.checks import LATE, SOON, HealthReport, HealthSigns, check
from intake.job_kinds import QUEUES
from intake.jobs.processes import BrokerStatus, ProcessStatus
from intake.jobs.queues import Canary, Queue
from intake.jobs.schedules import Schedule
from intake.models import Pause

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


WELL = Canary(ago(30), ago(30), "")
BROKER_UP = BrokerStatus("Valkey 9.1", 10, 100, "", ago(1))


def process(kind: str, **values: Any) -> ProcessStatus:
    facts: dict[str, Any] = {
        "name": f"{kind}@here", "kind": kind, "alive": True, "started_at": ago(9000), "seen_at": ago(1),
        "stop_asked_at": None, "stopping": False, "version": "1", "memory": 1, "places": 2, "sandbox": None,
        "queues": QUEUES if kind == "worker" else (), "broker": BROKER_UP if kind == "relay" else None,
    }  # fmt: skip
    return ProcessStatus(**facts | values)


def idle(name: str, **values: Any) -> Queue:
    return replace(Queue(name, 0, 0, None, None, (), ago(30), WELL, None), **values)


WORKER, RELAY, SCHEDULER = process("worker"), process("relay"), process("scheduler")
IDLE = HealthSigns(NOW, (WORKER, RELAY, SCHEDULER), tuple(map(idle, QUEUES)), ())


def having(*, signs: HealthSigns = IDLE, **queues: dict[str, Any]) -> HealthSigns:
    return replace(signs, queues=[replace(one, **queues.get(one.name, {})) for one in signs.queues])


def of(*processes: ProcessStatus, signs: HealthSigns = IDLE) -> HealthSigns:
    return replace(signs, processes=processes)


def fault(signs: HealthSigns) -> HealthReport:
    found = check(signs)
    assert not found.ok
    assert found.advice
    assert not any(character.isdigit() for character in found.public)
    assert "@" not in found.public
    return found


@pytest.mark.parametrize(
    ("signs", "sentence"),
    [
        (IDLE, "Submissions are being processed; nothing waits."),
        (
            having(photos={"waiting": 1, "since": ago(0.4)}),
            "Submissions are being processed; the oldest has waited less than a second.",
        ),
        (
            having(photos={"waiting": 1, "since": ago(1)}),
            "Submissions are being processed; the oldest has waited 1 second.",
        ),
        (
            having(photos={"waiting": 1, "since": ago(119)}, text={"waiting": 1, "since": ago(2)}),
            "Submissions are being processed; the oldest has waited 119 seconds.",
        ),
        (
            having(photos={"waiting": 900, "since": ago(3600), "due_since": ago(3600), "last_ended_at": ago(1)}),
            "Submissions are being processed; the oldest has waited 60 minutes.",
        ),
        (replace(IDLE, retrying=1), "Submissions are being processed; 1 job waits for a retry."),
        (replace(IDLE, retrying=3), "Submissions are being processed; 3 jobs wait for a retry."),
        (replace(IDLE, retrying=3, scheduled=1), "Submissions are being processed; 3 jobs wait for a retry."),
        (replace(IDLE, scheduled=1), "Submissions are being processed; nothing is due."),
    ],
)  # fmt: skip
def test_all_is_well(signs: HealthSigns, sentence: str) -> None:
    assert check(signs) == HealthReport(True, sentence, "Submissions are being processed.")


def test_jobs_that_failed_for_good_are_said() -> None:
    assert check(replace(IDLE, dead=1)).advice.startswith("1 job has failed for good. Retry")
    assert check(replace(IDLE, dead=4)).advice.startswith("4 jobs have failed for good. Retry")


def test_without_a_relay_nothing_is_processed() -> None:
    found = fault(of(WORKER, SCHEDULER))
    assert found.sentence == "Submissions are not being processed: the relay has stopped."
    assert found.public == found.sentence
    silent = replace(RELAY, alive=False, seen_at=ago(300))
    waits = having(text={"waiting": 2, "submissions": 2}, photos={"waiting": 3, "submissions": 1})
    found = fault(of(WORKER, SCHEDULER, silent, signs=waits))
    assert (
        found.sentence
        == "Submissions have not been processed for 5 minutes: the relay has stopped; 3 submissions wait."
    )
    assert "transom relay" in found.advice


@pytest.mark.parametrize("word", TROUBLES)
def test_what_the_relay_finds_of_the_broker(word: str) -> None:
    broken = replace(RELAY, broker=replace(BROKER_UP, trouble=word, answered_at=ago(180)))
    found = fault(of(WORKER, SCHEDULER, broken))
    trouble = TROUBLES[word]
    assert found.sentence == f"Submissions have not been processed for 3 minutes: {trouble.sentence}."
    assert found.public == f"Submissions are not being processed: {trouble.sentence}."
    assert found.advice == trouble.advice


def test_a_relay_that_does_not_get_through_does_no_harm_beside_one_that_does() -> None:
    lost = replace(RELAY, name="relay@there", broker=BrokerStatus("", 0, 0, "away", None))
    assert check(of(WORKER, SCHEDULER, RELAY, lost)).ok
    assert fault(of(WORKER, SCHEDULER, lost)).sentence.startswith(
        "Submissions are not being processed: the broker"
    )


def test_a_worker_that_has_stopped_answering_is_named() -> None:
    silent = replace(WORKER, alive=False, seen_at=ago(240))
    waits = having(photos={"waiting": 31, "submissions": 31})
    found = fault(of(silent, RELAY, SCHEDULER, signs=waits))
    assert found.sentence == (
        "Submissions have not been processed for 4 minutes: worker worker@here has stopped answering; 31 submissions wait."
    )
    assert found.public == "Submissions are not being processed: no worker answers."
    assert "`transom worker`" in found.advice


def test_a_queue_whose_worker_has_stopped_answering() -> None:
    photos = process("worker", name="photos@there", queues=("photos",), alive=False, seen_at=ago(240))
    others = replace(WORKER, queues=("text", "notify", "publish", "housekeeping"))
    waits = having(photos={"waiting": 40, "submissions": 31})
    found = fault(of(others, photos, RELAY, SCHEDULER, signs=waits))
    assert found.sentence == (
        "Photos have not been processed for 4 minutes: worker photos@there has stopped answering; 31 submissions wait."
    )
    assert "`transom worker photos`" in found.advice


def test_queues_that_nobody_ever_served() -> None:
    others = replace(WORKER, queues=("text", "notify", "housekeeping"))
    found = fault(of(others, RELAY, SCHEDULER))
    assert found.sentence.startswith(
        "Photos and decisions have not been processed for 30 seconds: no worker answers"
    )
    assert "`transom worker photos publish`" in found.advice


def test_a_worker_that_was_asked_to_stop_serves_nobody_and_is_no_riddle() -> None:
    stopping = replace(WORKER, stopping=True, seen_at=ago(60))
    found = fault(of(stopping, RELAY, SCHEDULER))
    assert (
        found.sentence
        == "Submissions have not been processed for 60 seconds: worker worker@here was stopped."
    )


EDGE = LATE.total_seconds()


def late(**more: Any) -> dict[str, Any]:
    """Queue that has a waiting job, and has had no result for too long."""
    return {
        "due_since": ago(EDGE + 1),
        "last_ended_at": ago(EDGE + 1),
        "waiting": 2,
        "submissions": 1,
        **more,
    }


def test_a_worker_that_lives_and_takes_up_nothing() -> None:
    found = fault(having(text=late()))
    assert found.sentence == (
        "Texts have not been processed for 101 seconds: worker worker@here starts no job; 1 submission waits."
    )
    assert found.public == "Texts are not being processed: no worker starts any job."


def test_a_canary_alone_shows_it_and_counts_for_nobody() -> None:
    found = fault(having(text=late(waiting=0, submissions=0)))
    assert (
        found.sentence == "Texts have not been processed for 101 seconds: worker worker@here starts no job."
    )


@pytest.mark.parametrize(
    "signs",
    [
        having(text=late(last_ended_at=ago(EDGE))),
        having(text=late(due_since=ago(SOON.total_seconds()))),
        having(text=late(last_ended_at=None, due_since=ago(EDGE))),
        having(text=late(running=(("batch.run", ago(1000)),))),
        of(RELAY, SCHEDULER, replace(WORKER, started_at=ago(SOON.total_seconds())), signs=having(text=late())),
        having(text={"last_ended_at": ago(40_000)}),
    ],
    ids=["ended of late", "due of late", "never ended", "runs long, as it may", "just started", "an idle night without a clock"],
)  # fmt: skip
def test_it_is_not_said_too_soon(signs: HealthSigns) -> None:
    assert check(signs).ok


def test_a_job_that_runs_longer_than_it_may_excuses_nothing() -> None:
    hangs = having(photos=late(running=(("photo.clean", ago(121)),)))
    assert "starts no job" in fault(hangs).sentence
    assert check(having(photos=late(running=(("photo.clean", ago(119)),)))).ok


def test_workers_that_are_busy_with_other_things() -> None:
    signs = having(text=late(), publish={"running": (("batch.run", ago(600)), ("batch.run", ago(500)))})
    found = fault(signs)
    assert "all workers are busy with other jobs" in found.sentence
    assert "transom worker text --name text" in found.advice


def test_a_canary_that_died_says_of_what() -> None:
    died = Canary(ago(10), ago(250), "StorageAway: The object storage does not answer.")
    found = fault(having(photos={"canary": died}))
    assert found.sentence == (
        "Photos have not been processed for 4 minutes: their test job fails"
        " (StorageAway: The object storage does not answer)."
    )
    assert found.public == "Photos are not being processed: their test job fails."
    assert "doctor" in found.advice


def paused(reason: str) -> dict[str, Any]:
    return {"pause": Pause(queue="photos", reason=reason, at=ago(3 * 3600)), "waiting": 30, "submissions": 7}


def test_what_somebody_has_paused() -> None:
    found = fault(having(photos=paused("The disk is full")))
    assert found.sentence == (
        "Photos have not been processed for 3 hours: the queue photos is paused (The disk is full); 7 submissions wait."
    )
    assert found.public == "Photos are not being processed: the queue photos is paused."
    assert "transom queue resume photos" in found.advice


def test_a_paused_queue_is_neither_stalled_nor_failing() -> None:
    still = paused("x") | late() | {"canary": Canary(ago(10), None, "OSError")}
    assert "is paused" in fault(having(photos=still)).sentence


def test_what_stops_more_is_said_first() -> None:
    everything = having(text=late(), photos=paused("x"), publish={"canary": Canary(ago(1), None, "OSError")})
    assert "Texts have" in fault(everything).sentence
    assert "the relay has stopped" in fault(of(WORKER, signs=everything)).sentence


def test_without_a_scheduler_nobody_tests_anything() -> None:
    found = fault(of(WORKER, RELAY))
    assert found.sentence.startswith("Submissions are being processed, but the scheduler has stopped")
    assert "transom scheduler" in found.advice


def test_a_scheduler_that_lives_and_starts_nothing() -> None:
    hour = timedelta(hours=1)
    missed = [
        Schedule("notify.digest", hour, ago(9000), NOW, False, 2),
        Schedule("x", hour, NOW, NOW, False, 0),
    ]
    found = fault(replace(IDLE, schedules=missed))
    assert found.sentence == (
        "Submissions are being processed, but the scheduler starts nothing: it has missed notify.digest (2 times)."
    )


def test_events_that_have_waited_for_an_hour_for_their_links() -> None:
    found = fault(replace(IDLE, are_events_late=True))
    assert found.sentence == (
        "Submissions are being processed, but events of more than an hour ago are missing in the chain of events."
    )
    assert "scheduler" in found.advice


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1.9, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7199, "119 minutes"), (7200, "2 hours"), (2 * 86400, "2 days")],
)  # fmt: skip
def test_how_long(seconds: float, text: str) -> None:
    assert (
        f"for {text}:"
        in check(of(WORKER, SCHEDULER, replace(RELAY, alive=False, seen_at=ago(seconds)))).sentence
    )
