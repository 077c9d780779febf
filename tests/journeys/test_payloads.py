"""A submission with attacks in every field, in a real browser. Every page shows them as text."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, FilePayload, expect

from intake.text import clean_body
from tests.corpus.texts import names, rows
from tests.journeys.conftest import CHIEF, NEWEST
from tests.journeys.folds import unfold
from tests.journeys.people import decide, log_in
from tests.photos import made
from tests.waiting import until
from tests.web.test_inert import ATTACKS
from tests.whole import Whole

MARK = "MARK7"
TITLE = f"{MARK} <script>alert(1)</script><img src=x onerror=alert(2)>\"'{{{{7*7}}}}<svg/onload=alert(3)>"
LINE = f"{MARK}\u200b <svg/onload=alert(4)>\" onfocus=alert(5) autofocus x='</textarea></title><script>alert(6)</script>"
FILE = "<img src=x onerror=alert(8)>\u202egpj.jpg"
MOST = 400
"""Maximum number of attacks in one body. With more tags, Transom would keep the whole body as plain text."""


class Watch:
    """Everything that a browser ran, blocked, or requested from other sites."""

    def __init__(self, context: BrowserContext) -> None:
        self.alarms: list[str] = []
        self.page = context.new_page()
        self.page.on("dialog", self._dismiss)
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.alarms.append(str(error)))
        self.page.on("request", lambda request: self._see(request.url))
        self._host = ""

    def look(self, path: str = "") -> str:
        """Open a page, fire events on all elements in it, and return its visible text."""
        if path:
            self.page.goto(path)
        self.page.wait_for_load_state()
        self._host = urlsplit(self.page.url).netloc
        self.page.evaluate(
            "() => document.querySelectorAll('main *').forEach(node => ['mouseover', 'focus', 'error', 'load', 'toggle']"
            ".forEach(name => node.dispatchEvent(new Event(name))))"
        )
        return self.page.locator("body").inner_text()

    def _dismiss(self, dialog: Dialog) -> None:
        self.alarms.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _hear(self, kind: str, text: str) -> None:
        # The form without consent is answered with 422 on purpose. Chromium logs that as an error.
        if kind in {"error", "warning"} and "status of 422" not in text:
            self.alarms.append(text)

    def _see(self, url: str) -> None:
        if self._host and urlsplit(url).netloc not in {self._host, ""}:
            self.alarms.append(f"asked {url}")


def attacks() -> str:
    """Attacks that run in a browser without cleaning, from the corpus if it is installed, else built-in ones.

    Attacks that make a parser drop the text after them are left out.
    """
    fierce = [row["payload"] for name in names("xss") for row in rows(name) if row["fires_raw_chromium"]]
    fierce = [one for one in fierce if "END" in clean_body(f"{one}<p>END</p>", format="html").text]
    return "\n\n".join([MARK, *(fierce[:: max(1, len(fierce) // MOST)] or ATTACKS.values())])


@pytest.mark.parametrize("written", [pytest.param("plain", marks=pytest.mark.slow), "html"])
def test_attacks_in_every_field_are_text(
    newsroom: Whole, browser: Browser, tmp_path: Path, written: str
) -> None:
    contributor, editor = (Watch(browser.new_context(base_url=newsroom.settings.base_url)) for _ in range(2))
    receipt = send(contributor, written, tmp_path)
    log_in(editor.page, CHIEF)
    until(lambda: MARK in editor.page.request.get(NEWEST).text(), 60)
    assert "<svg/onload=alert(3)>" in editor.look(NEWEST)
    read_all(editor)
    reject(editor)
    come_back(contributor, receipt)
    assert contributor.alarms == []
    assert editor.alarms == []


def send(watch: Watch, written: str, folder: Path) -> str:
    photo = FilePayload(name=FILE, mimeType="image/jpeg", buffer=made.jpeg_with_gps(64, 48, "x"))
    no_photo = FilePayload(name=FILE, mimeType="image/jpeg", buffer=b"<script>alert(9)</script>")
    page = watch.page
    page.goto("/send")
    unfold(page)
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("Text", exact=True).fill(attacks())
    # Set the hidden format field, as the script does for pasted HTML. The form has no visible choice.
    page.locator("[name=format]").first.evaluate("(choice, value) => { choice.value = value; }", written)
    page.locator("#print_name").fill(LINE)
    page.get_by_label("How to reach you").fill(LINE)
    page.get_by_role("button", name="Add another photo").click()
    unfold(page)
    for number, file in enumerate((photo, no_photo), start=1):
        page.locator(f"[name=photo-{number}]").set_input_files([file])
        page.locator(f"[name=caption-{number}]").fill(LINE)
        page.locator(f"[name=credit-{number}]").fill(LINE)
    # Turn off the browser's check. Without consent, the server returns the form with everything that was typed.
    page.evaluate("() => document.querySelector('form').noValidate = true")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".problems")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    watch.look()
    for number, file in enumerate((photo, no_photo), start=1):
        page.locator(f"[name=photo-{number}]").set_input_files([file])
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible(timeout=30_000)
    watch.look()
    return page.locator(".receipt__code").inner_text().replace("\n", "")


def read_all(editor: Watch) -> None:
    """Examine the submission, its cleaning report, an older revision, the contact and the edit form."""
    page = editor.page
    page.locator("ol.queue a").first.click()
    seen, address = editor.look(), urlsplit(page.url).path
    assert MARK in page.locator(".submission-text").inner_text()
    # The line is shown as it was typed, without the invisible character.
    assert seen.count(LINE.replace("\u200b", "")) >= 3
    assert "⟨U+200B zero width space⟩" in editor.look(f"{address}/cleaning")
    editor.look(f"{address}/revisions/1")
    editor.look(f"{address}/revisions/new")
    editor.look(address)
    page.get_by_role("button", name="Show contact").click()
    assert "onfocus=alert(5)" in editor.look()


def reject(editor: Watch) -> None:
    decide(editor.page, "Reject", why="Not our subject", message=LINE)
    expect(editor.page.get_by_text("Last decision")).to_be_visible()
    editor.look()


def come_back(contributor: Watch, receipt: str) -> None:
    contributor.page.goto("/receipt")
    contributor.page.get_by_label("Your receipt").fill(receipt)
    contributor.page.locator("main button[type=submit]").click()
    assert "onfocus=alert(5)" in contributor.look()
