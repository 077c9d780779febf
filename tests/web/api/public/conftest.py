"""Fixtures of the public API."""

import pytest

from intake.web import Transom
from tests.web.api.public.writers import DraftProgram


@pytest.fixture
def program(app: Transom) -> DraftProgram:
    """API client with an empty draft."""
    found = DraftProgram(app.test_client())
    assert found.begin().status_code == 201
    return found
