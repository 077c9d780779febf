"""Server for the commands of contributors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.settings import Settings
from intake.web import create_app
from tests.cli.serving import served
from tests.photos import made


@pytest.fixture
def url(app_settings: Settings) -> Iterator[str]:
    """Address of a server."""
    with served(create_app()) as address:
        yield address


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Photo in a file."""
    path = tmp_path / "at-home.jpg"
    path.write_bytes(made.encoded(made.scene(), "JPEG"))
    return path
