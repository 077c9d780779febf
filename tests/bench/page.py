"""docs/bench/NAME.md and NAME.svg: published figures with their date."""

from datetime import UTC, datetime
from pathlib import Path

from tests.bench.plot import plot
from tests.bench.report import Report

FOLDER = Path(__file__).parents[2] / "docs" / "bench"


def write(report: Report, folder: Path) -> Path:
    """Write both files, replacing earlier ones. Returns the path of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    name = report.bench.name
    page = folder / f"{name}.md"
    page.write_text(report.markdown(datetime.now(UTC).date()), "utf-8")
    (folder / f"{name}.svg").write_text(plot(f"Bench {name}", report.outcomes), "utf-8")
    return page
