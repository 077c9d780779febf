from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Submission
from tests.web.conftest import newest
from tests.web.people import Newsroom


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    return submitted()


def claimant() -> str | None:
    with transaction() as session:
        found = session.get_one(Submission, newest().id).claimant
        return found.name if found else None


def test_claiming_and_letting_go(editor: Newsroom, url: str) -> None:
    assert "Nobody has claimed it." in editor.get(url).text
    answer = editor.post(f"{url}/claims")
    assert (answer.status_code, answer.location) == (303, url)
    assert "You have claimed it." in editor.get(url).text
    editor.post(f"{url}/claims/release")
    assert claimant() is None


def test_opening_the_dialog_of_a_takeover_claims_nothing(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    editor.post(f"{url}/claims")
    assert "has claimed it." in other_editor.get(url).text
    assert claimant() == "Asel Nurbekova"


def test_a_takeover(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/claims")
    slower = other_editor.client.post(
        f"{url}/claims", data={"csrf_token": other_editor.token()}, follow_redirects=True
    )
    assert "Asel Nurbekova claimed it first." in slower.text
    other_editor.post(f"{url}/claims", takeover="y")
    assert claimant() != "Asel Nurbekova"
    assert "has claimed it." in editor.get(url).text


def test_who_is_here_is_known_to_the_others(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    assert editor.post(f"{url}/presence", doing="editing").json == {"version": 2, "people": []}
    seen = other_editor.post(f"{url}/presence", doing="reading").json
    assert seen == {"version": 2, "people": [{"name": "Asel Nurbekova", "doing": "editing"}]}
    assert editor.post(f"{url}/presence", doing="gone").status_code == 200
    assert other_editor.post(f"{url}/presence", doing="reading").json == {"version": 2, "people": []}


def test_a_page_that_was_left_open_without_a_sign_is_forgotten(
    editor: Newsroom, other_editor: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from intake.queue import presence

    editor.post(f"{url}/presence", doing="reading")
    monkeypatch.setattr(presence, "HIDDEN_AFTER", timedelta(0))
    answer = other_editor.post(f"{url}/presence", doing="reading").json
    assert answer is not None
    assert answer["people"] == []


def test_nobody_is_present_where_there_is_nothing(editor: Newsroom, url: str) -> None:
    assert editor.post("/desk/submissions/00000000-0000-0000-0000-000000000009/presence").status_code == 404
