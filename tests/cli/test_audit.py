import pytest
from sqlalchemy import delete, func, select, update

from intake.audit import heads, linking
from intake.cli.audit import MOST_SENTENCES
from intake.db import transaction
from intake.models import Editor, Event, record
from intake.settings import Settings
from tests.cli.commands import sentence, transom
from tests.tampering import tampering


@pytest.fixture
def head(editor: Editor) -> str:
    """Head of a chain of 30 events."""
    with transaction() as session:
        for number in range(29):
            record(session, "queue.paused", actor=editor, queue="text", reason=str(number))
    linking.link_all()
    with transaction() as session:
        return str(heads.current(session))


def test_the_head_is_printed_alone(head: str) -> None:
    assert transom("audit", "head").stdout == f"{head}\n"


def test_there_is_no_head_before_the_first_event(app_settings: Settings) -> None:
    assert sentence(transom("audit", "head")).startswith("No event is linked yet.")
    result = transom("audit", "verify")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Head: none")


def test_a_whole_chain(head: str) -> None:
    result = transom("audit", "verify", "--head", head)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "The chain is whole: 30 events, 0 of them emptied by purges.",
        "The chain up to link 30 is the one of the head that you gave.",
        f"Head: {head}",
    ]


def test_new_events_are_counted(head: str) -> None:
    with transaction() as session:
        session.add(Event(name="queue.paused", data={}))
    result = transom("audit", "verify")
    assert result.exit_code == 0
    assert "1 event not linked yet: new ones, and those of drafts that are not sent." in result.stdout


def test_a_fault_is_one_sentence_and_exit_code_1(head: str) -> None:
    with tampering() as session:
        number = session.scalars(select(func.max(Event.id))).one()
        session.execute(update(Event).where(Event.id == number).values(data={}))
    result = transom("audit", "verify")
    assert (result.exit_code, result.stdout) == (1, f"Event {number} was changed.\n")


def test_many_faults_are_counted(head: str) -> None:
    with tampering() as session:
        session.execute(update(Event).values(name="queue.resumed"))
    lines = transom("audit", "verify").stdout.splitlines()
    assert len(lines) == MOST_SENTENCES + 1
    assert lines[-1] == f"{30 - MOST_SENTENCES} more faults were found."


def test_missing_events_are_one_sentence(head: str) -> None:
    with transaction() as session:
        numbers = list(session.scalars(select(Event.id).order_by(Event.id)))
    with tampering() as session:
        session.execute(delete(Event).where(Event.id.in_(numbers[11:17])))
    assert transom("audit", "verify").stdout == f"Events {numbers[11]} to {numbers[16]} are missing.\n"


def test_another_head_is_told_apart(head: str) -> None:
    result = transom("audit", "verify", "--head", f"30-{'0' * 64}")
    assert result.exit_code == 1
    assert result.stdout.startswith("The chain was rewritten at link 30 or before")


def test_what_is_no_head_is_a_wrong_use(head: str) -> None:
    result = transom("audit", "verify", "--head", head[:20])
    assert result.exit_code == 2
    assert "Copy the whole head" in result.stderr
