import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from intake.review.revision_fields import PhotoWords, RevisionFields
from intake.review.revisions import Content
from intake.web import Transom
from intake.web.forms.edit import EditForm, cleaned, shown
from intake.web.forms.fields import tags_of

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
DETAILS = RevisionFields(
    "News",
    "kk",
    "Almaty",
    ("night", "vigil"),
    "A. N.",
    (PhotoWords(ONE, "One", "C", "alt"), PhotoWords(OTHER)),
)
NOW = Content(3, "Over the river", "<p>a</p><p>b</p>", DETAILS, None, datetime.now(UTC), None)


def filled(app: Transom, *, now: Content = NOW, **data: Any) -> EditForm:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST", data={"version": "1"} | data):
        form = EditForm(now)
        form.validate()
        return form


def test_a_form_shows_the_submission_as_it_is(app: Transom) -> None:
    with app.test_request_context("/"):
        form = EditForm(NOW, formdata=None, data=shown(NOW, 7))
    assert (form.version.data, form.base.data, form.body.data) == (7, 3, "<p>a</p>\n<p>b</p>")
    assert (form["tags"].data, form["region"].data) == ("night, vigil", "Almaty")
    assert [entry.form.place.data for entry in form.photos] == [1, 2]


def test_sent_back_unchanged_it_changes_nothing(app: Transom) -> None:
    sent: dict[str, Any] = {
        "title": NOW.title,
        "body": "<p>a</p>\r\n<p>b</p>",
        "tags": "night, vigil",
        "region": "Almaty",
    }
    for number, photo in enumerate(DETAILS.photos):
        words = {"id": photo.id, "place": number + 1, "caption": photo.caption, "credit": photo.credit}
        sent |= {f"photos-{number}-{name}": str(value) for name, value in words.items()}
        sent[f"photos-{number}-alt"] = photo.alt
    edit = cleaned(filled(app, **sent))
    assert (edit.title, edit.html, edit.words, edit.details) == (NOW.title, NOW.html, 2, DETAILS)


def test_what_is_left_out_stays(app: Transom) -> None:
    edit = cleaned(filled(app, title="Another"))
    assert (edit.title, edit.html) == ("Another", NOW.html)
    assert edit.details == RevisionFields("News", "kk", "Almaty", ("night", "vigil"), "A. N.")


def test_every_word_is_cleaned(app: Transom) -> None:
    fields: dict[str, Any] = dict.fromkeys(("title", "region", "tags", "print_name", "note"), "a\u202e b")
    photo: dict[str, Any] = {"photos-0-id": str(ONE)} | dict.fromkeys(
        ("photos-0-caption", "photos-0-credit", "photos-0-alt"), "c\u202e\nd"
    )
    edit = cleaned(filled(app, **fields, **photo, body="<p>x<script>y</script></p>"))
    assert (edit.title, edit.note, edit.html) == ("a b", "a b", "<p>x</p>")
    assert edit.details
    assert (edit.details.region, edit.details.tags, edit.details.print_name) == ("a b", ("a b",), "a b")
    assert edit.details.photos == (PhotoWords(ONE, "c d", "c d", "c d"),)


def test_photos_stand_by_their_places(app: Transom) -> None:
    sent: dict[str, Any] = {
        "photos-0-id": str(ONE),
        "photos-0-place": "2",
        "photos-1-id": str(OTHER),
        "photos-1-place": "1",
    }
    details = cleaned(filled(app, **sent)).details
    assert details
    assert [photo.id for photo in details.photos] == [OTHER, ONE]
    details = cleaned(filled(app, **(sent | {"photos-0-place": "", "photos-1-id": "nonsense"}))).details
    assert details
    assert [photo.id for photo in details.photos] == [ONE]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"section": "Nonsense"}, "section"),
        ({"language": "xx"}, "language"),
        ({"tags": ", ".join(map(str, range(21)))}, "tags"),
        ({"tags": "x" * 51}, "tags"),
        ({"version": "x"}, "version"),
        ({"photos-0-id": str(ONE), "photos-0-caption": "x" * 1001}, "photos"),
    ],
)
def test_what_a_form_refuses(app: Transom, fields: dict[str, Any], wrong: str) -> None:
    assert set(filled(app, **fields).errors) == {wrong}


def test_what_is_wrong_with_a_photo_is_told_with_its_number(app: Transom) -> None:
    sent: dict[str, Any] = {"photos-0-id": str(ONE), "photos-0-credit": "x" * 301}
    form = filled(app, **sent)
    assert form.photo_problems == ["Photo 1, credit: Please keep this to 300 characters."]


def test_a_text_has_room_for_mark_up(app: Transom) -> None:
    limit = 2 * app.extensions["settings"].max_text_bytes
    assert not filled(app, body="x" * limit).errors
    assert "larger than 600 KB" in filled(app, body="x" * (limit + 1)).errors["body"][0]


def test_a_section_that_was_taken_from_the_settings_stays_a_choice(app: Transom) -> None:
    old = Content(1, "T", "", RevisionFields("Letters", "xx"), None, NOW.created_at, None)
    assert not filled(app, now=old, section="Letters", language="xx").errors


def test_tags_are_parted_by_commas_of_any_script_and_each_stands_once() -> None:
    assert tags_of("a, B،c、 d ; b\ne,,") == ("a", "B", "c", "d", "e")
    assert tags_of(" \u200b ,") == ()
