"""Logging: one line for each record on standard error, plain or JSON, without personal data."""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from types import MappingProxyType
from typing import Any

from intake.settings import settings

# Libraries that log too much. At INFO, they log each connection and migration step. At DEBUG, botocore
# logs every file name and urllib3 every address, which must not be logged.
NOISY_LOGGERS = ("PIL", "alembic", "amqp", "botocore", "httpx", "kombu", "urllib3")
# Characters that a terminal may interpret as commands, or a log reader as the end of a line.
CONTROL_CHARACTERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

OWN_LOGGERS = {"intake", "workers"}

_log_context: ContextVar[Mapping[str, Any]] = ContextVar("about", default=MappingProxyType({}))


@contextmanager
def log_context(**facts: Any) -> Iterator[None]:
    """Add fields to each log record of the block: `job`, `kind`, `queue`. Never name a submission here.

    The time of the record would reveal when the contributor sent that submission.
    """
    token = _log_context.set({**_log_context.get(), **{name: fact for name, fact in facts.items() if fact}})
    try:
        yield
    finally:
        _log_context.reset(token)


class OneLineFormatter(logging.Formatter):
    """Formatter that writes each record on one line and leaves out values in tracebacks.

    A newline in a message must not look like a second record (ASVS 16.4.1).
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return the exception's class, and file and line of each frame, innermost first.

        The exception's message is left out, because it may quote a contributor.
        """
        kind, _, trace = ei
        return f"{getattr(kind, '__name__', kind)} at {' < '.join(f'{f.filename}:{f.lineno}' for f in reversed(extract_tb(trace)))}"

    def format(self, record: logging.LogRecord) -> str:
        """Format the record and its context. Control characters are escaped."""
        context = "".join(f" {name}={fact}" for name, fact in _log_context.get().items())
        return CONTROL_CHARACTERS.sub(
            lambda sign: ascii(sign.group())[1:-1], super().format(record) + context
        )


class JsonFormatter(OneLineFormatter):
    """Formatter that writes each record as one JSON object on one line.

    The keys are `time`, `level`, `logger`, `message`, the context, and `where` for an exception.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Format the record as ASCII, so that no log reader takes a Unicode character for a line end."""
        record_fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_log_context.get(),
        }
        if record.exc_info and record.exc_info[0]:
            record_fields["where"] = self.formatException(record.exc_info)
        return json.dumps(record_fields)


FORMATTERS = {
    "plain": OneLineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"),
    "json": JsonFormatter(),
}


class ExceptionMessageFilter(logging.Filter):
    """Filter that removes exception messages from the records of libraries.

    An exception of a library may quote a contributor. The job ledger stores a safe form of the error.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace exceptions by their class names. Records of Transom's code (OWN_LOGGERS) are unchanged."""
        if record.name.partition(".")[0] in OWN_LOGGERS:
            return True
        if isinstance(record.args, dict) and "exc" in record.args:  # Celery's record of a task that raised
            record.msg, record.args = f"{record.args.get('name')} raised", ()
        elif isinstance(record.args, tuple):
            record.args = tuple(
                type(one).__name__ if isinstance(one, BaseException) else one for one in record.args
            )
        return True


def log_to_stderr() -> None:
    """Set up logging for this process, with the level and format of the settings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATTERS[settings().log_format.lower()])
    handler.addFilter(ExceptionMessageFilter())
    logging.basicConfig(level=settings().log_level.upper(), handlers=[handler], force=True)
    for name in NOISY_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
