"""Thirty submissions are decided by keys alone. Prints keys and seconds for each, by the page's own timing."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Send
from tests.waiting import until
from tests.whole import Whole

WORK = (
    *[("Accepted “", ("a", "d"))] * 10,
    *[("Rejected “", ("r", "1", "d"))] * 10,
    *[("back for changes.", ("c", "1", "d"))] * 5,
    *[("on hold.", ("h", "d"))] * 5,
)
MOST_KEYS = 5
TIMING = """(() => { const it = performance.getEntriesByType("navigation")[0];
  return [performance.timeOrigin, it.loadEventEnd - it.startTime, it.responseEnd - it.startTime]; })()"""


@pytest.mark.slow
def test_thirty_are_decided_by_keys_alone(newsroom: Whole, asel: Page, send: Send) -> None:
    path = send("Triage zebu 0", body="A zebu.")
    for number in range(1, len(WORK) + 1):
        newsroom.submit(f"Triage zebu {number}", body="A zebu.")
    listed = f"{path.split('?')[0]}?in=q%3Dzebu%26lane%3Dours%26sort%3Doldest"
    until(lambda: f"of {len(WORK) + 1}" in asel.request.get(listed).text(), 60)
    asel.goto(listed)
    seconds, loads, keys = [], [], []
    for said, pressed in WORK:
        title, (began, *_) = asel.locator("main h1").inner_text(), asel.evaluate(TIMING)
        for key in pressed:
            asel.keyboard.press(key)
        expect(asel.locator(".undo")).to_contain_text(title)
        expect(asel.locator(".undo")).to_contain_text(said)
        asel.wait_for_load_state()
        origin, load, _ = asel.evaluate(TIMING)
        seconds.append((origin - began + load) / 1000)
        loads.append(load / 1000)
        keys.append(len(pressed))
    figures = {
        "keys": sum(keys) / len(keys), "keys_most": max(keys), "seconds": sum(seconds) / len(seconds),
        "load_p50": sorted(loads)[len(loads) // 2], "load_p95": sorted(loads)[int(len(loads) * 0.95)],
    }  # fmt: skip
    print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))
    assert max(keys) <= MOST_KEYS
