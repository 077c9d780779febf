"""What lies on the disk of the test's installation."""

from pathlib import Path

from intake.storage import Disk, files


def root() -> Path:
    """The folder of its files."""
    disk = files()
    assert isinstance(disk, Disk)
    return disk.root


def paths(area: str) -> list[Path]:
    """Every file in `area`."""
    return [root() / one.name for one in files().listing(area)]
