import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.accounts import sessions
from intake.accounts.sessions import SessionLimits
from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, LoginSession
from intake.settings import Settings

LIMITS = SessionLimits(timedelta(hours=12), timedelta(days=30))


def begun(editor: Editor) -> uuid.UUID:
    with transaction() as session:
        return sessions.begin(session, editor.id)


def is_open(number: uuid.UUID, editor: Editor) -> bool:
    with transaction() as session:
        return sessions.is_open(session, number, editor.id, LIMITS)


def why(number: uuid.UUID) -> str:
    with transaction() as session:
        return sessions.why_ended(session, number, LIMITS)


def age(number: uuid.UUID, **ages: timedelta) -> None:
    with transaction() as session:
        values = {name: func.now() - past for name, past in ages.items()}
        session.execute(update(LoginSession).where(LoginSession.id == number).values(values))


def test_point_52_the_limits_are_settings(app_settings: Settings) -> None:
    assert SessionLimits.of(app_settings) == LIMITS


def test_point_52_a_session_is_one_person_s(editor: Editor, other_editor: Editor) -> None:
    number = begun(editor)
    assert is_open(number, editor)
    assert not is_open(number, other_editor)
    assert not is_open(uuid.uuid4(), editor)
    assert why(uuid.uuid4()) == ""


@pytest.mark.parametrize(
    ("ages", "reason"),
    [
        ({"used_at": timedelta(hours=11, minutes=59)}, None),
        ({"used_at": timedelta(hours=12)}, "idle"),
        ({"created_at": timedelta(days=29, hours=23)}, None),
        ({"created_at": timedelta(days=30)}, "lifetime"),
    ],
)
def test_point_52_a_session_has_limits(
    editor: Editor, ages: dict[str, timedelta], reason: str | None
) -> None:
    number = begun(editor)
    age(number, **ages)
    assert is_open(number, editor) is (reason is None)
    assert why(number) == (reason or "")
    with transaction() as session:
        sessions.record_use(session, number)
        session.commit()
    assert is_open(number, editor) is (reason != "lifetime"), "the caller asks first"


def test_point_52_use_is_recorded_seldom_and_shown_to_the_hour(editor: Editor) -> None:
    number = begun(editor)
    with transaction() as session:
        assert sessions.use_due(session, number, editor.id, LIMITS) is False
    age(number, used_at=timedelta(minutes=90))
    with transaction() as session:
        assert sessions.use_due(session, number, editor.id, LIMITS) is True
        sessions.record_use(session, number)
    with transaction() as session:
        used_at = session.get_one(LoginSession, number).used_at
        (shown,) = sessions.sessions(session, editor.id, LIMITS)
        now = session.scalars(select(func.now())).one()
    assert (used_at.minute % 5, used_at.second, used_at.microsecond) == (0, 0, 0)
    assert now - used_at < timedelta(minutes=5)
    assert shown.used_at == used_at.replace(minute=0)


def test_point_52_ended_sessions_stay_ended(editor: Editor, other_editor: Editor) -> None:
    first, second, third, others = begun(editor), begun(editor), begun(editor), begun(other_editor)
    with transaction() as session:
        sessions.end(session, editor.id, first, "logged_out")
        assert sessions.end_all(session, editor.id, "password", keep=third) == 1
    assert [is_open(number, editor) for number in (first, second, third)] == [False, False, True]
    assert is_open(others, other_editor)
    assert [why(number) for number in (first, second, third)] == ["logged_out", "password", ""]
    for somebody, number in ((editor, first), (editor, others), (editor, uuid.uuid4())):
        with pytest.raises(NotFound), transaction() as session:
            sessions.end(session, somebody.id, number, "ended")


def test_point_52_old_sessions_are_forgotten(editor: Editor) -> None:
    ended, run_out, present = begun(editor), begun(editor), begun(editor)
    with transaction() as session:
        sessions.end(session, editor.id, ended, "ended")
    age(ended, ended_at=sessions.ENDED_KEPT + timedelta(days=1))
    age(run_out, created_at=LIMITS.lifetime + sessions.ENDED_KEPT + timedelta(days=1))
    with transaction() as session:
        sessions.forget_old(session, LIMITS)
    with transaction() as session:
        assert list(session.scalars(select(LoginSession.id))) == [present]
