"""Two holders with keys, and a magazine that keeps originals for 30 days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from intake.db import transaction
from intake.jobs import ledger
from intake.keys import shares
from intake.models import Editor
from intake.originals import holders
from intake.settings import Settings, settings
from tests.cast import RunJobs

DAYS = 30


@dataclass(frozen=True)
class HolderWithKey:
    """Account that holds shares, and the passphrase that only this person knows."""

    account: Editor
    passphrase: str


def hold(person: Editor) -> HolderWithKey:
    """Name a person as a holder, and make this person's key."""
    with transaction() as session:
        account = session.get_one(Editor, person.id)
        holders.set_named(session, account, None, is_named=True)
        passphrase = holders.make_key(session, account)
    with transaction() as session:
        return HolderWithKey(session.get_one(Editor, person.id), passphrase)


@pytest.fixture(scope="package", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    """Derive keys from passphrases with little memory. tests/keys/test_shares.py tests the real cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "MEMORY_KIB", 8 * shares.LANES)
        yield


@pytest.fixture
def keeping_days(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Let the magazine keep originals."""
    monkeypatch.setenv("TRANSOM_ORIGINAL_DAYS", str(DAYS))
    settings.cache_clear()
    yield DAYS
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def first(keeping_days: int, chief: Editor) -> HolderWithKey:
    """Chief editor who holds shares."""
    return hold(chief)


@pytest.fixture
def second(first: HolderWithKey, editor: Editor) -> HolderWithKey:
    """Editor who holds shares."""
    return hold(editor)


@pytest.fixture
def tonight(run_jobs: RunJobs) -> Callable[[], list[str]]:
    """Run the nightly job. Each call is another night."""
    nights = iter(range(1000))

    def run() -> list[str]:
        with transaction() as session:
            ledger.schedule(session, "retention.run", f"retention.run@{next(nights)}")
        return run_jobs()

    return run
