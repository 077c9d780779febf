"""Logging: one line a record on standard error, and nothing personal in it."""

import logging
import re
import sys
from traceback import extract_tb
from typing import Any

from intake.settings import settings

# Their lines at INFO tell of every connection and migration step; at DEBUG botocore tells the name of every file and urllib3 the
# address that has it.
CHATTY = ("alembic", "amqp", "botocore", "httpx", "kombu", "urllib3")
# All that a terminal or a log reader may take for more than text, or for the end of a line.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """A newline in a message must not look like a second record (ASVS 16.4.1); a traceback shows no values."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """The class and where it happened: an exception's message may quote a contributor."""
        kind, _, trace = ei
        return f"{getattr(kind, '__name__', kind)} at {' < '.join(f'{f.filename}:{f.lineno}' for f in reversed(extract_tb(trace)))}"

    def format(self, record: logging.LogRecord) -> str:
        """The record with control characters shown as escapes."""
        return CONTROL.sub(lambda sign: ascii(sign.group())[1:-1], super().format(record))


def log_to_stderr() -> None:
    """For every process of ours."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=settings().log_level.upper(), handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
