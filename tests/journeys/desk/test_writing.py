"""Writing in the rich editor by keyboard alone: kinds of paragraphs, footnotes, photos, find and replace, word count."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from intake.text import clean_body
from intake.text.words import size, visible
from tests.journeys.conftest import Send
from tests.journeys.desk.test_editor import edit, html, load, press, select, settle, text
from tests.journeys.desk.test_paste import paste
from tests.journeys.desk.test_placing import photo
from tests.photos import made
from tests.waiting import until

SAVE = "Save as a new revision"
KINDS = "Kind of paragraph"


def note(number: int) -> str:
    """Mark of a footnote in cleaned HTML."""
    return f'<a href="#note-{number}" id="ref-{number}"><sup>{number}</sup></a>'


def item(number: int, words: str) -> str:
    """Text of a footnote in cleaned HTML."""
    return f'<li id="note-{number}">{words} <a href="#ref-{number}">↩</a></li>'


@pytest.fixture
def here(asel: Page, send: Send) -> str:
    """Address of a submission with two paragraphs and a photo, opened in the editor."""
    path = send(
        body="<p>One two three.</p><p>Four five six.</p>",
        format="html",
        photos=[made.encoded(made.scene(), "JPEG", quality=80)],
        **{"caption-1": "The river"},
    )
    edit(asel, path)
    return path


def search(page: Page, words: str) -> None:
    """Open the search by its key and look for words."""
    text(page).press("Control+f")
    page.get_by_role("textbox", name="Find", exact=True).fill(words)


def status(page: Page, words: str) -> None:
    expect(page.locator("[data-find-status]")).to_have_text(words)


def test_a_text_is_written_by_keyboard_alone_and_saved_exactly(asel: Page, here: str) -> None:
    keys = asel.keyboard
    text(asel).press("Control+Home")
    keys.press("Alt+F10")
    expect(asel.get_by_label(KINDS)).to_be_focused()
    asel.get_by_label(KINDS).select_option("Heading 2")
    keys.press("Escape")
    expect(text(asel)).to_be_focused()
    expect(asel.get_by_label(KINDS)).to_have_value("h2")
    keys.press("End")
    settle(asel)
    keys.press("Enter")
    keys.press("Control+Alt+0")
    keys.type("It rained")
    keys.press("Control+Alt+f")
    settle(asel)
    keys.type("All day")
    expect(asel.get_by_label(KINDS)).to_have_value("note")
    keys.press("Control+Alt+f")
    settle(asel)
    keys.type(" then.")
    keys.press("Enter")
    keys.press("Control+Shift+8")
    keys.type("Seven")
    keys.press("Enter")
    keys.type("Eight")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("Done")
    # Reach the button for photos through the toolbar.
    keys.press("Alt+F10")
    for _ in range(30):
        if asel.get_by_role("button", name="Photo", exact=True).evaluate(
            "one => one === document.activeElement"
        ):
            break
        keys.press("ArrowRight")
    keys.press("Enter")
    choice = asel.get_by_role("dialog", name="Put a photo into the text")
    expect(choice.get_by_role("button", name="Photo 1")).to_be_focused()
    keys.press("Enter")
    expect(choice).to_be_hidden()
    expect(asel.get_by_label(KINDS)).to_have_value("photo")
    # A word is replaced.
    search(asel, "five")
    status(asel, "1 of 1")
    keys.press("Tab")
    for _ in range(3):
        keys.press("Tab")
    expect(asel.get_by_role("textbox", name="Replace with")).to_be_focused()
    keys.type("5")
    keys.press("Enter")
    status(asel, "Not found")
    keys.press("Escape")
    expect(text(asel)).to_be_focused()
    figure = f'<figure id="photo-{photo(asel, 1)}"></figure>'
    wanted = (
        f"<h2>One two three.</h2><p>It rained{note(1)} then.</p><ul><li>Seven</li><li>Eight</li></ul><p>Done</p>{figure}"
        f"<p>Four 5 six.</p><ol>{item(1, 'All day')}</ol>"
    )
    asel.get_by_role("button", name=SAVE).press("Enter")
    asel.wait_for_url(lambda url: url.endswith(here))
    edit(asel, here)
    source = asel.locator("textarea[name=body]").input_value()
    assert source.replace("\n", "") == wanted


def test_the_menu_names_the_kind_and_changes_it_in_one_step(asel: Page, here: str) -> None:
    menu = asel.get_by_label(KINDS)
    load(
        asel,
        "<p>One</p><ul><li>two</li><li>three</li></ul><blockquote><p>four</p></blockquote><pre>five</pre>",
    )
    for words, kind in (("One", "p"), ("three", "ul"), ("four", "blockquote"), ("five", "pre")):
        select(asel, words)
        expect(menu).to_have_value(kind)
    before = html(asel)
    select(asel, "two")
    menu.select_option("Heading 3")
    assert html(asel).startswith("<p>One</p><h3>two</h3><ul><li>three</li></ul>")
    press(asel, "Undo")
    assert html(asel) == before
    select(asel, "three")
    menu.select_option("Numbered list")
    assert "<ol><li>two</li><li>three</li></ol>" in html(asel)
    select(asel, "four")
    menu.select_option("Paragraph")
    assert "<p>four</p><pre>" in html(asel)
    menu.select_option("List")
    assert "<ul><li>four</li></ul>" in html(asel)
    text(asel).press("Control+a")
    expect(menu).to_have_value("several")


def test_find_and_replace_counts_and_is_undone_at_once(asel: Page, here: str) -> None:
    load(asel, "<p>The door, the <strong>Door</strong> and the doors.</p><p>A door in a do<em>or</em>.</p>")
    before = html(asel)
    search(asel, "door")
    status(asel, "1 of 5")
    asel.keyboard.press("Enter")
    status(asel, "2 of 5")
    asel.keyboard.press("Shift+Enter")
    asel.keyboard.press("Shift+Enter")
    status(asel, "5 of 5")
    asel.get_by_label("Match case").check()
    status(asel, "4 of 4")
    asel.get_by_label("Whole words").check()
    status(asel, "3 of 3")
    asel.get_by_role("textbox", name="Replace with").fill("$& gate")
    asel.get_by_role("button", name="Replace all").click()
    status(asel, "3 replaced")
    assert html(asel) == (
        "<p>The $&amp; gate, the <strong>Door</strong> and the doors.</p><p>A $&amp; gate in a $&amp; gate.</p>"
    )
    assert Axe().run(asel).response["violations"] == []
    asel.keyboard.press("Escape")
    asel.keyboard.press("Control+z")
    assert html(asel) == before
    expect(asel.locator(".ProseMirror-search-match, .ProseMirror-active-search-match")).to_have_count(0)
    # The search fields have no names, so their text is neither sent with the form nor saved as a draft.
    assert asel.locator("[data-find] [name]").count() == 0


@pytest.mark.parametrize(
    ("body", "words", "found", "whole"),
    [
        ("كَتَبَ الكاتب كتابًا", "كتب", 1, 1),
        ("كتب الكتاب وكتب", "كتب", 2, 1),
        ("他在北京工作，北京很大。", "北京", 2, 2),
        ("Cafe\u0301 and caf\u00e9, cafe", "caf\u00e9", 2, 2),
        ("Cafe\u0301 and caf\u00e9, cafe", "cafe", 1, 1),
        ("किताब और किताबें", "किताब", 1, 1),
        ("Қазақ тілі, қазақша", "қазақ", 2, 1),
        ("He said “don’t” twice", "don't", 1, 1),
        ("Ten\u00a0people, ten people", "ten people", 2, 2),
        ("a.b (a*b) a.b", "a.b", 2, 2),
    ],
)
def test_words_are_found_in_every_script(
    asel: Page, here: str, body: str, words: str, found: int, whole: int
) -> None:
    load(asel, f"<p>{body}</p>")
    search(asel, words)
    status(asel, f"1 of {found}")
    asel.get_by_label("Whole words").check()
    status(asel, f"1 of {whole}")


def test_numbers_of_footnotes_are_not_found(asel: Page, here: str) -> None:
    load(asel, f"<p>Seen{note(1)} 1 time.</p><ol>{item(1, 'By 1 person.')}</ol>")
    search(asel, "1")
    status(asel, "1 of 2")
    asel.get_by_role("textbox", name="Find", exact=True).fill("seen")
    asel.get_by_label("Whole words").check()
    status(asel, "1 of 1")


def test_footnotes_number_themselves_and_none_is_lost(asel: Page, here: str) -> None:
    first, second = f"<p>One{note(1)}.</p>", f"<p>Two{note(2)}.</p>"
    load(asel, f"{first}{second}<ol>{item(1, 'a')}{item(2, 'b')}</ol>")
    # If the mark of a footnote is deleted, its text stays as an ordinary list item, with a hint (`data-lost`).
    select(asel, "1")
    asel.keyboard.press("Delete")
    expect(asel.locator("[data-lost]")).to_have_count(1)
    found = html(asel)
    assert f"<p>One.</p><p>Two{note(1)}.</p>" in found
    assert f"<ol><li>a ↩</li></ol><ol>{item(1, 'b')}</ol>" in found
    asel.keyboard.press("Control+z")
    assert html(asel) == f"{first}{second}<ol>{item(1, 'a')}{item(2, 'b')}</ol>"
    expect(asel.locator("[data-lost]")).to_have_count(0)
    # Enter begins another paragraph of the same note.
    select(asel, "b")
    asel.keyboard.press("ArrowRight")
    settle(asel)
    asel.keyboard.press("Enter")
    asel.keyboard.type("c")
    assert '<li id="note-2"><p>b</p><p>c ' in html(asel)


def test_pasted_footnotes_join_those_of_the_text(asel: Page, here: str) -> None:
    load(asel, f"<p>One{note(1)}.</p><p>End.</p><ol>{item(1, 'a')}</ol>")
    text(asel).press("Control+Home")
    settle(asel)
    word = (
        '<p class=MsoNormal>Pasted<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> words.</p>'
        "<p class=MsoNormal>More.</p>"
        '<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> From Word</p></div>'
    )
    paste(asel, "[data-surface]", word, "Pasted words. More. From Word")
    until(lambda: "From Word" in html(asel), 20)
    assert html(asel) == (
        f"<p>Pasted{note(1).replace('>1<', '>[1]<')} words.</p><p>More.</p><p>One{note(2)}.</p><p>End.</p><ol>{item(1, 'From Word')}{item(2, 'a')}</ol>"
    )


def test_words_are_counted_as_the_desk_counts_them(asel: Page, here: str) -> None:
    shown = asel.locator("[data-size]")
    for body in (
        "<p>One two — three/four.</p><ul><li>five</li></ul>",
        "<p>他在北京工作。</p><p>ひらがな カタカナ and English</p>",
        "<p>ภาษาไทยไม่มีช่องว่าง</p><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        f"<p>Seen{note(1)} twice<br>today</p><ol>{item(1, 'By two.')}</ol>",
        f"<p>{'word ' * 700}end</p>",
        "<p>كَتَبَ الكاتب كتابًا</p>",
    ):
        load(asel, body)
        wanted = size(visible(clean_body(body, format="html").html))
        expect(shown).to_have_text(f"{wanted.words:,} words · {wanted.minutes} min to read")
    # The status for screen readers changes only in a pause of typing, not at each key.
    told = asel.locator("[data-size-status]")
    expect(told).to_have_text("3 words · 1 min to read")
    text(asel).press("Control+End")
    asel.keyboard.type(" four")
    expect(shown).to_have_text("4 words · 1 min to read")
    expect(told).to_have_text("3 words · 1 min to read")
    expect(told).to_have_text("4 words · 1 min to read")


def test_the_page_says_what_is_not_saved(asel: Page, here: str) -> None:
    unsaved = asel.locator("[data-draft-unsaved]")
    expect(unsaved).to_be_hidden()
    asel.route("**/drafts/**", lambda route: None)
    text(asel).press("End")
    asel.keyboard.type("x")
    expect(unsaved).to_be_visible()
    asel.unroute_all(behavior="ignoreErrors")


def test_the_keys_are_listed_and_everything_fits_on_a_phone(asel: Page, here: str) -> None:
    text(asel).press("Control+/")
    keys = asel.get_by_role("dialog", name="Keys of the editor")
    expect(keys.get_by_text("Ctrl+Alt+F", exact=True)).to_be_visible()
    assert Axe().run(asel).response["violations"] == []
    asel.keyboard.press("Escape")
    expect(text(asel)).to_be_focused()
    asel.set_viewport_size({"width": 360, "height": 740})
    search(asel, "two")
    assert asel.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = asel.evaluate(
        """() => [...document.querySelectorAll(".rich button, .rich select, .find label, .find input")]
            .filter((one) => one.checkVisibility() && !one.closest("[hidden]") && !one.matches(".find__label"))
            .map((one) => one.closest("label") || one)
            .map((one) => one.getBoundingClientRect())
            .filter((box) => box.width && (box.width < 24 || box.height < 24)).length"""
    )
    assert small == 0
    # The last button is reached by keys, and scrolled into view.
    asel.keyboard.press("Escape")
    asel.keyboard.press("Alt+F10")
    asel.keyboard.press("End")
    last = asel.get_by_role("button", name="Keys of the editor")
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport(ratio=1)
