"""Drafts survive a closed tab, an expired session, a server that is down, and a sent form."""

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Send
from tests.journeys.desk.test_editor import ready
from tests.journeys.people import PASSWORD
from tests.waiting import until

KEPT = "Draft saved"


def typed_into(page: Page, path: str, words: str) -> None:
    page.goto(f"{path}/revisions/new")
    ready(page)
    page.get_by_role("textbox", name="Text", exact=True).press("Control+End")
    page.keyboard.type(words)


def saved(page: Page) -> None:
    expect(page.locator("form.edit [data-draft-status]")).to_contain_text(KEPT, timeout=4_000)


def test_a_closed_tab_loses_nothing(asel: Page, send: Send) -> None:
    path = send()
    typed_into(asel, path, " And then.")
    saved(asel)
    asel.get_by_label("Region").fill("Almaty")
    # Close the tab before the autosave delay is over: the page must send the draft while it unloads.
    asel.close(run_before_unload=False)
    page = asel.context.new_page()

    def offered() -> bool:
        page.goto(f"{path}/revisions/new")
        return page.get_by_role("definition").filter(has_text="Almaty").count() == 1

    until(offered, 10)
    expect(page.get_by_role("heading", name="Unsaved draft")).to_be_visible()
    page.get_by_role("link", name="Use draft").click()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_contain_text("And then.")
    expect(page.get_by_label("Region")).to_have_value("Almaty")
    page.get_by_role("button", name="Save as a new revision").click()
    page.wait_for_url(lambda url: url.endswith(path))
    page.goto(f"{path}/revisions/new")
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_contain_text("And then.")


def test_it_can_be_thrown_away(asel: Page, send: Send) -> None:
    path = send()
    typed_into(asel, path, " Nonsense.")
    saved(asel)
    asel.goto(f"{path}/revisions/new")
    asel.get_by_role("button", name="Discard draft").click()
    expect(asel.get_by_role("textbox", name="Text", exact=True)).not_to_contain_text("Nonsense.")


def test_an_expired_login_keeps_what_is_typed_and_sends_it_after_another(asel: Page, send: Send) -> None:
    path = send()
    typed_into(asel, path, " Before.")
    saved(asel)
    asel.context.clear_cookies()
    asel.keyboard.type(" After.")
    trouble = asel.get_by_text("You are no longer logged in")
    expect(trouble).to_be_visible()
    asel.get_by_role("button", name="Save as a new revision").click()
    expect(asel.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Before. After.")
    with asel.context.expect_page() as opened:
        asel.get_by_role("link", name="Log in in another tab").click()
    opened.value.locator("[name=email]").fill("asel@transom.example")
    opened.value.locator("[name=password]").fill(PASSWORD)
    opened.value.locator("main button[type=submit]").click()
    opened.value.wait_for_url("**/desk/**")
    opened.value.close()
    asel.bring_to_front()
    expect(trouble).to_be_hidden(timeout=15_000)
    asel.get_by_role("button", name="Save as a new revision").click()
    asel.wait_for_url(lambda url: url.endswith(path))
    expect(asel.get_by_text("Before. After.")).to_be_visible()


def test_a_server_that_is_away_is_told_and_tried_again(asel: Page, send: Send) -> None:
    path = send()

    def away(route: Route) -> None:
        route.abort()

    asel.route("**/drafts/edit", away)
    typed_into(asel, path, " Words.")
    expect(asel.get_by_text("The server does not answer")).to_be_visible()
    asel.get_by_role("button", name="Save as a new revision").click()
    expect(asel.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Words.")
    asel.unroute("**/drafts/edit", away)
    expect(asel.get_by_text("The server does not answer")).to_be_hidden(timeout=15_000)
    saved(asel)


def test_a_note_is_kept_too_and_not_overwritten_before_one_has_chosen(asel: Page, send: Send) -> None:
    path = send()
    asel.goto(path)
    note = asel.locator("#note-form textarea")
    note.fill("Half a thou")
    expect(asel.locator("#note-form [data-draft-status]")).to_contain_text(KEPT)
    asel.reload()
    expect(asel.get_by_text("Unsaved draft")).to_be_visible()
    note.fill("Something else")
    expect(asel.get_by_text("Not saved yet")).to_be_visible()
    asel.get_by_role("link", name="Use draft").click()
    expect(note).to_have_value("Half a thou")
    note.fill("Half a thought.")
    asel.get_by_role("button", name="Add the note").click()
    expect(asel.get_by_text("Half a thought.")).to_be_visible()
    expect(asel.get_by_text("Unsaved draft")).to_be_hidden()
    asel.reload()
    expect(asel.get_by_text("Unsaved draft")).to_be_hidden()
