"""Live updates between two editors in two browsers."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import NEWEST, TOMAS, Send
from tests.journeys.people import PASSWORD, at_the_desk, decide
from tests.whole import Whole


def row(page: Page, path: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.locator(f'a[href^="{path}"]')).first


def test_the_queue_says_what_came_and_what_others_do_and_moves_nothing(
    asel: Page, tomas: Page, send: Send, newsroom: Whole
) -> None:
    path = send("Before the door")
    tomas.goto(NEWEST)
    titles = tomas.locator("ol.queue h2").all_inner_texts()
    asel.goto(path)
    asel.get_by_role("button", name="Claim it").click()
    expect(row(tomas, path).get_by_text("Asel has claimed it.")).to_be_visible()
    asel.get_by_role("button", name="Release").click()
    expect(row(tomas, path).get_by_text("Asel has released it.")).to_be_visible()
    decide(asel, "Hold")
    expect(row(tomas, path).get_by_text("Asel has decided on it.")).to_be_visible()

    newsroom.submit("Came while he read 1")
    expect(tomas.get_by_text("1 new submission.")).to_be_visible()
    newsroom.submit("Came while he read 2")
    news = tomas.get_by_role("status").filter(has_text="2 new submissions.")
    expect(news).to_be_visible()
    assert tomas.locator("ol.queue h2").all_inner_texts() == titles
    news.get_by_role("link", name="Show").click()
    expect(tomas.get_by_role("link", name="Came while he read 2")).to_be_visible()
    expect(tomas.get_by_text("2 new submissions.")).to_be_hidden()


def test_an_open_submission_says_who_changed_it_and_who_comes(asel: Page, tomas: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    tomas.goto(path)
    expect(asel.get_by_text("Tomas\u2069: reading")).to_be_visible()
    tomas.get_by_role("button", name="Claim it").click()
    expect(asel.get_by_role("status").filter(has_text="Tomas has claimed it.")).to_be_visible()
    expect(tomas.get_by_role("link", name="Reload the page")).to_have_count(0)
    asel.get_by_role("link", name="Reload the page").click()
    expect(asel.get_by_text("Tomas has claimed it.")).to_be_visible()
    expect(asel.get_by_role("link", name="Reload the page")).to_have_count(0)


def test_of_several_tabs_one_listens_and_all_hear(
    asel: Page, tomas: Page, send: Send, newsroom: Whole
) -> None:
    path = send()
    tabs = [tomas, *(tomas.context.new_page() for _ in range(3))]
    streams: list[str] = []
    for tab in tabs:
        tab.on("request", lambda request: streams.append(request.url) if "/stream" in request.url else None)
        tab.goto(NEWEST)
    asel.goto(path)
    asel.get_by_role("button", name="Claim it").click()
    for tab in tabs:
        expect(row(tab, path).get_by_text("Asel has claimed it.")).to_be_visible()
    assert len(streams) == 1
    tabs.pop(0).close()
    asel.get_by_role("button", name="Release").click()
    for tab in tabs:
        expect(row(tab, path).get_by_text("Asel has released it.")).to_be_visible()
    assert len(streams) == 2


def test_a_page_without_scripts_is_the_plain_page(newsroom: Whole, browser: Browser, send: Send) -> None:
    path = send()
    context = browser.new_context(base_url=newsroom.settings.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.locator("[name=email]").fill(TOMAS)
    page.locator("[name=password]").fill("four words are good")
    page.locator("main button[type=submit]").click()
    page.goto(NEWEST)
    expect(row(page, path)).to_be_visible()
    expect(page.get_by_text("new submission")).to_have_count(0)
    page.goto(path)
    expect(page.get_by_role("link", name="Reload the page")).to_have_count(0)
    context.close()


def test_one_who_has_logged_out_elsewhere_hears_nothing_more(
    newsroom: Whole, browser: Browser, tomas: Page, send: Send
) -> None:
    """Test a reconnecting stream, as a browser does within a minute after it ends."""
    other = at_the_desk(newsroom, browser, TOMAS)
    other.goto("/desk/")
    other.get_by_role("button", name="Log out").click()
    answer = tomas.request.get("/desk/stream", max_redirects=0)
    assert answer.status == 303
    other.context.close()


def test_a_page_whose_session_was_ended_is_hidden_and_keeps_what_is_typed(
    newsroom: Whole, browser: Browser, tomas: Page, send: Send
) -> None:
    title = "Not for those outside"
    tomas.goto(send(title))
    note = tomas.locator("#note-form textarea")
    note.fill("Half a thought")
    plain = tomas.context.new_page()
    plain.goto("/desk/calendar")
    other = at_the_desk(newsroom, browser, TOMAS, fresh=True)
    other.goto("/account")
    other.get_by_role("button", name="End all other sessions").click()
    for page in (tomas, plain):
        expect(page.get_by_role("heading", name="You have been logged out")).to_be_visible(timeout=15_000)
        expect(page.get_by_text("Your session was ended.")).to_be_visible()
        expect(page.locator("#main")).to_be_hidden()
        assert title not in page.title()
    tomas.keyboard.press("Escape")
    expect(note).to_be_hidden()
    with tomas.context.expect_page() as opened:
        tomas.get_by_role("link", name="Log in in another tab").click()
    opened.value.locator("[name=email]").fill(TOMAS)
    opened.value.locator("[name=password]").fill(PASSWORD)
    opened.value.locator("main button[type=submit]").click()
    opened.value.wait_for_url("**/desk/**")
    tomas.bring_to_front()
    expect(note).to_be_visible(timeout=15_000)
    expect(note).to_have_value("Half a thought")
    assert title in tomas.title()
    tomas.get_by_role("button", name="Add the note").click()
    expect(tomas.get_by_text("Half a thought", exact=True)).to_be_visible()
    other.context.close()


def test_a_mention_is_counted_and_seen_by_opening_the_submission(asel: Page, tomas: Page, send: Send) -> None:
    path = send("The mention")
    tomas.goto(path)
    tomas.get_by_label("Note", exact=False).last.fill("@Asel, please look.")
    tomas.get_by_role("button", name=re.compile("note", re.IGNORECASE)).last.click()
    asel.goto("/desk/")
    asel.get_by_role("link", name=re.compile("For you")).click()
    expect(asel.get_by_text("You are mentioned in a note.")).to_be_visible()
    asel.goto(path)
    expect(asel.get_by_text("You are mentioned in a note.")).to_be_visible()
    expect(asel.get_by_role("button", name="Mark as read")).to_be_hidden()
    asel.goto("/desk/for-you")
    expect(asel.get_by_text("No new notifications")).to_be_visible()
