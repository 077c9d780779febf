"""Choice of the tests for the gate (`script/test` without arguments), and their distribution over processes.

The mark `slow` is for tests that only `script/test --everything` runs. The gate leaves them out by `-m "not slow"`.
"""

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

LEFT_OUT = pytest.StashKey[int]()
GATE = "not slow"
"""Mark expression with which script/test runs pytest by default."""

JOURNEYS = {
    "tests/journeys/desk/": "newsroom: desk",
    "tests/journeys/test_consent.py": "newsroom: others",
    "tests/journeys/test_document.py": "newsroom: others",
    "tests/journeys/test_draft.py": "newsroom: others",
    "tests/journeys/test_draft_in_firefox.py": "newsroom: others",
    "tests/journeys/test_draft_interrupted.py": "newsroom: others",
    "tests/journeys/test_draft_order.py": "newsroom: others",
    "tests/journeys/test_language.py": "newsroom: others",
    "tests/journeys/test_light.py": "newsroom: others",
    "tests/journeys/test_odd_photos.py": "newsroom: others",
    "tests/journeys/test_payloads.py": "newsroom: others",
    "tests/journeys/test_faces.py": "newsroom: others",
    "tests/journeys/test_redaction.py": "newsroom: others",
    "tests/journeys/test_submit.py": "newsroom: others",
    "tests/journeys/test_system_status.py": "newsroom: others",
    "tests/journeys/desk/test_newcomer.py": "demo",
    "tests/journeys/test_every_page.py": "demo",
    "tests/journeys/test_proof_of_work.py": "busy",
    "tests/journeys/test_admin_jobs.py": "at_once",
    "tests/journeys/test_answer.py": "at_once",
    "tests/journeys/test_draft_table.py": "at_once",
    "tests/journeys/test_draft_traces.py": "at_once",
    "tests/journeys/test_form_to_decision.py": "at_once",
}
"""Prefix of test ids → the installation that these tests share (tests/journeys/conftest.py). The longest prefix counts.

After a colon: name of a group. Each group starts its own copy of the installation, so that groups can run in parallel.
"""

IN_ONE_PROCESS = (
    "tests/migrations/test_env.py::test_every_earlier",
    "tests/script/test_release.py",
    "tests/script/test_translations.py",
    "tests/web/server/test_connections.py",
)
"""Prefixes of ids of tests that share something slow to make: a database that is migrated step by step, a build,
extracted messages, a server. One process runs all tests with the same prefix, in order."""
QUICK = ("tests/docs/", "tests/documents/", "tests/models/", "tests/photos/", "tests/text/")
"""Prefixes of ids of tests that mostly take milliseconds. They run last, so that all processes finish together."""

# jsonschema compiles the grammar of international addresses when it is imported, for one to two seconds. No schema here has them.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# No deadlines for Hypothesis: a slow machine must not fail a test.
settings.register_profile("everything", deadline=None)
settings.load_profile("everything")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return the number of cores + 2, because many tests wait for a browser or a server. With + 1, a fifth stays idle."""
    return len(os.sched_getaffinity(0)) + 2


def group_of(nodeid: str) -> str:
    """Return the name of the group of a test, all of which one process runs. Most tests are a group of one."""
    for start in IN_ONE_PROCESS:
        if nodeid.startswith(start):
            return start
    # Tests of one file begin with the same states, which their process makes once (tests/web/recorded.py).
    if nodeid.startswith("tests/web/"):
        return nodeid.partition("::")[0]
    starts = [start for start in JOURNEYS if nodeid.startswith(start)]
    return JOURNEYS[max(starts, key=len)] if starts else nodeid


def rank(nodeid: str) -> int:
    """Return the rank of a test: 1 for journeys and other tests that share a slow setup, 3 for quick tests, else 2."""
    if nodeid.startswith(("tests/journeys/", *IN_ONE_PROCESS)):
        return 1
    return 3 if nodeid.startswith(QUICK) else 2


class GroupScheduling(LoadScopeScheduling):
    """Send each test to the next free process, but all tests of a group to the same process, in their order.

    The mark `xdist_group` of xdist 3.8 does not work with pytest 9.2. xdist also counts all earlier groups of a process and
    searches all tests for the next one, after each test: 9 s of CPU time for 14,600 tests.
    """

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self._places: dict[Any, dict[str, int]] = {}

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        """Remember where each test stands in the list of the process."""
        super().add_node_collection(node, collection)
        self._places[node] = {nodeid: place for place, nodeid in enumerate(collection)}

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
        """Forget a group once all of its tests have run."""
        nodeid = self.registered_collections[node][item_index]
        assigned, group = self.assigned_work[node], group_of(nodeid)
        assigned[group][nodeid] = True
        if all(assigned[group].values()):
            del assigned[group]
        self._reschedule(node)

    def _assign_work_unit(self, node: Any) -> None:
        group, tests = self.workqueue.popitem(last=False)
        self.assigned_work[node][group] = tests
        places = self._places[node]
        node.send_runtest_some([places[nodeid] for nodeid, is_done in tests.items() if not is_done])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupScheduling | None:
    """Replace xdist's own scheduler for groups (`--dist loadgroup`) by GroupScheduling."""
    return GroupScheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, so that at the end no process waits for another's long test."""
    items.sort(key=lambda item: rank(item.nodeid) if item.get_closest_marker("slow") is None else 0)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Freeze the collected tests, so that garbage collection does not scan them again. Saves a tenth of all CPU time.

    Garbage collection also runs less often than by default, which saves 3 % of the CPU time of tests with a database.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count the tests that the gate leaves out. An xdist worker reports them to the controller, which collects none."""
    config = items[0].config
    if config.option.markexpr != GATE:
        return
    config.stash[LEFT_OUT] = config.stash.get(LEFT_OUT, 0) + len(items)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Read the count from a worker. All workers have collected the same tests, so their counts are equal."""
    left_out = getattr(node, "workeroutput", {}).get("left_out", 0)
    node.config.stash[LEFT_OUT] = max(left_out, node.config.stash.get(LEFT_OUT, 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests the gate left out, and how to run them."""
    left_out = config.stash.get(LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(
            f"{left_out} slow tests were left out. To run them too: script/test --everything", yellow=True
        )
