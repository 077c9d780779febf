from intake.photos.words import KINDS, in_words


def test_one_and_several_are_called_differently() -> None:
    assert in_words({"date": 1, "position": 3}) == ["3 position fields", "1 date"]


def test_large_numbers_can_be_read() -> None:
    assert in_words({"trailing_bytes": 785521}) == ["785,521 bytes after the end of the picture"]


def test_nothing_is_said_of_nothing() -> None:
    assert in_words({"date": 0, "unheard_of": 3}) == []


def test_what_gives_most_away_comes_first() -> None:
    assert next(iter(KINDS)) == "position"
