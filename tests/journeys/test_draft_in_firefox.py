"""The contributor's pages in Firefox ESR, on which Tor Browser is based, with scripts and without."""

from pathlib import Path

import pytest

from tests.firefox import Tab, firefox
from tests.journeys.test_draft import TEXT, TITLE, picture
from tests.waiting import until
from tests.whole import Whole


def begin(tab: Tab, url: str) -> str:
    """Begin a draft. Returns its code."""
    tab.goto(url)
    tab.press("Begin")
    tab.shows("First, your code")
    code = tab.text(".receipt__code").replace("\n", "")
    tab.press("I wrote it down: go on without typing")
    tab.shows("Your draft")
    return code


def come_back(tab: Tab, url: str, code: str) -> None:
    """Open a draft or a sent submission with its code."""
    tab.goto(url)
    tab.fill("#receipt", code)
    tab.press("Open it")


@pytest.mark.parametrize("scripts", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_draft_from_its_code_to_its_status(newsroom: Whole, tmp_path: Path, scripts: bool) -> None:
    url = f"{newsroom.settings.base_url}/en/"
    with firefox(scripts=scripts) as tab:
        code = begin(tab, url)
        for number in range(3):
            tab.fill("#title", f"{TITLE} {number}")
            tab.fill("#body", TEXT)
            tab.choose("#new-photo", picture(tmp_path, f"{number}.jpg"))
            if not scripts:
                tab.press("Add it")
            until(lambda number=number: tab.count("[data-photo]") == number + 1, 60)  # type: ignore[misc]
            tab.has("#title", f"{TITLE} {number}")
        until(lambda: tab.text("[data-saved]") == "Saved.", 30)
        tab.goto(f"{url}safety")
        come_back(tab, url, code)
        tab.has("#title", f"{TITLE} 2")
        tab.reload()
        tab.has("#title", f"{TITLE} 2")
        assert tab.count("[data-photo]") == 3
    with firefox(scripts=scripts) as tab:
        come_back(tab, url, code.lower())
        tab.has("#body", TEXT)
        tab.press("Check and send")
        tab.shows("This is what the editors will see")
        tab.press("I agree")
        tab.press("Send")
        tab.shows("It has arrived")
        come_back(tab, url, code)
        tab.shows("Your story")
        assert tab.run("document.cookie + Object.keys(localStorage).length") == "0"


def test_what_is_typed_into_the_form_survives_a_link_and_back(newsroom: Whole) -> None:
    url = f"{newsroom.settings.base_url}/en"
    with firefox(scripts=False) as tab:
        tab.goto(f"{url}/send")
        tab.fill("#title", TITLE)
        tab.fill("#body", TEXT)
        tab.goto(f"{url}/safety")
        tab.go(-1)
        tab.has("#body", TEXT)
        tab.has("#title", TITLE)
        tab.reload()
        # Check the text only: autocomplete is off for the title, or the next person at the device could see it.
        tab.has("#body", TEXT)
