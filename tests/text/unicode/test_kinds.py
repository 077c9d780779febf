import re

import pytest

from intake.text.unicode.kinds import CONTEXTUAL, HIDDEN, UNWANTED, kind
from intake.text.unicode.tables import points


def test_every_character_that_unicode_calls_ignorable_is_judged() -> None:
    missed = [
        f"{ord(char):04X}"
        for char in points("default_ignorable")
        if not (HIDDEN.match(char) or UNWANTED.match(char))
    ]
    assert missed == []


def test_none_is_both_needed_and_never_needed() -> None:
    both = [char for char in map(chr, range(0x110000)) if UNWANTED.match(char) and HIDDEN.match(char)]
    assert both == []


def test_every_one_has_a_kind() -> None:
    found = {kind(char) for char in map(chr, range(0x110000)) if UNWANTED.match(char) or HIDDEN.match(char)}
    assert len(found) == 10


@pytest.mark.parametrize(
    ("char", "name"), [("\u200b", "zero-width"), ("\u202e", "direction"), ("\U000e0041", "tag")]
)
def test_names(char: str, name: str) -> None:
    assert kind(char) == name


def test_runs_are_taken_whole() -> None:
    assert re.fullmatch(CONTEXTUAL, "\u200b\u200c\u200d")
