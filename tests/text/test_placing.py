import uuid

from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body
from intake.text.editable import editable_text
from intake.text.html import placements
from intake.text.placing import carried, places, put, taken_out

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
MARK, OTHER_MARK = placements.mark(ONE), placements.mark(OTHER)
NOTES = '<ol><li id="note-1">n <a href="#ref-1">↩</a></li></ol>'
NOTED = f'<p>a<a href="#note-1" id="ref-1"><sup>1</sup></a></p>{NOTES}'


def test_a_photo_stands_behind_the_block_of_this_number() -> None:
    assert put("<p>a</p><p>b</p>", ONE, 1) == f"<p>a</p>{MARK}<p>b</p>"
    assert put("<p>a</p><p>b</p>", ONE, 0) == f"{MARK}<p>a</p><p>b</p>"
    assert put("<p>a</p><p>b</p>", ONE, 9) == f"<p>a</p><p>b</p>{MARK}"
    assert put("", ONE, 3) == MARK


def test_it_leaves_its_earlier_place_and_is_not_counted() -> None:
    html = f"{OTHER_MARK}<p>a</p>{MARK}<p>b</p>"
    assert put(html, ONE, 2) == f"{OTHER_MARK}<p>a</p><p>b</p>{MARK}"
    assert put(html, OTHER, 1) == f"<p>a</p>{OTHER_MARK}{MARK}<p>b</p>"
    assert taken_out(html, ONE) == f"{OTHER_MARK}<p>a</p><p>b</p>"


def test_the_end_of_the_text_is_before_its_footnotes() -> None:
    assert places(NOTED) == ["a1"]
    assert put(NOTED, ONE, 9) == NOTED.replace(NOTES, MARK + NOTES)


def test_places_have_the_beginnings_of_the_blocks() -> None:
    assert places(f"<h2>Head</h2>{MARK}<hr><p>{'word ' * 30}</p>") == ["Head", "", "word " * 11 + "word…"]


def test_a_contributor_s_answer_keeps_the_photos_where_they_were() -> None:
    before = f"<p>The ice <strong>broke</strong>.</p>{MARK}<p>We ran away.</p>{OTHER_MARK}<p>All of us.</p>"
    after = "<p>A new beginning.</p><p>The ice broke today.</p><p>All of us.</p>"
    assert carried(before, after) == (
        f"<p>A new beginning.</p><p>The ice broke today.</p>{MARK}{OTHER_MARK}<p>All of us.</p>"
    )
    assert carried(before, "<p>Something else entirely</p>").count("<figure") == 2
    assert carried(f"{MARK}<p>a</p>", "<p>a</p>") == f"{MARK}<p>a</p>"
    assert carried("<p>a</p>", "<p>b</p>") == "<p>b</p>"


words = st.lists(
    st.sampled_from(["ice", "river", "door", "night", "snow", "road"]), min_size=1, max_size=5
).map(" ".join)


@given(st.lists(words, min_size=1, max_size=6), st.lists(words, min_size=1, max_size=6), st.integers(0, 7))
def test_no_answer_loses_a_photo_or_a_word(old: list[str], new: list[str], place: int) -> None:
    before = put("".join(f"<p>{one}</p>" for one in old), ONE, place)
    after = "".join(f"<p>{one}</p>" for one in new)
    found = carried(before, after)
    assert placements.placed(found) == [ONE]
    assert placements.without(found) == after
    assert placements.are_apart(found)


def test_a_text_that_came_back_unchanged_has_them_at_the_same_places() -> None:
    before = f"<p>a b</p>{MARK}<p>c d</p><ul><li>e</li></ul>{OTHER_MARK}"
    text, kind = editable_text(before)
    after = clean_body(text, format=kind).html
    assert carried(before, after) == before
