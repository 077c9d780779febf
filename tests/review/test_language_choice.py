import pytest

from intake.languages import UNTOLD
from intake.review.language_choice import LanguageChoice, choose, note
from intake.text.language import Told


@pytest.mark.parametrize(
    ("chosen", "told", "expected"),
    [
        (UNTOLD, Told("kk", sure=True), LanguageChoice("kk")),
        (UNTOLD, Told("kk", sure=False), LanguageChoice("kk")),
        (UNTOLD, None, LanguageChoice("und")),
        ("en", Told("kk", sure=True), LanguageChoice("en", "kk")),
        ("en", Told("kk", sure=False), LanguageChoice("en")),
        ("en", Told("la", sure=True), LanguageChoice("en")),
        ("en", None, LanguageChoice("en")),
        ("und", Told("kk", sure=True), LanguageChoice("und", "kk")),
        ("zh", Told("zh-Hant", sure=True), LanguageChoice("zh-Hant")),
        ("zh-Hans", Told("zh-Hant", sure=True), LanguageChoice("zh-Hans", "zh-Hant")),
    ],
)
def test_choose(chosen: str, told: Told | None, expected: LanguageChoice) -> None:
    assert choose(chosen, told) == expected


def test_the_note_stands_until_an_editor_changes_the_language() -> None:
    report = LanguageChoice("en", "kk").report
    assert note(report, "en") == "The contributor chose English; the text reads as Қазақша."
    assert note(report, "kk") == ""
    assert note(LanguageChoice("en").report, "en") == ""
    assert note({}, "en") == ""
