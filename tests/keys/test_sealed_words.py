import os

import pytest

from intake.crypto import KeyFault, new_key
from intake.keys.sealed_words import (
    BEGINNING_BYTES,
    BEGINNING_CHARACTERS,
    CLEAR,
    beginning_of,
    clear,
    is_clear,
    open_words,
    padded,
    seal_words,
)

KEY = new_key()
PLACE = "revisions.title 00000000-0000-0000-0000-000000000001 1"
LONG = "река " * 3000
WORDS = [
    "",
    "x",
    "Over the river",
    "река",
    "\x00",
    "a\x80\x00",
    "\ud800",
    "𝄞" * 5000,
    LONG,
    "a" * 4000,
    "a" * 4001,
]


@pytest.mark.parametrize("in_parts", [False, True])
@pytest.mark.parametrize("words", WORDS, ids=lambda words: f"{len(words)}")
def test_words_come_back(words: str, in_parts: bool) -> None:
    stored = seal_words(KEY, words, PLACE, in_parts=in_parts)
    assert open_words(KEY, stored, PLACE) == words
    assert not is_clear(stored)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: f"{len(words)}")
def test_a_beginning_needs_the_first_bytes_alone(words: str) -> None:
    start = seal_words(KEY, words, PLACE, in_parts=True)[:BEGINNING_BYTES]
    assert beginning_of(KEY, start, PLACE) == words[:BEGINNING_CHARACTERS]


@pytest.mark.parametrize("in_parts", [False, True])
def test_nothing_opens_at_another_place_with_another_key_or_changed(in_parts: bool) -> None:
    stored = seal_words(KEY, LONG, PLACE, in_parts=in_parts)
    for key, value, place in (
        (new_key(), stored, PLACE),
        (KEY, stored, PLACE.replace("title", "html")),
        (KEY, stored, PLACE.replace("1 1", "1 2")),
        (KEY, stored, PLACE.replace("0001", "0002")),
        (KEY, stored[:-1], PLACE),
        (KEY, stored[:20], PLACE),
        (KEY, stored[:1], PLACE),
        (KEY, stored + b"\0", PLACE),
        (KEY, b"\x03" + stored[1:], PLACE),
    ):
        with pytest.raises(KeyFault):
            open_words(key, value, place)
    for at in range(1, len(stored), 97):
        changed = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
        with pytest.raises(KeyFault):
            open_words(KEY, changed, PLACE)


def test_parts_of_a_text_cannot_be_swapped() -> None:
    one, other = (seal_words(KEY, letter * 9000, PLACE, in_parts=True) for letter in "ab")
    end = 5 + int.from_bytes(one[1:5], "big")
    assert (
        open_words(KEY, one[:end] + other[end:], PLACE) == "a" * 4000 + "b" * 5000
    )  # both are of this place
    with pytest.raises(KeyFault):
        open_words(KEY, one[:5] + one[end:] + one[5:end], PLACE)


def test_the_same_words_are_stored_otherwise_each_time() -> None:
    assert seal_words(KEY, "river", PLACE) != seal_words(KEY, "river", PLACE)


def test_lengths_tell_little() -> None:
    assert {len(padded(bytes(length))) for length in range(64)} == {64}
    for length in (64, 1000, 1023, 1024, 5000, 16000, 100_001):
        size = len(padded(bytes(length)))
        assert length < size <= max(length * 1.13, length + 64)
    assert len({len(seal_words(KEY, words, PLACE)) for words in ("", "Ana", "a name of some length")}) == 1


def test_words_of_before_are_read_as_they_are() -> None:
    assert clear(CLEAR + "река".encode()) == "река"
    assert open_words(b"", CLEAR + b"river", PLACE) == "river"
    assert open_words(b"", b"", PLACE) == ""
    assert beginning_of(b"", (CLEAR + ("р" * 9000).encode())[:BEGINNING_BYTES], PLACE) == "р" * 4000
    assert clear((CLEAR + "р".encode())[:-1]) == ""


def test_random_bytes_do_not_open() -> None:
    for length in range(80):
        stored = os.urandom(length)
        if not is_clear(stored):
            with pytest.raises(KeyFault):
                open_words(KEY, stored, PLACE)
