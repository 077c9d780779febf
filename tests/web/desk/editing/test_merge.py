"""Merge of two editors' edits: changes of different paragraphs are merged, and conflicts shown to the second."""

import html
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.review.submission_detail import submission_detail
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest, opened
from tests.web.desk.test_conflicts import fields
from tests.web.people import Newsroom, value

BODY = "The river rose.\n\nNobody slept.\n\nThe road was gone."
A, B, C = "<p>The river rose.</p>", "<p>Nobody slept.</p>", "<p>The road was gone.</p>"
ROSE, FELL = "<p>The river rose at night.</p>", "<p>The river fell.</p>"


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission with two photos and three paragraphs, in version 2 and revision 1."""
    return submitted(File("photo-1", JPEG), File("photo-2", JPEG), body=BODY)


def body_of(page: str) -> str:
    """Text in the form of a page, as cleaned HTML."""
    return (
        html.unescape(page.partition('name="body"')[2].partition(">")[2].partition("</textarea>")[0])
        .replace("\n", "")
        .replace("\r", "")
    )


def picks_of(page: str) -> list[str]:
    """Return the names of the form fields with which a page lets the editor resolve conflicts."""
    return sorted({part.partition('"')[0] for part in page.split('type="radio" name="')[1:]})


def last() -> tuple[str, str]:
    with opened() as submission:
        revision = submission.revisions[-1]
        return revision.title or "", revision.html or ""


def test_changes_of_neighbours_are_merged_shown_and_saved_when_the_editor_says_so(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"body": A + "<p>Nobody slept that night.</p>" + C, "note": "Night."}
    editor.post(f"{url}/revisions", **(fields() | {"body": ROSE + B + C}))
    stale = other_editor.post(f"{url}/revisions", **mine)
    assert stale.status_code == 409
    merged = ROSE + "<p>Nobody slept that night.</p>" + C
    assert body_of(stale.text) == merged
    assert "The merged text" in stale.text
    assert last()[1] == ROSE + B + C
    again = (
        mine | {name: value(stale.text, name) for name in ("version", "base", "merged")} | {"body": merged}
    )
    assert other_editor.post(f"{url}/revisions", **again).status_code == 303
    assert last()[1] == merged
    assert "Edited: revision 3, merged with the changes since revision 1" in other_editor.get(url).text


@pytest.mark.parametrize(("pick", "left"), [("theirs", FELL), ("mine", ROSE), ("both", FELL + ROSE)])
def test_of_a_paragraph_that_both_changed_one_chooses(
    editor: Newsroom, other_editor: Newsroom, url: str, pick: str, left: str
) -> None:
    mine = fields() | {"body": ROSE + B + C, "title": "Mine", "photos-1-caption": "My caption"}
    editor.post(f"{url}/revisions", **(fields() | {"body": FELL + B + "<p>The road was there.</p>"}))
    stale = other_editor.post(f"{url}/revisions", **mine)
    assert stale.status_code == 409
    (name,) = picks_of(stale.text)
    assert "You both changed the same paragraph." in stale.text
    for hidden in ("version", "base", "title", "photos-1-caption"):
        assert value(stale.text, hidden) == mine[hidden]
    chosen = other_editor.post(f"{url}/revisions", **mine, **{name: pick})
    assert chosen.status_code == 409
    assert body_of(chosen.text) == left + B + "<p>The road was there.</p>"
    assert "My caption</textarea>" in chosen.text
    assert (value(chosen.text, "base"), value(chosen.text, "merged")) == ("2", "1")
    assert last()[1].startswith(FELL)


def test_a_paragraph_that_one_removed_and_the_other_changed_is_asked_about(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"body": B + C}
    editor.post(f"{url}/revisions", **(fields() | {"body": FELL + B + C}))
    page = other_editor.post(f"{url}/revisions", **mine).text
    assert '<p class="merge__removed">Removed</p>' in page
    (name,) = picks_of(page)
    assert 'value="both"' not in page
    assert body_of(other_editor.post(f"{url}/revisions", **mine, **{name: "mine"}).text) == B + C


def test_a_choice_counts_only_for_the_paragraphs_that_it_was_made_for(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"body": ROSE + B + C}
    editor.post(f"{url}/revisions", **(fields() | {"body": FELL + B + C}))
    (name,) = picks_of(other_editor.post(f"{url}/revisions", **mine).text)
    assert "Take what <bdi>Asel Nurbekova</bdi> saved" in other_editor.post(f"{url}/revisions", **mine).text
    other_editor.post(f"{url}/revisions", **(fields() | {"body": "<p>The river froze.</p>" + B + C}))
    page = other_editor.post(f"{url}/revisions", **mine, **{name: "mine"}).text
    (other,) = picks_of(page)
    assert other != name
    assert "froze" in page
    assert "Take what <bdi>others</bdi> saved" in page


@pytest.mark.parametrize("pick", ["", "nobody", "x" * 1000])
def test_an_answer_that_is_none_is_asked_again(
    editor: Newsroom, other_editor: Newsroom, url: str, pick: str
) -> None:
    mine = fields() | {"body": ROSE + B + C}
    editor.post(f"{url}/revisions", **(fields() | {"body": FELL + B + C}))
    (name,) = picks_of(other_editor.post(f"{url}/revisions", **mine).text)
    assert picks_of(other_editor.post(f"{url}/revisions", **mine, **{name: pick}).text) == [name]


def test_a_choice_is_kept_in_the_draft(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    mine = fields() | {"body": ROSE + B + C}
    editor.post(f"{url}/revisions", **(fields() | {"body": FELL + B + C}))
    (name,) = picks_of(other_editor.post(f"{url}/revisions", **mine).text)
    other_editor.post(f"{url}/drafts/edit", **mine, **{name: "mine"})
    page = other_editor.get(f"{url}/revisions/new?draft=use").text
    assert value(page, name) == "mine"
    assert body_of(page) == ROSE + B + C
    assert "Saved since you opened this text" in page


def test_fields_that_both_changed_are_shown_with_the_words_of_both(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"title": "Mine", "language": "ru", "photos-0-caption": "My caption", "region": "Here"}
    theirs = {"title": "Theirs", "language": "kk", "photos-0-caption": "Their caption", "region": "Here"}
    editor.post(f"{url}/revisions", **(fields() | theirs))
    page = html.unescape(other_editor.post(f"{url}/revisions", **mine).text)
    clashes = page.partition('class="stale__clashes"')[2].partition("</dl>")[0]
    for words in ("Theirs", "Қазақша", "Their caption"):
        assert f">{words}</dd>" in clashes
    assert "Here" not in clashes
    assert "Mine</textarea>" in page
    assert "My caption</textarea>" in page


def test_the_order_of_the_photos_survives_a_merged_text(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    mine = fields() | {"body": A + B + "<p>The road was there.</p>"}
    swapped = {"photos-0-place": "2", "photos-1-place": "1", "photos-1-caption": "First now"}
    editor.post(f"{url}/revisions", **(fields() | swapped | {"body": ROSE + B + C}))
    page = other_editor.post(f"{url}/revisions", **mine).text
    assert body_of(page) == ROSE + B + "<p>The road was there.</p>"
    assert "<li>Order of the photos</li>" in page
    assert value(page, "photos-0-place") == "2"


def test_a_revision_that_was_not_merged_does_not_say_so(editor: Newsroom, url: str) -> None:
    for merged in ("0", "1", "77", "x", ""):
        with opened() as submission:
            version = str(submission.version)
        editor.post(
            f"{url}/revisions", **(fields() | {"title": f"T{merged}", "version": version, "merged": merged})
        )
    with transaction() as session:
        said = [one.sentence for one in submission_detail(session, newest().id).timeline]
    # The form field `merged` is believed only if it is the number of a revision before the last.
    assert [one for one in said if "merged" in one] == [
        "Edited: revision 3, merged with the changes since revision 1"
    ]


@pytest.mark.parametrize("base", ["0", "-7", "99", str(2**31), str(2**70)])
def test_a_base_that_is_no_revision_loses_nothing(
    editor: Newsroom, other_editor: Newsroom, url: str, base: str
) -> None:
    mine = fields() | {"body": ROSE + B + C, "base": base, "title": "Mine"}
    editor.post(f"{url}/revisions", **(fields() | {"body": FELL + B + C}))
    page = other_editor.post(f"{url}/revisions", **mine)
    assert page.status_code == 409
    assert body_of(page.text) == ROSE + B + C
    assert other_editor.post(f"{url}/revisions", **(mine | {"title": ""})).status_code == 422
