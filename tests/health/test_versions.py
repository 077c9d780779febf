from dataclasses import replace
from datetime import UTC, datetime

import pytest

from intake.health.versions import version_skew
from intake.jobs.processes import ProcessStatus

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def process(name: str, version: str, **more: object) -> ProcessStatus:
    made = ProcessStatus(
        f"{name}@desk", name, True, NOW, NOW, None, False, version, None, (), 1, None, None
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def test_one_version() -> None:
    assert version_skew([]) == {}
    assert version_skew([process("web", "1.4"), process("worker", "1.4"), process("relay", "")]) == {}


@pytest.mark.parametrize(
    ("processes", "said"),
    [
        (
            [process("worker", "1.3"), process("web", "1.4")],
            ["The web server runs 1.4, the worker worker@desk still runs 1.3: restart it."],
        ),
        (
            [process("worker", "1.10"), process("web", "1.9"), process("relay", "1.9")],
            [
                "The worker worker@desk runs 1.10, the web server still runs 1.9: restart it.",
                "The worker worker@desk runs 1.10, the relay relay@desk still runs 1.9: restart it.",
            ],
        ),
    ],
)
def test_older_ones_are_named(processes: list[ProcessStatus], said: list[str]) -> None:
    assert list(version_skew(processes).values()) == said


@pytest.mark.parametrize("state", [{"alive": False}, {"stopping": True}])
def test_one_that_ends_is_not_named(state: dict[str, bool]) -> None:
    assert version_skew([process("worker", "1.3", **state), process("web", "1.4")]) == {}
