"""A contributor is answered at once while the broker is away, and nothing has to be done when it comes back."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.local.valkey import Valkey
from intake.models import Submission
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import running


class Broker:
    """A Valkey of the test's own, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._valkey = Valkey(folder / "valkey", folder)
        self.url = self._valkey.url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._valkey.prepare()
        self._process = subprocess.Popen(self._valkey.spec(Path("/dev/null")).argv, stdout=subprocess.DEVNULL)
        until(self._valkey.ready)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    made = Broker(tmp_path_factory.mktemp("b"))
    made.start()
    yield made
    made.stop()


def test_a_submission_waits_in_the_ledger_until_the_broker_returns(tmp_path: Path, broker: Broker) -> None:
    with running(tmp_path, TRANSOM_REDIS_URL=broker.url) as whole:
        broker.stop()
        begun = time.monotonic()
        whole.submit("While the broker was away", photos=[jpeg_with_gps(320, 240, "CNRYaway")])
        took = time.monotonic() - begun
        engine = connect(whole.settings.sqlalchemy_url)
        status = _status_of_the_only_submission(engine)
        assert status() == "received"
        broker.start()
        until(lambda: status() == "in_review", 60)
        engine.dispose()
    print(f"\nreceipt after {took * 1000:.0f} ms without a broker")


def _status_of_the_only_submission(engine: object) -> Callable[[], str]:
    def status() -> str:
        with Session(engine) as session:  # type: ignore[arg-type]
            return session.scalars(select(Submission.status)).one()

    return status
