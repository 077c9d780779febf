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
        ("10\u202f000, 5\u2009m", []),
        ("Qui\u202f? «\u202fLui\u202f»", []),
        ("ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ", []),
        ("漢\u3000字", []),
        ("a\u2003b", ["odd-space"]),
        ("a\u3000b", ["odd-space"]),
        ("оnе", ["mixed-script"]),
        ("a расе to run", ["look-alike"]),
        ("b𝖺d", ["look-alike"]),
        ("The USSR is СССР in Russian", []),
        ("葛\U000e0100", ["variant"]),
        ("☎\ufe0e ☀", ["variant"]),
        ("☎\ufe0e", []),
        ("well\u2010known", []),
        ("well\u2010known, long-term", ["hyphen"]),
        ("don’t won\u02bct", ["apostrophe"]),
        ("ob\u02bcyektiv", []),
        ("a" + "\u0301" * 8, []),
        ("a" + "\u0301" * 9, ["combining-pile"]),
    ],
)
def test_flags(text: str, expected: list[str]) -> None:
    assert flags.kinds(text) == expected


def test_a_flag_has_the_place_of_its_word() -> None:
    assert flags.find("Log in at p\u0430ypal, p\u0430ypal") == [
        ("mixed-script", 10, 16),
        ("mixed-script", 18, 24),
    ]


def test_a_place_is_flagged_once() -> None:
    assert flags.find("оnе оnе") == [("mixed-script", 0, 3), ("mixed-script", 4, 7)]
    assert len(flags.find("aаb" * 10)) == 1
