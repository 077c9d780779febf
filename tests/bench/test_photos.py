"""Small run of the benchmark of photos."""

import shutil
from pathlib import Path

import pytest

from intake.photos.identify import sniff
from tests.bench import photos
from tests.bench.case import Case
from tests.bench.child import measured


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = tmp_path_factory.mktemp("pictures")
    photos.draw(drawn, shrink=8)
    return drawn


def test_draws_what_the_cases_are_of(folder: Path) -> None:
    kinds = {path.name: sniff(path.read_bytes()[:64]) for path in folder.iterdir()}
    jpegs = dict.fromkeys(("upright", "turned", "p3", "large", "png.jpeg"), "jpeg")
    assert kinds == {**jpegs, "png": "png", "heic": "heif", "heic.one": "heif"}


@pytest.mark.parametrize("case", photos.CASES, ids=lambda case: case.name)
def test_each_case_runs(case: Case, folder: Path) -> None:
    if any(shutil.which(program) is None for program in case.needs):
        pytest.skip(f"needs {', '.join(case.needs)}")
    measures = measured(case, {"folder": str(folder)})
    assert measures["wall_s"] > 0
    assert measures["peak_mb"] > 5
