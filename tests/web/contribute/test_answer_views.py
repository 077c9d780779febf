import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import reopen
from intake.models import Answer, Editor, Revision
from intake.settings import Settings
from intake.web import Transom
from intake.web.contribute import form as contribute
from intake.web.contribute.answer_views import EMPTY, NOT_ASKED
from tests.cast import RunJobs
from tests.stored import paths
from tests.web.bodies import File
from tests.web.conftest import JPEG, add_account, count, newest, opened, quarantine
from tests.web.people import Contributor, receipt_of, value

ASKED = "Please say when it was."


@pytest.fixture
def asked(app: Transom, contributor: Contributor, run_jobs: RunJobs) -> str:
    """Receipt of a submission with a photo whose contributor was asked for changes."""
    receipt = receipt_of(contributor.send(File("photo-1", JPEG), **{"caption-1": "A door"}))
    run_jobs()
    ask(app)
    return receipt


def ask(app: Transom) -> None:
    editor_id = add_account(app, "asel", "editor")
    with transaction() as session:
        found, editor = newest(), session.get_one(Editor, editor_id)
        decide(session, found.id, editor, found.version, DecisionInput("request_changes", "facts", ASKED))


def form(contributor: Contributor, receipt: str, *, text: bool = False) -> dict[str, str]:
    """Return the fields of the page's form, with the text if it was requested."""
    page = contributor.client.post(
        "/receipt", data={"receipt": receipt, **({"with_text": "y"} if text else {})}
    ).text
    part = page[page.index('action="/receipt/answers"') :]
    fields = {"receipt": receipt, "token": value(part, "token")}
    if text:
        fields |= {"with_text": "y", "format": value(part, "format"), "title": value(part, "title")}
        fields["body"] = re.search(r'name="body"[^>]*>\r?\n?([^<]*)<', part)[1]  # type: ignore[index]
    return fields


def test_the_form_is_there_when_changes_are_asked_for(contributor: Contributor, asked: str) -> None:
    page = contributor.look(asked).text
    assert ASKED in page
    assert 'action="/receipt/answers"' in page
    assert "They came at night" not in page
    shown = contributor.client.post("/receipt", data={"receipt": asked, "with_text": "y"}).text
    assert "They came at night.\n\nWe were asleep." in shown


def test_an_answer_comes_back_as_a_new_revision(
    contributor: Contributor, asked: str, run_jobs: RunJobs, app_settings: Settings
) -> None:
    fields = form(contributor, asked, text=True)
    assert fields["title"] == "What I saw"
    fields |= {
        "message": "It was <in> May.",
        "body": fields["body"].replace("night", "midnight"),
        "leave_out": "1",
    }
    answer = contributor.post(
        "/receipt/answers", {**fields, "caption-1": "A window"}, [File("photo-1", JPEG)]
    )
    assert answer.status_code == 200
    assert "Your answer has arrived" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert newest().status == "received"
    assert "You answered" in contributor.look(asked).text
    run_jobs()
    with opened() as found:
        assert found.status == "in_review"
        text = found.revisions[-1]
        assert (text.number, text.editor_id, text.html) == (
            2, None, "<p>They came at midnight.</p><p>We were asleep.</p>",
        )  # fmt: skip
        assert [m.body for m in found.messages] == [ASKED, "It was <in> May."]
        assert [(p.status, p.caption) for p in found.photos] == [("purged", None), ("clean", "A window")]
        assert found.photo_count == 1
        new = found.photos[1]
    assert quarantine(app_settings) == []
    assert {path.name.partition(".")[0] for path in paths("clean")} == {str(new.id)}
    with transaction() as session:
        kept = session.scalars(select(Answer)).one()
        assert (kept.revision_id, kept.screened_at is not None) == (text.id, True)
        assert b"midnight" not in kept.sealed


def test_the_same_answer_twice_is_one(contributor: Contributor, asked: str, run_jobs: RunJobs) -> None:
    fields = form(contributor, asked) | {"message": "In May."}
    first = contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)])
    again = contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)])
    assert (first.status_code, again.status_code) == (200, 200)
    assert "You had sent this before" in again.text
    run_jobs()
    assert contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)]).status_code == 200
    assert (count(Answer), count(Revision), len(newest_photos())) == (1, 3, 2)
    assert newest().status == "in_review"


def newest_photos() -> list[str]:
    with opened() as found:
        return [photo.status for photo in found.photos]


def test_a_text_that_came_back_unchanged_keeps_what_editors_made_of_it(
    contributor: Contributor, asked: str, run_jobs: RunJobs
) -> None:
    fields = form(contributor, asked, text=True)
    sent = contributor.post("/receipt/answers", fields)
    assert sent.status_code == 422
    assert EMPTY in sent.text
    fields = form(contributor, asked, text=True) | {"title": "Another title"}
    fields["body"] = fields["body"].replace("\n", "\r\n")
    assert contributor.post("/receipt/answers", fields).status_code == 200
    run_jobs()
    with opened() as found:
        one, two = found.revisions[1:]
        assert (two.title, two.html, two.words) == ("Another title", one.html, one.words)


