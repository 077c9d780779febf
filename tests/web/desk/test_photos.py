import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select, update

from intake.db import transaction
from intake.models import Photo, Retouch, Submission
from intake.photos.retouch import PhotoEdit, Retouched
from intake.web.forms.photos import MOST_MARKS
from tests.cast import RunJobs
from tests.retouching import give_time
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.people import Newsroom

BOX = {
    f"marks-0-{name}": value for name, value in {"x": "10", "y": "20", "width": "30", "height": "5.5"}.items()
}
CHOICES = {"shape": "box", "how": "solid"}


@pytest.fixture(autouse=True)
def redrawn(monkeypatch: pytest.MonkeyPatch) -> list[PhotoEdit]:
    """Replace image processing. The new copies are plain markers, because other tests check the pixels."""
    made: list[PhotoEdit] = []

    def redraw(whole: bytes, change: PhotoEdit) -> Retouched:
        made.append(change)
        return Retouched(whole if change.crop else None, b"new full", b"new web", b"new thumb", 2, 1)

    monkeypatch.setattr("intake.photos.retouch.retouch_photo", redraw)
    return made


@pytest.fixture
def url(submitted: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Page of the second of three photos, with 30 seconds to undo."""
    files = [File(f"photo-{number}", JPEG) for number in (1, 2, 3)]
    address = submitted(*files, **{"caption-2": "A door", "credit-2": "A neighbour"})
    give_time(monkeypatch)
    return f"{address}/photos/{photo(2).id}/"


def photo(position: int) -> Photo:
    with transaction() as session:
        return session.scalars(
            select(Photo).where(Photo.submission_id == newest().id, Photo.position == position)
        ).one()


def asked() -> Retouch:
    with transaction() as session:
        return session.scalars(select(Retouch).order_by(Retouch.id.desc()).limit(1)).one()


def mark(number: int, **fields: str) -> dict[str, str]:
    return {f"marks-{number}-{name}": value for name, value in {**CHOICES, **fields}.items()}


def test_a_photo_among_its_neighbours(editor: Newsroom, url: str) -> None:
    page = editor.get(url).text
    assert "Photo 2 of 3" in page
    assert "A door" in page
    assert "A neighbour" in page
    assert "Removed: the position." in page
    assert "the original is destroyed" in page
    neighbours = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', page))
    assert neighbours["prev"].endswith(f"{photo(1).id}/")
    assert neighbours["next"].endswith(f"{photo(3).id}/")
    assert 'rel="prev"' not in editor.get(neighbours["prev"]).text
    assert re.search(r'href="[^"]+/revisions/new#photos-title">Edit captions', page)


def test_the_submission_leads_to_each_of_its_photos(editor: Newsroom, url: str) -> None:
    page = editor.get(url.partition("/photos/")[0]).text
    assert page.count("View, redact or crop") == 3
    assert url in page


def test_a_photo_that_is_not_clean_has_no_page(editor: Newsroom, submitted: Callable[..., str]) -> None:
    address = submitted(File("photo-1", JPEG))
    with transaction() as session:
        session.execute(
            update(Photo).values(
                status="refused", reason="damaged", full_key=None, web_key=None, thumb_key=None
            )
        )
    for path in ("", "redactions/new", "crops/new"):
        assert editor.get(f"{address}/photos/{photo(1).id}/{path}").status_code == 404
    for path in ("redactions", "crops", "graphic", "retouches/1/undo"):
        assert editor.post(f"{address}/photos/{photo(1).id}/{path}", **BOX).status_code == 404


def test_graphic_pictures_wait_behind_a_choice(editor: Newsroom, url: str) -> None:
    before = newest().version
    assert "Show it" not in editor.get(url).text
    assert editor.post(f"{url}graphic", graphic="yes").location == url
    for address in (url, url.partition("/photos/")[0], f"{url}redactions/new", f"{url}crops/new"):
        page = editor.get(address).text
        assert '<label for="show-2">Show it' in page
        assert 'class="frame veil"' in page
    assert newest().version == before
    editor.post(f"{url}graphic", graphic="no")
    assert "Show it" not in editor.get(url).text


def test_the_queue_shows_no_graphic_picture(editor: Newsroom, url: str) -> None:
    for position in (1, 2, 3):
        assert f"/photos/{photo(position).id}/thumb" in editor.get("/desk/").text
        editor.post(f"{url.replace(str(photo(2).id), str(photo(position).id))}graphic", graphic="yes")
    assert "story__thumb" not in editor.get("/desk/").text


def test_who_edits_captions_of_a_graphic_picture_asks_to_see_it(editor: Newsroom, url: str) -> None:
    edit = f"{url.partition('/photos/')[0]}/revisions/new"
    assert "Show it" not in editor.get(edit).text
    editor.post(f"{url}graphic", graphic="yes")
    page = editor.get(edit).text
    assert page.count('<div class="veil">') == 1
    assert '<label for="show-2">Show it' in page


def test_marks_are_asked_for_shown_and_undone(editor: Newsroom, url: str, run_jobs: RunJobs) -> None:
    ellipse = mark(3, x="90", y="0", width="25", height="10", shape="ellipse", how="mosaic")
    answer = editor.post(f"{url}redactions", **{**mark(0), **BOX, **ellipse})
    assert (answer.status_code, answer.location) == (303, url)
    assert asked().what["marks"] == [
        {"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.055, "shape": "box", "how": "solid"},
        {"x": 0.9, "y": 0.0, "width": 0.1, "height": 0.1, "shape": "ellipse", "how": "mosaic"},
    ]
    page = editor.get(url).text
    assert "2 marks by" in page
    assert "overlay__mark--solid" in page
    assert "<ellipse" in page
    assert "A change is pending" in editor.get(url.partition("/photos/")[0]).text
    undo = next(part for part in page.split('"') if part.endswith("/undo"))
    assert editor.post(undo).location == url
    assert asked().state == "undone"
    assert "overlay" not in editor.get(url).text.partition("<main")[2]
    again = editor.post(undo)
    assert (again.status_code, "The change is done and cannot be undone" in again.text) == (409, True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Nothing is marked yet."),
        (mark(0), "Nothing is marked yet."),
        (mark(0, x="1", y="1"), "Mark 1: Give all four numbers"),
        (mark(0, x="-1", y="1", width="1", height="1"), "Mark 1: Please enter a number from 0 to 100"),
        (mark(0, x="1", y="1", width="0", height="1"), "Mark 1: Please enter a number above 0"),
        (mark(0, x="nan", y="1", width="1", height="1"), "Mark 1: Please enter a number from 0 to 100"),
        (mark(0, x="1", y="1", width="1e999", height="1"), "Mark 1: Please enter a number above 0"),
        (mark(0, x="left", y="1", width="1", height="1"), "Mark 1: Not a valid float value"),
        (mark(0, x="1", y="1", width="1", height="1", shape="star"), "Mark 1: Not a valid choice"),
        (mark(10**30, x="1", y="1"), "Mark 1: Give all four numbers"),
    ],
)  # fmt: skip
def test_marks_that_are_none_are_kept_and_explained(
    editor: Newsroom, url: str, fields: dict[str, str], sentence: str
) -> None:
    answer = editor.post(f"{url}redactions", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    with transaction() as session:
        assert session.scalars(select(Retouch)).all() == []


def test_no_mark_is_dropped_where_there_are_too_many(editor: Newsroom, url: str) -> None:
    fields: dict[str, str] = {}
    for number in range(MOST_MARKS + 1):
        fields |= mark(number, x="10", y="20", width="30", height="5")
    answer = editor.post(f"{url}redactions", **fields)
    assert answer.status_code == 422
    assert "Nothing has been destroyed yet" in answer.text
    with transaction() as session:
        assert session.scalars(select(Retouch)).all() == []
    editor.post(f"{url}redactions", **{k: v for k, v in fields.items() if f"-{MOST_MARKS}-" not in k})
    assert len(asked().what["marks"]) == MOST_MARKS


def test_without_a_script_rows_are_added_one_by_one(editor: Newsroom, url: str) -> None:
    rows = editor.get(f"{url}redactions/new").text.count("data-row-of-mark")
    answer = editor.post(f"{url}redactions", **{**mark(0), **BOX, "another": "yes"})
    assert answer.status_code == 200
    assert answer.text.count("data-row-of-mark") == rows + 1
    assert 'value="5.5"' in answer.text


def test_once_done_the_old_copies_are_nowhere(
    editor: Newsroom, url: str, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = file_urls(editor.get(url).text)
    assert all(editor.get(address).data == JPEG for address in old)
    give_time(monkeypatch, 0)
    editor.post(f"{url}redactions", **{**mark(0), **BOX})
    run_jobs()
    page = editor.get(url).text
    new = file_urls(page)
    assert "will be destroyed" not in page
    assert set(new).isdisjoint(old)
    assert {editor.get(address).data for address in new} == {b"new web", b"new full"}
    for address in old:
        assert editor.get(address).data in {b"new web", b"new full"}
        assert editor.get(f"{address}?generation=0").status_code == 404
        assert editor.get(f"{address}?generation=9999").status_code == 404
        assert editor.get(address).headers["Cache-Control"] == "no-store"
    assert editor.get(old[0].replace("/web", "/base")).status_code == 404


def file_urls(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="([^"]+/(?:web|full)(?:\?generation=\d+)?)"', page)


def test_a_crop_in_a_shape_with_its_focal_point(
    editor: Newsroom, url: str, run_jobs: RunJobs, redrawn: list[PhotoEdit], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_time(monkeypatch, 0)
    whole = {"x": "0", "y": "0", "width": "100", "height": "100"}
    answer = editor.post(f"{url}crops", **whole, aspect="1:1", focus_x="50", focus_y="40")
    assert (answer.status_code, answer.location) == (303, url)
    assert asked().what["crop"] == {"x": 0.125, "y": 0.0, "width": 0.75, "height": 1.0}
    assert asked().what["focus"] == {"x": 0.5, "y": 0.4}
    run_jobs()
    page = editor.get(f"{url}crops/new").text
    assert 'value="12.5"' in page
    assert f"/base?generation={asked().id}" in page
    assert "Remove the crop" in page
    editor.post(f"{url}crops", whole="yes")
    run_jobs()
    assert photo(2).crop is None
    assert photo(2).focus == {"x": 0.5, "y": 0.4}
    assert [change.crop is None for change in redrawn] == [False, True]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "a number from 0 to 100"),
        ({"x": "0", "y": "0", "width": "50", "height": "50", "focus_x": "80", "focus_y": "10"}, "is outside"),
        ({"x": "0", "y": "0", "width": "50", "height": "50", "focus_x": "20"}, "Give both numbers"),
        ({"x": "0", "y": "0", "width": "0.1", "height": "50"}, "a number above 0"),
        ({"x": "0", "y": "0", "width": "50", "height": "50", "aspect": "7:1"}, "Not a valid choice"),
    ],
)  # fmt: skip
def test_a_crop_that_is_none(editor: Newsroom, url: str, fields: dict[str, str], sentence: str) -> None:
    answer = editor.post(f"{url}crops", **fields)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_a_submission_is_not_downloaded_while_a_photo_waits_to_be_changed(
    editor: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = url.partition("/photos/")[0]
    give_time(monkeypatch, 0)
    editor.post(f"{here}/decisions", verdict="accept", version=str(newest().version))
    give_time(monkeypatch)
    editor.post(f"{url}redactions", **{**mark(0), **BOX})
    answer = editor.get(f"{here}/export.zip")
    assert (answer.status_code, "The change is not done yet" in answer.text) == (409, True)
    editor.post(f"{url}retouches/{asked().id}/undo")
    assert editor.get(f"{here}/export.zip").status_code == 200


def test_nothing_is_changed_of_what_was_withdrawn(editor: Newsroom, url: str) -> None:
    with transaction() as session:
        session.get_one(Submission, newest().id).move("withdraw")
    assert "redactions/new" not in editor.get(url).text.partition("<main")[2]
    for path, fields in (("redactions", {**mark(0), **BOX}), ("crops", {"whole": "yes"})):
        answer = editor.post(f"{url}{path}", **fields)
        assert (answer.status_code, "were deleted" in answer.text) == (409, True)


@pytest.mark.parametrize("number", ["0", "99", str(10**30), "-1", "x"])
def test_a_retouch_that_there_is_not(editor: Newsroom, url: str, number: str) -> None:
    assert editor.post(f"{url}retouches/{number}/undo").status_code == 404
    assert (
        editor.post(f"{url.replace(str(photo(2).id), str(UUID(int=5)))}retouches/1/undo").status_code == 404
    )


def test_what_could_not_be_done_is_said(editor: Newsroom, url: str) -> None:
    editor.post(f"{url}redactions", **{**mark(0), **BOX})
    with transaction() as session:
        session.execute(update(Retouch).values(state="failed"))
    assert "The redaction failed" in editor.get(url).text
    assert "A change failed" in editor.get(url.partition("/photos/")[0]).text


def test_the_hint_of_a_file_is_shown_to_editors_alone(editor: Newsroom, url: str) -> None:
    with transaction() as session:
        session.execute(update(Photo).values(notes={"made_by": "program"}))
    hint = "The file says it was made or altered by a program (not verified)."
    assert hint in editor.get(url).text
    assert editor.get(url.partition("/photos/")[0]).text.count(hint) == 3
