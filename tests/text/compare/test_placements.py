import uuid

from intake.text.compare import compare_texts
from intake.text.compare.passages import passages
from intake.text.html import placements

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
MARK, OTHER_MARK = placements.mark(ONE), placements.mark(OTHER)
NAMES = {str(ONE): "Photo 1: The <door>", str(OTHER): "Photo 2: The <door>"}


def rows(before: str, after: str) -> list[tuple[str, str]]:
    return [(row.kind, row.tag) for row in compare_texts(before, after, photos=NAMES)]


def test_a_placement_is_a_passage_with_the_name_of_its_photo() -> None:
    (_, placed, _) = passages(f"<p>a</p>{MARK}<p>b</p>", NAMES)
    assert (placed.tag, placed.text) == ("figure", "Photo 1: The <door>")
    assert passages(MARK)[0].text == str(ONE)


def test_a_moved_placement_is_seen() -> None:
    texts = "<p>One two three four.</p>", "<p>Five six seven eight.</p>"
    found = rows(MARK.join(texts), "".join(texts) + MARK)
    assert found == [("same", "p"), ("gone", "figure"), ("same", "p"), ("new", "figure")]
    assert compare_texts(f"<p>a</p>{MARK}", f"<p>a</p>{MARK}") == []


def test_another_photo_is_a_removed_and_an_added_one() -> None:
    found = rows(f"<p>a</p>{MARK}", f"<p>a</p>{OTHER_MARK}")
    assert found == [("same", "p"), ("gone", "figure"), ("new", "figure")]
    shown = compare_texts(f"<p>a</p>{MARK}", f"<p>a</p>{OTHER_MARK}", photos=NAMES)
    assert "Photo 1: The &lt;door&gt;" in shown[1].html
