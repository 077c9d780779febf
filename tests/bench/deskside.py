"""Sends requests as a logged-in editor, and measures their wall time, CPU time and number of SQL statements."""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import quantiles
from types import TracebackType

from flask_security import hash_password
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from intake.accounts import invitations
from intake.db import engine, transaction
from intake.decisions.settle import open_decision, undo
from intake.models import Editor, Submission
from intake.paging import cursor
from intake.web import create_app
from tests.bench.case import Measures
from tests.web.people import PASSWORD, Newsroom

OK, MOVED = 200, 303


class QueriesVary(Exception):
    """The number of SQL statements differs between requests."""


class Deskside:
    """Application with the database at `url`. Keys and files are in `folder`."""

    WARM = 5
    """Number of warm-up requests, which are not measured."""

    def __init__(self, url: str, folder: Path) -> None:
        os.environ["TRANSOM_DATABASE_URL"] = url
        os.environ["TRANSOM_DATA_DIR"] = str(folder / "data")
        self._statements = 0
        self._app = create_app()
        self._chance = random.Random(1)
        event.listen(engine(), "before_cursor_execute", self._count)
        self._somebody = Newsroom(self._app.test_client())

    def __enter__(self) -> "Deskside":
        with self._app.app_context(), transaction() as session:
            editor = session.scalars(select(Editor).order_by(Editor.id).limit(1)).one()
            invitations.set_password(session, editor, hash_password(PASSWORD))
            self._editor = editor
        assert self._somebody.log_in(self._editor.email).status_code == 302
        self._somebody.token()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        engine().dispose()

    def get(self, address: str) -> None:
        """Request a page."""
        assert self._somebody.get(address).status_code == OK, address

    def rejections(self) -> Iterator[Callable[[], None]]:
        """Endless decisions on open submissions. Each is undone before the next."""
        ours = select(Submission.id).where(Submission.lane == "ours").order_by(Submission.id).limit(500)
        with Session(engine()) as session:
            found = list(session.scalars(ours))
        while True:
            here = self._chance.choice(found)
            with Session(engine()) as session:
                version = session.get_one(Submission, here).version
            yield partial(self._reject, here, version)
            self._take_back(here)

    def _reject(self, here: uuid.UUID, version: int) -> None:
        answer = self._somebody.post(
            f"/desk/submissions/{here}/decisions",
            verdict="reject",
            code="reject.other",
            version=str(version),
            no_message="y",
        )
        assert answer.status_code == MOVED, answer.text

    def _take_back(self, here: uuid.UUID) -> None:
        with transaction() as session:
            decision = open_decision(session, session.get_one(Submission, here))
            assert decision is not None
            undo(session, here, decision.id, self._editor)

    def decided(self) -> Iterator[uuid.UUID]:
        """Endless ids of decided submissions."""
        done = select(Submission.id).where(Submission.lane == "done", Submission.status == "rejected")
        with Session(engine()) as session:
            found = list(session.scalars(done.order_by(Submission.id).limit(500)))
        while True:
            yield self._chance.choice(found)

    def places(self, lane: str) -> Iterator[str]:
        """Endless cursors of random positions in a lane."""
        there = select(Submission.received_at, Submission.arrival).where(Submission.lane == lane)
        with Session(engine()) as session:
            rows = session.execute(there.order_by(Submission.id).limit(500)).all()
        while True:
            at, here = self._chance.choice(rows)
            yield cursor(at, here)

    def measured(self, requests: Iterator[Callable[[], object]], times: int) -> Measures:
        """Cost of a request, as a mean of many. Creating the requests is not measured."""
        seconds: list[float] = []
        cpu = 0.0
        statements: set[int] = set()
        for request in islice(requests, self.WARM):
            request()
        for request in islice(requests, times):
            self._statements, spent, begun = 0, time.process_time(), time.perf_counter()
            request()
            seconds.append(time.perf_counter() - begun)
            cpu += time.process_time() - spent
            statements.add(self._statements)
        if len(statements) > 1:
            raise QueriesVary(f"{min(statements)} to {max(statements)} statements")
        parts = [1000 * part for part in quantiles(seconds, n=20, method="inclusive")]
        mean = {"wall_s": sum(seconds) / times, "cpu_s": cpu / times}
        return mean | {"p50_ms": parts[9], "p95_ms": parts[18], "queries": float(statements.pop())}

    def _count(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        # Do not count the query for changed settings, which runs only once in two seconds.
        self._statements += "FROM setting_versions" not in statement
