"""SQL statements that a page sends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from intake.db import engine


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements that are sent in the block.

    Left out is a look whether settings were changed in the page, which one request in two seconds takes.
    """
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM setting_versions" not in statement:
            sent.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", note)
