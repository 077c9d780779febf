from intake.text.unicode.isolates import is_right_to_left, superfluous_isolates


def test_a_pair_around_right_to_left_text_stays() -> None:
    assert superfluous_isolates("ا\u2067ب\u2069") == []


def test_each_paragraph_is_judged_alone() -> None:
    assert superfluous_isolates("a\u2067b\u2069\nا\u2067ب\u2069") == [1, 3]


def test_a_closing_that_closes_nothing_goes() -> None:
    assert superfluous_isolates("ا\u2069\u2067ب\u2069\u2069") == [1, 5]


def test_only_letters_make_a_paragraph_right_to_left() -> None:
    assert is_right_to_left("abc ש")
    assert not is_right_to_left("abc \u200f 123")


def test_many_empty_ones_are_read_once() -> None:
    text = "ا" + "\u2067" * 50_000 + "\u2069" * 50_000
    assert len(superfluous_isolates(text)) == 100_000
