import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.decisions.batch import decide_item, request_batch, undo_batch
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import settle
from intake.errors import NotFound
from intake.lifecycle import IllegalMove
from intake.models import Batch, BatchItem, Decision, Editor, Event, Job, Message, Submission
from intake.queue.claims import claim
from intake.review.revise import Edit, revise
from intake.settings import settings
from intake.submissions.removal import withdraw
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, RunJobs, cleaned
from tests.together import at_once

Selected = list[tuple[uuid.UUID, int]]


@pytest.fixture
def undoable(monkeypatch: pytest.MonkeyPatch, editor: Editor) -> Iterator[None]:
    """Set the undo time to 30 seconds."""
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "30")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def waiting(contributor: Contributor) -> Callable[..., Selected]:
    """Return a factory of submissions in review: {id: version}."""

    def make(count: int, **words: str) -> Selected:
        made = []
        for _ in range(count):
            ident = contributor.submit(**words)
            with transaction() as session:
                text_cleaned(session, ident, cleaned())
                made.append((ident, session.get_one(Submission, ident).version))
        return made

    return make


def asked(
    editor: Editor, items: Selected, verdict: str = "reject", token: uuid.UUID | None = None, **messages: str
) -> int:
    code = "off_topic" if verdict == "reject" else None
    with transaction() as session:
        return request_batch(
            session, editor, token or uuid.uuid4(), DecisionInput(verdict, code), messages, items
        )


def outcomes(batch_id: int) -> list[tuple[str, str | None]]:
    with transaction() as session:
        query = select(BatchItem).where(BatchItem.batch_id == batch_id).order_by(BatchItem.position)
        return [(item.outcome, item.problem) for item in session.scalars(query)]


def statuses() -> set[str]:
    with transaction() as session:
        return set(session.scalars(select(Submission.status)))


def time_passes(seconds: float) -> None:
    """Simulate that time passes: move the times at which decisions and jobs are due into the past."""
    by = timedelta(seconds=seconds)
    with transaction() as session:
        session.execute(
            update(Submission)
            .where(Submission.settles_at.is_not(None))
            .values(settles_at=Submission.settles_at - by)
        )
        session.execute(update(Job).where(Job.status == "pending").values(run_at=Job.run_at - by))


def test_thirty_of_which_three_are_stale(
    waiting: Callable[..., Selected], editor: Editor, other_editor: Editor, run_jobs: RunJobs, undoable: None
) -> None:
    items = waiting(30)
    with transaction() as session:
        revise(session, items[4][0], other_editor, items[4][1], Edit("Ice", "<p>Ice</p>", 1))
        decide(session, items[9][0], other_editor, items[9][1], DecisionInput("accept"))
        claim(session, items[20][0], other_editor)
    batch_id = asked(editor, items, en="Thank you. It is not our subject.")
    assert "batch.run" in run_jobs()
    wrong = {4: "changed", 9: "decided", 20: "claimed"}
    assert outcomes(batch_id) == [("refused", wrong[n]) if n in wrong else ("done", None) for n in range(30)]
    with transaction() as session:
        mine = list(session.scalars(select(Decision).where(Decision.batch_id == batch_id)))
        assert {decision.code for decision in mine} == {"off_topic"}
        assert len(mine) == len({decision.submission_id for decision in mine}) == 27
        assert session.scalar(select(func.count()).select_from(Message)) == 0
    assert statuses() == {"in_review"}
    time_passes(31)
    run_jobs()
    with transaction() as session:
        assert session.scalar(select(func.count()).where(Submission.status == "rejected")) == 27
        assert session.scalar(select(func.count()).select_from(Message)) == 27


def test_a_batch_settles_after_its_last_decision(
    waiting: Callable[..., Selected], editor: Editor, other_editor: Editor, run_jobs: RunJobs, undoable: None
) -> None:
    """However long a batch takes, its first decision does not take effect before its last one is made."""
    items = waiting(3)
    batch_id = asked(editor, items, en="Not for us.")
    with transaction() as session:
        decide_item(session, batch_id, items[0][0])
    time_passes(60)
    with transaction() as session:
        assert settle(session, items[0][0]) is False
    run_jobs()
    with transaction() as session:
        batch = session.get_one(Batch, batch_id)
        ends = set(session.scalars(select(Submission.settles_at)))
        jobs = session.scalars(
            select(Job.run_at).where(Job.kind == "decision.settle", Job.status == "pending")
        )
        assert batch.finished_at
        assert batch.messages == {}
        assert ends == {batch.finished_at + timedelta(seconds=30)} == set(jobs)
    with transaction() as session:
        assert undo_batch(session, batch_id, other_editor) == (3, 0)
    assert outcomes(batch_id) == [("undone", None)] * 3
    time_passes(3600)
    run_jobs()
    assert statuses() == {"in_review"}
    with transaction() as session:
        assert set(session.scalars(select(Decision.state))) == {"undone"}
        assert set(session.scalars(select(Decision.undone_by))) == {other_editor.id}
        assert session.scalar(select(func.count()).where(Event.name == "batch.undone")) == 1


def test_what_has_taken_effect_stays(
    waiting: Callable[..., Selected], editor: Editor, run_jobs: RunJobs, undoable: None
) -> None:
    items = waiting(3)
    batch_id = asked(editor, items)
    run_jobs()
    with transaction() as session:
        session.get_one(Submission, items[1][0]).settles_at = func.now()
    with transaction() as session:
        assert settle(session, items[1][0])
    with transaction() as session:
        assert undo_batch(session, batch_id, editor) == (2, 1)
    with pytest.raises(IllegalMove), transaction() as session:
        undo_batch(session, batch_id, editor)
    with pytest.raises(NotFound), transaction() as session:
        undo_batch(session, batch_id + 1, editor)


