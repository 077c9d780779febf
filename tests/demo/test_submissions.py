from pathlib import Path

import pytest

from intake.demo.cast import CAST
from intake.demo.pictures import SCENES
from intake.demo.submissions import DemoSubmission, demo_submissions, read
from intake.languages import NAMES
from intake.lifecycle import DECIDED, STATUSES
from intake.settings import Settings
from intake.text import clean_body

ALL = demo_submissions()
KEYS = {member.key for member in CAST}

each = pytest.mark.parametrize("piece", ALL, ids=[piece.slug for piece in ALL])


def test_every_status_has_a_piece() -> None:
    assert {piece.fate for piece in ALL} == set(STATUSES)


def test_there_are_many_languages_and_both_formats() -> None:
    assert {"ar", "en", "fa", "fr", "kk", "my", "ru", "ug", "uk", "zh"} <= {piece.language for piece in ALL}
    assert {piece.format for piece in ALL} == {"plain", "html"}


@each
def test_a_piece_fits_the_form(piece: DemoSubmission) -> None:
    assert piece.language in NAMES
    assert piece.section in Settings().section_names
    assert len(piece.title) <= 300
    assert piece.title.strip() == piece.title


@each
def test_who_works_on_it_is_of_the_cast(piece: DemoSubmission) -> None:
    assert {change.by for change in piece.changes} <= KEYS
    assert (piece.by in KEYS) == (piece.fate in DECIDED | {"held", "changes_requested"})
    assert bool(piece.reason) or piece.fate not in {"rejected", "changes_requested"}


@each
def test_its_photos_can_be_drawn(piece: DemoSubmission) -> None:
    assert {shot.scene for shot in piece.photos} <= set(SCENES)
    assert all(shot.caption and shot.place != (0.0, 0.0) for shot in piece.photos)


@each
def test_each_edit_finds_what_it_changes(piece: DemoSubmission) -> None:
    html = clean_body(piece.body, format="html" if piece.format == "html" else "plain").html
    for change in piece.changes:
        assert html.count(change.find) == 1
        html = html.replace(change.find, change.put)


def test_a_key_that_no_piece_has_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        'title = "a"\nlanguage = "en"\nsection = "News"\nfate = "received"\nbody = ""\nfotos = 1\n'
    )
    with pytest.raises(TypeError, match="fotos"):
        read(file)
