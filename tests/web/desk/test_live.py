import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intake.accounts import administration, sessions
from intake.accounts.account_words import SESSION_ENDED
from intake.db import transaction
from intake.models import Editor
from intake.queue.claims import claim
from intake.review import live_facts
from intake.web import Transom, live_messages
from intake.web.desk import live
from intake.web.live_updates import Hub
from tests.waiting import until
from tests.web.conftest import newest
from tests.web.people import Newsroom
from tests.web.test_live_updates import listeners


@pytest.fixture
def hub(app: Transom) -> Iterator[Hub]:
    found: Hub = app.extensions["live"]
    yield found
    found.close()
    until(lambda: not listeners())


class Reading:
    """Browser that reads a stream."""

    def __init__(self, somebody: Newsroom, url: str = "/desk/stream", **headers: str) -> None:
        self.answer = somebody.get(url, headers=headers)
        self._chunks = iter(self.answer.response)

    def next(self) -> str:
        chunk = next(self._chunks)
        return chunk.decode() if isinstance(chunk, bytes) else str(chunk)

    def rest(self) -> list[str]:
        return [chunk.decode() if isinstance(chunk, bytes) else str(chunk) for chunk in self._chunks]

    def facts(self, count: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while len(found) < count:
            said = re.search(r"event: change\ndata: (.*)\n", self.next())
            found += [json.loads(said[1])] if said else []
        return found

    def close(self) -> None:
        self.answer.close()


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    return submitted()


def claim_it(name: str = "tomas") -> None:
    with transaction() as session:
        who = session.query(Editor).filter_by(email=f"{name}@transom.example").one()
        claim(session, newest().id, who, takeover=True)


def test_what_happens_is_told_as_it_happens(
    hub: Hub, editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    reading = Reading(editor)
    assert reading.answer.mimetype == "text/event-stream"
    assert reading.answer.headers["Cache-Control"] == "no-store"
    assert reading.next() == "retry: 2000\n\n"
    claim_it()
    fact = reading.facts(2)[-1]  # the newest event, which is newer than the page
    assert fact["sentence"] == "Tomas Havlik has claimed it."
    assert fact["submission"] in url
    reading.close()
    until(lambda: not hub._streams)


def test_what_was_missed_is_told_first(hub: Hub, editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    page = editor.get("/desk/").text
    since = re.search(r'data-live-since="(\d+)"', page)
    assert since
    claim_it()
    for reading in (
        Reading(editor, f"/desk/stream?after={since[1]}"),
        Reading(editor, "/desk/stream?after=99999", **{"Last-Event-ID": since[1]}),
    ):
        reading.next()
        told = [fact for fact in reading.facts(2) if fact["id"] > int(since[1])]
        assert [fact["name"] for fact in told] == ["claim.taken"]
        reading.close()


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30, "%C2%B2"])
def test_who_says_nothing_that_makes_sense_hears_from_now_on(
    hub: Hub, editor: Newsroom, url: str, said: str
) -> None:
    hub.seconds = 0
    assert len(Reading(editor, f"/desk/stream?after={said}").rest()) <= 1 + live_facts.OVERLAP


def test_a_page_that_missed_too_much_is_to_be_loaded_again(
    hub: Hub, editor: Newsroom, other_editor: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_facts, "MAX_FACTS", 1)
    claim_it()
    claim_it("asel")
    hub.seconds = 0
    assert "event: reset\ndata: {}\n\n" in Reading(editor, "/desk/stream?after=0").rest()
    assert editor.get("/desk/changes?after=0").json["changes"] is None  # type: ignore[index]


def test_without_a_place_one_asks_now_and_then(
    hub: Hub, editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    hub._places = 0
    answer = editor.get("/desk/stream")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    before = editor.get("/desk/changes?after=0").json
    claim_it()
    assert before
    after = editor.get(f"/desk/changes?after={before['newest']}").json
    assert after
    assert after["changes"][-1]["sentence"] == "Tomas Havlik has claimed it."
    assert after["newest"] > before["newest"]


def test_a_silent_line_is_kept_alive(hub: Hub, editor: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0)
    reading = Reading(editor)
    assert [reading.next(), reading.next()] == ["retry: 2000\n\n", ":\n\n"]
    reading.close()


@pytest.mark.parametrize("how", ["logged out", "switched off", "lost the role", "closed"])
def test_it_ends_with_the_session_and_with_the_process(
    hub: Hub, editor: Newsroom, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CHECK_SECONDS", 0)
    reading = Reading(editor)
    reading.next()
    with transaction() as session:
        asel = session.query(Editor).one()
        if how == "logged out":
            sessions.end_all(session, asel.id, "ended")
        elif how == "switched off":
            asel.active = False
        elif how == "lost the role":
            asel.roles = []
        else:
            hub.close()
    assert reading.rest() == []


@pytest.mark.parametrize("path", ["/desk/stream", "/admin/stream"])
def test_a_page_whose_session_has_ended_is_told_why(editor: Newsroom, anonymous: Newsroom, path: str) -> None:
    with transaction() as session:
        asel = session.query(Editor).one()
        administration.switch_off(session, asel.id, None)
    stream = {"Accept": "text/event-stream"}
    told = editor.get(path, headers=stream)
    assert (told.status_code, told.mimetype) == (200, "text/event-stream")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.text == live_messages.logged_out(SESSION_ENDED["switched_off"])
    assert anonymous.get(path, headers=stream).text == live_messages.logged_out("")
    for somebody in (editor, anonymous):
        assert somebody.get(path).status_code == 303, "no page asks for it"


def test_it_ends_after_a_while_and_when_it_has_fallen_behind(hub: Hub, editor: Newsroom) -> None:
    hub.seconds = 0.2
    Reading(editor).rest()
    hub.seconds = 600
    reading = Reading(editor)
    reading.next()
    for stream in hub._streams:
        stream.lost = True
    reading.rest()