def test_a_photo_too_large_is_refused_alone_and_the_words_are_kept(
    made: Callable[..., Transom], app: Transom, contributor: Contributor, asked: str, app_settings: Settings
) -> None:
    fields = form(contributor, asked, text=True) | {
        "message": "Kept words",
        "caption-1": "A window",
        "leave_out": "1",
    }
    small = Contributor(made(max_photo_bytes=500).test_client())
    sent = small.post("/receipt/answers", fields, [File("photo-1", JPEG)])
    assert sent.status_code == 413
    assert "Photo 1 is larger than 500 bytes" in sent.text
    assert "Kept words" in sent.text
    assert 'value="A window"' in sent.text
    assert "Please choose this photo again." in sent.text
    assert "They came at night." in sent.text
    assert re.search(r'name="leave_out" value="1"[^>]* checked', sent.text)
    assert quarantine(app_settings) == []
    assert newest().status == "changes_requested"


def test_no_photo_is_taken_beyond_those_that_a_story_may_have(
    made: Callable[..., Transom], contributor: Contributor, asked: str, app_settings: Settings
) -> None:
    one = Contributor(made(max_photos=1).test_client())
    sent = one.post("/receipt/answers", form(contributor, asked), [File("photo-1", JPEG)])
    assert sent.status_code == 413
    assert "Photos that would stay: 1. Photos that would be added: 1." in sent.text
    again = one.post(
        "/receipt/answers", form(contributor, asked) | {"leave_out": "1"}, [File("photo-1", JPEG)]
    )
    assert again.status_code == 200


def test_what_is_no_photo_is_said_and_the_rest_is_taken(contributor: Contributor, asked: str) -> None:
    alone = contributor.post("/receipt/answers", form(contributor, asked), [File("photo-1", b"no photo")])
    assert alone.status_code == 422
    assert "Photo 1: We do not recognise this file as a photo." in alone.text
    fields = form(contributor, asked) | {"message": "One is broken"}
    sent = contributor.post("/receipt/answers", fields, [File("photo-1", b"no photo"), File("photo-2", JPEG)])
    assert sent.status_code == 200
    assert "Photo 1: We do not recognise this file as a photo." in sent.text
    assert newest_photos() == ["clean", "refused", "received"]


def test_an_answer_that_comes_too_late_is_kept_on_the_page(
    contributor: Contributor, asked: str, app_settings: Settings
) -> None:
    fields = form(contributor, asked, text=True) | {"message": "My words", "body": "My text"}
    with transaction() as session:
        reopen(session, newest().id, session.scalars(select(Editor)).one(), newest().version)
    sent = contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)])
    assert sent.status_code == 409
    assert NOT_ASKED in sent.text
    assert sent.text.count("My words") == 1
    assert "My text" in sent.text
    assert 'action="/receipt/messages"' in sent.text
    assert (quarantine(app_settings), count(Answer)) == ([], 0)


def test_after_a_withdrawal_the_words_can_still_be_copied(contributor: Contributor, asked: str) -> None:
    fields = form(contributor, asked) | {"message": "My words"}
    contributor.client.post("/receipt/withdrawals", data={"receipt": asked, "confirm": "y"})
    sent = contributor.post("/receipt/answers", fields)
    assert sent.status_code == 409
    assert "My words" in sent.text


def test_another_receipt_takes_no_answer(
    contributor: Contributor, asked: str, app_settings: Settings
) -> None:
    fields = form(contributor, asked) | {"receipt": "ABCD-EFGH-JKMN-PQRS", "message": "x"}
    assert contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)]).status_code == 404
    assert contributor.post("/receipt/answers", {**fields, "receipt": ""}).status_code == 422
    assert quarantine(app_settings) == []


def test_without_the_database_everything_typed_comes_back(
    contributor: Contributor, asked: str, database_away: Callable[[], AbstractContextManager[None]],
    app_settings: Settings, run_jobs: RunJobs,
) -> None:  # fmt: skip
    fields = form(contributor, asked, text=True) | {
        "message": "Kept words",
        "caption-1": "A window",
        "leave_out": "1",
    }
    fields["body"] += "\n\nMore."
    with database_away():
        sent = contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)])
        letter = contributor.client.post("/receipt/messages", data={**fields, "letter": "A question"})
    assert (sent.status_code, letter.status_code) == (503, 503)
    assert contribute.AWAY in sent.text
    for typed in (
        "Kept words",
        "More.",
        'value="A window"',
        'name="leave_out" value="1"',
        fields["token"],
        asked,
    ):
        assert typed in sent.text, typed
    assert "A question" in letter.text
    assert quarantine(app_settings) == []
    assert contributor.post("/receipt/answers", fields, [File("photo-1", JPEG)]).status_code == 200
