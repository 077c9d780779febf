"""Starts a new process for each measurement and reads its result."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.bench import measure
from tests.bench.case import Case, Context, Measures

ROOT = Path(__file__).parents[2]


class CaseFailed(Exception):
    """A case could not be measured. The message is one line."""


def measured(case: Case, context: Context) -> Measures:
    """Measure the case once. Raises CaseFailed."""
    given = {**context, **case.given}
    out = _said(_command(case, given), json.dumps(given), case.limit_s)
    answer: Measures = json.loads(out)
    return answer


def _command(case: Case, given: Context) -> list[str]:
    if case.call:
        reference = f"{case.call.__module__}:{case.call.__qualname__}"
        return [sys.executable, "-m", "tests.bench.measure", "call", reference]
    words = [word.format_map(given) for word in case.argv]
    return [sys.executable, "-I", "-S", measure.__file__, "program", *words]


def _said(command: list[str], told: str, limit_s: float) -> str:
    # In its own session, so that its children can be killed with it after a timeout or an interrupt.
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        try:
            out, err = child.communicate(told, limit_s)
        except subprocess.TimeoutExpired:
            raise CaseFailed(f"did not end within {limit_s:g} s") from None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode:
        raise CaseFailed((err.strip().splitlines() or [f"ended with exit code {child.returncode}"])[-1])
    return out
