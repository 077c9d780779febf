"""Two editors in one text, in two browsers: they see each other, and what they save is merged."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Send
from tests.journeys.desk.test_editor import ready, text

SAVE = "Save as a new revision"
KEEP = "Keep this text to me while I edit"
BODY = "The river rose.\n\nNobody slept.\n\nThe road was gone."


@pytest.fixture(autouse=True)
def _no_polling(asel: Page, tomas: Page) -> None:
    """Disable polling by timers, so that a test passes only if the live updates work."""
    for page in (asel, tomas):
        page.context.add_init_script("window.setInterval = () => 0;")


def opened(page: Page, path: str) -> Locator:
    """Open the text to edit it. Returns the part of the page that shows the other editors."""
    page.goto(f"{path}/revisions/new")
    ready(page)
    return page.locator("[data-together]")


def typed(page: Page, paragraph: str, words: str) -> None:
    text(page).locator("p").filter(has_text=paragraph).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def has_no_violation(page: Page) -> None:
    assert [(one["id"], one["nodes"]) for one in Axe().run(page).response["violations"]] == []


def save(page: Page) -> None:
    page.get_by_role("button", name=SAVE).click()


def saved(page: Page, path: str) -> None:
    save(page)
    page.wait_for_url(lambda url: url.endswith(path))


def test_both_see_each_other_and_what_the_other_saved(asel: Page, tomas: Page, send: Send) -> None:
    path = send("Seen together", body=BODY)
    hers = opened(asel, path)
    expect(hers).to_contain_text("Nobody else has this text open.")
    his = opened(tomas, path)
    expect(his).to_contain_text("Asel: editing")
    expect(hers).to_contain_text("Tomas: editing")

    typed(asel, "Nobody slept", " Not even the dogs.")
    asel.get_by_label("What you changed").fill("The dogs.")
    saved(asel, path)
    expect(his).to_contain_text("Saved since you opened this text")
    expect(his).to_contain_text("Asel: revision 2")
    expect(his).to_contain_text("The dogs.")
    his.get_by_text("What was changed").click()
    expect(his.locator(".compare ins")).to_contain_text("Not even the dogs.")
    expect(his).to_contain_text("Asel: reading")
    asel.goto("/desk/")
    expect(his).to_contain_text("Nobody else has this text open.")
    # The comparison that was unfolded stays unfolded.
    expect(his.locator(".compare ins")).to_be_visible()
    has_no_violation(tomas)


def test_different_paragraphs_are_merged_and_shown_before_they_are_saved(
    asel: Page, tomas: Page, send: Send
) -> None:
    path = send("Put together", body=BODY)
    opened(asel, path)
    opened(tomas, path)
    typed(asel, "The river rose", " Asel was here.")
    # Change the paragraph next to the one that Asel changes.
    typed(tomas, "Nobody slept", " Tomas was here.")
    saved(asel, path)
    save(tomas)
    expect(tomas.get_by_role("heading", name="The merged text")).to_be_visible()
    expect(text(tomas)).to_contain_text("The river rose. Asel was here.")
    expect(text(tomas)).to_contain_text("Nobody slept. Tomas was here.")
    saved(tomas, path)
    words = tomas.locator(".submission-text").first
    expect(words).to_contain_text("Asel was here.")
    expect(words).to_contain_text("Tomas was here.")
    expect(tomas.get_by_text("Edited: revision 3, merged with the changes since revision 1")).to_be_visible()


@pytest.mark.parametrize(
    ("pick", "there", "gone"),
    [
        pytest.param("Take what Asel saved", ["It fell again."], ["It froze."], marks=pytest.mark.slow),
        pytest.param("Take what you typed", ["It froze."], ["It fell again."], marks=pytest.mark.slow),
        ("Put both into the text", ["It froze.", "It fell again."], []),
    ],
)
def test_the_same_paragraph_is_shown_side_by_side(
    asel: Page, tomas: Page, send: Send, pick: str, there: list[str], gone: list[str]
) -> None:
    path = send(body=BODY)
    opened(asel, path)
    opened(tomas, path)
    typed(asel, "The river rose", " It fell again.")
    typed(tomas, "The river rose", " It froze.")
    typed(tomas, "The road", " For ever.")
    saved(asel, path)
    save(tomas)
    expect(tomas.get_by_text("You both changed the same paragraph.")).to_be_visible()
    sides = tomas.locator(".merge__side")
    expect(sides.nth(0).locator("ins")).to_contain_text("It fell again.")
    expect(sides.nth(1).locator("ins")).to_contain_text("It froze.")
    has_no_violation(tomas)
    tomas.get_by_label(pick).check()
    tomas.get_by_role("button", name="Show the merged text").click()
    ready(tomas)
    for words in [*there, "For ever."]:
        expect(text(tomas)).to_contain_text(words)
    for words in gone:
        expect(text(tomas)).not_to_contain_text(words)
    text(tomas).press("Control+End")
    tomas.keyboard.type(" Checked.")
    saved(tomas, path)
    expect(tomas.locator(".submission-text").first).to_contain_text("For ever. Checked.")


def test_a_text_is_kept_to_one_who_is_asked_about_and_let_go_with_the_page(
    asel: Page, tomas: Page, send: Send
) -> None:
    path = send("Kept", body=BODY)
    hers = opened(asel, path)
    asel.get_by_role("button", name=KEEP).click()
    expect(hers).to_contain_text("You keep this text to yourself.")

    tomas.goto(f"{path}/revisions/new")
    expect(tomas.get_by_role("heading", name="Asel is editing this text")).to_be_visible()
    has_no_violation(tomas)
    tomas.get_by_role("link", name="Edit all the same").click()
    ready(tomas)
    his = tomas.locator("[data-together]")
    expect(his).to_contain_text("Asel is editing this text")
    expect(tomas.get_by_role("button", name=KEEP)).to_be_hidden()
    # Asked once.
    opened(tomas, path)
    expect(hers).to_contain_text("Tomas: editing")
    typed(tomas, "Nobody slept", " All the same.")
    saved(tomas, path)

    # A page that is closed at once may not get its last message out, and then counts as there for a while.
    asel.goto("/desk/")
    opened(tomas, path)
    expect(his).to_contain_text("Nobody else has this text open.")
    expect(tomas.get_by_role("button", name=KEEP)).to_be_visible()


def test_it_can_be_let_go_before_the_page_is_left(asel: Page, tomas: Page, send: Send) -> None:
    path = send(body=BODY)
    opened(asel, path)
    his = opened(tomas, path)
    asel.get_by_role("button", name=KEEP).click()
    expect(his).to_contain_text("Asel is editing this text")
    second = asel.context.new_page()
    opened(second, path)
    second.get_by_role("button", name="Let others edit too").click()
    expect(his).not_to_contain_text("Asel is editing this text")
    expect(asel.get_by_role("button", name=KEEP)).to_be_visible()
    second.close()
    tomas.get_by_role("button", name=KEEP).click()
    expect(his).to_contain_text("You keep this text to yourself.")


def test_a_choice_survives_a_closed_tab(asel: Page, tomas: Page, send: Send) -> None:
    path = send(body=BODY)
    opened(asel, path)
    opened(tomas, path)
    typed(asel, "The river rose", " It fell again.")
    typed(tomas, "The river rose", " It froze.")
    saved(asel, path)
    save(tomas)
    tomas.get_by_label("Take what you typed").check()
    expect(tomas.locator("[data-draft-status]")).to_contain_text("Draft saved")
    tomas.close(run_before_unload=False)
    page = tomas.context.new_page()

    page.goto(f"{path}/revisions/new")
    expect(page.get_by_role("heading", name="Unsaved draft")).to_be_visible()
    page.get_by_role("link", name="Use draft").click()
    ready(page)
    expect(text(page)).to_contain_text("It froze.")
    save(page)
    # The choice is not asked again.
    expect(page.get_by_role("heading", name="It changed while you were working")).to_be_visible()
    expect(text(page)).to_contain_text("It froze.")
    expect(text(page)).not_to_contain_text("It fell again.")
