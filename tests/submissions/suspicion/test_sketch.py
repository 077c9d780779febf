import random

from hypothesis import given
from hypothesis import strategies as st

from intake.submissions.suspicion.sketch import BINS, MIN_FEATURES, SIMILAR_SHARE, share, sketch

KEY = b"k" * 32
WORDS = st.sets(st.text("abcdef", min_size=4, max_size=9), min_size=MIN_FEATURES, max_size=400)


def made(words: set[str], key: bytes = KEY) -> bytes:
    found = sketch(words, key)
    assert found is not None
    return found


def numbered(first: int, end: int) -> set[str]:
    return {f"word {number}" for number in range(first, end)}


@given(WORDS)
def test_a_text_is_like_itself(words: set[str]) -> None:
    assert share(made(words), made(words)) == 1


@given(WORDS, WORDS)
def test_the_share_is_that_of_bins_counted_one_by_one(one: set[str], other: set[str]) -> None:
    first, second = made(one), made(other)
    pairs = [(first[at : at + 2], second[at : at + 2]) for at in range(0, 2 * BINS, 2)]
    filled = [(a, b) for a, b in pairs if any(a) or any(b)]
    assert share(first, second) == sum(a == b for a, b in filled) / len(filled)


def test_the_share_is_about_that_of_common_words() -> None:
    assert share(made(numbered(0, 200)), made(numbered(0, 200) | {"one more"})) > 0.9
    assert 0.3 < share(made(numbered(0, 200)), made(numbered(100, 300))) < SIMILAR_SHARE
    assert share(made(numbered(0, 200)), made(numbered(200, 400))) < 0.05


def test_a_text_is_recognized_after_every_second_word_was_replaced() -> None:
    chance = random.Random(2)
    slots = [[f"{place} {one}" for one in range(3)] for place in range(60)]
    spun = [made(numbered(0, 60) | {chance.choice(slot) for slot in slots}) for _ in range(30)]
    assert all(max(share(spun[0], one) for one in spun[1:]) >= SIMILAR_SHARE for _ in spun)


def test_short_texts_have_no_sketch() -> None:
    assert sketch(numbered(0, MIN_FEATURES - 1), KEY) is None


def test_without_the_key_a_sketch_cannot_be_compared() -> None:
    assert share(made(numbered(0, 200)), made(numbered(0, 200), b"another")) < 0.05
