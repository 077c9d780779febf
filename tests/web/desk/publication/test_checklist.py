from collections.abc import Callable

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.models import Decision
from intake.settings import settings
from intake.web.desk.conflicts import NO_DESPITE
from tests.web.conftest import opened
from tests.web.people import Newsroom

Listed = Callable[[str], None]


def status() -> str:
    with opened() as submission:
        return submission.status


@pytest.fixture
def url(submitted: Callable[..., str], listed: Listed) -> str:
    """Submission in review with two open points."""
    listed("News = captions, second_reading, <b>Lawyer</b> asked@publish")
    return submitted()


def test_without_a_checklist_the_page_has_none(editor: Newsroom, submitted: Callable[..., str]) -> None:
    page = editor.get(submitted()).text
    assert "Checklist" not in page
    assert "despite" not in page


def test_a_point_is_ticked_and_taken_back(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    page = editor.get(url).text
    assert "1 of 3" in page
    assert "&lt;b&gt;Lawyer&lt;/b&gt; asked" in page
    answer = editor.post(f"{url}/checklist", tick="second_reading")
    assert answer.location == f"{url}#point-second_reading"
    page = other_editor.get(url).text
    assert 'name="untick" value="second_reading" aria-pressed="true"' in page
    assert "By <bdi>Asel Nurbekova</bdi>" in page
    other_editor.post(f"{url}/checklist", untick="second_reading")
    assert 'name="tick" value="second_reading" aria-pressed="false"' in editor.get(url).text


def test_a_tick_on_an_older_revision_says_so(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/checklist", tick="second_reading")
    editor.post(f"{url}/revisions", title="Edited", body="<p>Edited.</p>", version="2")
    assert "at revision 1. The text is revision 2 now" in editor.get(url).text


@pytest.mark.parametrize("point", ["", "captions", "nonsense"])
def test_what_is_no_point_is_refused(editor: Newsroom, url: str, point: str) -> None:
    assert editor.post(f"{url}/checklist", tick=point).status_code == 409


def test_acceptance_asks_for_a_reason_and_keeps_the_message(editor: Newsroom, url: str) -> None:
    asked = editor.post(f"{url}/decisions", verdict="accept", version="2", message="Thank you, dear.")
    assert asked.status_code == 422
    assert NO_DESPITE in asked.text
    assert "Thank you, dear." in asked.text
    assert status() == "in_review"
    done = editor.post(f"{url}/decisions", verdict="accept", version="2", despite="It is urgent.")
    assert done.status_code == 303
    assert status() == "accepted"
    page = editor.get(url).text
    assert "Went on with open points of the checklist: A second person has read the text" in page
    assert "It is urgent." in page


def test_undo_fills_in_the_reason_to_go_on(
    editor: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "30")
    settings.cache_clear()
    editor.post(f"{url}/decisions", verdict="accept", version="2", despite="It is urgent.")
    with transaction() as session:
        decision = session.scalars(select(Decision.id)).one()
    undone = editor.post(f"{url}/decisions/{decision}/undo")
    assert 'value="It is urgent."' in editor.get(undone.location).text


def test_publication_asks_for_a_reason_and_keeps_the_address(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/checklist", tick="second_reading")
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    asked = editor.post(f"{url}/publications", version="4", url="https://magazine.example/1")
    assert asked.status_code == 422
    assert NO_DESPITE in asked.text
    assert 'value="https://magazine.example/1"' in asked.text
    editor.post(f"{url}/publications", version="4", despite="The lawyer is away.")
    assert status() == "published"


def test_a_rejection_needs_no_reason(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/decisions", verdict="reject", code="reject.late", no_message="y", version="2")
    assert status() == "rejected"
