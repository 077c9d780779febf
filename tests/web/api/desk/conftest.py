"""API clients of two editors, and a submission on the desk."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.db import transaction
from intake.decisions import decide
from intake.models import Editor
from intake.models.account import SCOPES
from intake.settings import settings
from intake.web import Transom
from tests.cast import EDITOR, OTHER_EDITOR, join
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.programs import DESK, Program, token_of
from tests.web.recorded import Recorded


@pytest.fixture
def joined(recorded: Recorded) -> Callable[..., Editor]:
    """Function that creates an account with this name and these roles."""

    def one(name: str, *roles: str) -> Editor:
        number = recorded.step(("join", name, roles), lambda: join(name, *roles).id)
        with transaction() as session:
            return session.get_one(Editor, number)

    return one


@pytest.fixture
def person(joined: Callable[..., Editor]) -> Editor:
    """Editor who owns the API client's token."""
    return joined(*EDITOR)


@pytest.fixture
def program(app: Transom, person: Editor, recorded: Recorded) -> Program:
    """API client whose token has all scopes."""
    token = recorded.step(("token", person.id), lambda: token_of(person, *SCOPES))
    return Program(app.test_client(), token)


@pytest.fixture
def other(app: Transom, joined: Callable[..., Editor], recorded: Recorded) -> Program:
    """API client of another editor, with all scopes."""
    somebody = joined(*OTHER_EDITOR)
    return Program(
        app.test_client(), recorded.step(("token", somebody.id), lambda: token_of(somebody, *SCOPES))
    )


@pytest.fixture
def undoable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions take effect after 30 seconds, so that they can be undone. In other tests they take effect at once."""
    waiting = replace(settings(), undo_seconds=30)
    monkeypatch.setattr(decide, "settings", lambda: waiting)


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Address of a submission with a photo, in version 2."""
    submitted(File("photo-1", JPEG), contact="signal +7", print_name="A. Reader", **{"caption-1": "The door"})
    return f"{DESK}/{newest().id}"
