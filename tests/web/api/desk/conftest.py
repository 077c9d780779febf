"""Programs of two editors, and a piece on the desk."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.decisions import decide
from intake.models import Editor
from intake.models.account import SCOPES
from intake.settings import settings
from intake.web import Transom
from tests.cast import join
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.programs import DESK, Program, token_of


@pytest.fixture
def person(app: Transom) -> Editor:
    """Whose program it is."""
    return join("Asel Nurbekova", "editor")


@pytest.fixture
def program(app: Transom, person: Editor) -> Program:
    """May do everything."""
    return Program(app.test_client(), token_of(person, *SCOPES))


@pytest.fixture
def other(app: Transom) -> Program:
    """Of somebody else."""
    return Program(app.test_client(), token_of(join("Tomas Havlik", "editor"), *SCOPES))


@pytest.fixture
def undoable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions wait for half a minute; elsewhere tests wait for nothing."""
    waiting = replace(settings(), undo_seconds=30)
    monkeypatch.setattr(decide, "settings", lambda: waiting)


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """The address of a piece with a photo, in version 2."""
    submitted(File("photo-1", JPEG), contact="signal +7", print_name="A. Reader", **{"caption-1": "The door"})
    return f"{DESK}/{newest().id}"
