import html

import pytest

from intake.translations import interface
from tests.web.people import Newsroom, value

PAGE = "/admin/texts/consent/ar"


def save(admin: Newsroom, body: str, version: str, do: str = "save", page: str = PAGE) -> int:
    return admin.post(page, body=body, version=version, do=do).status_code


def test_the_list_has_both_texts_in_every_language(admin: Newsroom) -> None:
    page = admin.get("/admin/texts").text
    for code in interface.INTERFACE:
        for name in ("consent", "introduction"):
            assert page.count(f'href="/admin/texts/{name}/{code}"') == 1
    assert page.count("Your own</span>") == 0
    assert page.count("Default</span>") == 24
    assert "You have written this text" not in page


def test_a_text_is_kept_with_its_versions(admin: Newsroom) -> None:
    assert save(admin, "نعم", "0") == 303
    assert save(admin, "نعم\n\nأوافق", "1") == 303
    page = admin.get(PAGE).text
    assert value(page, "version") == "2"
    assert 'dir="rtl"' in page
    assert 'lang="ar"' in page
    assert page.count("by <bdi>") == 3
    listed = admin.get("/admin/texts").text
    assert listed.count("Your own</span>") == 1
    assert (
        "You have written this text in 1 of 12 languages. Contributors who read the other 11 agree" in listed
    )


def test_a_preview_saves_nothing_and_shows_the_text_as_text(admin: Newsroom) -> None:
    answer = admin.post(PAGE, body="<b>One</b> {magazine}\n\nTwo", version="0", do="preview")
    assert answer.status_code == 200
    assert "<p>&lt;b&gt;One&lt;/b&gt; The Transom</p><p>Two</p>" in answer.text
    assert value(answer.text, "version") == "0"
    assert "Nobody has changed this text." in admin.get(PAGE).text


def test_an_older_version_can_be_put_into_the_form(admin: Newsroom) -> None:
    assert save(admin, "نعم\n\nأوافق", "0") == 303
    assert save(admin, "لا", "1") == 303
    page = admin.get(PAGE).text
    assert page.count("Put version 1 into the form") == 1
    assert "Put version 2 into the form" not in page
    older = html.unescape(value(page, "body"))
    assert older == "نعم\n\nأوافق"
    shown = admin.post(PAGE, body=older, version=value(page, "version"), do="preview").text
    assert "<p>نعم</p><p>أوافق</p>" in shown
    assert save(admin, older, value(shown, "version")) == 303
    assert value(admin.get(PAGE).text, "version") == "3"


def test_back_to_the_default(admin: Newsroom) -> None:
    save(admin, "نعم", "0")
    assert "Go back to the default" in admin.get(PAGE).text
    assert save(admin, "something typed", "1", "default") == 303
    page = admin.get(PAGE).text
    assert "Contributors see our default text" in page
    assert "Go back to the default" not in page
    assert "نعم" in page


def test_a_text_that_another_admin_has_changed_is_not_replaced(admin: Newsroom) -> None:
    save(admin, "one", "0")
    answer = admin.post(PAGE, body="two", version="0", do="save")
    assert answer.status_code == 409
    assert "two</textarea>" in answer.text.replace("\r\n", "")
    assert "Another admin has changed this text" in answer.text
    assert save(admin, "two", value(answer.text, "version")) == 303


def test_an_unchanged_text_is_no_new_version(admin: Newsroom) -> None:
    body = html.unescape(admin.get(PAGE).text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    assert save(admin, body, "0") == 303
    assert "Nobody has changed this text." in admin.get(PAGE).text


def test_a_text_has_a_limit(admin: Newsroom) -> None:
    answer = admin.post(PAGE, body="x" * 2001, version="0", do="save")
    assert answer.status_code == 422
    assert "Please keep the text to 2,000 characters" in answer.text


@pytest.mark.parametrize("page", ["/admin/texts/consent/de", "/admin/texts/farewell/en"])
def test_there_are_no_other_texts(admin: Newsroom, page: str) -> None:
    assert admin.get(page).status_code == 404
    assert save(admin, "x", "0", page=page) == 404


def test_editors_do_not_change_texts(editor: Newsroom) -> None:
    assert editor.get("/admin/texts").status_code == 403
    assert editor.get(PAGE).status_code == 403
    assert save(editor, "one", "0") == 403
