import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.translations import interface


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("fa-IR", "fa"),
        ("FR-ca", "fr"),
        ("kk-Cyrl-KZ", "kk"),
        ("kk-Arab-CN ru", "ru"),
        ("ug-Cyrl", "en"),
        ("ug-Arab-CN", "ug"),
        ("de en-GB fr", "en"),
        ("de ja", "en"),
        ("", "en"),
        ("ar-EG-u-nu-arab", "ar"),
    ],
)  # fmt: skip
def test_the_best_language_of_the_browser_is_found(tags: str, expected: str) -> None:
    assert interface.preferred(tags.split()) == expected


@given(st.lists(st.text(alphabet="zhkuarentsci-0*_;", max_size=20)))
def test_any_preference_gives_a_language_of_the_pages(tags: list[str]) -> None:
    assert interface.preferred(tags) in interface.INTERFACE


def test_a_very_long_list_of_languages_is_not_read_to_its_end() -> None:
    assert interface.preferred(["xx"] * interface.MOST_TAGS + ["fr"]) == "en"


@pytest.mark.parametrize("code", interface.INTERFACE)
def test_paths_and_locales_lead_back_to_their_language(code: str) -> None:
    assert interface.by_path(interface.path(code)) == code
    assert interface.by_path(code) == code
    assert interface.by_locale(interface.locale(code)) == code


def test_a_path_that_is_no_language_is_told() -> None:
    assert interface.by_path("receipt") is None
    assert interface.by_locale("de") == "en"
