"""Logging: one line a record on standard error, plain or in JSON, and nothing personal in it."""

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

# Their lines at INFO tell of every connection and migration step; at DEBUG botocore tells the name of every file and urllib3 the
# address that has it.
NOISY_LOGGERS = ("PIL", "alembic", "amqp", "botocore", "httpx", "kombu", "urllib3")
# All that a terminal or a log reader may take for more than text, or for the end of a line.
CONTROL_CHARACTERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

OWN_LOGGERS = {"intake", "workers"}

_log_context: ContextVar[Mapping[str, Any]] = ContextVar("about", default=MappingProxyType({}))


@contextmanager
def log_context(**facts: Any) -> Iterator[None]:
    """Say with every record of the block what it is about: `job`, `kind`, `queue`, `submission` (its short id)."""
    token = _log_context.set({**_log_context.get(), **{name: fact for name, fact in facts.items() if fact}})
    try:
        yield
    finally:
        _log_context.reset(token)


class OneLineFormatter(logging.Formatter):
    """A newline in a message must not look like a second record (ASVS 16.4.1); a traceback shows no values."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """The class and where it happened: an exception's message may quote a contributor."""
        kind, _, trace = ei
        return f"{getattr(kind, '__name__', kind)} at {' < '.join(f'{f.filename}:{f.lineno}' for f in reversed(extract_tb(trace)))}"

    def format(self, record: logging.LogRecord) -> str:
        """The record and what it is about, with control characters shown as escapes."""
        told = "".join(f" {name}={fact}" for name, fact in _log_context.get().items())
        return CONTROL_CHARACTERS.sub(lambda sign: ascii(sign.group())[1:-1], super().format(record) + told)


class JsonFormatter(OneLineFormatter):
    """An object a line: `time`, `level`, `logger`, `message`, `where` an error happened, and what the record is about."""

    def format(self, record: logging.LogRecord) -> str:
        """In ASCII, so that no reader takes a sign for the end of the line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_log_context.get(),
        }
        if record.exc_info and record.exc_info[0]:
            told["where"] = self.formatException(record.exc_info)
        return json.dumps(told)


FORMATTERS = {
    "plain": OneLineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"),
    "json": JsonFormatter(),
}


class ExceptionMessageFilter(logging.Filter):
    """Records of libraries quote exceptions, and those may quote a contributor; the ledger has what may be known of them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep classes and places alone; our own records have sentences of ours."""
        if record.name.partition(".")[0] in OWN_LOGGERS:
            return True
        if isinstance(record.args, dict) and "exc" in record.args:  # Celery's of a job that raised
            record.msg, record.args = f"{record.args.get('name')} raised", ()
        elif isinstance(record.args, tuple):
            record.args = tuple(
                type(one).__name__ if isinstance(one, BaseException) else one for one in record.args
            )
        return True


def log_to_stderr() -> None:
    """For every process of ours."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATTERS[settings().log_format.lower()])
    handler.addFilter(ExceptionMessageFilter())
    logging.basicConfig(level=settings().log_level.upper(), handlers=[handler], force=True)
    for name in NOISY_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
