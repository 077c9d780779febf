"""Every decision, undone and final, through the visible parts of the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NEWEST, Send
from tests.journeys.people import SENDS, decide
from tests.waiting import until
from tests.whole import Whole


@pytest.mark.parametrize(
    ("button", "why", "message", "said", "status"),
    [
        pytest.param("Accept", "", "", "Accepted “", "Accepted", marks=pytest.mark.slow),
        ("Reject", "Came too late", "We ran it last week.", "Rejected “", "Not accepted"),
        pytest.param(
            "Ask for changes",
            "Needs sources",
            "Who said so?",
            "back for changes.",
            "Changes asked for",
            marks=pytest.mark.slow,
        ),
        pytest.param("Hold", "Being verified", "", "on hold.", "On hold", marks=pytest.mark.slow),
        pytest.param("Spam", "Advertising", "", "as spam.", "Spam", marks=pytest.mark.slow),
    ],
)
def test_a_decision_is_announced_taken_back_and_taken_again(
    asel: Page, send: Send, button: str, why: str, message: str, said: str, status: str
) -> None:
    path = send()
    asel.goto(path)
    decide(asel, button, why=why, message=message)
    expect(asel.locator(".undo")).to_contain_text(said)
    expect(asel.get_by_text("s left to undo")).to_be_visible()
    asel.get_by_role("button", name="Undo").click()
    expect(asel.get_by_text("The decision is undone. Nothing was sent.")).to_be_visible()
    expect(asel.locator("article").get_by_text("In review")).to_be_visible()
    # After the undo, the form still has the verdict, the reason and the message.
    expect(asel.get_by_role("radio", name=button, exact=True)).to_be_checked()
    if why:
        expect(asel.get_by_role("radio", name=why, exact=True)).to_be_checked()
    expect(asel.get_by_label("Message to the contributor").first).to_have_value(message)

    asel.get_by_role("button", name=SENDS.get(button, button), exact=True).click()
    expect(asel.get_by_text("It has taken effect.")).to_be_visible()
    until(lambda: f"pill--{PILLS[status]}" in asel.request.get(path).text(), 15)
    asel.goto(path)
    if message:
        expect(asel.get_by_text(message).first).to_be_visible()


PILLS = {
    "Accepted": "accepted",
    "Not accepted": "rejected",
    "Changes asked for": "changes_requested",
    "On hold": "held",
    "Spam": "spam",
}


def test_the_contributor_reads_nothing_before_its_time(newsroom: Whole, asel: Page, send: Send) -> None:
    receipt = newsroom.submit("Read in time")
    until(lambda: "Read in time" in asel.request.get(NEWEST).text(), 30)
    asel.goto(NEWEST)
    asel.get_by_role("link", name="Read in time").click()
    decide(asel, "Reject", why="Not our subject", message="It is not our subject.")

    def status() -> str:
        return newsroom.client.post("/receipt", data={"receipt": receipt}).text

    assert "not our subject" not in status()
    assert "Not accepted" not in status()
    until(lambda: "It is not our subject." in status(), 20)
    assert "Not accepted" in status()
    assert "Asel" not in status()


def test_a_page_that_was_old_says_so_and_keeps_the_message(asel: Page, tomas: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    tomas.goto(path)
    decide(asel, "Accept")
    expect(asel.locator(".undo")).to_contain_text("Accepted “")
    decide(tomas, "Reject", why="Came too late", message="My long and careful letter.")
    expect(tomas.get_by_role("heading", name="It changed while you were working")).to_be_visible()
    assert "My long and careful letter." in tomas.content()


@pytest.mark.slow
def test_what_was_accepted_can_be_brought_back(asel: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    decide(asel, "Accept")
    until(lambda: "pill--accepted" in asel.request.get(path).text(), 15)
    asel.goto(path)
    asel.get_by_role("button", name="Bring back to review").click()
    expect(asel.get_by_text("The submission is in review again.")).to_be_visible()
