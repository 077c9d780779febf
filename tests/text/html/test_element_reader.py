from collections import Counter

from intake.text.html.reader import TreeReader, parse


def test_an_element_without_words_is_counted_and_leaves_a_gap() -> None:
    removed: Counter[str] = Counter()
    root = TreeReader(removed).read(parse("<p>a<img>b<input type=hidden>c<svg></svg><iframe></iframe>d"))
    assert root.html() == "<p>a b c d</p>"
    assert removed == {"image": 1, "form": 1, "drawing": 1, "embed": 1}


def test_check_boxes_are_not_counted_because_they_stay() -> None:
    removed: Counter[str] = Counter()
    root = TreeReader(removed).read(parse("<input type=checkbox checked>a"))
    assert (root.html(), removed) == ("<p>☑ a</p>", {})
