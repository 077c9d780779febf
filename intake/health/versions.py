"""Processes that still run an older version than another process of the installation."""

import re
from collections.abc import Sequence

from intake.jobs.processes import ProcessStatus


def version_skew(processes: Sequence[ProcessStatus]) -> dict[str, str]:
    """Name of each live process that runs an older version than the newest one → a sentence. Empty if all agree.

    A worker that is stopping is left out, because its supervisor starts it with the installed version.
    """
    known = [one for one in processes if one.alive and one.version and not one.stopping]
    if len({one.version for one in known}) < 2:
        return {}
    newest = max(known, key=lambda one: (_order(one.version), one.kind == "web"))
    return {
        one.name: f"{_subject(newest)} runs {newest.version}, {_subject(one, 'the')} still runs {one.version}: restart it."
        for one in known
        if one.version != newest.version
    }


def _order(version: str) -> tuple[tuple[int, ...], str]:
    """Sort key of a version: its numbers, then its whole text."""
    return tuple(int(number) for number in re.findall(r"\d+", version)), version


def _subject(process: ProcessStatus, article: str = "The") -> str:
    return f"{article} web server" if process.kind == "web" else f"{article} {process.kind} {process.name}"
