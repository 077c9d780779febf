"""Status page of the admins: health report in one sentence, and the figures behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from flask import render_template
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.health import backups, broker_troubles
from intake.health.incidents import count_since, latest
from intake.health.scrub import last_scrub
from intake.health.status import dependencies, system_status
from intake.health.watch import monitor_status
from intake.job_kinds import CANARIES
from intake.jobs.figures import DAY, Sample, last_day
from intake.jobs.schedules import Schedule
from intake.models.job_figures import SAMPLE_SECONDS
from intake.storage import StorageAway, files
from intake.web.access import requires
from intake.web.admin.blueprint import bp
from intake.web.current import config
from intake.web.display import size

# Largest number of files to list. S3 lists a thousand files in 0.1 s, and the page waits for the list.
MOST_COUNTED = 20_000
INCIDENT_DAYS = 30
"""Days for which the page says how many incidents began."""


@bp.get("/")
@requires("system.read")
def overview() -> ResponseReturnValue:
    """Page of the health report, queues, processes, scheduled jobs and dependencies, on one screen."""
    with transaction() as session:
        found, below = system_status(session), dependencies(session)
        lines = {queue: sparkline(day, found.now) for queue, day in last_day(session, found.now).items()}
        monitor, newest = monitor_status(session), latest(session)
        lately, deletion = count_since(session, INCIDENT_DAYS), last_scrub(session)
        kept = backups.state(session, config())
    return render_template(
        "admin/overview.html", found=found, lines=lines, ended=_ended(lines.values()), schedule_lines=_schedule_lines(found.schedules),
        infrastructure=below, storage=storage_use(), mail_is_set=config().mails, monitor=monitor,
        newest_incident=newest, incidents_lately=lately, incident_days=INCIDENT_DAYS,
        broker_trouble=broker_troubles.named, deletion=deletion, backups=kept,
    )  # fmt: skip


@dataclass(frozen=True)
class ScheduleLine:
    """Line of the table of scheduled jobs. Canary jobs, mail jobs and cleanup jobs have one line each.

    `last_at` is the oldest of the last starts, `next_at` the earliest next start, `missed` the sum of missed starts.
    """

    name: str
    every: timedelta
    last_at: datetime | None
    next_at: datetime
    under_way: bool
    missed: int


def _schedule_lines(found: Sequence[Schedule]) -> list[ScheduleLine]:
    groups: dict[str, list[Schedule]] = {"cleanups": [], "mails": [], "test jobs": []}
    for one in found:
        is_mail = one.kind.startswith("notify.")
        name = "test jobs" if one.kind in CANARIES.values() else "mails" if is_mail else "cleanups"
        groups[name].append(one)
    return [_schedule_line(f"{len(group)} {name}", group) for name, group in groups.items() if group]


def _schedule_line(name: str, schedules: Sequence[Schedule]) -> ScheduleLine:
    starts = [one.last_at for one in schedules if one.last_at]
    return ScheduleLine(
        name,
        schedules[0].every,
        min(starts) if len(starts) == len(schedules) else None,
        min(one.next_at for one in schedules),
        any(one.under_way for one in schedules),
        sum(one.missed for one in schedules),
    )


def _ended(lines: Iterable["Sparkline"]) -> int | None:
    """Return the number of jobs that ended in the last 24 hours. None if no figures are stored yet."""
    known = [line.ended for line in lines if line.until]
    return sum(known) if known else None


def storage_use() -> dict[str, str]:
    """Return storage area → used space, and `free` → free space if the storage reports it.

    Returns only {"away": reason} if the storage is unavailable.
    """
    try:
        used = {area: _used(area) for area in ("quarantine", "clean")}
        free = files().free()
    except StorageAway as error:
        return {"away": f"{error} {error.advice}"}
    return used if free is None else used | {"free": size(free)}


def _used(area: str) -> str:
    """Return the total size of the files in a storage area. Above MOST_COUNTED files, only a lower bound."""
    listing = files().listing(area)
    counted = size(sum(one.size for one in islice(listing, MOST_COUNTED)))
    return f"more than {counted}" if any(listing) else counted


WIDTH, HEIGHT = 288, 24
"""Size of a sparkline. One unit of the width is five minutes, the interval between stored figures."""


@dataclass(frozen=True)
class Sparkline:
    """Line chart of a queue's waiting jobs in the last 24 hours, and totals of that time.

    `stretches` are SVG polylines `x,y x,y …`. A new polyline begins after a time without stored figures.
    `most` is the largest number of waiting jobs. `came` and `ended` count created and ended jobs.
    """

    stretches: list[str]
    most: int
    came: int
    ended: int
    until: datetime | None
    """Time of the last stored figures. None if there are none. The totals are then unknown, not 0."""
    per_minute: tuple[float, float] | None
    """Jobs that came and ended in a minute, by the last stored figures. None if these are old or missing."""


def sparkline(day: Sequence[Sample], now: datetime) -> Sparkline:
    """Build the sparkline from a queue's figures of 24 hours, taken every five minutes.

    The latest figures are on the right.
    """
    most = max((sample.waiting for sample in day), default=0)
    stretches: list[list[str]] = []
    before: float | None = None
    for sample in day:
        x = WIDTH * (1 - (now - sample.at) / DAY)
        y = HEIGHT - 1 - (HEIGHT - 2) * sample.waiting / max(most, 1)
        if before is None or x - before > 2:
            stretches.append([])
        stretches[-1].append(f"{x:.1f},{y:.1f}")
        before = x
    return Sparkline(
        [" ".join(points) for points in stretches],
        most,
        sum(sample.came for sample in day),
        sum(sample.ended for sample in day),
        day[-1].at if day else None,
        _per_minute(day, now),
    )


def _per_minute(day: Sequence[Sample], now: datetime) -> tuple[float, float] | None:
    if not day or now - day[-1].at > 2 * timedelta(seconds=SAMPLE_SECONDS):
        return None
    minutes = SAMPLE_SECONDS / 60
    return day[-1].came / minutes, day[-1].ended / minutes
