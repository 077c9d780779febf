import uuid
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import Markup

from intake.review.revision_fields import PhotoWords, RevisionFields
from intake.review.revisions import Content, compare

ONE, OTHER, THIRD = (uuid.UUID(int=number) for number in (1, 2, 3))
DETAILS = RevisionFields("News", "en", "", ("a",), "", (PhotoWords(ONE, "River"), PhotoWords(OTHER, "Road")))
BEFORE = Content(1, "Over the river", "<p>a</p>", DETAILS, None, datetime.now(UTC), None)


def test_the_same_differs_in_nothing() -> None:
    assert compare(BEFORE, BEFORE).is_empty


def test_every_field_that_differs_is_named() -> None:
    after = replace(
        BEFORE,
        title="Under the river",
        html="<p>b</p>",
        details=RevisionFields(
            "Opinion", "kk", "Almaty", ("a", "b"), "N.", (PhotoWords(ONE, "River", "C", "alt"),)
        ),
    )
    found = compare(BEFORE, after)
    assert [one.label for one in found.details] == [
        "Title", "Section", "Language", "Region", "Tags", "Name to print", "Credit of photo 1",
        "Description of photo 1",
    ]  # fmt: skip
    assert "Under" in found.details[0].html
    assert "Қазақша" in found.details[2].html
    assert [row.kind for row in found.text] == ["gone", "new"]
    assert not found.incomplete


def test_the_order_of_photos_is_shown_by_their_old_numbers() -> None:
    photos = (PhotoWords(OTHER, "Road"), PhotoWords(THIRD, "New"), PhotoWords(ONE, "River"))
    found = compare(BEFORE, replace(BEFORE, details=replace(DETAILS, photos=photos)))
    assert found.order == ([1, 2], [2, 1])
    assert [one.label for one in found.details] == ["Caption of photo 2"]


def test_where_details_were_not_kept_nothing_is_said_of_them() -> None:
    found = compare(replace(BEFORE, details=None), replace(BEFORE, title="T"))
    assert [one.label for one in found.details] == ["Title"]
    assert found.incomplete


def test_what_comes_to_a_page_is_markup_and_nothing_but_ours() -> None:
    after = replace(BEFORE, title="<script>alert(1)</script>", html="<p>&lt;script&gt;</p>")
    found = compare(BEFORE, after)
    for html in (*(one.html for one in found.details), *(row.html for row in found.text)):
        assert isinstance(html, Markup)
        assert "<script" not in html
