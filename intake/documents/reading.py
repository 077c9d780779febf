"""Run a reader on an untrusted file, and turn its exceptions into refusals."""

import traceback
from collections.abc import Callable
from pathlib import Path

from intake.documents.document import Document
from intake.documents.refusal import DocumentRefused


def guarded(parse: Callable[[bytes], Document], data: bytes) -> Document:
    """Document that `parse` reads from `data`. Raises DocumentRefused and MemoryError, nothing else."""
    try:
        return parse(data)
    except (DocumentRefused, MemoryError):
        raise
    except Exception as error:
        raise DocumentRefused("damaged", _position(error)) from None


def _position(error: Exception) -> str:
    """Type and position of an exception. Its message is left out, because it may quote the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
