"""Three installations that all journeys share, because a start takes seconds. Each journey sends its own data."""

import itertools
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml.html import document_fromstring
from playwright.sync_api import Browser, Page, expect

from tests.gate import group_of
from tests.journeys.people import PASSWORD, at_the_desk
from tests.waiting import until
from tests.whole import Whole, running

expect.set_options(timeout=30_000)
ASEL, TOMAS, CHIEF = "asel@transom.example", "tomas@transom.example", "chief@transom.example"
EVERYTHING = "all@transom.example"
NEWEST = "/desk/?sort=newest"
HERE = Path(__file__).parent
Send = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a journey that would start another installation."""
    for item in items:
        if HERE in item.path.parents and isinstance(item, pytest.Function):
            for shared in {"newsroom", "demo", "at_once"}.intersection(item.fixturenames):
                if group_of(item.nodeid).partition(":")[0] != shared:
                    raise pytest.UsageError(f"{item.nodeid} uses `{shared}`: name its file in tests/gate.py.")


@pytest.fixture(scope="package")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Installation with two editors, a chief editor and no demo. Decisions can be undone for six seconds.

    The section Interview has a checklist.
    """
    checklist = "Interview = captions, second_reading, Lawyer asked@publish"
    with running(
        tmp_path_factory.mktemp("desk"), TRANSOM_UNDO_SECONDS=6, TRANSOM_CHECKLISTS=checklist
    ) as whole:
        for email in (ASEL, TOMAS):
            whole.add_editor(email, PASSWORD, "editor")
        whole.add_editor(CHIEF, PASSWORD, "chief")
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
def mail_port() -> int:
    """Port of the mail server of `at_once`, which is down until a test starts one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="package")
def at_once(tmp_path_factory: pytest.TempPathFactory, mail_port: int) -> Iterator[Whole]:
    """Installation with one editor. Decisions take effect at once, and sending mail fails."""
    mail = f"smtp://127.0.0.1:{mail_port}"
    with running(tmp_path_factory.mktemp("at-once"), TRANSOM_UNDO_SECONDS=0, TRANSOM_SMTP_URL=mail) as whole:
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


def path_of(editor: Page, title: str) -> str | None:
    """Return the address of the newest submission with this title, or None. Requested without rendering, to save time."""
    queue = document_fromstring(editor.request.get(NEWEST).text())
    found = [
        link for link in queue.iter("a") if " ".join("".join(map(str, link.itertext())).split()) == title
    ]
    # Without the query string, the page belongs to the default list instead of the newest submissions.
    return (found[0].get("href") or "").partition("?")[0] if found else None


@pytest.fixture
def send(newsroom: Whole, asel: Page) -> Send:
    """Function that sends a submission, waits until it is in the queue, and returns the address of its page."""

    def one(title: str = "", **more: object) -> str:
        title = title or f"Piece {next(NUMBERS)}"
        newsroom.submit(title, **more)  # type: ignore[arg-type]
        return until(lambda: path_of(asel, title), 30)

    return one
