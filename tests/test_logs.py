import json
import logging

import pytest
from celery import Celery

from intake.logs import NOISY_LOGGERS, JsonFormatter, OneLineFormatter, log_context, log_to_stderr
from intake.settings import Settings

SECRET = "a contributor's words"


def formatted(message: str, *args: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("intake", logging.INFO, __file__, 1, message, args, exc_info)
    return OneLineFormatter("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ("\n", r"\n"),
        ("\r", r"\r"),
        ("\x1b", r"\x1b"),
        ("\0", r"\x00"),
        ("\x85", r"\x85"),
        ("\u2028", r"\u2028"),
    ],
)
def test_a_record_stays_one_line(sign: str, shown: str) -> None:
    assert formatted("one%stwo", sign) == f"INFO one{shown}two"


def test_words_in_any_script_stay_as_they_are() -> None:
    assert formatted("Қазақша · العربية") == "INFO Қазақша · العربية"


def test_a_traceback_shows_places_and_no_message() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        line = formatted("failed", error=error)
    assert SECRET not in line
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "\n" not in line


@pytest.fixture
def _root_logger() -> object:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


@pytest.mark.usefixtures("_root_logger")
def test_every_process_writes_to_standard_error(
    app_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr()
    assert logging.getLogger().level == logging.INFO
    logging.getLogger("intake.somewhere").info("job %s done", 7)
    for name in NOISY_LOGGERS:
        logging.getLogger(name).info("chatter")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" INFO intake.somewhere: job 7 done\n")
    assert len(err.splitlines()) == 1


def as_json(message: str, *args: object, error: BaseException | None = None) -> dict[str, str]:
    exc_info = (type(error), error, error.__traceback__) if error else None
    line = JsonFormatter().format(
        logging.LogRecord("intake.x", logging.WARNING, __file__, 1, message, args, exc_info)
    )
    assert line.isascii()
    assert "\n" not in line
    found: dict[str, str] = json.loads(line)
    return found


def test_a_json_record_is_one_line() -> None:
    with log_context(job=7, kind="text.screen", queue=""):
        record_fields = as_json("one%stwo", "\n\u2028")
    assert record_fields.pop("time").endswith("+00:00")
    assert record_fields == {
        "level": "WARNING", "logger": "intake.x", "message": "one\n\u2028two", "job": 7, "kind": "text.screen",
    }  # fmt: skip
    assert "job" not in as_json("after")


def test_a_json_record_shows_places_and_no_message() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        record_fields = as_json("failed", error=error)
    assert record_fields["where"].startswith("ValueError at ")
    assert "test_logs.py" in record_fields["where"]
    assert SECRET not in str(record_fields)


def test_what_a_line_is_about_stands_at_its_end() -> None:
    with log_context(job=7), log_context(queue="text"):
        assert formatted("job done") == "INFO job done job=7 queue=text"
    assert formatted("job done") == "INFO job done"


@pytest.mark.usefixtures("_root_logger")
@pytest.mark.parametrize("form", ["plain", "json"])
def test_celery_s_own_record_of_a_job_that_raised_quotes_nothing(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = Celery("tests")
    monkeypatch.setattr("intake.logs.settings", lambda: Settings(log_format=form))
    log_to_stderr()

    @app.task(name="tests.raises", shared=False)
    def raises(words: str) -> None:
        raise ValueError(words)

    raises.apply(args=(SECRET,))
    said = capsys.readouterr().err
    assert SECRET not in said
    assert "tests.raises raised" in said
    assert "ValueError at" in said
    assert "test_logs.py" in said


@pytest.mark.usefixtures("_root_logger")
def test_an_exception_that_a_library_puts_into_its_words_shows_its_class(
    app_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_stderr()
    logging.getLogger("celery.worker.request").error("Task handler raised error: %r", ValueError(SECRET))
    logging.getLogger("intake.web.errors").error("%s", ValueError("a sentence of ours"))
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith("Task handler raised error: 'ValueError'")
    assert second.endswith("a sentence of ours")
