"""The accessibility tree of a draft's pages: headings and controls come in the order in which the page shows them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from intake.translations import interface
from tests.journeys.test_draft import picture
from tests.whole import Whole

ROLES = {"heading", "button", "textbox", "checkbox", "radio", "combobox", "link", "DisclosureTriangle"}
SAME_LINE = 24
"""Vertical distance in pixels up to which elements count as on the same line."""


def places(session: CDPSession) -> list[tuple[str, float, float]]:
    """Return (role and name, top, left) of visible headings and controls, in the order of the accessibility tree."""
    found = []
    for node in _in_order(session.send("Accessibility.getFullAXTree")["nodes"]):
        if node.get("ignored") or node.get("role", {}).get("value") not in ROLES:
            continue
        box = _box(session, node["backendDOMNodeId"])
        if box:
            found.append((f"{node['role']['value']} {node.get('name', {}).get('value', '')}", box[1], box[0]))
    return found


def _in_order(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Walk through the tree as a screen reader does. The list of nodes itself is breadth-first."""
    known, waiting = {node["nodeId"]: node for node in nodes}, [nodes[0]["nodeId"]]
    while waiting:
        node = known.get(waiting.pop())
        if node is not None:
            yield node
            waiting += reversed(node.get("childIds", []))


def _box(session: CDPSession, node: int) -> tuple[float, float] | None:
    """Return left and top of an element, or None if it has no visible size."""
    try:
        model: dict[str, Any] = session.send("DOM.getBoxModel", {"backendNodeId": node})["model"]
    except Exception:
        return None
    return (model["border"][0], model["border"][1]) if min(model["width"], model["height"]) > 1 else None


def out_of_order(page: Page) -> list[str]:
    """Return elements that come later in the tree than an element that the page shows below them."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.getDocument")
    found = places(session)
    assert len(found) > 8
    lowest, wrong = found[0], []
    for one in found[1:]:
        if one[1] < lowest[1] - SAME_LINE:
            wrong.append(f"{one[0]} after {lowest[0]}")
        lowest = max(lowest, one, key=lambda place: place[1])
    session.detach()
    return wrong


@pytest.mark.parametrize("language", ["en", "ar"])
def test_headings_and_controls_come_in_the_order_of_the_page(
    newsroom: Whole, browser: Browser, tmp_path: Path, language: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_default_timeout(60_000)
    page.goto(f"{newsroom.settings.base_url}/{interface.path(language)}/")
    assert out_of_order(page) == []
    page.locator("form[action$='/drafts'] button").click()
    page.locator("[name=noted]").wait_for()
    assert out_of_order(page) == []
    page.locator("[name=noted]").click()
    page.locator("#title").fill("Over the river")
    page.locator("#body").fill("The ice broke at noon.")
    page.locator("[data-add-button]").wait_for(state="detached")
    page.locator("#new-photo").set_input_files(picture(tmp_path, "1.jpg"))
    page.locator("[data-photo]").wait_for()
    assert out_of_order(page) == []
    page.locator("[name=do][value=check]").click()
    page.locator("#consent").wait_for()
    assert out_of_order(page) == []
    page.context.close()


def test_a_page_in_another_order_is_found(browser: Browser) -> None:
    """Check `out_of_order` itself, on which the other test relies."""
    page = browser.new_page()
    rows = "".join(f"<p><button>{number}</button></p>" for number in range(12))
    page.set_content(f"<main style='display:flex;flex-direction:column-reverse'>{rows}</main>")
    assert len(out_of_order(page)) == 11
    page.context.close()
