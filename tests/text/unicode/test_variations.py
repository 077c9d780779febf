import pytest

from intake.text.unicode.variations import superfluous_variations

SHAPE = "\U000e0101"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"葛{SHAPE}城", []),
        ("葛\U000e01ef城", [1]),
        (f"二{SHAPE}", [1]),
        (f"{SHAPE}a{SHAPE}", [0, 2]),
        (f"葛{SHAPE}" * 3, []),
        (f"葛{SHAPE}" * 4, [1, 3, 5, 7]),
        (f"葛{SHAPE}の" * 4, []),
        (f"葛{SHAPE}葛{SHAPE}\n葛{SHAPE}葛{SHAPE}", []),
        ("ᠨᠢᠭᠡ\u180dᠨ", []),
        ("ᠨᠢᠭᠡ\u180dᠨ " * 4, [4, 11, 18, 25]),
        ("ᠠ\u180b ᠠᠠ\u180c " * 4, [5, 12, 19, 26]),
    ],
)
def test_superfluous_variations(text: str, expected: list[int]) -> None:
    assert superfluous_variations(text) == expected
