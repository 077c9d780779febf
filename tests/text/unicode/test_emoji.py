from intake.text.unicode import emoji
from intake.text.unicode.edits import CharacterEdit

WHOLE, PART = "❤\ufe0f\u200d🔥", "❤\u200d🔥"


def test_selectors_are_completed_where_some_are_missing() -> None:
    assert list(emoji.edits(f"{WHOLE} {PART}")) == [CharacterEdit(5, "❤\ufe0f")]
    assert list(emoji.edits(f"👩\u200d⚕ {WHOLE}")) == [CharacterEdit(2, "⚕\ufe0f")]


def test_one_emoji_and_equal_ones_stay() -> None:
    for text in (PART, f"{PART} {PART}", f"{WHOLE} {WHOLE}", "👁\ufe0f\u200d🗨", "a", "👩🏽\u200d🚀"):
        assert list(emoji.edits(text)) == []
