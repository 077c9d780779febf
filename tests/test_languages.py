import re

import pytest

from intake.languages import (
    LANGUAGES,
    NAMES,
    OTHER,
    RIGHT_TO_LEFT,
    UNTOLD,
    direction,
    fallbacks,
    offered,
    settled,
    within,
)


def test_codes_are_bcp_47_tags_and_names_differ() -> None:
    assert all(re.fullmatch("[a-z]{2,3}(-[A-Z][a-z]{3})?", code) for code in NAMES)
    assert len(set(NAMES.values())) == len(NAMES)
    assert list(LANGUAGES) == sorted(LANGUAGES)


def test_who_finds_no_language_may_say_so() -> None:
    assert OTHER in offered()
    assert OTHER not in LANGUAGES
    assert UNTOLD not in NAMES


def test_chinese_is_offered_by_script() -> None:
    assert {code for code in offered() if code.startswith("zh")} == {"zh-Hans", "zh-Hant"}
    assert "zh" in NAMES


def test_directions() -> None:
    assert [direction(code) for code in ("ug", "fa", "kk", OTHER)] == ["rtl", "rtl", "ltr", "ltr"]
    assert [direction(code) for code in ("kk-Arab", "kk-Latn", "ug-Latn", "zh-Hant")] == [
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]
    assert set(NAMES) >= RIGHT_TO_LEFT


def test_a_filter_by_language_matches_its_scripts() -> None:
    assert within("zh") == ["zh", "zh-Hans", "zh-Hant"]
    assert within("kk-Arab") == ["kk-Arab"]
    assert within("k") == ["k"]


def test_fallbacks() -> None:
    assert fallbacks("zh-Hant") == ["zh-Hant", "zh"]
    assert fallbacks("en") == ["en"]


@pytest.mark.parametrize(
    ("chosen", "told", "stored"),
    [
        (UNTOLD, "ug", "ug"),
        (UNTOLD, UNTOLD, OTHER),
        (UNTOLD, "la", OTHER),
        ("en", "kk", "en"),
        ("en", UNTOLD, "en"),
        ("kk", "kk-Arab", "kk-Arab"),
        ("zh", "zh-Hans", "zh-Hans"),
        ("zh-Hant", "zh-Hans", "zh-Hant"),
        ("kk-Latn", "kk", "kk-Latn"),
        (OTHER, "en", OTHER),
    ],
)
def test_the_language_to_store(chosen: str, told: str, stored: str) -> None:
    assert settled(chosen, told) == stored
