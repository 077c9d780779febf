import html

import pytest

from intake.models import Submission
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, newest, opened
from tests.web.contribute.test_draft_views import Writer
from tests.web.people import WORDS, Contributor, Newsroom, value

CHANGED = "The text that you agree to has changed since you opened this page."


def write(admin: Newsroom, body: str, version: int = 0, language: str = "en", name: str = "consent") -> None:
    address = f"/admin/texts/{name}/{language}"
    assert admin.post(address, body=body, version=str(version), do="save").status_code == 303


@pytest.fixture
def writer(anonymous: Newsroom) -> Writer:
    """Contributor with an empty draft."""
    found = Writer(anonymous.client)
    assert found.begin().status_code == 200
    return found


def test_contributors_see_the_text_of_the_magazine_in_their_language(
    contributor: Contributor, admin: Newsroom
) -> None:
    write(admin, "{magazine} <may> print it.\n\nAnd edit it.")
    write(admin, "يجوز", language="ar")
    for page in ("/send", "/safety"):
        assert "The Transom &lt;may&gt; print it.\n\nAnd edit it." in contributor.client.get(page).text
        assert ">يجوز<" in contributor.client.get(f"/ar{page}").text
        assert "print it" not in contributor.client.get(f"/kk{page}").text


def test_the_introduction_is_on_the_first_page(contributor: Contributor, admin: Newsroom) -> None:
    assert "Text, photos, or both." in contributor.client.get("/").text
    write(admin, "Hello & welcome.\n\nWe are {magazine}.", name="introduction")
    page = contributor.client.get("/").text
    assert "Hello &amp; welcome.</p>" in page
    assert "We are The Transom.</p>" in page
    assert "Text, photos, or both." not in page
    assert "Hello" not in contributor.client.get("/kk/").text


def test_what_was_agreed_to_is_stored_and_shown_at_the_desk(
    contributor: Contributor, admin: Newsroom, editor: Newsroom, run_jobs: RunJobs
) -> None:
    write(admin, "يجوز", language="ar")
    page = contributor.client.get("/ar/send").text
    fields = {**WORDS, **{name: value(page, name) for name in ("token", "consent_version")}}
    assert contributor.post("/ar/submissions", fields).status_code == 200
    write(admin, "لا", version=1, language="ar")
    with opened() as found:
        agreed = (found.consent_version, found.consent_language, found.consent_text)
    assert agreed == ("ar-1", "ar", "يجوز")
    run_jobs()
    desk = editor.get(f"/desk/submissions/{newest().id}").text
    assert "Version ar-1, in" in desk
    assert '<blockquote class="consent" lang="ar" dir="rtl">يجوز</blockquote>' in desk


def test_the_default_is_stored_with_its_words_too(contributor: Contributor) -> None:
    contributor.send()
    with opened() as found:
        assert (found.consent_version, found.consent_language) == ("2026-11", "en")
        assert "I am sending this of my own will." in found.consent_text


def test_a_text_that_changes_while_the_form_is_open_is_read_first(
    contributor: Contributor, admin: Newsroom
) -> None:
    page = contributor.client.get("/send").text
    fields = {**WORDS, **{name: value(page, name) for name in ("token", "consent_version")}}
    write(admin, "The new text.")
    answer = contributor.post("/submissions", fields, [File("photo-1", JPEG)])
    assert answer.status_code == 422
    assert CHANGED in answer.text
    assert "The new text." in answer.text
    assert "data-consent-changed" in answer.text
    assert WORDS["body"].splitlines()[0] in html.unescape(answer.text)
    assert "checked" not in answer.text.split('name="consent"')[1].split(">")[0]
    assert count(Submission) == 0
    again = {**fields, **{name: value(answer.text, name) for name in ("token", "consent_version")}}
    assert contributor.post("/submissions", again).status_code == 200
    with opened() as found:
        assert found.consent_text == "The new text."


def test_other_problems_are_shown_with_the_whole_page(contributor: Contributor, admin: Newsroom) -> None:
    write(admin, "The new text.")
    answer = contributor.send(title="")
    assert CHANGED in answer.text
    assert "data-consent-changed" not in answer.text


def test_a_page_without_a_version_showed_the_default_text(contributor: Contributor, admin: Newsroom) -> None:
    write(admin, "The new text.")
    answer = contributor.send()
    assert answer.status_code == 422
    assert CHANGED in answer.text


def test_a_draft_is_sent_with_the_text_that_was_read(writer: Writer, admin: Newsroom) -> None:
    checked = writer.save(do="check").text
    fields = {name: value(checked, name) for name in ("receipt", "version", "consent_version")}
    write(admin, "The new text.")
    answer = writer.client.post("/drafts/submissions", data={**fields, "consent": "y"})
    assert answer.status_code == 422
    assert CHANGED in answer.text
    assert "The new text." in answer.text
    with opened() as found:
        assert (found.status, found.consent_text) == ("draft", "")
    fields["consent_version"] = value(answer.text, "consent_version")
    sent = writer.client.post("/drafts/submissions", data={**fields, "consent": "y"})
    assert "It has arrived" in sent.text
    with opened() as found:
        assert (found.consent_version, found.consent_language) == ("en-1", "en")
        assert found.consent_text == "The new text."


def test_the_api_says_which_text_counts_and_takes_no_older_one(
    contributor: Contributor, admin: Newsroom
) -> None:
    write(admin, "Жаңа {magazine}", language="kk")
    found = contributor.client.get("/api/v1/consent?language=kk").get_json()
    assert found == {"version": "kk-1", "language": "kk", "dir": "ltr", "text": "Жаңа The Transom"}
    assert contributor.client.get("/api/v1/consent").get_json()["version"] == "2026-11"
    assert contributor.client.get("/api/v1/consent?language=de").status_code == 422
    old = contributor.call(consent_language="kk", consent_version="2026-11")
    assert old.status_code == 422
    assert old.get_json()["title"] == "The consent text has changed"
    assert count(Submission) == 0
    taken = contributor.call(File("photo-1", JPEG), consent_language="kk", consent_version="kk-1")
    assert taken.status_code == 201
    assert taken.get_json()["consent_version"] == "kk-1"
    with opened() as submission:
        assert (submission.consent_language, submission.consent_text) == ("kk", "Жаңа The Transom")


def test_the_api_repeats_the_version_that_was_agreed_to(contributor: Contributor, admin: Newsroom) -> None:
    first = contributor.call(key="k" * 30)
    write(admin, "The new text.")
    again = contributor.call(key="k" * 30)
    assert again.get_json() == first.get_json()
    assert first.get_json()["consent_version"] == "2026-11"
