"""SQL statements that are sent to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from intake.db import engine


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements that are sent in the block.

    Leaves out the query for changed settings, which runs at most once in two seconds, not in every request.
    """
    sent: list[str] = []

    def note(statement: str, _values: object) -> None:
        if "FROM setting_versions" not in statement:
            sent.append(statement)

    with _noted(note):
        yield sent


@contextmanager
def statement_values() -> Iterator[list[str]]:
    """Collect the values of the statements that are sent in the block, as text."""
    sent: list[str] = []
    with _noted(lambda _statement, values: sent.append(str(values))):
        yield sent


@contextmanager
def _noted(note: Callable[[str, object], None]) -> Iterator[None]:
    def listen(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        note(statement, values)

    event.listen(engine(), "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(engine(), "before_cursor_execute", listen)
