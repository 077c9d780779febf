import uuid
from collections.abc import Callable

import pytest

from intake.accounts import administration
from intake.db import transaction
from intake.messages.notes import write_note
from intake.models import Editor
from intake.receipts import canonical
from intake.submissions.removal import purge, withdraw
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, receipt_of


@pytest.fixture
def called(submitted: Callable[..., str], editor: Newsroom, other_editor: Newsroom) -> str:
    """Address of a submission on which Tomas mentioned Asel."""
    url = submitted(title="The bridge")
    mention()
    return url


def mention() -> None:
    with transaction() as session:
        write_note(session, newest().id, who("tomas"), "@Asel, is this the same bridge?")


def who(name: str) -> Editor:
    with transaction() as session:
        return session.query(Editor).filter_by(email=f"{name}@transom.example").one()


def test_what_one_is_shown_is_counted_on_every_page_and_listed(
    editor: Newsroom, other_editor: Newsroom, called: str
) -> None:
    assert '<span class="visually-hidden">(not yet seen: </span>1' in editor.get("/desk/").text
    page = editor.get("/desk/for-you").text
    assert "You are mentioned in a note." in page
    assert "The bridge" in page
    assert "The bridge" not in other_editor.get("/desk/for-you").text


def test_opening_it_from_the_list_is_seeing_it(editor: Newsroom, called: str) -> None:
    assert "You are mentioned in a note." in editor.get(called).text
    mention()
    answer = editor.post(f"{called}/seen")
    assert (answer.status_code, answer.location) == (303, called)
    assert "No new notifications" in editor.get("/desk/for-you").text
    assert "You are mentioned in a note." not in editor.get(called).text


def test_all_at_once(editor: Newsroom, called: str) -> None:
    assert editor.post("/desk/for-you/seen").status_code == 303
    assert "No new notifications" in editor.get("/desk/for-you").text


def test_nobody_sees_it_for_another(editor: Newsroom, other_editor: Newsroom, called: str) -> None:
    other_editor.post(f"{called}/seen")
    other_editor.post("/desk/for-you/seen")
    editor.post(f"/desk/submissions/{uuid.uuid4()}/seen")
    assert "You are mentioned in a note." in editor.get("/desk/for-you").text


def test_of_what_is_deleted_nothing_is_left_but_that_it_was(
    contributor: Contributor, editor: Newsroom, other_editor: Newsroom, run_jobs: Callable[[], list[str]]
) -> None:
    receipt = receipt_of(contributor.send(title="The bridge"))
    run_jobs()
    submission = newest()
    editor.post(f"/desk/submissions/{submission.id}/claims")
    with transaction() as session:
        withdraw(session, canonical(receipt) or "")
        purge(session, submission.id)
    page = editor.get("/desk/for-you").text
    assert "The contributor withdrew it. You had claimed it, or it was assigned to you." in page
    assert f"{submission.short_id}: nothing is left to open." in page
    assert "The bridge" not in page


@pytest.mark.parametrize("wanted", [{"mail": "y"}, {"shortcuts": "y"}, {"mail": "y", "shortcuts": "y"}, {}])
def test_preferences_are_kept(editor: Newsroom, other_editor: Newsroom, wanted: dict[str, str]) -> None:
    assert editor.post("/desk/me", **wanted).location == "/desk/me"
    mine, theirs = who("asel"), who("tomas")
    assert (mine.mail, mine.shortcuts) == ("mail" in wanted, "shortcuts" in wanted)
    assert (theirs.mail, theirs.shortcuts) == (True, True)
    page = editor.get("/desk/me").text
    assert page.count(" checked") == len(wanted)
    assert "asel@transom.example" in page


def test_an_editor_chooses_sections_and_languages_of_the_summary(editor: Newsroom) -> None:
    page = editor.get("/desk/me").text
    assert "Sections and languages of the summary: all that you see" in page
    answer = editor.post(
        "/desk/me", mail="y", mail_sections=["News", "Nonsense"], mail_languages=["kk", "xx"]
    )
    assert answer.status_code == 303
    assert (who("asel").mail_sections, who("asel").mail_languages) == (["News"], ["kk"])
    assert "Sections and languages of the summary: your choice" in editor.get("/desk/me").text
    editor.post("/desk/me", mail="y")
    assert (who("asel").mail_sections, who("asel").mail_languages) == ([], [])


def test_an_editor_with_limits_is_offered_what_they_see(editor: Newsroom) -> None:
    with transaction() as session:
        administration.change_limits(
            session, who("asel").id, None, sections=["News"], languages=["kk", "fa"], reads_contact=False
        )
    page = editor.get("/desk/me").text
    assert 'name="mail_sections" value="News"' in page
    assert 'value="Opinion"' not in page
    assert 'name="mail_languages" value="fa"' in page
    assert 'name="mail_languages" value="en"' not in page
    editor.post("/desk/me", mail="y", mail_sections=["Opinion"], mail_languages=["fa"])
    assert (who("asel").mail_sections, who("asel").mail_languages) == ([], ["fa"])


def test_the_page_leads_to_what_is_assigned_to_the_reader(editor: Newsroom) -> None:
    page = editor.get("/desk/for-you").text
    assert "assigns a submission to you" in page
    assert 'href="/desk/?lane=all&amp;assigned=me"' in page
    assert editor.get("/desk/?lane=all&assigned=me").status_code == 200
