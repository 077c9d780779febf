"""Small run of the benchmark of faces."""

from pathlib import Path

import pytest

pytest.importorskip("cv2", reason="the extra transom[faces] is not installed")

from tests.bench import faces as bench
from tests.bench.case import Case


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faces")
    bench.draw(made, shrink=4)
    return made


@pytest.mark.parametrize("case", bench.CASES, ids=lambda case: case.name)
def test_each_case_is_measured_and_finds_the_faces(case: Case, folder: Path) -> None:
    assert case.call
    measures = case.call({**case.given, "folder": str(folder)})
    assert measures
    assert measures["cpu_s"] > 0
