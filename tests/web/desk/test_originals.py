"""Pages to open unchanged photos: two browsers of two people, each with a passphrase."""

import html
import re
from dataclasses import dataclass

import pytest

from intake.db import transaction
from intake.models import Editor, OriginalShare
from intake.photos.metadata_report import KINDS
from intake.web import Transom
from intake.web.desk.records.originals import TRACE_KINDS
from tests.cast import Contributor, RunJobs, join
from tests.originals.kept import MARK, PICTURE, events, pass_minutes, photo_of, send
from tests.web.conftest import at_the_desk
from tests.web.people import Newsroom

PASSPHRASE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}")
KEY = "/desk/originals-key"


@dataclass(frozen=True)
class HolderAtTheDesk:
    """Holder with a browser, and the passphrase that the page showed once."""

    account: Editor
    browser: Newsroom
    passphrase: str


def holder(app: Transom, admin: Newsroom, name: str, *roles: str) -> HolderAtTheDesk:
    """An admin names a person as a holder, who then makes a key on the page of originals."""
    account = join(name, *roles)
    assert admin.post("/admin/originals", person=str(account.id), is_named="y").status_code == 303
    browser = at_the_desk(app, account)
    found = PASSPHRASE.search(browser.post(KEY).text)
    assert found
    assert not PASSPHRASE.search(browser.get(KEY).text)
    return HolderAtTheDesk(account, browser, found[0])


@pytest.fixture
def one(app: Transom, admin: Newsroom) -> HolderAtTheDesk:
    """Holder who is a chief editor."""
    return holder(app, admin, "Noor Haddad", "chief")


@pytest.fixture
def other(app: Transom, admin: Newsroom, one: HolderAtTheDesk) -> HolderAtTheDesk:
    """Second holder, an editor."""
    return holder(app, admin, "Liam Byrne", "editor")


@pytest.fixture
def sender(app: Transom) -> Contributor:
    """Somebody who allows that originals are kept."""
    return Contributor()


@pytest.fixture
def url(sender: Contributor, run_jobs: RunJobs, other: HolderAtTheDesk) -> str:
    """Address of the page of a submission whose original is kept."""
    return f"/desk/submissions/{send(sender, run_jobs)}/originals"


def photo_url(url: str, what: str) -> str:
    """Return the address to download or read the photo."""
    submission_id = url.split("/")[3]
    return f"{url}/{photo_of(submission_id).id}/{what}"  # type: ignore[arg-type]


def test_two_people_open_it(url: str, one: HolderAtTheDesk, other: HolderAtTheDesk) -> None:
    submission = url.removesuffix("/originals")
    assert "Only two named people together can open them." in one.browser.get(submission).text
    asked = one.browser.post(url, passphrase=one.passphrase, reason="The bridge looks newer.")
    assert asked.status_code == 303
    assert "Liam Byrne" in one.browser.get(url).text
    page = other.browser.get(url).text
    assert "The bridge looks newer." in page
    assert "Agree, and open them" in page
    assert other.browser.post(f"{url}/openings/1/agreements", passphrase=other.passphrase).status_code == 303
    for person in (one, other):
        file = person.browser.post(photo_url(url, "files"), passphrase=person.passphrase)
        assert file.data == PICTURE
        assert file.mimetype == "application/octet-stream"
        assert file.headers["Content-Disposition"].startswith("attachment; ")
        assert "sandbox" in file.headers["Content-Security-Policy"]
        assert file.headers["Cache-Control"] == "no-store"
        told = html.unescape(
            person.browser.post(photo_url(url, "readings"), passphrase=person.passphrase).text
        )
        assert MARK in told
        assert "<img" not in told.partition("<main")[2]
    history = one.browser.get(submission).text
    for sentence in (
        "Asked to open the unchanged photos",
        "Agreed: both holders",
        "Downloaded the unchanged file",
    ):
        assert sentence in history


def test_those_who_can_agree_are_notified_until_it_is_answered(
    app: Transom, admin: Newsroom, url: str, one: HolderAtTheDesk, other: HolderAtTheDesk
) -> None:
    later = holder(app, admin, "Mina Sato", "editor")
    sentence, place = "A colleague has asked to open its unchanged photos", "/desk/for-you"

    def notified() -> list[str]:
        return [who.account.name for who in (one, other, later) if sentence in who.browser.get(place).text]

    for answer in ("refusals", "agreements"):
        assert one.browser.post(url, passphrase=one.passphrase, reason="Why").status_code == 303
        # Mina is not notified: her key was made after the photo was encrypted, so she cannot open it.
        assert notified() == ["Liam Byrne"]
        number = html.unescape(other.browser.get(url).text).partition("/openings/")[2].partition("/")[0]
        answered = other.browser.post(f"{url}/openings/{number}/{answer}", passphrase=other.passphrase)
        assert answered.status_code == 303
        assert notified() == []


