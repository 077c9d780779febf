from itertools import combinations

from intake.text.language_profiles import LETTERS, WORDS


def test_letters_belong_to_a_language_that_has_words() -> None:
    assert all(letters.keys() <= WORDS[script].keys() for script, letters in LETTERS.items())


def test_no_two_profiles_are_alike() -> None:
    for profiles in WORDS.values():
        for one, two in combinations(profiles.values(), 2):
            first, second = set(one.split()), set(two.split())
            assert len(first & second) < 0.8 * min(len(first), len(second))
