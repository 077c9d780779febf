from collections.abc import Callable

import pytest

from intake.models import ReadingLink
from tests.web.conftest import count
from tests.web.people import Newsroom


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    return submitted()


def test_a_link_is_shown_once_and_listed(editor: Newsroom, url: str) -> None:
    assert "No links yet" in editor.get(f"{url}/links").text
    made = editor.post(f"{url}/links", name="Lawyer <Kim>", days="7").text
    assert "Copy this link now" in made
    assert "http://" in made
    page = editor.get(f"{url}/links").text
    assert "/guest/" not in page
    assert "Lawyer &lt;Kim&gt;" in page
    assert "Not opened yet" in page
    assert "Without photos, no download." in page
    assert "Made a reading link for Guest Lawyer &lt;Kim&gt;" in editor.get(url).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"name": "", "days": "3"}, "Please say whom the link is for."),
        ({"name": "\u200b", "days": "3"}, "Please say whom the link is for."),
        ({"name": "x" * 61, "days": "3"}, "Please keep this to 60 characters."),
        ({"name": "Lawyer", "days": "30"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said(editor: Newsroom, url: str, words: dict[str, str], said: str) -> None:
    answer = editor.post(f"{url}/links", **words)
    assert answer.status_code == 422
    assert said in answer.text
    assert count(ReadingLink) == 0


def test_twenty_links_are_enough(editor: Newsroom, url: str) -> None:
    for number in range(20):
        editor.post(f"{url}/links", name=f"Guest {number}", days="1")
    answer = editor.post(f"{url}/links", name="Guest 21", days="1")
    assert answer.status_code == 422
    assert "20 links that work, which is the limit" in answer.text


def test_any_editor_who_sees_it_withdraws_a_link(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/links", name="Lawyer", days="1")
    answer = other_editor.post(f"{url}/links/1/withdrawals")
    assert (answer.status_code, answer.location) == (303, f"{url}/links")
    page = other_editor.get(f"{url}/links").text
    assert "is withdrawn." in page
    assert "Withdraw</button>" not in page
    assert other_editor.post(f"{url}/links/9/withdrawals").status_code == 404
