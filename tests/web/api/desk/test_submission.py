from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from intake.accounts import administration
from intake.db import transaction
from intake.models import Editor
from intake.retention import holds
from intake.submissions.removal import purge
from intake.text.report import FLAGS
from tests.cast import join
from tests.web.conftest import newest
from tests.web.programs import DESK, Program


def test_a_submission_with_everything(program: Program, other: Program, url: str) -> None:
    program.post(f"{url}/notes", body="Ask @Tomas about the date.")
    program.post(f"{url}/messages", body="Was this at night?")
    program.put(f"{url}/claim")
    found = other.get(url).get_json()
    assert (found["status"], found["version"], found["section"], found["language"]) == (
        "in_review",
        2,
        "News",
        "en",
    )
    assert found["url"].endswith(url)
    assert found["revisions"][0]["title"] == "What I saw"
    assert found["revisions"][0]["html"] == "<p>They came at night.</p><p>We were asleep.</p>"
    assert (
        found["notes"][0]["author"]
        == found["messages"][0]["author"]
        == found["claim"]["name"]
        == "Asel Nurbekova"
    )
    assert (found["notes"][0]["body"], found["messages"][0]["body"]) == (
        "Ask @Tomas about the date.",
        "Was this at night?",
    )
    assert found["timeline"][0]["event"] == "submission.received"
    assert found["decision"] is None
    assert found["may"] == [
        "accept",
        "edit",
        "hold",
        "reject",
        "request_changes",
        "spam",
        "write",
    ]
    assert (found["tags"], found["region"], found["published_url"]) == ([], None, None)
    assert "signal: +7" not in str(found)


def test_flags_have_their_places(program: Program, submitted: Callable[..., str]) -> None:
    found = program.get(
        submitted(title="P\u0430ypal", body="<p>a <s>b</s></p>", format="html").replace(
            "/desk/submissions", DESK
        )
    ).get_json()
    assert found["flagged"] is True
    assert found["warnings"] == [FLAGS["mixed-script"].sentence, FLAGS["struck-out"].sentence]
    assert found["flags"] == [
        {
            "kind": "mixed-script",
            "field": "title",
            "photo": None,
            "word": "P\u0430ypal",
            "start": 0,
            "end": 6,
        },
        {"kind": "struck-out", "field": "text", "photo": None, "word": "b", "start": 2, "end": 3},
    ]


def test_a_photo_has_an_address_for_each_copy(program: Program, url: str) -> None:
    photo = program.get(url).get_json()["photos"][0]
    assert (photo["caption"], photo["alt"], photo["status"]) == ("The door", None, "clean")
    assert (photo["noted"], photo["hint"]) == ("", "")
    for address in photo["urls"].values():
        answer = program.get(address)
        assert answer.status_code == 200
        assert answer.mimetype == "image/jpeg"
    assert program.get(photo["urls"]["web"].replace("/web", "/original")).status_code == 404


def test_the_contact_is_shown_and_the_history_says_so(program: Program, person: Editor, url: str) -> None:
    refused = program.post(f"{url}/contact-views")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_allowed")
    assert "signal" not in refused.text
    with transaction() as session:
        administration.change_limits(session, person.id, None, sections=[], languages=[], reads_contact=True)
    assert program.post(f"{url}/contact-views").get_json() == {"contact": "signal +7"}
    assert program.get(url).get_json()["timeline"][-1]["event"] == "contact.viewed"


def test_what_cleaning_changed(program: Program, url: str) -> None:
    found: dict[str, Any] = program.get(f"{url}/cleaning").get_json()
    assert found["title"] == "What I saw"
    assert found["fields"] == []


@pytest.mark.parametrize(
    "tail", ["", "/cleaning", "/export.zip", "/photos/00000000-0000-0000-0000-000000000000/web"]
)
def test_nothing_there_is_a_problem_document(program: Program, url: str, tail: str) -> None:
    answer = program.get(url[:-36] + "00000000-0000-0000-0000-000000000000" + tail)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "decisions", {"verdict": "accept", "version": 2}),
        ("POST", "notes", {"body": "Is it from May?"}),
        ("POST", "reopenings", {"version": 2}),
        ("PUT", "claim", {"takeover": False}),
        ("GET", "export.zip", None),
    ],
)
def test_nothing_can_be_done_with_what_was_purged(
    program: Program, url: str, method: str, path: str, body: dict[str, Any] | None
) -> None:
    program.post(f"{url}/decisions", verdict="spam", version=2)
    with transaction() as session:
        purge(session, newest().id)
    assert program.open(method, f"{url}/{path}", json=body).status_code == 404


def test_a_legal_hold_is_told_with_its_last_day_once_it_is_confirmed(program: Program, url: str) -> None:
    chief, admin = join("Miriam Osei", "chief"), join("Daniel Ferreira", "admin")

    def told() -> object:
        return program.get(url).get_json()["retention"]["held_until"]

    with transaction() as session:
        until = holds.today(session) + timedelta(days=9)
        asked = holds.ask(session, newest().id, chief, "A court asked for it.", until)
    assert told() is None
    with transaction() as session:
        holds.confirm(session, asked.id, admin)
    assert told() == until.isoformat()
    assert "A court asked for it." not in program.get(url).text
    with transaction() as session:
        holds.release(session, asked.id, chief)
    assert told() is None
