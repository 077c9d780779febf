import string

import pytest

from intake import wording
from intake.jobs.job_detail import JOB_HISTORY
from intake.jobs.job_filter import STATES
from intake.lifecycle import STATUSES
from intake.queue.filters import STATES as STATES_OF_PUBLICATIONS
from intake.subscriptions import JOB_EVENTS, SILENT, SUBSCRIPTIONS

# Event → placeholders that the timeline fills in, from the photo or from the event's data.
FIELDS = {
    "photo.received": {"position"},
    "photo.clean": {"position"},
    "photo.refused": {"position"},
    "photo.left_out": {"position"},
    "photo.given_up": {"position"},
    "photo.marked": {"position", "mark"},
    "photo.faces_asked": {"position"},
    "photo.retouch_asked": {"position", "kind"},
    "photo.retouch_undone": {"position", "kind"},
    "photo.retouched": {"position", "kind"},
    "photo.retouch_failed": {"position", "kind"},
    "revision.created": {"number"},
    "job.retried": {"kind"},
    "job.discarded": {"kind", "reason"},
    "jobs.retried": {"count"},
    "jobs.discarded": {"count", "reason"},
    "queue.paused": {"queue", "reason"},
    "queue.resumed": {"queue"},
    "schedule.run_asked": {"kind", "reason"},
    "worker.stop_asked": {"worker", "reason"},
    "worker.lost": {"worker"},
    "assignment.made": {"assignee", "details"},
    "assignment.changed": {"assignee", "details"},
    "assignment.ended": {"details"},
    "assignment.freed": {"assignee"},
    "link.made": {"guest"},
    "link.opened": {"guest"},
    "link.refused": {"guest"},
    "link.reopened": {"guest"},
    "link.withdrawn": {"guest"},
    "decision.taken": {"verdict"},
    "decision.undone": {"verdict"},
    "factor.added": {"kind"},
    "factor.removed": {"kind"},
    "code.used": {"left"},
    "checklist.ticked": {"point"},
    "checklist.unticked": {"point"},
    "checklist.overridden": {"points"},
    "translation.renewed": {"revision"},
    "retention.period_over": {"days"},
    "retention.contact_deleted": {"days"},
    "hold.asked": {"day"},
    "opening.agreed": {"minutes"},
    "original.downloaded": {"position"},
    "original.read": {"position"},
    "original.taken_back": {"position"},
    "original.destroyed": {"position"},
    "original.expired": {"position"},
    "original.lost": {"position"},
    "hold.confirmed": {"day"},
    "reset.asked": {"kind"},
    "reset.agreed": {"kind"},
    "reset.called_off": {"kind"},
    "reset.done": {"kind"},
}


def test_every_status_has_its_words() -> None:
    assert tuple(wording.STATUS) == tuple(wording.STATUS_EXPLAINED) == STATUSES
    assert all(wording.STATUS.values())
    assert all(sentence.endswith(".") for sentence in wording.STATUS_EXPLAINED.values())
    assert len(set(wording.STATUS.values())) == len(STATUSES)


def test_every_event_has_its_words() -> None:
    assert wording.EVENTS.keys() == SUBSCRIPTIONS.keys() | SILENT


@pytest.mark.parametrize("event", wording.EVENTS)
def test_words_ask_for_nothing_that_an_event_does_not_have(event: str) -> None:
    asked = {field for _, field, _, _ in string.Formatter().parse(wording.EVENTS[event]) if field}
    assert asked == FIELDS.get(event, set())


def test_good_and_bad_news_look_different() -> None:
    assert wording.EVENTS.keys() >= wording.GOOD_EVENTS | wording.BAD_EVENTS
    assert wording.GOOD_EVENTS.isdisjoint(wording.BAD_EVENTS)
    assert wording.tone("submission.accepted") == "good"
    assert wording.tone("submission.rejected") == "bad"
    assert wording.tone("text.clean") == "plain"


def test_every_state_of_a_publication_has_its_word() -> None:
    assert tuple(wording.PUBLISHING_STATES) == STATES_OF_PUBLICATIONS


def test_every_state_of_a_job_has_its_words() -> None:
    assert tuple(wording.JOB_STATES) == tuple(STATES)
    assert len(set(wording.JOB_STATES.values())) == len(STATES)


def test_job_history_uses_only_fields_of_its_events() -> None:
    assert JOB_HISTORY.keys() == set(JOB_EVENTS)
    for event, words in JOB_HISTORY.items():
        assert {field for _, field, _, _ in string.Formatter().parse(words) if field} <= FIELDS[event], event
