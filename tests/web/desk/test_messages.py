import html
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Draft, Editor, Message, Note, Notification, Submission
from intake.receipts import canonical
from intake.review.drafts import save_draft
from intake.submissions.removal import purge, withdraw
from tests.cast import RunJobs
from tests.web.conftest import count, newest
from tests.web.people import Contributor, Newsroom, receipt_of

KINDS = {"messages": ("message", "letter"), "notes": ("note", "note")}


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    return submitted()


@pytest.mark.parametrize("what", KINDS)
def test_words_are_kept_shown_escaped_and_their_draft_ends(editor: Newsroom, url: str, what: str) -> None:
    kind, field = KINDS[what]
    with transaction() as session:
        who = session.query(Editor).filter(Editor.name.like("Asel%")).one()
        save_draft(session, newest().id, who, kind, 2, {field: "Half"})
    sent = editor.post(f"{url}/{what}", version="2", **{field: "Жаңа <b>сөз</b>.\nEkinci."})
    assert sent.status_code == 303
    page = editor.get(url).text
    assert "Жаңа &lt;b&gt;сөз&lt;/b&gt;.\nEkinci." in page
    assert (count(Message), count(Note)) == ((1, 0) if what == "messages" else (0, 1))
    assert count(Draft) == 0


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("words", ["", " \n", "x" * 5001])
def test_no_words_or_too_many(editor: Newsroom, url: str, what: str, words: str) -> None:
    _, field = KINDS[what]
    sent = editor.post(f"{url}/{what}", version="2", **{field: words})
    assert sent.status_code == 422
    assert words.strip() in sent.text
    assert (count(Message), count(Note)) == (0, 0)


def test_a_colleague_who_is_called_hears_of_it_and_stands_out(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    page = editor.get(url).text
    assert "@Tomas Havlik" in page
    editor.post(f"{url}/notes", version="2", note="@tomas, is this true?")
    assert '<strong class="moment-text__mention">@tomas</strong>, is this true?' in editor.get(url).text
    assert count(Notification) == 1


def test_a_name_that_notifies_nobody_is_reported(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    answer = editor.post(f"{url}/notes", version="2", note="@Tomasz, is this true?")
    assert "#" not in answer.location
    page = editor.get(answer.location).text
    assert "“@Tomasz” notified nobody: no colleague or more than one has this name." in page
    answer = editor.post(f"{url}/notes", version="3", note="@Tomas, is this true?")
    assert answer.location.endswith("#timeline-title")
    assert "notified nobody" not in editor.get(url).text


def test_the_contributor_reads_it_and_no_name(
    contributor: Contributor, run_jobs: RunJobs, editor: Newsroom
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    editor.post(f"{url}/messages", version="2", letter="We read it.")
    editor.post(f"{url}/notes", version="2", note="For us alone.")
    page = contributor.look(receipt).text
    assert "We read it." in page
    assert "The editors" in page
    assert "Asel" not in page
    assert "For us alone." not in page


@pytest.mark.parametrize("what", KINDS)
def test_too_late_the_words_stay_on_the_page(
    contributor: Contributor, run_jobs: RunJobs, editor: Newsroom, what: str
) -> None:
    _, field = KINDS[what]
    receipt = canonical(receipt_of(contributor.send())) or ""
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    with transaction() as session:
        withdraw(session, receipt)
    if what == "messages":
        sent = editor.post(f"{url}/{what}", version="2", letter="My <words>")
        assert (sent.status_code, "My <words>" in html.unescape(sent.text)) == (409, True)
        assert "Withdrawn by the contributor" in sent.text
    with transaction() as session:
        purge(session, newest().id)
    sent = editor.post(f"{url}/{what}", version="2", **{field: "My <words>"})
    assert (sent.status_code, "My <words>" in html.unescape(sent.text)) == (409, True)
    assert (count(Message), count(Note), count(Submission)) == (0, 0, 1)