def test_an_undone_item_is_never_decided(
    waiting: Callable[..., Selected], editor: Editor, run_jobs: RunJobs, undoable: None
) -> None:
    items = waiting(4)
    batch_id = asked(editor, items)
    with transaction() as session:
        decide_item(session, batch_id, items[0][0])
    with transaction() as session:
        assert undo_batch(session, batch_id, editor) == (4, 0)
    run_jobs()
    assert outcomes(batch_id) == [("undone", None)] * 4
    assert statuses() == {"in_review"}


def test_a_second_worker_continues_after_a_killed_one(
    waiting: Callable[..., Selected], editor: Editor, run_jobs: RunJobs
) -> None:
    items = waiting(5)
    batch_id = asked(editor, items)
    for ident, _ in items[:2]:
        with transaction() as session:
            decide_item(session, batch_id, ident)
    run_jobs()
    with transaction() as session:
        session.execute(update(Job).where(Job.kind == "batch.run").values(status="pending", finished_at=None))
    run_jobs()
    assert outcomes(batch_id) == [("done", None)] * 5
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 5


def test_two_workers_at_once_decide_once(waiting: Callable[..., Selected], editor: Editor) -> None:
    ((ident, version),) = waiting(1)
    batch_id = asked(editor, [(ident, version)])

    def work() -> None:
        with transaction() as session:
            decide_item(session, batch_id, ident)

    assert at_once(work, work) == [None, None]
    assert outcomes(batch_id) == [("done", None)]
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_a_form_that_is_sent_twice_asks_once(waiting: Callable[..., Selected], editor: Editor) -> None:
    token, items = uuid.uuid4(), waiting(2)
    assert asked(editor, items, token=token) == asked(editor, items, token=token)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Batch)) == 1
        assert session.scalar(select(func.count()).where(Event.name == "batch.asked")) == 1


def test_each_reads_the_message_in_their_language(
    waiting: Callable[..., Selected], editor: Editor, run_jobs: RunJobs
) -> None:
    items = [*waiting(1, language="kk"), *waiting(1, language="en"), *waiting(1, language="zh")]
    batch_id = asked(editor, items, "request_changes", kk="Дереккөзі қандай?", en="Which source?")
    run_jobs()
    assert outcomes(batch_id) == [("done", None), ("done", None), ("refused", "message")]
    with transaction() as session:
        read = {one.submission_id: one.body for one in session.scalars(select(Message))}
    assert read == {items[0][0]: "Дереккөзі қандай?", items[1][0]: "Which source?"}


def test_what_is_gone_or_has_moved_on_is_left_out(
    waiting: Callable[..., Selected], contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    items = waiting(1)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    held = waiting(1)
    with transaction() as session:
        decide(session, held[0][0], editor, held[0][1], DecisionInput("hold"))
        now = session.get_one(Submission, held[0][0]).version
    batch_id = asked(
        editor,
        [
            items[0],
            held[0],
        ],
        "hold",
    )
    again = asked(editor, [(held[0][0], now)], "hold")
    run_jobs()
    # A purge deletes the items of batches, too.
    assert outcomes(batch_id) == [("refused", "decided")]
    assert outcomes(again) == [("refused", "not_now")]


def test_two_approvals_need_two_editors(
    waiting: Callable[..., Selected],
    editor: Editor,
    other_editor: Editor,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRANSOM_TWO_APPROVALS", "News")
    settings.cache_clear()
    ((ident, version),) = waiting(1)
    assert run_batch_of(editor, ident, version, run_jobs) == [("done", None)]
    assert run_batch_of(editor, ident, version + 1, run_jobs) == [("refused", "second_editor")]
    assert run_batch_of(other_editor, ident, version + 1, run_jobs) == [("done", None)]
    assert statuses() == {"accepted"}
    settings.cache_clear()


def run_batch_of(
    editor: Editor, ident: uuid.UUID, version: int, run_jobs: RunJobs
) -> list[tuple[str, str | None]]:
    batch_id = asked(editor, [(ident, version)], "accept")
    run_jobs()
    return outcomes(batch_id)


def test_what_never_was_is_not_asked_for(editor: Editor, waiting: Callable[..., Selected]) -> None:
    with pytest.raises(NotFound):
        asked(editor, [*waiting(1), (uuid.uuid4(), 1)])
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Batch)) == 0


def test_what_a_message_leaves_open_is_filled_in_for_each(
    editor: Editor, waiting: Callable[..., Selected], contributor: Contributor, run_jobs: RunJobs
) -> None:
    items = waiting(1)
    ident = contributor.submit()
    with transaction() as session:
        text_cleaned(session, ident, cleaned(title="Under the {magazine} bridge"))
        items.append((ident, session.get_one(Submission, ident).version))
    asked(editor, items, en="Thank you for “{title}”. {magazine} {x}")
    run_jobs()
    with transaction() as session:
        bodies = {one.body for one in session.scalars(select(Message))}
    assert bodies == {
        "Thank you for “Over the river”. The Transom {x}",
        "Thank you for “Under the {magazine} bridge”. The Transom {x}",
    }
