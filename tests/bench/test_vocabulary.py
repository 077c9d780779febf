import pytest

from intake.text.language import guess
from tests.bench.vocabulary import SHARES, WORDS, Writer


def test_shares_are_of_a_hundred() -> None:
    assert sum(SHARES.values()) == 100


@pytest.mark.parametrize("language", SHARES)
def test_each_language_has_enough_words_and_the_same_ones_each_time(language: str) -> None:
    writer, again = Writer(language), Writer(language)
    assert len(writer.words) == len(set(writer.words)) >= WORDS
    assert [writer.title(), writer.paragraph()] == [again.title(), again.paragraph()]


def test_few_words_are_in_every_text_and_most_in_hardly_any() -> None:
    writer = Writer("ru")
    texts = [writer.paragraph().split() for _ in range(200)]
    common, rare = (sum(writer.words[place] in text for text in texts) for place in (0, 2000))
    assert common > 100 > 20 > rare


def test_texts_look_like_their_language() -> None:
    assert guess(Writer("ru").paragraph() * 3) in {"ru", "uk", "be", None}
