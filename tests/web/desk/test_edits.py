import html
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Revision
from intake.submissions.removal import purge
from intake.web.forms.edit import NO_TEXT_LEFT
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, newest, opened
from tests.web.people import Contributor, Newsroom, receipt_of, value

MINE = {"title": "My own title", "body": "<p>My own paragraph.</p>", "note": "Shorter."}


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission that waits, in version 2."""
    return submitted()


def test_an_older_text_can_be_read(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/revisions", version="2", **MINE)
    assert "They came at night." in editor.get(f"{url}/revisions/1").text
    page = editor.get(f"{url}/revisions/2").text
    assert "My own paragraph." in page
    assert "Shorter." in page


def test_an_edit_is_a_new_revision_and_the_old_one_stays(editor: Newsroom, url: str) -> None:
    form = editor.get(f"{url}/revisions/new").text
    assert value(form, "version") == "2"
    assert "They came at night." in form
    answer = editor.post(f"{url}/revisions", version="2", **MINE)
    assert (answer.status_code, answer.location) == (303, url)
    with opened() as submission:
        assert [revision.number for revision in submission.revisions] == [0, 1, 2]
        last = submission.revisions[2]
        assert (last.title, last.html, last.words, last.note) == (
            "My own title",
            "<p>My own paragraph.</p>",
            3,
            "Shorter.",
        )
        assert last.editor
        assert last.editor.name == "Asel Nurbekova"


def test_an_edit_is_cleaned_like_a_contributor_s_text(editor: Newsroom, url: str) -> None:
    body = '<p onclick="x()">Text<script>alert(1)</script><img src="https://spy.example/p.gif"></p>'
    editor.post(f"{url}/revisions", version="2", title="A\u202e title", body=body)
    with opened() as submission:
        last = submission.revisions[-1]
    assert (last.title, last.html) == ("A title", "<p>Text</p>")


@pytest.mark.parametrize("body", ["", "  ", "<script>x</script>", "<p>\u200b</p>"])
def test_an_edit_that_leaves_no_text(editor: Newsroom, url: str, body: str) -> None:
    answer = editor.post(f"{url}/revisions", version="2", title="My own title", body=body)
    assert answer.status_code == 422
    assert str(NO_TEXT_LEFT) in answer.text
    assert "My own title</textarea>" in answer.text
    assert count(Revision) == 2


def test_a_submission_of_photos_alone_may_get_another_title(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    url = submitted(File("photo-1", JPEG), body="")
    assert editor.post(f"{url}/revisions", version="2", title="Another", body="").status_code == 303
    assert "Another" in editor.get(url).text


@pytest.mark.parametrize("title", ["", "\u200b", "x" * 301])
def test_an_edit_without_a_title_keeps_the_text(editor: Newsroom, url: str, title: str) -> None:
    answer = editor.post(f"{url}/revisions", version="2", title=title, body="<p>Mine.</p>", note="Why")
    assert answer.status_code == 422
    assert "<p>Mine.</p>" in html.unescape(answer.text)
    assert 'value="Why"' in answer.text


def test_the_second_of_two_edits_keeps_what_was_typed(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    editor.post(f"{url}/revisions", version="2", title="Theirs", body="<p>Their paragraph.</p>")
    stale = other_editor.post(f"{url}/revisions", version="2", **MINE)
    assert stale.status_code == 409
    page = html.unescape(stale.text)
    assert "Asel Nurbekova: Edited: revision 2" in page
    assert "Their paragraph." in page
    for typed in MINE.values():
        assert typed in page
    assert count(Revision) == 3
    again = other_editor.post(f"{url}/revisions", version=value(stale.text, "version"), **MINE)
    assert again.status_code == 303
    with opened() as submission:
        assert [r.title for r in submission.revisions[1:]] == ["What I saw", "Theirs", "My own title"]


def test_an_edit_that_came_too_late_can_be_copied(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/decisions", verdict="reject", version="2", code="reject.late", no_message="y")
    stale = other_editor.post(f"{url}/revisions", version="3", **MINE)
    assert stale.status_code == 409
    assert "My own paragraph." in html.unescape(stale.text)
    assert other_editor.get(f"{url}/revisions/new").status_code == 409


def test_what_was_purged_while_it_was_edited_is_gone(
    editor: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    contributor.client.post("/receipt/withdrawals", data={"receipt": receipt, "confirm": "y"})
    with transaction() as session:
        purge(session, newest().id)
    assert editor.get(url).status_code == 404
    assert editor.post(f"{url}/revisions", version="2", **MINE).status_code == 404
    assert editor.get("/desk/?status=purged").status_code == 200


def test_a_paste_is_cleaned_and_not_stored(editor: Newsroom, url: str) -> None:
    answer = editor.post("/desk/paste", html="<h1>Big</h1><p onclick=x()>a<script>x()</script></p>")
    assert answer.get_json() == {"html": "<h2>Big</h2><p>a</p>", "removed": "Removed: a script."}
    assert editor.post("/desk/paste", html="<p>a</p>").get_json() == {"html": "<p>a</p>", "removed": ""}
    with opened() as submission:
        assert [revision.number for revision in submission.revisions] == [0, 1]


def test_a_paste_over_the_limit_of_a_text_is_refused(editor: Newsroom, url: str) -> None:
    answer = editor.post("/desk/paste", html="ж" * (150 * 1024 + 1))
    assert answer.status_code == 413
    assert "300 KB" in answer.get_json()["error"]
