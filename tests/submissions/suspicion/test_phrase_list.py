import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import StaleRevision
from intake.models import Editor, Event
from intake.settings import Settings
from intake.submissions.suspicion import phrase_list


def save(admin: Editor, body: str, based_on: int) -> None:
    with transaction() as session:
        phrase_list.save(session, admin, body, based_on)


def test_there_is_an_empty_list_at_first(app_settings: Settings) -> None:
    with transaction() as session:
        assert (phrase_list.current(session).number, phrase_list.phrases(session).padded) == (0, ())


def test_each_change_is_a_version_and_an_event(admin: Editor) -> None:
    save(admin, " one \n\ntwo\r\n", 0)
    save(admin, "one\ntwo", 1)
    save(admin, "two", 1)
    with transaction() as session:
        found = phrase_list.versions(session)
        events = session.scalars(
            select(Event).where(Event.name == "phrases.changed").order_by(Event.id)
        ).all()
        assert [(one.number, one.body, one.author) for one in found] == [
            (2, "two", admin.name),
            (1, "one\ntwo", admin.name),
        ]
        assert [one.data["version"] for one in events] == [1, 2]
        assert phrase_list.phrases(session).padded == (" two ",)


def test_a_change_of_an_older_version_is_refused(admin: Editor) -> None:
    save(admin, "one", 0)
    with pytest.raises(StaleRevision):
        save(admin, "another", 0)
