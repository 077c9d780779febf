"""Without a broker, contributors get an immediate response, and everything recovers without intervention."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Submission
from tests.broker import Broker
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import running

pytestmark = pytest.mark.slow


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
        until(lambda: status() == "in_review", 120)
        engine.dispose()
    print(f"\nreceipt after {took * 1000:.0f} ms without a broker")


def _status_of_the_only_submission(engine: object) -> Callable[[], str]:
    def status() -> str:
        with Session(engine) as session:  # type: ignore[arg-type]
            return session.scalars(select(Submission.status)).one()

    return status
