import html
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, select

from intake import receipts
from intake.accounts import administration
from intake.db import engine, transaction
from intake.magazine import chosen
from intake.models import Decision, Editor, Submission
from intake.submissions.removal import withdraw
from tests.cast import RunJobs
from tests.statements import statements
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, events, newest
from tests.web.people import Contributor, Newsroom, receipt_of, value

REASON = "Дәл осындай мақаланы өткен аптада шығардық.\nSorry."
CODES = {"reject": "reject.late"}
MINE = {"title": "My own title", "body": "<p>My own paragraph.</p>", "note": "Shorter."}


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission that waits, in version 2."""
    return submitted(File("photo-1", JPEG), contact="signal +7", **{"caption-1": "A door"})


def status() -> str:
    return newest().status


def test_a_submission_is_there_to_be_read(editor: Newsroom, url: str) -> None:
    page = editor.get(url).text
    assert "They came at night." in page
    assert "A door" in page
    assert "Removed: the position." in page
    assert page.count("faces, places, signs, watermarks") == 1
    assert "4 automatic steps · Ready for review" in page
    assert "signal +7" not in page


KAZAKH = (
    "Кеше қалада жұмысшылар наразылық шарасына шықты, полиция ешкімді ұстаған жоқ. Ертең олар тағы жиналмақ."
)


def test_another_language_than_chosen_is_said_until_it_is_changed(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    url = submitted(body=KAZAKH, language="en")
    note = "The contributor chose English; the text reads as Қазақша."
    assert note in editor.get(url).text
    assert note in editor.get(f"{url}/revisions/new").text
    assert newest().language == "en"
    with transaction() as session:
        session.get_one(Submission, newest().id).language = "kk"
    assert "reads as" not in editor.get(url).text
    assert "reads as" not in editor.get(submitted(body=KAZAKH, language="kk")).text


def test_what_cleaning_changed_is_offered_until_the_text_is_gone(
    editor: Newsroom, contributor: Contributor, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    assert f'href="{url}/cleaning"' in editor.get(url).text
    with transaction() as session:
        withdraw(session, receipts.canonical(receipt) or "")
    assert "Nothing had to be removed." in editor.get(url).text
    assert f'href="{url}/cleaning"' not in editor.get(url).text


def test_it_sends_as_many_queries_whatever_the_submission_has(
    editor: Newsroom, url: str, submitted: Callable[..., str]
) -> None:
    counts = []
    for address in (url, submitted()):
        editor.get(address)
        with statements() as sent:
            editor.get(address)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_what_cleaning_did_is_told(editor: Newsroom, submitted: Callable[..., str]) -> None:
    url = submitted(title="A\u200b door", body="<p onclick=x()>p\u0430ypal</p>", format="html")
    page = editor.get(url).text
    assert "A word mixes the letters of two alphabets" in page
    assert "Removed: a zero-width character." in page
    told = editor.get(f"{url}/cleaning").text
    assert "⟨U+200B zero width space⟩" in told
    assert "[removed: </span> onclick=x()<span" in told
    assert "&lt;p" in told


def test_a_flag_leads_to_its_word(editor: Newsroom, submitted: Callable[..., str]) -> None:
    url = submitted(
        File("photo-1", JPEG),
        title="P\u0430ypal",
        body="<p>The <s>guard</s></p>",
        format="html",
        **{"caption-1": "A d\u043eor"},
    )
    page = editor.get(url).text
    assert '<section class="notice notice--warn second-look"' in page
    assert "Delete the words, unless readers are meant to see them." in page
    for number in (1, 2, 3):
        assert page.count(f' id="flag-{number}"') == page.count(f' href="#flag-{number}"') == 1
        assert page.count(f' id="flag-{number}-listed"') == 1
    assert '<bdi lang="en">A <mark' in page
    assert "in the caption of photo 1: <bdi>Cyrillic \u043e</bdi>" in page
    assert "<title>P\u0430ypal" in page


def test_many_flags_are_folded(editor: Newsroom, submitted: Callable[..., str]) -> None:
    page = editor.get(submitted(body="<p><s>a</s></p>" * 5, format="html")).text
    assert "<summary>and" not in page
    page = editor.get(submitted(body="<p><s>a</s></p>" * 16, format="html")).text
    assert "<summary>and 12 more</summary>" in page
    assert "are listed and marked" not in page
    page = editor.get(submitted(body="<p><s>a</s></p>" * 60, format="html")).text
    assert "<summary>and 56 more</summary>" in page
    assert "The first 50 are listed and marked." in page


def test_when_nothing_is_left_to_look_at_the_page_says_so(
    editor: Newsroom, contributor: Contributor, submitted: Callable[..., str]
) -> None:
    url = submitted(title="P\u0430ypal")
    assert "Nothing left to look at twice" not in editor.get(url).text
    editor.post(f"{url}/revisions", version="2", **MINE)
    page = editor.get(url).text
    assert "Nothing left to look at twice" in page
    assert "second-look-title" not in page
    assert "Nothing left to look at twice" not in editor.get(submitted()).text


def test_a_refused_photo_is_a_reason_for_a_second_look(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    page = editor.get(submitted(File("photo-1", b"no photo"))).text
    assert '<a href="#photo-1">Photo 1</a> was refused. We do not recognise this file as a photo.' in page


def test_words_that_cleaning_left_alone(editor: Newsroom, url: str) -> None:
    page = editor.get(f"{url}/cleaning")
    assert (page.status_code, "Nothing was changed" in page.text) == (200, True)
    assert editor.get(f"/desk/submissions/{UUID(int=9)}/cleaning").status_code == 404


def test_reading_the_contact_is_written_down(chief: Newsroom, url: str) -> None:
    before = events()
    assert "Show contact details" in chief.get(url).text
    page = chief.post(f"{url}/contact-views")
    assert page.status_code == 200
    assert "signal +7" in page.text
    assert events() == before + 1
    assert "signal +7" not in chief.get(url).text
    assert "Read the contact details" in chief.get(url).text


def test_without_a_contact_there_is_none_to_read(chief: Newsroom, submitted: Callable[..., str]) -> None:
    url = submitted()
    before = events()
    assert chief.post(f"{url}/contact-views").status_code == 404
    assert events() == before


def test_point_53_others_read_that_there_is_a_contact(editor: Newsroom, url: str) -> None:
    page = editor.get(url).text
    assert "The contributor left contact details. Chief editors can read them." in page
    assert "Show contact details" not in page
    before = events()
    answer = editor.post(f"{url}/contact-views")
    assert answer.status_code == 403
    assert "signal +7" not in answer.text
    assert events() == before


def test_point_53_an_editor_who_is_named_reads_the_contact(editor: Newsroom, url: str) -> None:
    with transaction() as session:
        asel = session.scalars(select(Editor)).one()
        administration.change_limits(session, asel.id, None, sections=[], languages=[], reads_contact=True)
    assert "Show contact details" in editor.get(url).text
    assert "signal +7" in editor.post(f"{url}/contact-views").text
    assert re.search(
        r"Asel.*?Read the contact details|Read the contact details.*?Asel", editor.get(url).text, re.DOTALL
    )


@pytest.mark.parametrize(("verdict", "becomes"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_decision(editor: Newsroom, url: str, verdict: str, becomes: str) -> None:
    answer = editor.post(
        f"{url}/decisions", verdict=verdict, version="2", code=CODES.get(verdict, ""), message=REASON
    )
    assert (answer.status_code, answer.location) == (303, url)
    assert status() == becomes
    page = editor.get(url).text
    assert REASON in html.unescape(page)
    assert "Asel" in page


def test_a_rejection_needs_a_reason(editor: Newsroom, url: str) -> None:
    for code in ("", "nonsense", "\u200b"):
        answer = editor.post(f"{url}/decisions", verdict="reject", version="2", code=code, message=REASON)
        assert answer.status_code == 422
        assert "Please choose a reason." in answer.text
        assert REASON in html.unescape(answer.text)
    assert status() == "in_review"


@pytest.mark.parametrize("verdict", ["", "publish"])
def test_a_decision_that_there_is_not_keeps_the_reason(editor: Newsroom, url: str, verdict: str) -> None:
    answer = editor.post(
        f"{url}/decisions", verdict=verdict, version="2", code=CODES.get(verdict, ""), message=REASON
    )
    assert answer.status_code == 422
    assert "Please choose what to do." in answer.text
    assert REASON in html.unescape(answer.text)


def test_a_reason_that_is_too_long_is_kept(editor: Newsroom, url: str) -> None:
    answer = editor.post(
        f"{url}/decisions", verdict="reject", version="2", code="reject.late", message="ж" * 2001
    )
    assert answer.status_code == 422
    assert "Please keep this to 2000 characters." in answer.text
    assert "ж" * 2001 in answer.text
    assert value(answer.text, "version") == "2"


def test_characters_that_the_database_does_not_take(editor: Newsroom, url: str) -> None:
    answer = editor.post(
        f"{url}/decisions",
        verdict="reject",
        version="2",
        code="reject.late",
        message="No.\0\ud800".encode("utf-8", "replace"),
    )
    assert answer.status_code == 303
    edit = editor.post(f"{url}/revisions", version="3", title="\0", body="\0", note="\0")
    assert edit.status_code == 422


def test_the_second_of_two_decisions_learns_of_the_first(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    answer = other_editor.post(
        f"{url}/decisions", verdict="reject", version="2", code="reject.late", message=REASON
    )
    assert answer.status_code == 409
    assert "Asel Nurbekova: Accepted" in answer.text
    assert REASON in html.unescape(answer.text)
    assert status() == "accepted"
    assert count(Decision) == 1


def test_a_decision_on_a_text_that_was_edited_meanwhile_can_be_taken_again(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    editor.post(f"{url}/revisions", version="2", **MINE)
    stale = other_editor.post(
        f"{url}/decisions", verdict="reject", version="2", code="reject.late", message=REASON
    )
    assert stale.status_code == 409
    assert "Asel Nurbekova: Edited: revision 2" in stale.text
    assert "My own paragraph." in stale.text
    assert status() == "in_review"
    again = other_editor.post(
        f"{url}/decisions",
        verdict="reject",
        version=value(stale.text, "version"),
        code="reject.late",
        message=REASON,
    )
    assert again.status_code == 303
    assert status() == "rejected"


@pytest.mark.parametrize("version", ["0", "-5", "99", "9" * 30])
def test_a_version_that_never_was(editor: Newsroom, url: str, version: str) -> None:
    answer = editor.post(f"{url}/decisions", verdict="accept", version=version)
    assert answer.status_code == 409
    assert status() == "in_review"


def test_a_page_takes_two_connections_and_begins_one_transaction(editor: Newsroom, url: str) -> None:
    """Test that a page uses one transaction for the login session, and one connection for all reads."""
    taken: list[str] = []

    def checkout(*_: object) -> None:
        taken.append("connection")

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            taken.append("transaction")

    event.listen(engine(), "checkout", checkout)
    event.listen(engine(), "begin", begin)
    for address in ("/desk/", url):
        # Read the settings beforehand: pages read them only every few seconds, which would disturb the count.
        chosen.refresh()
        taken.clear()
        assert editor.get(address).status_code == 200
        assert sorted(taken) == ["connection", "connection", "transaction"], address
    event.remove(engine(), "checkout", checkout)
    event.remove(engine(), "begin", begin)
