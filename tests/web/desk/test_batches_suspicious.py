import re
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Submission
from tests.cast import RunJobs
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, value

LANE = "/desk/?lane=suspicious"
Send = Callable[..., uuid.UUID]


@pytest.fixture
def bot(contributor: Contributor, run_jobs: RunJobs) -> Send:
    """Send a submission of a bot."""

    def send(**words: str) -> uuid.UUID:
        contributor.send(homepage="https://shop.example/", **words)
        run_jobs()
        return newest().id

    return send


def lanes() -> list[str | None]:
    with transaction() as session:
        return list(session.scalars(select(Submission.lane).order_by(Submission.arrival)))


def fields(page: str, do: str) -> dict[str, str]:
    return {"lane": "suspicious", "until": value(page, "until"), "do": do}


def test_the_lane_is_offered_only_while_something_is_in_it(
    editor: Newsroom, contributor: Contributor, run_jobs: RunJobs, bot: Send
) -> None:
    contributor.send()
    run_jobs()
    assert "lane=suspicious" not in editor.get("/desk/").text
    bot(title="Cheap loans")
    page = editor.get("/desk/").text
    assert re.search(r'Suspicious <span class="tabs__count">1<', page)
    assert "Cheap loans" not in page
    apart = editor.get(LANE).text
    assert "Cheap loans" in apart
    assert "A field was filled in that people do not see." in apart


def test_the_sender_sees_that_it_waits(contributor: Contributor, bot: Send) -> None:
    from tests.web.people import receipt_of

    answer = contributor.send(homepage="x")
    bot()
    page = contributor.look(receipt_of(answer)).text
    assert "wait for an editor to read them" in page
    assert "spam" not in page.lower()


def test_its_page_says_why_and_moves_it_to_the_queue(editor: Newsroom, bot: Send) -> None:
    here = bot()
    page = editor.get(f"/desk/submissions/{here}").text
    assert "This looks like spam" in page
    answer = editor.post("/desk/suspicious/clearings", item=value(page, "item"))
    assert answer.status_code == 303
    assert "1 submission is in the queue now." in editor.get(LANE).text
    assert lanes() == ["ours"]
    assert "This looks like spam" not in editor.get(f"/desk/submissions/{here}").text


def test_the_selected_are_marked_as_spam_by_a_batch(editor: Newsroom, bot: Send) -> None:
    bot()
    item = value(editor.get(LANE).text, "item")
    assert "Mark 1 submission as spam?" in editor.post(
        "/desk/batches/preview", verdict="spam", item=[item]
    ).text.replace("\n", " ")


def test_one_decision_marks_all_as_spam(editor: Newsroom, run_jobs: RunJobs, bot: Send) -> None:
    bot(), bot()
    page = editor.get(LANE).text
    bot()
    answer = editor.post("/desk/suspicious/decisions", **fields(page, "spam"))
    assert re.fullmatch(r"/desk/batches/\d+", answer.location)
    run_jobs()
    assert lanes() == ["done", "done", "suspicious"]
    assert "Done: 2." in editor.get(answer.location).text


def test_one_decision_moves_all_to_the_queue(editor: Newsroom, bot: Send) -> None:
    bot(section="News"), bot(section="Opinion")
    page = editor.get(LANE).text
    editor.post("/desk/suspicious/decisions", section="Opinion", **fields(page, "clear"))
    assert lanes() == ["suspicious", "ours"]
    editor.post("/desk/suspicious/decisions", **fields(page, "clear"))
    assert lanes() == ["ours", "ours"]


@pytest.mark.parametrize("do", ["spam", "", "other"])
def test_a_decision_on_nothing_is_refused(editor: Newsroom, do: str) -> None:
    answer = editor.post("/desk/suspicious/decisions", lane="suspicious", until="9" * 30, do=do)
    assert answer.status_code == 422


def test_a_choice_of_nothing_is_refused(editor: Newsroom) -> None:
    assert editor.post("/desk/suspicious/clearings").status_code == 422
