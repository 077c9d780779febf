import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Editor, Submission
from tests.web.conftest import newest
from tests.web.people import Newsroom
from tests.web.programs import Program, token_of

TODAY = datetime.now(UTC).date()


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    return submitted()


def number_of(somebody: Newsroom, url: str, name: str) -> str:
    """Id of a colleague, from the form on the page of a submission."""
    found = re.search(rf'<option[^>]* value="(\d+)">{name}</option>', somebody.get(url).text)
    assert found
    return found[1]


def test_an_assignment_is_shown_told_and_taken_back(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    assert "Assigned to nobody." in editor.get(url).text
    to = number_of(editor, url, "Tomas Havlik")
    answer = editor.post(f"{url}/assignment", assignee=to, due="2031-12-01", priority="high")
    assert (answer.status_code, answer.location) == (303, url)
    assert "Assigned to Tomas Havlik" in editor.get(url).text
    page = editor.get(url).text
    assert "It is due on 1 December 2031." in page
    assert "It has high priority." in page
    assert "It is assigned to you, or your assignment has changed." in other_editor.get("/desk/for-you").text
    rows = other_editor.get("/desk/?assigned=me").text
    for words in ("Assigned to you", "Due on 1 December 2031", "High priority"):
        assert words in rows
    assert "expires after half an hour" in editor.get(url).text
    editor.post(f"{url}/assignment", assignee="", due="", priority="normal")
    assert "Assigned to nobody." in editor.get(url).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"assignee": "999", "priority": "normal"}, "Not a valid choice"),
        ({"assignee": "", "priority": "highest"}, "Not a valid choice"),
        ({"assignee": "", "priority": "normal", "due": "soon"}, "Please give a day, such as 2027-03-01."),
    ],
)
def test_what_is_wrong_is_said(editor: Newsroom, url: str, words: dict[str, str], said: str) -> None:
    answer = editor.post(f"{url}/assignment", **words)
    assert answer.status_code == 422
    assert said in answer.text


def test_filters_have_chips(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/assignment", assignee="", due=str(TODAY - timedelta(days=1)), priority="high")
    page = editor.get("/desk/?assigned=nobody&due=late&priority=high&sort=due").text
    for words in (
        "Assigned to</span> <bdi>nobody",
        "Due date</span> <bdi>past",
        "Only</span> <bdi>high priority",
        "Was due",
    ):
        assert words in page
    assert "What I saw" in page


def test_several_are_assigned_from_the_queue(editor: Newsroom, url: str) -> None:
    me = number_of(editor, url, "Asel Nurbekova")
    item = f"{newest().id}:{newest().version}"
    answer = editor.post("/desk/assignments", item=item, assignee=me, due="2031-12-01")
    assert answer.status_code == 303
    assert "1 submission is assigned." in editor.get("/desk/").text
    with transaction() as session:
        assert str(session.get_one(Submission, newest().id).assigned_to) == me
    editor.post("/desk/assignments", item=item, assignee="nobody")
    with transaction() as session:
        assert session.get_one(Submission, newest().id).assigned_to is None
    for words, said in (
        ({"assignee": "all"}, "Please choose somebody from the list."),
        ({"assignee": "999999"}, "1 was left out"),
        ({"assignee": me, "due": "soon"}, "Please give a day"),
    ):
        editor.post("/desk/assignments", item=item, **words)
        assert said in editor.get("/desk/").text
    assert editor.post("/desk/assignments", assignee=me).status_code == 422


def test_switching_off_says_what_it_frees(
    editor: Newsroom, other_editor: Newsroom, admin: Newsroom, url: str
) -> None:
    to = number_of(editor, url, "Tomas Havlik")
    editor.post(f"{url}/assignment", assignee=to, priority="normal")
    asked = admin.get(f"/admin/people/{to}/switch-off").text
    assert "1 submission that is assigned to Tomas Havlik will be assigned to nobody." in asked
    done = admin.post(f"/admin/people/{to}/switch-off")
    assert "1 submission that was assigned to it is assigned to nobody now." in admin.get(done.location).text
    assert "Assigned to nobody." in editor.get(url).text


def test_the_api(editor: Newsroom, url: str) -> None:
    with transaction() as session:
        me = session.scalars(select(Editor).where(Editor.name == "Asel Nurbekova")).one()
    program = Program(editor.client.application.test_client(), token_of(me, "read", "write"))
    api = url.replace("/desk/", "/api/v1/desk/")
    found = program.put(f"{api}/assignment", assignee=me.id, due_on="2031-12-01", priority="high").get_json()
    assert (found["assignee"], found["due_on"], found["priority"]) == ("Asel Nurbekova", "2031-12-01", "high")
    assert found["claim"] is None
    (row,) = program.get("/api/v1/desk/submissions?assigned=me&priority=high").get_json()["items"]
    assert (row["assignee"], row["due_on"], row["late"]) == ("Asel Nurbekova", "2031-12-01", False)
    refused = program.put(f"{api}/assignment", assignee=10**9)
    assert refused.status_code == 422
    assert list(refused.get_json()["errors"]) == ["assignee"]
    assert program.put(f"{api}/assignment", due_on="soon").get_json()["errors"]["due_on"] == [
        "Please send a day, such as 2026-03-01."
    ]
    assert program.put(f"{api}/assignment").get_json()["assignee"] is None
