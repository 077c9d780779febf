"""Processes that still run an older version than another process of the installation."""

import re
from collections.abc import Sequence

from intake.jobs.processes import ProcessStatus


def version_skew(processes: Sequence[ProcessStatus]) -> list[str]:
    """One sentence for each live process that runs an older version than the newest one. Empty if all agree.

    A worker that is stopping is left out, because its supervisor starts it with the installed version.
    """
    known = [one for one in processes if one.alive and one.version and not one.stopping]
    if len({one.version for one in known}) < 2:
        return []
    newest = max(known, key=lambda one: (_order(one.version), one.kind == "web"))
    return [
        f"{_subject(newest)} runs {newest.version}, {one.kind} {one.name} still runs {one.version}: restart it."
        for one in known
        if one.version != newest.version
    ]


def _order(version: str) -> tuple[tuple[int, ...], str]:
    """Sort key of a version: its numbers, then its whole text."""
    return tuple(int(number) for number in re.findall(r"\d+", version)), version


def _subject(process: ProcessStatus) -> str:
    return "The web server" if process.kind == "web" else f"{process.kind.capitalize()} {process.name}"
