"""The flags of a submission lead to their words, without scripts too, and go away with the words."""

import random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Send
from tests.journeys.test_every_page import Eye
from tests.photos import made
from tests.whole import Whole

LOOKS: dict[str, dict[str, Any]] = {
    "phone, dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "desktop, light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
}


def body(name: str) -> str:
    """Return a long text with flags. Each name has other words, because texts that repeat others are suspicious."""
    chance = random.Random(name)
    filler = [
        f"<p>They came to {''.join(chance.choices('aeilmnorst', k=8))} at night.</p>" for _ in range(80)
    ]
    return "".join(
        (
            *filler[:40],
            "<p>Pay to p\u0430ypal, <s>the guard who told us</s>, not more than ten\u2003days.</p>",
            *filler[40:],
            '<p>More at <a href="https://other.example/a"><b>www.</b>bank.example</a>.</p>',
            *(f"<p>Word of p\u0430ypal{number}.</p>" for number in range(10)),
        )
    )


@pytest.fixture
def path(send: Send, request: pytest.FixtureRequest) -> str:
    """Submission with flags in its title, its text and a caption, and with a refused photo."""
    return send(
        "News of p\u0430ypal",
        body=body(request.node.name),
        format="html",
        photos=[made.jpeg_with_gps(64, 48, "x"), b"no photo"],
        **{"caption-1": "The d\u043eor"},
    )


@pytest.mark.parametrize(
    ("scripts", "look"),
    [
        (True, "phone, dark"),
        (False, "desktop, light"),
        pytest.param(True, "desktop, light", marks=pytest.mark.slow),
        pytest.param(False, "phone, dark", marks=pytest.mark.slow),
    ],
)
def test_a_flag_leads_to_its_word_and_back(
    newsroom: Whole, browser: Browser, asel: Page, path: str, look: str, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=newsroom.settings.base_url,
        storage_state=asel.context.storage_state(),
        java_script_enabled=scripts,
        **LOOKS[look],
    )
    eye = Eye(context)
    page = eye.page
    page.goto(path)
    block = page.get_by_role("region", name="Needs a second look")
    expect(block).to_contain_text("Photo 2 was refused.")
    expect(block).to_contain_text("in the title: Cyrillic а")
    expect(block.get_by_text("and 9 more")).to_be_visible()
    block.get_by_role("link", name="the guard who told us").click()
    word = page.locator("mark", has_text="the guard who told us")
    expect(word).to_be_in_viewport()
    expect(word).to_be_focused()
    expect(word).to_have_attribute("title", "Struck-out words are still readable.")
    page.get_by_role("link", name="Next flag, 4").click()
    expect(page.locator("mark", has_text="ten\u2003days")).to_be_in_viewport()
    page.get_by_role("link", name="Flag 4, back to the list").click()
    expect(block.get_by_role("link", name="ten⟨U+2003 em space⟩days")).to_be_in_viewport()
    page.get_by_role("link", name="Flag 15, back to the list").click()
    expect(block.get_by_role("link", name="p\u0430ypal9")).to_be_in_viewport()
    if scripts:
        eye.look()
    assert eye.faults == []
    context.close()
