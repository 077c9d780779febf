import html
import re
import uuid
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Batch, Decision, Reply, Submission
from intake.web.forms.batches import MOST
from tests.cast import RunJobs
from tests.web.conftest import count, newest
from tests.web.people import Newsroom, value

SubmittedFixture = Callable[..., str]


@pytest.fixture
def item(submitted: SubmittedFixture) -> Callable[..., str]:
    """Submission that waits, as the value of its checkbox in the queue."""

    def make(**words: str) -> str:
        submitted(**words)
        return f"{newest().id}:{newest().version}"

    return make


@pytest.fixture
def reply(editor: Newsroom) -> str:
    """Saved reply in Kazakh."""
    with transaction() as session:
        kept = Reply(verdict="reject", language="kk", name="Kept for a test", body="Рақмет.")
        session.add(kept)
        session.flush()
        return str(kept.id)


def texts(page: str, language: str) -> str:
    found = re.search(rf'name="message-{language}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_the_queue_has_a_box_for_each_and_a_bar(editor: Newsroom, item: Callable[..., str]) -> None:
    one = item()
    page = editor.get("/desk/").text
    assert f'name="item" value="{one}" form="bulk"' in page
    assert 'id="bulk" method="post" action="/desk/batches/preview"' in page


def test_a_look_at_it_shows_everything_and_does_nothing(
    editor: Newsroom, other_editor: Newsroom, item: Callable[..., str], reply: str
) -> None:
    first, second, stale = item(title="One bridge", language="kk"), item(title="Two"), item(title="Three")
    ident, version = stale.split(":")
    old = f"{ident}:{int(version) - 1}"
    page = editor.post("/desk/batches/preview", verdict="reject", item=[first, second, old]).text
    assert "Reject 2 submissions?" in page
    assert [f'name="sure" value="{one}"' in page for one in (first, second, old)] == [True, True, False]
    assert "Left out: 1 submission" in page
    assert "It was changed after you selected it." in page
    assert (texts(page, "kk"), texts(page, "en")) == ("", "")
    assert "Not our subject" in page
    assert count(Batch) == count(Decision) == 0


def test_a_message_kept_ready_is_used_for_its_language(
    editor: Newsroom, item: Callable[..., str], reply: str
) -> None:
    items = [item(language="kk"), item(language="en")]
    fields = {
        "verdict": "reject",
        "code": "late",
        "item": items,
        "use": f"kk:{reply}",
        "message-en": "Thank you.",
    }
    page = editor.post("/desk/batches/preview", **fields).text
    assert (texts(page, "kk"), texts(page, "en")) == ("Рақмет.", "Thank you.")
    assert '<option selected value="late">' in page


def test_a_message_kept_ready_serves_every_script_of_its_language(
    editor: Newsroom, item: Callable[..., str], reply: str
) -> None:
    fields = {"verdict": "reject", "item": [item(language="kk-Arab")], "use": f"kk-Arab:{reply}"}
    assert texts(editor.post("/desk/batches/preview", **fields).text, "kk-Arab") == "Рақмет."


def test_it_is_asked_for_done_and_reported(
    editor: Newsroom, other_editor: Newsroom, item: Callable[..., str], run_jobs: RunJobs
) -> None:
    first, second = item(title="One bridge"), item(title="Two")
    token = value(editor.post("/desk/batches/preview", verdict="accept", item=[first, second]).text, "token")
    other_editor.post(f"/desk/submissions/{second.split(':')[0]}/claims")
    sent = {"verdict": "accept", "token": token, "sure": [first, second], "message-en": "Thank you!"}
    where = editor.post("/desk/batches", **sent).location
    assert editor.post("/desk/batches", **sent).location == where == "/desk/batches/1"
    page = editor.get(where).text
    assert "0 of 2." in page
    assert 'data-progress="running"' in page
    run_jobs()
    page = editor.get(where).text
    assert "Done: 1. Could not be decided: 1." in page
    assert "Somebody else has claimed it." in page
    assert f'href="/desk/submissions/{second.split(":")[0]}"' in page
    with transaction() as session:
        done = session.get_one(Submission, uuid.UUID(first.split(":")[0]))
        assert (done.status, [message.body for message in done.messages]) == ("accepted", ["Thank you!"])
    assert editor.post(f"{where}/undo").status_code == 409


def test_it_can_be_taken_back_before_it_is_done(
    editor: Newsroom, item: Callable[..., str], run_jobs: RunJobs
) -> None:
    where = editor.post("/desk/batches", verdict="hold", sure=[item(), item()]).location
    answer = editor.post(f"{where}/undo")
    assert (answer.status_code, answer.location) == (303, where)
    run_jobs()
    page = editor.get(where).text
    assert "Done: 0. Undone: 2." in page
    assert newest().status == "in_review"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"verdict": "reject"}, "Please choose a reason."),
        ({"verdict": "reject", "code": "facts"}, "Please choose a reason."),
        ({"verdict": "request_changes", "code": "facts"}, "Please write in each language what to change."),
        ({"verdict": "hold", "message-en": "x" * 2001}, "Please keep the message in English to 2000 characters."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    editor: Newsroom, item: Callable[..., str], fields: dict[str, str], sentence: str
) -> None:
    one = item()
    answer = editor.post("/desk/batches", sure=one, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert texts(answer.text, "en") == fields.get("message-en", "")
    assert f'name="sure" value="{one}"' in answer.text
    assert count(Batch) == 0


def test_when_none_is_left_nothing_is_asked_for(editor: Newsroom, item: Callable[..., str]) -> None:
    ident, _, _ = item().partition(":")
    answer = editor.post("/desk/batches", verdict="accept", sure=f"{ident}:1")
    assert answer.status_code == 422
    assert "None of these submissions allows this decision any more." in answer.text


@pytest.mark.parametrize("path", ["/desk/batches/preview", "/desk/batches"])
@pytest.mark.parametrize(
    "items", [[], ["x"], ["x:1"], [f"{uuid.uuid4()}:"], [f"{uuid.uuid4()}:-1"], ["é" * 36 + ":1"]]
)
def test_what_is_no_item_is_none(editor: Newsroom, path: str, items: list[str]) -> None:
    answer = editor.post(path, verdict="accept", item=items, sure=items)
    assert answer.status_code == 422
    assert "Nothing is selected" in answer.text


def test_there_is_an_end_to_how_many(editor: Newsroom) -> None:
    many = [f"{uuid.uuid4()}:1" for _ in range(MOST + 1)]
    answer = editor.post("/desk/batches/preview", verdict="accept", item=many)
    assert answer.status_code == 422
    assert "Too many at once" in answer.text


def test_a_batch_that_is_not_there(editor: Newsroom) -> None:
    assert editor.get("/desk/batches/99").status_code == 404
    assert editor.post("/desk/batches/99/undo").status_code == 404


def test_the_whole_list_is_selected_up_to_the_limit(
    editor: Newsroom, submitted: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        submitted(title=f"Number {number}", language="kk" if number else "en")
    page = editor.post("/desk/batches/preview", verdict="hold", matching="y").text
    assert page.count('name="sure"') == 3
    page = editor.post(
        "/desk/batches/preview", **{"verdict": "hold", "matching": "y", "in": "language=kk"}
    ).text
    assert page.count('name="sure"') == 2
    assert 'href="/desk/?lane=ours&amp;sort=waiting&amp;language=kk"' in page
    monkeypatch.setattr("intake.web.desk.batches.MOST", 1)
    page = editor.post("/desk/batches/preview", verdict="hold", matching="y").text
    assert page.count('name="sure"') == 1
