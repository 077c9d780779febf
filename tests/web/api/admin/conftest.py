"""Fixtures of the admin API: an admin, and an API client with the admin's token."""

import pytest

from intake.models import Editor
from intake.web import Transom
from tests.cast import join
from tests.jobs.conftest import jobs
from tests.web.programs import Program, token_of

__all__ = ["jobs"]


@pytest.fixture
def person(app: Transom) -> Editor:
    """Admin who owns the API client's token."""
    return join("Daniel Ferreira", "admin")


@pytest.fixture
def program(app: Transom, person: Editor) -> Program:
    """API client that reads the status and runs admin actions."""
    return Program(app.test_client(), token_of(person, "admin"))
