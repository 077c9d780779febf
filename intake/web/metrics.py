"""Endpoint `/metrics` for Prometheus, protected by a token.

Figures come from the database and survive restarts.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from intake.db import DatabaseUnavailable, transaction, unavailable_reason
from intake.health.metrics import Histogram, Metrics, metrics
from intake.jobs.queues import Queue
from intake.models.heartbeat import KINDS, WEB_EVENTS
from intake.models.job_figures import BOUNDS
from intake.web.access import public
from intake.web.current import config
from intake.web.errors import problem

bp = Blueprint("metrics", __name__)

Labelled = Mapping[Any, float]
"""Values of the labels, as a tuple → value of the metric."""


@bp.get("/metrics")
@public
def all_metrics() -> ResponseReturnValue:
    """Return the metrics.

    Answers 404 if the settings have no token, 401 without it, 503 if the database is down.
    """
    token = config().metrics_token
    if not token:
        abort(404)
    sent = request.authorization
    if (
        sent is None
        or sent.type != "bearer"
        or not hmac.compare_digest((sent.token or "").encode(), token.encode())
    ):
        answer = problem(401, "Token required", "Send TRANSOM_METRICS_TOKEN as a bearer token.")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Transom metrics"'
        return answer
    try:
        with transaction() as session:
            found = metrics(session)
    except DatabaseUnavailable as error:
        return problem(503, "Metrics unavailable", unavailable_reason(error))
    registry = CollectorRegistry()
    registry.register(Figures(found))
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry), content_type=content_type)


class Figures(Collector):
    """Prometheus collector for one scrape. All its metrics were read in one transaction."""

    def __init__(self, found: Metrics) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Yield the metric families in the order of docs/ops/metrics.md."""
        yield from _machines(self._found)
        yield from _queues(self._found)
        yield from _jobs(self._found)
        yield from _content(self._found)
        yield from _web(self._found)


def _machines(found: Metrics) -> Iterator[Metric]:
    machines = found.system
    yield _gauge(
        "transom_ok",
        "1 while work is being done, by the verdict of the admin page.",
        (),
        {(): machines.report.ok},
    )
    alive = {(kind,): sum(one.alive for one in machines.processes if one.kind == kind) for kind in KINDS}
    yield _gauge("transom_processes", "Processes that reported within the last 20 seconds.", ("kind",), alive)
    workers = [one for one in machines.processes if one.kind == "worker" and one.alive]
    yield _gauge(
        "transom_worker_places",
        "Jobs that the living workers can run at once.",
        (),
        {(): sum(one.places for one in workers)},
    )
    yield _gauge(
        "transom_worker_busy", "Jobs that they run.", (), {(): sum(machines.busy(one) for one in workers)}
    )
    versions = {(one.kind, one.version): 1.0 for one in machines.processes if one.alive}
    yield _gauge("transom_build_info", "Versions that are running.", ("kind", "version"), versions)
    missed = {(one.kind,): one.missed for one in machines.schedules}
    yield _gauge(
        "transom_schedule_missed",
        "Times that the clock did not start a job since it last did.",
        ("schedule",),
        missed,
    )


def _queues(found: Metrics) -> Iterator[Metric]:
    for name, (help_text, figure) in OF_QUEUES.items():
        figures = {(one.name,): figure(one, found.now) for one in found.system.queues}
        known = {labels: value for labels, value in figures.items() if value is not None}
        yield _gauge(name, help_text, ("queue",), known)
    outbox = max(_age(found.system.queue(name), found.now) for name in ("notify", "publish"))
    help_text = "How long the oldest mail or decision that is to go out has waited."
    yield _gauge("transom_outbox_lag_seconds", help_text, (), {(): outbox})


def _age(queue: Queue, now: datetime) -> float:
    return (now - queue.since).total_seconds() if queue.since else 0.0


def _canary_age(queue: Queue, now: datetime) -> float | None:
    return (now - queue.canary.well_at).total_seconds() if queue.canary.well_at else None


# Metric name → help text, and function (queue, now) → value. None if the value is unknown.
OF_QUEUES: dict[str, tuple[str, Callable[[Queue, datetime], float | None]]] = {
    "transom_queue_waiting": ("Jobs that are due and not begun.", lambda queue, _: queue.waiting),
    "transom_queue_running": ("Jobs that run.", lambda queue, _: len(queue.running)),
    "transom_queue_oldest_age_seconds": ("How long the oldest job that is due has waited.", _age),
    "transom_queue_paused": (
        "1 while somebody has stopped the queue.",
        lambda queue, _: queue.pause is not None,
    ),
    "transom_canary_age_seconds": ("Since a canary last came through the queue well.", _canary_age),
}


def _jobs(found: Metrics) -> Iterator[Metric]:
    yield _gauge(
        "transom_jobs",
        "Jobs in the ledger that are not over.",
        ("status",),
        {(status,): count for status, count in found.system.jobs.items()},
    )
    ended = CounterMetricFamily(
        "transom_jobs_ended", "Jobs that ended, counted a minute later.", labels=("queue", "outcome")
    )
    for labels, count in found.ended.items():
        ended.add_metric(labels, count)
    yield ended
    for measure, help_text in (
        ("wait", "From when a job was due until it began."),
        ("run", "From when it began until it ended."),
    ):
        family = HistogramMetricFamily(f"transom_job_{measure}_seconds", help_text, labels=("queue",))
        for (of, queue), histogram in found.spans.items():
            if of == measure:
                family.add_metric((queue,), _buckets(histogram), histogram.seconds)
        yield family


def _content(found: Metrics) -> Iterator[Metric]:
    yield _gauge(
        "transom_submissions",
        "Submissions.",
        ("status",),
        {(status,): count for status, count in found.submissions.items()},
    )
    yield _gauge(
        "transom_suspicious", "Submissions that wait apart, with signs of a bot.", (), {(): found.suspicious}
    )
    yield _gauge("transom_photos", "Photos; a refused one has a reason.", ("status", "reason"), found.photos)


def _web(found: Metrics) -> Iterator[Metric]:
    load = found.system.web
    for thing, taken, places in (
        ("uploads", load.uploads, load.upload_places),
        ("connections", load.connections, load.connection_places),
    ):
        help_text = f"Open {thing} of web processes that have much to do."
        yield _gauge(f"transom_web_{thing}", help_text, (), {(): taken})
        yield _gauge(
            f"transom_web_{thing.rstrip('s')}_places", f"Largest number of these {thing}.", (), {(): places}
        )
    yield _gauge("transom_web_waiting", "Requests that wait for a thread.", (), {(): load.waiting})
    refused = CounterMetricFamily(
        "transom_web_refused", "Refusals of the web server, by what was refused or ended.", labels=("event",)
    )
    for event in WEB_EVENTS:
        refused.add_metric((event,), found.web_events.get(event, 0))
    yield refused


def _gauge(name: str, help_text: str, labels: Sequence[str], values: Labelled) -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _buckets(histogram: Histogram) -> list[tuple[str, float]]:
    """Return (upper bound, cumulative count) pairs. Prometheus names the last bound +Inf."""
    bounds = [*(str(bound) for bound in BOUNDS), "+Inf"]
    return list(zip(bounds, accumulate(histogram.counts), strict=True))
