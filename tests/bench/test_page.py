from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.bench import page
from tests.bench.bench import BENCHES, load
from tests.bench.report import READERS, Report
from tests.bench.standins import bench_of, outcome


def test_page_and_plot_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "bench"
    for wall in (1.5, 2.5):
        report = Report(
            bench_of(tmp_path),
            1,
            {"cores": 2, "model": "Fabrika", "python": "3.11.2", "platform": "Linux"},
            [outcome("A", wall)],
        )
        assert page.write(report, folder) == folder / "pretended.md"
    assert "| A | 2.50 |" in (folder / "pretended.md").read_text("utf-8")
    assert "| A | 1.50 |" not in (folder / "pretended.md").read_text("utf-8")
    assert ET.parse(folder / "pretended.svg").getroot().tag.endswith("svg")
    assert sorted(path.name for path in folder.iterdir()) == ["pretended.md", "pretended.svg"]


@pytest.mark.parametrize("name", BENCHES)
def test_a_page_describes_its_bench_as_the_code_does(name: str) -> None:
    text = (page.FOLDER / f"{name}.md").read_text("utf-8")
    assert text.startswith(f"# Bench: {name}\n\n{READERS}\n\n{load(name).about.strip()}\n")