def test_a_request_after_one_that_lapsed_notifies_again(
    url: str, one: HolderAtTheDesk, other: HolderAtTheDesk
) -> None:
    for number in (1, 2):
        assert one.browser.post(url, passphrase=one.passphrase, reason="Why").status_code == 303
        assert len(events("editor.told")) == number
        page = other.browser.get("/desk/for-you").text
        assert page.count("A colleague has asked to open its unchanged photos") == 1
        pass_minutes(31)


def test_every_kind_of_metadata_has_its_name() -> None:
    assert TRACE_KINDS.keys() == KINDS.keys()


def test_wrong_words_open_nothing(url: str, one: HolderAtTheDesk, other: HolderAtTheDesk) -> None:
    assert one.browser.post(url, passphrase=other.passphrase, reason="Why").status_code == 422
    assert one.browser.post(url, passphrase=one.passphrase, reason=" ").status_code == 422
    assert events() == []
    assert one.browser.post(url, passphrase=one.passphrase, reason="Why").status_code == 303
    assert one.browser.post(url, passphrase=one.passphrase, reason="Why").status_code == 409
    agreements = f"{url}/openings/1/agreements"
    assert one.browser.post(agreements, passphrase=one.passphrase).status_code == 409
    assert other.browser.post(agreements, passphrase=one.passphrase).status_code == 422
    assert other.browser.post(agreements).status_code == 422
    assert other.browser.post(agreements, passphrase=other.passphrase).status_code == 303
    for what in ("files", "readings"):
        wrong = one.browser.post(photo_url(url, what), passphrase=other.passphrase)
        assert (wrong.status_code, MARK in wrong.text) == (422, False)
    pass_minutes(15)
    over = one.browser.post(photo_url(url, "files"), passphrase=one.passphrase)
    assert (over.status_code, "time for that is over" in over.text) == (409, True)
    assert "Opened, over" in one.browser.get(url).text


def test_a_refusal(url: str, one: HolderAtTheDesk, other: HolderAtTheDesk) -> None:
    one.browser.post(url, passphrase=one.passphrase, reason="Why")
    assert other.browser.post(f"{url}/openings/1/refusals").status_code == 303
    assert "Request refused" in one.browser.get(url).text
    assert other.browser.post(f"{url}/openings/1/agreements", passphrase=other.passphrase).status_code == 409
    assert events() == ["opening.asked", "opening.refused"]


def test_a_third_holder_sees_the_request_and_not_the_photos(
    url: str, app: Transom, admin: Newsroom, one: HolderAtTheDesk, other: HolderAtTheDesk
) -> None:
    third = holder(app, admin, "Vera Lund", "editor")
    assert "no shares of it" in third.browser.get(url).text
    one.browser.post(url, passphrase=one.passphrase, reason="Why")
    other.browser.post(f"{url}/openings/1/agreements", passphrase=other.passphrase)
    assert "It is open for these two people only." in third.browser.get(url).text
    assert third.browser.post(photo_url(url, "files"), passphrase=third.passphrase).status_code == 409


def test_a_share_that_was_changed_is_told(url: str, one: HolderAtTheDesk) -> None:
    with transaction() as session:
        for row in session.query(OriginalShare):
            row.first_share = row.second_share = bytes(80)
    answer = one.browser.post(url, passphrase=one.passphrase, reason="Why")
    assert (answer.status_code, "changed on the server" in answer.text) == (409, True)


def test_who_is_not_named_sees_no_way_in(
    url: str, editor: Newsroom, chief: Newsroom, admin: Newsroom
) -> None:
    for person in (editor, chief, admin):
        assert person.get(url).status_code == person.get(KEY).status_code == 403
    page = chief.get(url.removesuffix("/originals")).text
    assert "Unchanged photos" in page
    assert url not in page


def test_the_admin_names_removes_and_reads_what_is_missing(
    app: Transom, admin: Newsroom, run_jobs: RunJobs, one: HolderAtTheDesk
) -> None:
    page = admin.get("/admin/originals").text
    assert "Noor Haddad" in page
    assert "Has a key" in page
    assert "Nothing is kept" in page
    nobody = join("Only Admin", "admin")
    assert "Only Admin" not in page
    for wrong in ("", "x", "999999"):
        assert admin.post("/admin/originals", person=wrong, is_named="y").status_code in {404, 422}
    assert admin.post("/admin/originals", person=str(one.account.id)).status_code == 303
    assert one.browser.get(KEY).status_code == 403
    assert "Nobody is named" in admin.get("/admin/originals").text
    assert events("share.") == ["share.named", "share.key_made", "share.removed"]
    with transaction() as session:
        assert not session.get_one(Editor, nobody.id).holds_originals
    assert "unchanged photos" in admin.get("/admin/").text
