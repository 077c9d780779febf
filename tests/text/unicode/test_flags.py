import pytest

from intake.text.unicode.flags import flags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", []),
        ("Привет, world", []),
        ("p\u0430ypal", ["mixed-script"]),
        ("\u0441hat", ["mixed-script"]),
        ("5 μm, 日本語Word", []),
        ("a\ue000b", ["private-use"]),
        ("a\u0378b", ["unassigned"]),
        ("10\u202f000", ["odd-space"]),
        ("a" + "\u0301" * 8, []),
        ("a" + "\u0301" * 9, ["combining-pile"]),
    ],
)
def test_flags(text: str, expected: list[str]) -> None:
    assert flags(text) == expected
