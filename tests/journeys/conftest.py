"""Three installations that all journeys share, because a start takes seconds. Each journey sends its own data."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.gate import group_of
from tests.journeys.people import PASSWORD, at_the_desk
from tests.waiting import until
from tests.whole import Whole, running

expect.set_options(timeout=30_000)
ASEL, TOMAS, EVERYTHING = "asel@transom.example", "tomas@transom.example", "all@transom.example"
NEWEST = "/desk/?sort=newest"
HERE = Path(__file__).parent
Send = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a journey that would start another installation."""
    for item in items:
        if HERE in item.path.parents and isinstance(item, pytest.Function):
            for shared in {"newsroom", "demo", "at_once"}.intersection(item.fixturenames):
                if group_of(item.nodeid) != shared:
                    raise pytest.UsageError(f"{item.nodeid} uses `{shared}`: name its file in tests/gate.py.")


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Installation with two editors and no demo. Decisions can be undone for six seconds."""
    with running(tmp_path_factory.mktemp("desk"), TRANSOM_UNDO_SECONDS=6) as whole:
        for email in (ASEL, TOMAS):
            whole.add_editor(email, PASSWORD, "editor")
        yield whole


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Installation with the data of `transom demo` and an account with all roles."""
    with running(tmp_path_factory.mktemp("demo"), TRANSOM_UNDO_SECONDS=8) as whole:
        done = whole.transom("demo", "--password", PASSWORD)
        assert done.returncode == 0, done.stderr
        whole.add_editor(EVERYTHING, PASSWORD, "chief", "admin")
        yield whole


@pytest.fixture(scope="package")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Installation with one editor, whose decisions take effect at once."""
    with running(tmp_path_factory.mktemp("at-once"), TRANSOM_UNDO_SECONDS=0) as whole:
        whole.add_editor(ASEL, PASSWORD, "editor")
        yield whole


@pytest.fixture
def asel(newsroom: Whole, browser: Browser) -> Iterator[Page]:
    page = at_the_desk(newsroom, browser, ASEL)
    yield page
    page.context.close()


@pytest.fixture
def tomas(newsroom: Whole, browser: Browser) -> Iterator[Page]:
    page = at_the_desk(newsroom, browser, TOMAS)
    yield page
    page.context.close()


NUMBERS = itertools.count(1)


@pytest.fixture
def send(newsroom: Whole, asel: Page) -> Send:
    """Function that sends a submission, waits until it is in the queue, and returns the address of its page."""

    def one(title: str = "", **more: object) -> str:
        title = title or f"Piece {next(NUMBERS)}"
        newsroom.submit(title, **more)  # type: ignore[arg-type]
        until(lambda: title in asel.request.get(NEWEST).text(), 30)
        asel.goto(NEWEST)
        path = asel.get_by_role("link", name=title, exact=True).first.get_attribute("href")
        assert path
        return path

    return one
