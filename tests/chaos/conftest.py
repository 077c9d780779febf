"""Running installation for fault injection, and its database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from intake.db import connect
from tests.whole import Whole, running


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    with running(tmp_path) as up:
        yield up


@pytest.fixture
def engine(whole: Whole) -> Iterator[Engine]:
    made = connect(whole.settings.sqlalchemy_url)
    yield made
    made.dispose()
