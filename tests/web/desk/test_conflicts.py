"""Conflicts of two editors: no typed text is lost, and a change by only one editor is kept."""

import html
from collections.abc import Callable

import pytest

from tests.web.bodies import File
from tests.web.conftest import JPEG, opened
from tests.web.people import Newsroom, value


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission with two photos, in version 2 and revision 1."""
    return submitted(File("photo-1", JPEG), File("photo-2", JPEG))


def fields() -> dict[str, str]:
    """Return the unchanged form as a browser sends it."""
    with opened() as submission:
        photos = {
            f"photos-{number}-{name}": words
            for number, photo in enumerate(submission.photos)
            for name, words in {
                "id": str(photo.id), "place": str(number + 1), "caption": photo.caption or "", "credit": "", "alt": "",
            }.items()
        }  # fmt: skip
        last = submission.revisions[-1]
        return {
            "version": str(submission.version), "base": str(last.number), "title": last.title or "",
            "body": last.html or "", "section": submission.section, "language": submission.language,
            "region": submission.region or "", "tags": ", ".join(submission.tags), "print_name": "", "note": "", **photos,
        }  # fmt: skip


def test_both_stand_side_by_side_with_what_they_changed(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine, theirs = fields(), fields()
    editor.post(
        f"{url}/revisions",
        **(theirs | {"title": "Theirs", "body": "<p>They came by day.</p>", "region": "North"}),
    )
    answer = other_editor.post(
        f"{url}/revisions",
        **(mine | {"title": "Mine", "tags": "mine", "photos-0-caption": "My caption", "note": "My note"}),
    )
    assert answer.status_code == 409
    page = html.unescape(answer.text)
    for typed in ("Mine</textarea>", 'value="mine"', "My caption</textarea>", 'value="My note"'):
        assert typed in page, typed
    assert "What others changed since you opened it" in page
    assert "[added: " in page
    assert "Edited: revision 2" in page


def test_what_only_they_changed_is_taken_over(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    mine, theirs = fields(), fields()
    swapped = {"photos-0-place": "2", "photos-1-place": "1", "photos-1-credit": "Their credit"}
    changed = {"body": "<p>They came by day.</p>", "region": "North", "section": "Opinion"}
    editor.post(f"{url}/revisions", **(theirs | changed | swapped))
    stale = other_editor.post(f"{url}/revisions", **(mine | {"title": "Mine", "region": "South"}))
    page = html.unescape(stale.text)
    for name in ("Section", "Text", "Credit of photo 1", "Order of the photos"):
        assert f"<li>{name}</li>" in page or "Credit of photo" in name, name
    assert "<li>Region</li>" not in page
    assert 'value="South"' in page
    assert "They came by day." in page
    assert '<option selected value="Opinion">' in page
    assert 'value="Their credit"' in page
    assert value(stale.text, "base") == "2"


def test_saving_on_top_keeps_theirs_among_the_revisions(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"title": "Mine"}
    editor.post(f"{url}/revisions", **(fields() | {"title": "Theirs"}))
    stale = other_editor.post(f"{url}/revisions", **mine)
    again = mine | {"version": value(stale.text, "version"), "base": value(stale.text, "base")}
    assert other_editor.post(f"{url}/revisions", **again).status_code == 303
    with opened() as submission:
        assert [one.title for one in submission.revisions[2:]] == ["Theirs", "Mine"]


def test_where_nothing_can_be_edited_everything_can_be_copied(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"title": "Mine", "region": "South", "photos-1-alt": "My words for it"}
    editor.post(f"{url}/decisions", verdict="request_changes", message="Which day?", version="2")
    page = other_editor.post(f"{url}/revisions", **mine).text
    assert "can no longer be edited" in page
    for typed in ("Mine", "South", "My words for it"):
        assert f"{typed}</textarea>" in page


def test_a_version_that_changed_without_a_new_text(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    """Test a conflict with an undone decision. The text has not changed, and one click saves."""
    mine = fields() | {"title": "Mine"}
    editor.post(f"{url}/decisions", verdict="accept", version="2")
    with opened() as submission:
        decision = submission.decision_id
    editor.post(f"{url}/decisions/{decision}/undo")
    page = other_editor.post(f"{url}/revisions", **mine)
    assert page.status_code == 409
    assert "have not changed since you opened it" in page.text
    assert "What others changed" not in page.text
