import uuid

from hypothesis import given
from hypothesis import strategies as st

from intake.text.html import placements
from intake.text.merge import merge
from intake.text.placing import put

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
MARK, OTHER_MARK = placements.mark(ONE), placements.mark(OTHER)
TEXTS = [
    f"<p>{words}</p>"
    for words in ("One two three.", "Four five six.", "Seven eight nine.", "Ten eleven twelve.")
]
BASE = "".join(TEXTS)


def test_a_placement_of_one_side_and_words_of_the_other_are_both_kept() -> None:
    mine = put(BASE, ONE, 1)
    theirs = BASE.replace("Seven", "Seventeen")
    found = merge(BASE, mine, theirs)
    assert found.conflicts == []
    assert found.text() == put(theirs, ONE, 1)
    assert merge(BASE, theirs, mine).text() == put(theirs, ONE, 1)


def test_a_photo_that_one_side_moved_is_at_its_new_place() -> None:
    base = put(BASE, ONE, 1)
    found = merge(base, put(base, ONE, 3), base.replace("Ten", "Tenth"))
    assert found.text() == put(BASE.replace("Ten", "Tenth"), ONE, 3)


@given(st.integers(0, 4), st.integers(0, 4), st.sampled_from(range(4)))
def test_no_merge_loses_a_placement_or_puts_one_into_a_block(mine: int, theirs: int, changed: int) -> None:
    one = put(BASE, ONE, mine)
    other = put(BASE.replace(TEXTS[changed], TEXTS[changed].replace("</p>", " More.</p>")), OTHER, theirs)
    found = merge(BASE, one, other).text()
    assert set(placements.placed(found)) == {ONE, OTHER}
    assert placements.are_apart(found)
    assert placements.without(found) == placements.without(other)
