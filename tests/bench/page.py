"""docs/bench/NAME.md and NAME.svg: the figures that we stand by, with their date."""

from datetime import UTC, datetime
from pathlib import Path

from tests.bench.plot import plot
from tests.bench.report import Report

FOLDER = Path(__file__).parents[2] / "docs" / "bench"


def write(report: Report, folder: Path) -> Path:
    """Write both, in place of earlier ones; the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    name = report.bench.name
    page = folder / f"{name}.md"
    page.write_text(report.markdown(datetime.now(UTC).date()), "utf-8")
    (folder / f"{name}.svg").write_text(plot(f"Bench {name}", report.outcomes), "utf-8")
    return page
