import html
from collections.abc import Callable

import pytest

from tests.web.conftest import opened
from tests.web.people import Newsroom, value


@pytest.fixture
def url(submitted: Callable[..., str], editor: Newsroom) -> str:
    """Submission in revision 2 and version 3."""
    url = submitted()
    body = '<p>They came at <strong>night</strong>.</p><p>We were <a href="https://a.example/">awake</a>.</p>'
    editor.post(
        f"{url}/revisions", version="2", title="What we saw", body=body, section="Opinion", note="Checked"
    )
    return url


def test_two_revisions_are_held_against_each_other(editor: Newsroom, url: str) -> None:
    page = editor.get(f"{url}/compare?from=1&to=2").text
    assert "From revision 1 to revision 2" in page
    for told in ("now bold", "link to https://a.example/", "[added: ", "[removed: ", "Opinion", "Checked"):
        assert told in page or told in html.unescape(page), told


def test_without_numbers_they_are_the_two_that_came_last(editor: Newsroom, url: str) -> None:
    assert "From revision 1 to revision 2" in editor.get(f"{url}/compare").text
    assert "From revision 2 to revision 1" in editor.get(f"{url}/compare?from=2&to=1").text
    assert "There are no differences" in editor.get(f"{url}/compare?from=2&to=2").text


@pytest.mark.parametrize("query", ["from=0&to=1", "from=1&to=9", f"from=1&to={10**30}"])
def test_what_is_not_there_is_not_compared(editor: Newsroom, url: str, query: str) -> None:
    assert editor.get(f"{url}/compare?{query}").status_code == 404


def test_the_list_of_revisions_lets_one_choose_two(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}/revisions/1/restore", version=value(editor.get(f"{url}/revisions/1").text, "version"))
    page = editor.get(url).text
    assert f'action="{url}/compare"' in page
    assert '<option value="2" selected>' in page.replace("\n", "")


def test_where_there_are_two_nothing_has_to_be_chosen(editor: Newsroom, url: str) -> None:
    page = editor.get(url).text
    assert f'href="{url}/compare"' in page
    assert f'action="{url}/compare"' not in page


def test_going_back_is_a_new_revision(editor: Newsroom, url: str) -> None:
    page = editor.get(f"{url}/revisions/1").text
    assert "Restore revision 1" in page
    answer = editor.post(f"{url}/revisions/1/restore", version=value(page, "version"))
    assert (answer.status_code, answer.location) == (303, url)
    with opened() as submission:
        last = submission.revisions[-1]
        assert (last.number, last.title, last.note) == (3, "What I saw", "Back to revision 1")
        assert submission.section == "News"
    answer = editor.post(f"{url}/revisions/2/restore", version="4", note="It was better")
    with opened() as submission:
        assert submission.revisions[-1].note == "It was better"


def test_an_older_revision_shows_what_stood_beside_it(editor: Newsroom, url: str) -> None:
    assert "Opinion" in editor.get(f"{url}/revisions/2").text
    assert "Go back" not in editor.get(f"{url}/revisions/2").text


def test_going_back_too_late_changes_nothing_and_says_what_happened(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    other_editor.post(f"{url}/revisions", version="3", title="Theirs")
    answer = editor.post(f"{url}/revisions/1/restore", version="3")
    assert answer.status_code == 409
    assert "Edited: revision 3" in answer.text
    assert editor.post(f"{url}/revisions/1/restore", version=value(answer.text, "version")).status_code == 303


@pytest.mark.parametrize(
    ("number", "version", "code"),
    [(1, "", 422), (1, "x", 422), (0, "3", 404), (9, "3", 404), (10**30, "3", 404)],
)
def test_what_cannot_come_back(editor: Newsroom, url: str, number: int, version: str, code: int) -> None:
    assert editor.post(f"{url}/revisions/{number}/restore", version=version).status_code == code
