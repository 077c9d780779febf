from intake.text.compare.align import MOST, align, similarity
from intake.text.compare.engine import Deadline
from intake.text.compare.passages import passages


def pairs(before: list[str], after: list[str]) -> list[tuple[str | None, str | None]]:
    one, other = ("".join(f"<p>{text}</p>" for text in texts) for texts in (before, after))
    found = align(passages(one), passages(other), Deadline())
    return [(old.text if old else None, new.text if new else None) for old, new in found]


def test_the_same_stand_beside_each_other_and_what_was_added_alone() -> None:
    assert pairs(["a", "b"], ["a", "x", "b"]) == [("a", "a"), (None, "x"), ("b", "b")]
    assert pairs(["a", "x", "b"], ["a", "b"]) == [("a", "a"), ("x", None), ("b", "b")]
    assert pairs([], []) == []


def test_a_changed_passage_stands_beside_what_it_was() -> None:
    before = ["the ice broke at noon", "nobody was hurt"]
    after = ["something else wholly", "the ice broke at one", "nobody was hurt today"]
    assert pairs(before, after) == [(None, after[0]), (before[0], after[1]), (before[1], after[2])]


def test_what_shares_too_little_is_gone_and_new() -> None:
    assert pairs(["one two three"], ["four five six"]) == [("one two three", None), (None, "four five six")]
    assert similarity(frozenset(), frozenset()) == 1


def test_long_stretches_are_paired_as_they_stand() -> None:
    count = int(MOST**0.5) + 1
    before, after = [f"a{i} x" for i in range(count)], [f"b{i} y" for i in range(count)]
    assert pairs(before, after) == list(zip(before, after, strict=True))
    assert len(pairs(before, [*after, "one more"])) == 2 * count + 1
