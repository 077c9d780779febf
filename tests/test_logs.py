import logging

import pytest

from intake.logs import CHATTY, OneLine, log_to_stderr
from intake.settings import Settings

SECRET = "a contributor's words"


def formatted(message: str, *args: object, error: BaseException | None = None) -> str:
    told = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("intake", logging.INFO, __file__, 1, message, args, told)
    return OneLine("%(levelname)s %(message)s").format(record)


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


def test_a_traceback_tells_where_and_not_what() -> None:
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
    for name in CHATTY:
        logging.getLogger(name).info("chatter")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" INFO intake.somewhere: job 7 done\n")
    assert len(err.splitlines()) == 1
