import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.submissions.suspicion.tokens import features, links, tokens


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Nothing here.", 0),
        ("https://a.example/b?c=d and www.b.example", 2),
        ("Buy at shop-1.com/x, or CASINO.RU!", 2),
        ("看https://a.example/页面，又www.b.example", 2),
        ("End of a sentence.The next one", 0),
    ],
)
def test_addresses_are_counted(text: str, count: int) -> None:
    assert links(text) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ICE broke, at noon.", "the ice   broke at\nnoon"),
        ("Ｆｕｌｌ width", "full width"),
        ("Look: https://a.example/1 now", "look https://b.example/2 now"),
        ("Лёд.", "лёд"),
    ],
)
def test_texts_are_compared_without_case_spaces_punctuation_and_links(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_scripts_without_spaces_are_read_letter_by_letter() -> None:
    assert tokens("冰在中午broke裂了") == ["冰", "在", "中", "午", "broke", "裂", "了"]
    assert features(tokens("冰在中午")) == {"冰在", "在中", "中午"}
    assert features(tokens("กขคงจฉ")) == {"กขคงจ", "ขคงจฉ"}


def test_short_words_are_no_feature() -> None:
    assert features(tokens("The ice of the river broke")) == {"river", "broke"}


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    words = tokens(text)
    assert all(word and not word.isspace() for word in words)
    assert len(features(words)) <= len(words)
