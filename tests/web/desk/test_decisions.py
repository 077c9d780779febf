import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.models import Decision, Submission
from intake.settings import settings
from tests.cast import RunJobs
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, value

WORDS = "Дәл осындай мақаланы шығардық."


@pytest.fixture
def thirty_seconds(monkeypatch: pytest.MonkeyPatch, app_settings: object) -> Iterator[None]:
    """Use the default settings, in which Testimony needs two approvals."""
    monkeypatch.delenv("TRANSOM_UNDO_SECONDS")
    monkeypatch.setenv("TRANSOM_TWO_APPROVALS", "Testimony")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission that waits, in version 2."""
    return submitted()


def decide(somebody: Newsroom, url: str, verdict: str = "accept", version: str = "2", **more: str) -> Any:
    return somebody.post(f"{url}/decisions", verdict=verdict, version=version, **more)


def undo(url: str) -> str:
    """Return the address to undo the newest decision."""
    with transaction() as session:
        return f"{url}/decisions/{session.scalars(select(func.max(Decision.id))).one()}/undo"


@pytest.mark.parametrize(
    ("verdict", "fields", "field", "says"),
    [
        ("reject", {"message": WORDS}, "code", "Please choose a reason"),
        ("reject", {"message": WORDS, "code": "hold.legal"}, "code", "Please choose a reason"),
        ("reject", {"code": "reject.other"}, "message", "or choose to send no message"),
        ("reject", {"code": "reject.other", "message": "\u200b"}, "message", "or choose to send no message"),
        ("request_changes", {"no_message": "y"}, "message", "what to change"),
        (
            "request_changes",
            {"no_message": "y", "message": "Who saw it?"},
            "message",
            "untick “Send no message”",
        ),
    ],
)
def test_what_a_decision_needs(
    editor: Newsroom, url: str, verdict: str, fields: dict[str, str], field: str, says: str
) -> None:
    answer = decide(editor, url, verdict, **fields)
    assert answer.status_code == 422
    assert says in answer.text
    assert f'href="#{field}"' in answer.text
    assert fields.get("message", "").strip("\u200b") in html.unescape(answer.text)
    assert newest().status == "in_review"


def test_to_say_nothing_is_a_choice(
    editor: Newsroom, url: str, contributor: Contributor, run_jobs: RunJobs
) -> None:
    answer = decide(editor, url, "reject", code="reject.late", message=WORDS, no_message="y")
    assert answer.status_code == 303
    with transaction() as session:
        found = session.get_one(Submission, newest().id)
        assert found.messages == []
        assert found.decision is not None
        assert found.decision.message is None


@pytest.mark.usefixtures("thirty_seconds")
class TestThirtySeconds:
    def test_it_is_said_and_can_be_taken_back(
        self, editor: Newsroom, other_editor: Newsroom, url: str
    ) -> None:
        answer = editor.client.post(
            f"{url}/decisions",
            data={"csrf_token": editor.token(), "verdict": "accept", "version": "2"},
            follow_redirects=True,
        )
        assert "Accepted “<bdi" in answer.text
        assert "What I saw" in answer.text
        assert f'action="{undo(url)}"' in answer.text
        assert "It takes effect in a moment" in answer.text
        assert undo(url) in other_editor.get(url).text
        back = editor.post(undo(url))
        assert (back.status_code, back.location) == (303, f"{url}?draft=decision")
        page = editor.get(back.location).text
        assert "The decision is undone. Nothing was sent." in page
        assert "Undid the decision" in page
        assert value(page, "version") == "4"

    @pytest.mark.parametrize(
        ("verdict", "code", "message", "no_message"),
        [
            ("reject", "reject.late", WORDS, ""),
            ("reject", "reject.late", "", "y"),
            ("request_changes", "", WORDS, ""),
            ("hold", "hold.legal", "", ""),
            ("accept", "", "", ""),
        ],
    )
    def test_undo_fills_in_the_decision_again(
        self, editor: Newsroom, url: str, verdict: str, code: str, message: str, no_message: str
    ) -> None:
        decide(editor, url, verdict, code=code, message=message, no_message=no_message)
        page = editor.get(editor.post(undo(url)).location).text
        checked = re.findall(r'name="(?:verdict|code)" value="([a-z_.]+)"[^>]* checked', page)
        assert checked == [verdict, *([code] if code else [])]
        assert (WORDS in html.unescape(page)) is bool(message)
        silent = re.findall(r'<input[^>]*name="no_message"[^>]*>', page)[0]
        assert ("checked" in silent) is bool(no_message)
        fields = {"code": code, "message": message, "no_message": no_message}
        assert decide(editor, url, verdict, value(page, "version"), **fields).status_code == 303

    def test_undo_by_another_editor_keeps_the_draft_of_that_editor(
        self, editor: Newsroom, other_editor: Newsroom, url: str
    ) -> None:
        decide(editor, url, "reject", code="reject.late", message=WORDS)
        other_editor.post(
            f"{url}/drafts/decision", version="2", verdict="accept", code="", message="Typed before."
        )
        page = html.unescape(other_editor.get(other_editor.post(undo(url)).location).text)
        assert "Typed before.</textarea>" in page
        assert f"{WORDS}</textarea>" not in page

    def test_meanwhile_nobody_else_decides(self, editor: Newsroom, other_editor: Newsroom, url: str) -> None:
        decide(editor, url)
        answer = decide(other_editor, url, "reject", "3", code="reject.late", message=WORDS)
        assert answer.status_code == 409
        assert WORDS in html.unescape(answer.text)
        assert "Asel Nurbekova" in answer.text
        assert 'name="verdict"' not in other_editor.get(url).text

    def test_afterwards_it_is_too_late_and_can_be_brought_back(
        self, editor: Newsroom, url: str, run_jobs: RunJobs
    ) -> None:
        decide(editor, url)
        with transaction() as session:
            session.execute(update(Submission).values(settles_at=func.now()))
        from intake.decisions.settle import settle

        with transaction() as session:
            settle(session, newest().id)
        late = editor.post(undo(url))
        assert late.status_code == 409
        assert "too late" in late.text
        page = editor.get(url).text
        again = editor.post(f"{url}/reopenings", version=value(page, "version"))
        assert (again.status_code, newest().status) == (303, "in_review")

    def test_two_approvals(
        self, editor: Newsroom, other_editor: Newsroom, submitted: Callable[..., str]
    ) -> None:
        url = submitted(section="Testimony")
        decide(editor, url)
        page = editor.get(url).text
        assert "Approved “" in page
        assert "A second editor has to approve it too." in page
        own = decide(editor, url, version="3")
        assert own.status_code == 409
        assert "a second editor" in own.text
        assert decide(other_editor, url, version="3").status_code == 303
        assert newest().settles_at is not None


def test_then_comes_the_next_of_the_list_and_at_its_end_the_first(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    first, second, third = submitted(title="One"), submitted(title="Two"), submitted(title="Three")
    assert decide(editor, second, then="next").location == third
    assert decide(editor, third, then="next").location == first
    assert decide(editor, first, then="next").location == "/desk/"


def test_changing_the_verdict_is_never_refused(editor: Newsroom, url: str) -> None:
    assert decide(editor, url, "accept", code="reject.late", message=WORDS).status_code == 303
    with transaction() as session:
        decision = session.scalars(select(Decision)).one()
        assert (decision.verdict, decision.code) == ("accept", None)


def test_without_scripts_the_saved_reply_of_the_reason_is_filled_in_and_shown(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    url = submitted(language="en")
    answer = decide(editor, url, "reject", code="reject.late")
    assert answer.status_code == 422
    assert "The saved reply for this reason is filled in." in answer.text
    page = html.unescape(answer.text)
    assert "the moment for it had passed" in page.split("<textarea", 1)[1].split("</textarea>")[0]
    assert re.search(r'value="reject.late" checked', page)
    assert re.search(r'value="reject" required checked', page)
    assert newest().status == "in_review"


def test_enter_in_a_field_shows_the_page_again_and_decides_nothing(editor: Newsroom, url: str) -> None:
    answer = decide(editor, url, "hold", code="hold.legal", message=WORDS, look="y")
    assert answer.status_code == 200
    page = html.unescape(answer.text)
    assert WORDS in page
    assert re.search(r'value="hold.legal" checked', page)
    assert newest().decision_id is None
    # Enter submits a form by its first button, so this button must be harmless.
    form = page[page.index('class="decision"') :]
    assert form.index('name="look"') < form.index("data-decision-send")


def test_a_claim_of_somebody_else_is_asked_about_once(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    other_editor.post(f"{url}/claims")
    answer = decide(editor, url, "reject", code="reject.late", message=WORDS)
    assert answer.status_code == 409
    page = html.unescape(answer.text)
    assert "has claimed this. Decide anyway?" in page
    assert WORDS in page
    assert re.search(r'value="reject.late" checked', page)
    assert newest().status == "in_review"
    sure = {"anyway": value(page, "anyway"), "code": "reject.late", "message": WORDS}
    assert decide(editor, url, "reject", **sure).status_code == 303
    assert newest().decision_id is not None


@pytest.mark.parametrize("code", ["reject.late", ""], ids=["valid", "without a reason"])
@pytest.mark.parametrize("is_claimed", [True, False], ids=["claimed", "free"])
def test_a_message_stays_when_somebody_else_has_decided(
    editor: Newsroom, other_editor: Newsroom, url: str, *, code: str, is_claimed: bool
) -> None:
    version = value(editor.get(url).text, "version")
    if is_claimed:
        other_editor.post(f"{url}/claims")
    assert decide(other_editor, url, "spam", code="spam.flood", message="Not ours.").status_code == 303
    answer = editor.post(f"{url}/decisions", verdict="reject", code=code, message=WORDS, version=version)
    page = html.unescape(answer.text)
    assert (answer.status_code, WORDS in page) == (409, True)
    assert "It changed while you were working" in page
    with transaction() as session:
        assert session.scalars(select(func.count()).select_from(Decision)).one() == 1


@pytest.mark.parametrize("verdict", ["", "eat"])
def test_a_message_without_a_verdict_stays_too(
    editor: Newsroom, other_editor: Newsroom, url: str, verdict: str
) -> None:
    editor.get(url)
    decide(other_editor, url, "spam", code="spam.flood")
    answer = decide(editor, url, verdict, message=WORDS)
    assert (answer.status_code, WORDS in html.unescape(answer.text)) == (409, True)
    assert "Your decision was not saved" not in answer.text


def test_the_own_claim_is_not_asked_about(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/claims")
    assert decide(editor, url).status_code == 303


def test_the_cookie_holds_no_title(editor: Newsroom, submitted: Callable[..., str]) -> None:
    url = submitted(title="Untold")
    answer = decide(editor, url)
    assert "Untold" not in str(answer.headers)
    assert "Untold" in editor.get("/desk/").text


def test_a_stale_reopening_is_told(editor: Newsroom, url: str) -> None:
    decide(editor, url)
    answer = editor.post(f"{url}/reopenings", version="2")
    assert answer.status_code == 409
    assert "It changed while you were working" in answer.text
    assert editor.post(f"{url}/reopenings").status_code == 422
    assert newest().status == "accepted"
