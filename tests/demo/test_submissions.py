from pathlib import Path

import pytest

from intake.demo.cast import CAST
from intake.demo.pictures import SCENES
from intake.demo.submissions import DemoSubmission, demo_submissions, read
from intake.languages import NAMES
from intake.lifecycle import DECIDED, STATUSES, UNSENT
from intake.settings import Settings
from intake.text import clean_body

ALL = demo_submissions()
KEYS = {member.key for member in CAST}

each = pytest.mark.parametrize("plan", ALL, ids=[plan.slug for plan in ALL])


def test_every_status_has_a_submission() -> None:
    assert {plan.fate for plan in ALL} == set(STATUSES) - {UNSENT}


def test_there_are_many_languages_and_both_formats() -> None:
    assert {"ar", "en", "fa", "fr", "kk", "my", "ru", "ug", "uk", "zh-Hans"} <= {
        plan.language for plan in ALL
    }
    assert {plan.format for plan in ALL} == {"plain", "html"}


@each
def test_a_submission_fits_the_form(plan: DemoSubmission) -> None:
    assert plan.language in NAMES
    assert plan.section in Settings().section_names
    assert len(plan.title) <= 300
    assert plan.title.strip() == plan.title


@each
def test_who_works_on_it_is_of_the_cast(plan: DemoSubmission) -> None:
    assert {change.by for change in plan.changes} <= KEYS
    assert (plan.by in KEYS) == (plan.fate in DECIDED | {"held", "changes_requested"})
    assert bool(plan.reason) or plan.fate not in {"rejected", "changes_requested"}


@each
def test_its_photos_can_be_drawn(plan: DemoSubmission) -> None:
    assert {shot.scene for shot in plan.photos} <= set(SCENES)
    assert all(shot.caption and shot.place != (0.0, 0.0) for shot in plan.photos)


@each
def test_each_edit_finds_what_it_changes(plan: DemoSubmission) -> None:
    html = clean_body(plan.body, format="html" if plan.format == "html" else "plain").html
    for change in plan.changes:
        assert html.count(change.find) == 1
        html = html.replace(change.find, change.put)


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        'title = "a"\nlanguage = "en"\nsection = "News"\nfate = "received"\nbody = ""\nfotos = 1\n'
    )
    with pytest.raises(TypeError, match="fotos"):
        read(file)
