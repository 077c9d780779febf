"""The table of kinds of jobs: each has a queue, and a word on whether it may be discarded."""

import pytest

from intake.job_kinds import (
    CANARIES,
    DISCARDABLE_KINDS,
    JOB_KINDS,
    NEVER_DISCARDED,
    QUEUES,
    UNKNOWN_KIND,
    job_kind,
)


@pytest.mark.parametrize("name", JOB_KINDS)
def test_a_kind_is_in_one_queue_and_has_time(name: str) -> None:
    assert job_kind(name) is JOB_KINDS[name]
    assert job_kind(name).queue in QUEUES
    assert 0 < job_kind(name).seconds <= 3600


@pytest.mark.parametrize("name", JOB_KINDS)
def test_a_kind_may_be_discarded_or_has_a_reason_against_it(name: str) -> None:
    assert (name in DISCARDABLE_KINDS) != (name in NEVER_DISCARDED)


def test_nothing_is_said_of_kinds_that_there_are_not() -> None:
    assert DISCARDABLE_KINDS.keys() | NEVER_DISCARDED.keys() == JOB_KINDS.keys()


@pytest.mark.parametrize("queue", QUEUES)
def test_a_canary_is_of_its_queue_and_tried_once(queue: str) -> None:
    canary = job_kind(CANARIES[queue])
    assert (canary.queue, canary.single_attempt) == (queue, True)


def test_only_canaries_are_tried_once_since_the_next_is_due_soon() -> None:
    assert {name for name, kind in JOB_KINDS.items() if kind.single_attempt} == set(CANARIES.values())


def test_a_kind_of_a_newer_version_waits_in_a_queue_of_this_one() -> None:
    assert job_kind("photo.dream") is UNKNOWN_KIND
    assert UNKNOWN_KIND.queue in QUEUES
