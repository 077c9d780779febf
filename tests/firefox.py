"""Control Firefox ESR, as Debian ships it, by its WebDriver BiDi server (https://w3c.github.io/webdriver-bidi/).

Playwright cannot control it: it needs its own build of Firefox. Scripts of the tests run in a BiDi sandbox, so they also
run when the page's scripts are off.
"""

import itertools
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from websockets.sync.client import ClientConnection, connect

from tests.waiting import until

NO_FIREFOX = "there is no Firefox on this machine"
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "dom.disable_beforeunload": True,
    # Firefox asks before it sends a form again. This setting answers yes.
    "dom.confirm_repost.testing.always_accept": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


_AXE = Axe().axe_script


class Tab:
    """The only tab of a Firefox that has its own profile."""

    def __init__(self, socket: ClientConnection, process: subprocess.Popen[bytes]) -> None:
        self._socket, self._process = socket, process
        self._numbers = itertools.count(1)
        self.command("session.new", capabilities={})
        [context] = self.command("browsingContext.getTree")["contexts"]
        self.context: str = context["context"]

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result. Raises AssertionError if it fails."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=90))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]  # type: ignore[no-any-return]

    def goto(self, url: str) -> None:
        """Open an address."""
        self.command("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def reload(self) -> None:
        """Load the page again. A form that was sent is sent again."""
        self.command("browsingContext.reload", context=self.context, wait="complete")

    def go(self, steps: int) -> None:
        """Go back, with -1, or forward in the history."""
        self.command("browsingContext.traverseHistory", context=self.context, delta=steps)

    def run(self, script: str, **values: str) -> Any:
        """Evaluate a JavaScript expression in a sandbox of the page. `values` are the variables that it may use."""
        names = ", ".join(values)
        found = self.command(
            "script.callFunction",
            functionDeclaration=f"({names}) => JSON.stringify({script} ?? null)",
            arguments=[{"type": "string", "value": value} for value in values.values()],
            target={"context": self.context, "sandbox": "test"},
            awaitPromise=False,
        )
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def value(self, css: str) -> str | None:
        """Return the value of a field, or None if it is not there."""
        value: str | None = self.run("document.querySelector(css)?.value", css=css)
        return value

    def count(self, css: str) -> int:
        """Return how many elements there are."""
        number: int = self.run("document.querySelectorAll(css).length", css=css)
        return number

    def text(self, css: str = "main") -> str:
        """Return the text of an element, empty if it is not there."""
        return str(self.run("document.querySelector(css)?.innerText ?? ''", css=css))

    def fill(self, css: str, text: str) -> None:
        """Set the value of a field, and send the event `input`, as typing does, for the scripts of the page."""
        self.run(
            "(() => { const field = document.querySelector(css); field.focus(); field.value = text;"
            " field.dispatchEvent(new Event('input', { bubbles: true })); })()",
            css=css,
            text=text,
        )

    def press(self, name: str) -> None:
        """Press the first visible button or label with this text."""
        found = self.run(
            "(() => { const all = [...document.querySelectorAll('button, label, summary, a')];"
            " const one = all.find((e) => e.innerText.trim() === name && !e.closest('.visually-hidden'));"
            " one?.click(); return Boolean(one); })()",
            name=name,
        )
        assert found, name

    def crash(self) -> None:
        """Kill the browser, to simulate a crash or power loss."""
        self._process.kill()
        self._process.wait()

    def click(self, css: str) -> None:
        """Click on the first element that a selector finds."""
        self.run("document.querySelector(css).click()", css=css)

    def resize(self, width: int, height: int) -> None:
        """Give the page a size in CSS pixels."""
        self.command(
            "browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height}
        )

    def axe(self) -> list[str]:
        """Return what axe-core finds: the rule and the first element. The page must have scripts."""
        found = self.command(
            "script.evaluate",
            expression=f"{_AXE}; axe.run(document, {{ resultTypes: ['violations'] }}).then((all) =>"
            " JSON.stringify(all.violations.map((one) => `${one.id}: ${one.nodes[0].html}`)))",
            target={"context": self.context, "sandbox": "axe"},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        told: list[str] = json.loads(found["result"]["value"])
        return told

    def choose(self, css: str, *paths: Path) -> None:
        """Choose files in a file input."""
        [node] = self.command(
            "browsingContext.locateNodes",
            context=self.context,
            locator={"type": "css", "value": css},
            maxNodeCount=1,
        )["nodes"]
        element = {"sharedId": node["sharedId"]}
        self.command(
            "input.setFiles", context=self.context, element=element, files=[str(one) for one in paths]
        )

    def has(self, css: str, value: str) -> None:
        """Wait until a field has this value."""
        until(lambda: self.value(css) == value, 30)

    def shows(self, text: str) -> None:
        """Wait until the page shows this text."""
        until(lambda: text in self.text(), 30)


@contextmanager
def firefox(
    *, scripts: bool = True, profile: Path | None = None, preferences: Mapping[str, bool | int] | None = None
) -> Iterator[Tab]:
    """Start Firefox with a fresh profile, or with one that is kept. Skips the test if Firefox is not installed."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip(NO_FIREFOX)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as fresh:
        home = str(profile or fresh)
        chosen = {**_PREFERENCES, "javascript.enabled": scripts, **(preferences or {})}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items()]
        (Path(home) / "user.js").write_text("\n".join(lines))
        command = [program, "--headless", "--no-remote", "--profile", home, "--remote-debugging-port", "0"]
        log = Path(fresh) / "log"
        with log.open("wb") as said:
            process = subprocess.Popen(
                command, stderr=said, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                env={"HOME": home, "PATH": "/usr/bin:/bin", "MOZ_HEADLESS": "1"},
            )  # fmt: skip
        try:
            with connect(f"{_address(log)}/session", max_size=None) as socket:
                yield Tab(socket, process)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(log: Path) -> str:
    """Return the address at which Firefox listens, from its log. Waits until the log has it."""
    found = until(lambda: _LISTENING.search(log.read_text(errors="replace")), 60)
    return str(found[1])
