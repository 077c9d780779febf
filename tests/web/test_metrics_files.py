"""Dashboard, alert rules and docs/ops/metrics.md, checked against a real scrape."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import func

from intake.db import transaction
from intake.job_kinds import CANARIES, QUEUES
from intake.models import Job, JobTotal
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import scrape
from tests.web.people import Contributor
from tests.web.test_health import beat

OPS = Path(__file__).parents[2] / "docs/ops"
RULES = [
    rule for group in yaml.safe_load((OPS / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
PANELS = json.loads((OPS / "grafana.json").read_text())["panels"]
# Metrics that Prometheus itself adds to each scrape, with their labels.
OF_PROMETHEUS = {"up": {"job"}}
OF_HISTOGRAMS = ("_bucket", "_count", "_sum")


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    for panel in PANELS:
        yield from (target["expr"].replace("$__rate_interval", "5m") for target in panel["targets"])


@pytest.fixture
def labels(watched: Transom, contributor: Contributor, run_jobs: RunJobs) -> dict[str, set[str]]:
    """Return metric name → labels, from an installation with data of every kind."""
    beat(version="1")
    contributor.send(File("photo-1", b"no photo at all"))
    run_jobs()
    with transaction() as session:
        for queue in QUEUES:
            session.add(Job(kind=CANARIES[queue], slot=queue, status="done", finished_at=func.now()))
            for measure in ("wait", "run"):
                session.add(
                    JobTotal(queue=queue, outcome="dead", measure=measure, bucket=0, count=1, seconds=1.0)
                )
    found: dict[str, set[str]] = defaultdict(set, {name: set(of) for name, of in OF_PROMETHEUS.items()})
    for family in text_string_to_metric_families(scrape(watched).text):
        for sample in family.samples:
            found[sample.name] |= sample.labels.keys()
    return found


def selectors(expression: Any) -> Iterator[Any]:
    """Return all series selectors of an expression."""
    if isinstance(expression, promql.VectorSelector):
        yield expression
    for name in ("args", "expr", "lhs", "rhs", "vector_selector"):
        part = getattr(expression, name, None)
        for one in part if isinstance(part, list) else [part] if part is not None else []:
            yield from selectors(one)


@pytest.mark.parametrize("expression", list(expressions()))
def test_every_expression_is_of_metrics_and_labels_that_exist(
    labels: dict[str, set[str]], expression: str
) -> None:
    found = list(selectors(promql.parse(expression)))
    assert found
    for selector in found:
        assert selector.name in labels
        assert {matcher.name for matcher in selector.matchers.matchers} <= labels[selector.name]
    known = set().union(*(labels[selector.name] for selector in found))
    for grouped in re.findall(r"\b(?:by|on) \(([^)]*)\)", expression):
        assert set(grouped.split(", ")) <= known


def test_what_an_alert_says_is_of_labels_that_its_series_have(labels: dict[str, set[str]]) -> None:
    for rule in RULES:
        (first, *_) = selectors(promql.parse(rule["expr"]))
        told = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        assert told <= labels[first.name], rule["alert"]
        assert rule["labels"]["severity"] in {"page", "notice"}


def test_every_legend_is_of_labels_that_its_series_have(labels: dict[str, set[str]]) -> None:
    for panel in PANELS:
        for target in panel["targets"]:
            expression = target["expr"].replace("$__rate_interval", "5m")
            known = set().union(*(labels[one.name] for one in selectors(promql.parse(expression))))
            assert set(re.findall(r"{{(\w+)}}", target["legendFormat"])) <= known


def test_the_dashboard_shows_and_the_page_explains_every_metric(labels: dict[str, set[str]]) -> None:
    ours = {name.removesuffix(end) for end in OF_HISTOGRAMS for name in labels if name.endswith(end)}
    names = {name for name in labels if name not in OF_PROMETHEUS and not name.endswith(OF_HISTOGRAMS)} | ours
    page = (OPS / "metrics.md").read_text()
    explained = set(re.findall(r"`(transom_\w+)", page))
    assert explained == names
    shown = " ".join(target["expr"] for panel in PANELS for target in panel["targets"])
    assert {name for name in names if name not in shown} == set()


def test_panels_lie_side_by_side_and_on_nobody() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in PANELS:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert max(x for x, _ in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells


def test_alerts_name_commands_that_exist() -> None:
    from intake.cli import COMMANDS

    for rule in RULES:
        for command in re.findall(r"`transom (\S+?)[ `]", rule["annotations"]["summary"]):
            assert command in COMMANDS, rule["alert"]
