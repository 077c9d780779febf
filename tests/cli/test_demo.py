import pytest

from intake.demo import seed
from intake.demo.cast import CAST
from intake.demo.exclusive import exclusive_run
from intake.demo.submissions import DemoSubmission
from intake.settings import Settings
from tests.cli.commands import sentence, transom
from tests.demo.conftest import SHORT
from tests.working import work_off


@pytest.fixture(autouse=True)
def short_queue(monkeypatch: pytest.MonkeyPatch) -> list[DemoSubmission]:
    monkeypatch.setattr(seed, "demo_submissions", lambda: SHORT)
    return SHORT


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.demo.seed.time.sleep", lambda _: work_off())


@pytest.mark.usefixtures("worker")
def test_it_shows_progress_and_prints_accounts_and_receipts_once(app_settings: Settings) -> None:
    result = transom("demo")
    assert result.exit_code == 0, result.output
    assert "Sending 4 of 4: The piece four" in result.stderr
    assert "At the desk: The piece two → accepted" in result.stderr
    assert "Sending" not in result.stdout
    for member in CAST:
        (line,) = [line for line in result.stdout.splitlines() if member.email in line]
        assert len(line.split()[1]) >= 12
    assert f"{app_settings.base_url}/login" in result.stdout
    assert sum("The piece" in line for line in result.stdout.splitlines()) == 4


@pytest.mark.usefixtures("worker")
def test_a_second_time_it_says_that_nothing_was_added(app_settings: Settings) -> None:
    transom("demo")
    result = transom("demo")
    assert result.exit_code == 0
    assert "nothing was added" in result.stdout
    assert "The accounts keep their passwords." in result.stdout
    again = transom("demo", "--again")
    assert "Sending 4 of 4" in again.stderr


@pytest.mark.usefixtures("worker")
def test_a_password_may_be_chosen(app_settings: Settings) -> None:
    assert transom("demo", "--password", "four words are good").stdout.count("four words are good") == len(
        CAST
    )


def test_a_short_password_is_refused(app_settings: Settings) -> None:
    result = transom("demo", "--password", "short")
    assert sentence(result) == "At least 12 characters. Four or five unrelated words are good."


def test_without_a_worker_it_says_what_to_do(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seed, "WORKER_TIMEOUT_SECONDS", 0.0)
    monkeypatch.setattr("intake.demo.seed.time.sleep", lambda _: None)
    result = transom("demo")
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    assert last.startswith(
        "Error: No worker has processed anything within 20 seconds. Start Transom with `transom up`"
    )


def test_a_second_one_at_the_same_time_says_so(app_settings: Settings) -> None:
    with exclusive_run():
        said = sentence(transom("demo"))
    assert said.startswith("Another `transom demo` is running on this installation.")


def test_a_database_that_is_away(database_away: Settings) -> None:
    assert sentence(transom("demo")).startswith("The database does not answer.")


def test_a_database_without_tables(no_tables: Settings) -> None:
    assert sentence(transom("demo")).endswith("Create them with `transom migrate`.")
