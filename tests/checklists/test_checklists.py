from dataclasses import replace

import pytest

from intake import checklists
from intake.checklists import BY_PROGRAM, DEFAULT, LABELS, LINE_CHARACTERS, Checklist, free_line, known_point
from intake.settings import Settings
from intake.settings.field import SettingsError


def found(text: str, section: str = "News") -> Checklist | None:
    return checklists.of_section(section, Settings(checklists=text))


def test_without_a_setting_no_section_has_a_checklist() -> None:
    assert found("") is None


def test_a_section_alone_has_all_known_points() -> None:
    assert found("News") == DEFAULT == found(" Opinion ; News ; ")
    assert [point.code for point in DEFAULT.points] == list(LABELS)
    assert LABELS.keys() > BY_PROGRAM
    assert found("News", "Opinion") is None


def test_a_section_has_its_own_points_in_their_order() -> None:
    assert found("News = faces, captions@publish, Read by a lawyer @accept; Opinion") == Checklist(
        (
            known_point("faces"),
            known_point("captions", ("publish",)),
            free_line("Read by a lawyer", ("accept",)),
        )
    )


def test_a_star_stands_for_other_sections_only() -> None:
    assert found("News = faces; * = captions") == Checklist((known_point("faces"),))
    assert found("News = faces; * = captions", "Opinion") == Checklist((known_point("captions"),))


def test_a_point_counts_once_and_an_unknown_stage_belongs_to_the_words() -> None:
    once = found("News = faces, faces@publish, ask a@b")
    assert once is not None
    assert [point.label for point in once.points] == [LABELS["faces"], "ask a@b"]
    assert found("News = , ,") == DEFAULT


def test_other_words_are_another_point() -> None:
    assert free_line("Names checked").code == free_line(" Names  checked ").code
    assert free_line("Names checked").code != free_line("Names checked twice").code
    assert len(free_line("x" * 999).label) == LINE_CHARACTERS


@pytest.mark.parametrize("text", ["=faces", "News = a = b", ";;"])
def test_what_is_no_list_of_sections_stops_the_process(text: str) -> None:
    with pytest.raises(SettingsError, match="TRANSOM_CHECKLISTS"):
        Settings.from_env({"TRANSOM_CHECKLISTS": text})


def test_the_setting_of_the_process_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checklists, "settings", lambda: replace(Settings(), checklists="News"))
    assert checklists.of_section("News") == DEFAULT
