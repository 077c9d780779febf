import pytest

from intake.text.unicode.joiners import ZWJ, ZWNJ, RunContext, needed_part

ARABIC = RunContext("ب", "ب", "ت", right_to_left=True)
LATIN = RunContext("a", "a", "b", right_to_left=False)
EDGE = RunContext("ه", "ه", " ", right_to_left=True)


@pytest.mark.parametrize(
    ("run", "place", "expected"),
    [
        (ZWNJ, ARABIC, ZWNJ),
        (ZWNJ + ZWNJ, ARABIC, ZWNJ),
        (ZWNJ + ZWJ, ARABIC, ZWNJ),
        (ZWJ, ARABIC, ""),
        (ZWJ, EDGE, ZWJ),
        (ZWNJ, EDGE, ""),
        (ZWNJ + ZWJ, LATIN, ""),
        ("\u200e\u200f", ARABIC, "\u200e"),
        ("\u200e", LATIN, ""),
    ],
)
def test_what_is_kept_of_a_run(run: str, place: RunContext, expected: str) -> None:
    assert needed_part(run, place) == expected


def test_a_mark_has_the_script_of_its_base() -> None:
    assert RunContext("\u064b", "ب", "ت", right_to_left=True).script == "Arab"
    assert needed_part(ZWNJ, RunContext("\u064b", "ب", "ت", right_to_left=True)) == ZWNJ
