"""Placed photos on the desk's pages: the form without scripts, the edit form, revisions, comparisons and withdrawn photos."""

import uuid
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Photo
from intake.submissions.removal import blank_photo
from intake.text.html import placements
from tests.web.bodies import File
from tests.web.conftest import JPEG, opened
from tests.web.people import Newsroom

BODY = "<p>One.</p><p>Two.</p>"


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission with two photos that waits, in version 2."""
    return submitted(File("photo-1", JPEG), File("photo-2", JPEG), body=BODY, format="html")


def photos() -> list[uuid.UUID]:
    with opened() as submission:
        return [photo.id for photo in submission.photos]


def newest_text() -> tuple[str, str | None]:
    with opened() as submission:
        return submission.revisions[-1].html or "", submission.revisions[-1].note


def put(editor: Newsroom, url: str, photo: object, place: str, version: int = 2) -> int:
    answer = editor.post(f"{url}/placements", version=str(version), photo=str(photo), place=place)
    return answer.status_code


def test_the_form_puts_a_photo_behind_a_block_and_takes_it_out(editor: Newsroom, url: str) -> None:
    one, two = photos()
    assert put(editor, url, two, "1") == 303
    assert newest_text() == (f"<p>One.</p>{placements.mark(two)}<p>Two.</p>", "Photo 2 placed after block 1")
    assert put(editor, url, one, "0", 3) == 303
    assert newest_text()[1] == "Photo 1 placed at the beginning"
    assert put(editor, url, two, "out", 4) == 303
    assert newest_text() == (f"{placements.mark(one)}{BODY}", "Photo 2 is no longer in the text")
    page = editor.get(url).text
    assert page.count('<figure class="placed">') == 1
    assert "Put a photo into the text" in page


def test_the_form_refuses_what_is_not_there_and_a_stale_page(editor: Newsroom, url: str) -> None:
    one, _ = photos()
    assert put(editor, url, uuid.uuid4(), "1") == 422
    assert put(editor, url, one, "3") == 422
    assert put(editor, url, one, "x") == 422
    assert put(editor, url, one, "1", 1) == 409
    assert newest_text()[0] == BODY


def test_an_edit_keeps_only_photos_of_this_submission(editor: Newsroom, url: str) -> None:
    one, _ = photos()
    mark, strange = placements.mark(one), placements.mark(uuid.uuid4())
    body = f"<p>One.</p>{mark}{strange}<img src=x><p>Two.</p>{mark}"
    editor.post(f"{url}/revisions", version="2", title="T", body=body)
    assert newest_text()[0] == f"<p>One.</p>{mark}<p>Two.</p>"
    form = editor.get(f"{url}/revisions/new").text
    assert f"&lt;figure id=&#34;photo-{one}&#34;&gt;&lt;/figure&gt;" in form


def test_a_paste_brings_no_placement(editor: Newsroom, url: str) -> None:
    one, _ = photos()
    pasted = editor.post("/desk/paste", html=f"<p>a</p>{placements.mark(one)}<p>b</p>")
    assert (pasted.json or {})["html"] == "<p>a</p><p>b</p>"


def test_a_revision_with_placements_is_restored_and_its_changes_are_shown(editor: Newsroom, url: str) -> None:
    one, _ = photos()
    put(editor, url, one, "1")
    editor.post(f"{url}/revisions", version="3", title="T", body="<p>Other.</p>")
    editor.post(f"{url}/revisions/2/restore", version="4", note="")
    assert newest_text()[0] == f"<p>One.</p>{placements.mark(one)}<p>Two.</p>"
    put(editor, url, one, "2", 5)
    compared = editor.get(f"{url}/compare").text
    assert compared.count("compare__passage--figure") == 2
    assert "Photo 1: Caption 1" in compared or ">Photo 1" in compared
    assert '<figure class="placed">' in editor.get(f"{url}/revisions/2").text


def test_a_withdrawn_photo_is_marked_at_its_place(editor: Newsroom, url: str) -> None:
    one, two = photos()
    put(editor, url, one, "1")
    put(editor, url, two, "1", 3)
    with transaction() as session:
        blank_photo(session.get_one(Photo, one))
    page = editor.get(url).text
    assert page.count('<figure class="placed">') == 1
    assert "A photo stood here that is no longer there." in page
    assert "Photo 1" in editor.get(f"{url}/compare?from=1&to=3").text


def test_the_featured_photo_is_chosen_on_the_edit_page(editor: Newsroom, url: str) -> None:
    one, two = photos()
    fields = {"photos-0-id": str(one), "photos-0-place": "1", "photos-1-id": str(two), "photos-1-place": "2"}
    page = editor.get(f"{url}/revisions/new").text
    assert page.count('name="featured"') == 2
    editor.post(f"{url}/revisions", version="2", title="T", body=BODY, featured=str(two), **fields)
    with opened() as submission:
        assert [photo.featured for photo in submission.photos] == [False, True]
    assert "Featured photo" in editor.get(f"{url}/compare").text
    # The first photo is featured by default, so choosing it stores no mark.
    editor.post(f"{url}/revisions", version="3", title="T", body=BODY, featured=str(one), **fields)
    with opened() as submission:
        assert [photo.featured for photo in submission.photos] == [False, False]
