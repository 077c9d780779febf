"""Attacks in a real browser. Cleaned, none may run. Uncleaned, they must run, or the test would prove nothing."""

from typing import TYPE_CHECKING, Any

import pytest

from intake.text import clean_body, render
from tests.corpus.texts import names, needs_corpus, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, needs_corpus]
# Most characters that a text may lose for each list item. Word writes the marker of an item (`·`, `iv.`) as text.
# Cleaning turns it into an `<li>`, whose marker is no text.
MARKER = 3
# Dialogs and common sinks only report their call. Events that payloads wait for are sent to every element.
WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = (...args) => { window.ran.push(name); };
addEventListener('securitypolicyviolation', event => window.ran.push('policy ' + event.violatedDirective));
"""
POKE = """
html => {
  const box = document.createElement('div');
  document.body.replaceChildren(box);
  box.innerHTML = html;
  const events = ['load', 'error', 'click', 'mouseover', 'mousemove', 'mouseenter', 'focus', 'focusin', 'blur', 'input',
    'change', 'keydown', 'toggle', 'animationstart', 'animationend', 'transitionend', 'pointerover', 'wheel', 'copy',
    'paste', 'drag', 'scroll', 'submit', 'beforetoggle'];
  for (const node of box.querySelectorAll('*'))
    for (const name of events) node.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
}
"""


def attacks() -> list[dict[str, Any]]:
    return [row for name in names("xss") for row in rows(name)]


@pytest.fixture
def watched(page: "Page") -> "Page":
    """A page that records which scripts run on it. Its requests do not leave the browser."""
    page.route(
        "**/*", lambda route: route.fulfill(body="<!doctype html><body></body>", content_type="text/html")
    )
    page.add_init_script(WATCH)
    page.goto("http://transom.test/")
    return page


def test_cleaned_attacks_do_not_run(watched: "Page") -> None:
    cleaned = [render(clean_body(row["payload"], format="html").html) for row in attacks()]
    for start in range(0, len(cleaned), 200):
        watched.evaluate(POKE, "\n".join(cleaned[start : start + 200]))
    watched.wait_for_function("() => document.readyState === 'complete'")
    assert watched.evaluate("() => window.ran") == []
    assert watched.url == "http://transom.test/"


def test_raw_attacks_do(page: "Page") -> None:
    fires = [row["payload"] for row in attacks() if row["fires_raw_chromium"] and "alert(" in row["payload"]][
        :40
    ]
    pages = {f"http://transom.test/{number}": payload for number, payload in enumerate(fires)}
    ran: set[str] = set()
    page.expose_binding("report", lambda source, _name: ran.add(source["frame"].url))
    page.add_init_script("window.alert = () => report('alert')")
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=f"<!doctype html><body>{pages.get(route.request.url, '')}",
            content_type="text/html; charset=utf-8",
        ),
    )
    for address in pages:
        page.goto(address, wait_until="commit")
        page.wait_for_load_state("domcontentloaded")
    assert len(ran) > len(pages) / 4


WRITTEN = frozenset("☐☑•")
"""Characters that the cleaner writes for check boxes and for Word's bullets, which are letters of a symbol font."""


@pytest.mark.parametrize("name", names("paste"))
def test_what_a_paste_shows_survives(page: "Page", name: str) -> None:
    page.route("**/*", lambda route: route.abort())
    for row in rows(name):
        before = shown(page, row["payload"])
        html = clean_body(row["payload"], format="html").html
        after = shown(page, html)
        rest = iter(before)
        assert all(char in rest for char in after if char not in WRITTEN), row["id"]
        assert len(before) - len(after) <= MARKER * html.count("<li>"), row["id"]


def shown(page: "Page", html: str) -> str:
    """Text that a browser shows, without white space."""
    page.set_content(html, wait_until="commit")
    return "".join(str(page.evaluate("() => document.body.innerText")).split())
