from intake.text.html.blocks import Box
from intake.text.html.elements.numbering import LeveledItem, Numbering


def test_a_list_goes_on_while_its_numbers_follow() -> None:
    numbering, box = Numbering(), Box("ol")
    first = LeveledItem(1, "ol", (("1", 3),), "l0")
    assert numbering.begin(first) == {"start": "3"}
    assert numbering.add(box, first) == {}
    assert numbering.continues(box, LeveledItem(1, "ol", (("1", 4),), "l9"))
    assert numbering.continues(box, LeveledItem(1, "ol", (("1", 9),), "l0"))
    assert not numbering.continues(box, LeveledItem(1, "ol", (("1", 9),), "l9"))
    assert not numbering.continues(box, LeveledItem(1, "ol", (("1", 1),), "l0"))
    assert numbering.add(box, LeveledItem(1, "ol", (("1", 9),), "l0")) == {"value": "9"}


def test_the_usual_types_of_levels_are_not_written() -> None:
    assert Numbering().begin(LeveledItem(1, "ol", (("a", 1),))) == {"type": "a"}
    assert Numbering().begin(LeveledItem(2, "ol", (("a", 1),))) == {}
    assert Numbering().begin(LeveledItem(2, "ol", (("I", 2), ("A", 35)))) == {"start": "2", "type": "I"}


def test_a_letter_is_read_by_the_list() -> None:
    numbering, box = Numbering(), Box("ol")
    numbering.add(box, LeveledItem(1, "ol", (("a", 8),)))
    assert numbering.continues(box, LeveledItem(1, "ol", (("i", 1), ("a", 9))))
