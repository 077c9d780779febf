from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import NO_BROWSER, find_browser, pytest_terminal_summary

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_page_opens_in_a_real_browser(page: "Page") -> None:
    page.set_content("<title>News</title><button>Send</button>")
    assert page.title() == "News"
    page.get_by_role("button", name="Send").click()


def test_the_system_s_browser_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Chromium:
        executable_path = str(tmp_path / "own")

    class Pretended:
        chromium = Chromium()

    pretended: Any = Pretended()
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/chromium" if name == "chromium" else None)
    assert find_browser(pretended) == "/usr/bin/chromium"
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert find_browser(pretended) is None
    (tmp_path / "own").touch()
    assert find_browser(pretended) == str(tmp_path / "own")


class Reporter:
    """Stand-in for pytest's terminal reporter. It keeps the lines that are written to it."""

    def __init__(self, *reasons: str) -> None:
        self.stats = {"skipped": [type("Report", (), {"longrepr": reason}) for reason in reasons]}
        self.lines: list[str] = []

    def write_line(self, line: str, **markup: bool) -> None:
        self.lines.append(line)


def summary(*reasons: str) -> list[str]:
    reporter = Reporter(*reasons)
    pytest_terminal_summary(reporter)  # type: ignore[arg-type]
    return reporter.lines


def test_a_run_without_a_browser_says_so() -> None:
    assert (
        "NO BROWSER: 2 tests"
        in summary(f"Skipped: {NO_BROWSER}", "another reason", f"Skipped: {NO_BROWSER}")[0]
    )
    assert summary("another reason") == []
