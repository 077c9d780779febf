import pytest

from intake.text.unicode import flags


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
    assert flags.kinds(text) == expected


def test_a_flag_knows_its_place() -> None:
    assert flags.find("Log in at p\u0430ypal, p\u0430ypal") == [
        ("mixed-script", 11, 14),
        ("mixed-script", 19, 22),
    ]
