"""Pages of guests: one browser, one submission, and nothing else of the desk."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from intake.db import transaction
from intake.models import Event, Note, Photo, ReadingLink, Retouch, Submission
from intake.web import Transom
from intake.web.guest.pace import PER_MINUTE, UNKNOWN_PER_MINUTE, GuestPace
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.people import Newsroom

PLANTED = (
    "CNRYcontact",
    "CNRYname",
    "CNRYnote",
    "CNRYmessage",
    "CNRYcredit",
    "CNRYfile",
    "CNRYtag",
    "CNRYregion",
    "CNRYother",
)
ENDED = "This address opens nothing"
ELSEWHERE = "works only in the browser that opened it"
Make = Callable[..., str]


@pytest.fixture
def url(submitted: Callable[..., str], editor: Newsroom) -> str:
    """Page of a submission with a photo. Its fields contain planted words (CNRY…) that no guest may see."""
    submitted(title="CNRYother", body="CNRYother")
    found = submitted(
        File("photo-1", JPEG, "CNRYfile.jpg"),
        title="The harbour",
        contact="CNRYcontact@example.org",
        print_name="CNRYname",
        **{"caption-1": "The door", "credit-1": "CNRYcredit"},
    )
    editor.post(f"{found}/notes", version="2", note="CNRYnote")
    editor.post(f"{found}/messages", version="2", letter="CNRYmessage")
    with transaction() as session:
        one = session.get_one(Submission, newest().id)
        one.tags, one.region = ["CNRYtag"], "CNRYregion"
    return found


@pytest.fixture
def make(editor: Newsroom, url: str) -> Make:
    """Function that makes a link and returns its path."""

    def one(name: str = "Lawyer", days: str = "3", **fields: str) -> str:
        answer = editor.post(f"{url}/links", name=name, days=days, **fields)
        assert answer.status_code == 200
        found = re.search(r"/guest/[\w-]+", answer.text)
        assert found
        return found[0]

    return one


@pytest.fixture
def guest(app: Transom) -> Newsroom:
    """Browser of a guest."""
    return Newsroom(app.test_client())


def press(guest: Newsroom, path: str) -> TestResponse:
    """Press the button that opens the link."""
    return guest.client.post(f"{path}/openings")


def send_note(guest: Newsroom, path: str, note: str) -> TestResponse:
    return guest.client.post(f"{path}/notes", data={"note": note})


def count_of(name: str) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).where(Event.name == name)) or 0


def test_looking_does_not_open_it_and_pressing_the_button_does(make: Make, guest: Newsroom) -> None:
    path = make()
    for _ in range(3):
        for method in ("GET", "HEAD"):
            assert guest.client.open(path, method=method).status_code == 200
    page = guest.get(path)
    assert ">Open</button>" in page.text
    assert "The harbour" not in page.text
    assert "Set-Cookie" not in page.headers
    assert count_of("link.opened") == 0
    pressed = press(guest, path)
    assert (pressed.status_code, pressed.location) == (303, path)
    cookie = pressed.headers["Set-Cookie"]
    assert f"Path={path};" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "The harbour" in guest.get(path).text
    assert count_of("link.opened") == 1


def test_the_cookie_is_secure_where_the_pages_of_contributors_are(
    made: Callable[..., Transom], make: Make
) -> None:
    secure = made(public_url="https://send.example.org")
    answer = secure.test_client().post(f"{make()}/openings", base_url="https://send.example.org")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_second_browser_is_refused_and_the_desk_sees_it(
    app: Transom, make: Make, guest: Newsroom, editor: Newsroom, url: str
) -> None:
    path, second = make(shows_photos="y", allows_download="y"), Newsroom(app.test_client())
    press(guest, path)
    for answer in (second.get(path), press(second, path), send_note(second, path, "Mine")):
        assert answer.status_code == 403
        assert ELSEWHERE in answer.text
        assert "The harbour" not in answer.text
    for more in ("photos/1/web", "photos/1/full", "text.txt"):
        assert second.get(f"{path}/{more}").status_code == 403
    assert "The harbour" in guest.get(path).text
    assert "Refused in a second browser" in editor.get(f"{url}/links").text
    assert count_of("link.refused") == 1


def test_the_cookie_of_one_link_opens_no_other(make: Make, guest: Newsroom, app: Transom) -> None:
    first, second = make(), make("Translator")
    press(guest, first)
    other = Newsroom(app.test_client())
    press(other, second)
    assert guest.get(second).status_code == 403
    assert other.get(first).status_code == 403


def test_before_it_is_opened_its_other_pages_lead_to_the_button(make: Make, guest: Newsroom) -> None:
    path = make(shows_photos="y", allows_download="y")
    for more in ("photos/1/web", "text.txt"):
        answer = guest.get(f"{path}/{more}")
        assert (answer.status_code, answer.location) == (303, path)


@pytest.mark.parametrize("how", ["expired", "withdrawn", "gone"])
def test_a_link_that_ended_answers_like_an_unknown_one(
    make: Make, guest: Newsroom, editor: Newsroom, url: str, how: str
) -> None:
    path = make(shows_photos="y", allows_download="y")
    press(guest, path)
    if how == "withdrawn":
        with transaction() as session:
            number = session.scalars(select(ReadingLink.id)).one()
        editor.post(f"{url}/links/{number}/withdrawals")
    with transaction() as session:
        if how == "expired":
            session.execute(update(ReadingLink).values(expires_at=func.now()))
        if how == "gone":
            session.get_one(Submission, newest().id).move("withdraw")
    for more in ("", "/photos/1/web", "/photos/1/full", "/text.txt"):
        ended, unknown = guest.get(path + more), guest.get(f"/guest/{'x' * 43}{more}")
        assert ended.status_code == unknown.status_code == 404
        assert ended.text == unknown.text
        assert ENDED in ended.text
    for action in ("openings", "notes"):
        ended, unknown = (guest.client.post(f"{one}/{action}") for one in (path, f"/guest/{'x' * 43}"))
        assert (ended.status_code, ended.text) == (unknown.status_code, unknown.text)
        assert ended.status_code == 404


def test_photos_and_downloads_are_only_for_links_that_allow_them(make: Make, guest: Newsroom) -> None:
    bare, pictures, everything = (
        make("A"),
        make("B", shows_photos="y"),
        make("C", shows_photos="y", allows_download="y"),
    )
    expected = {bare: (404, 404, 404), pictures: (200, 404, 404), everything: (200, 200, 200)}
    for path, codes in expected.items():
        press(guest, path)
        page = guest.get(path).text
        assert ("The door" in page) == (path != bare)
        assert ("Download" in page) == (path == everything)
        found = [guest.get(f"{path}/{more}") for more in ("photos/1/web", "photos/1/full", "text.txt")]
        assert tuple(one.status_code for one in found) == codes
    assert found[1].data == JPEG
    assert found[2].text.startswith("The harbour\n\nThey came at night.")
    assert guest.get(f"{everything}/photos/2/web").status_code == 404


def test_a_photo_is_hidden_while_a_redaction_waits(make: Make, guest: Newsroom) -> None:
    path = make(shows_photos="y", allows_download="y")
    press(guest, path)
    with transaction() as session:
        photo = session.scalars(select(Photo)).one()
        made = session.get_one(ReadingLink, session.scalars(select(ReadingLink.id)).one())
        session.add(
            Retouch(
                submission_id=photo.submission_id,
                photo_id=photo.id,
                editor_id=made.editor_id,
                kind="crop",
                what={},
            )
        )
    assert "is being changed by the desk" in guest.get(path).text
    assert "<img" not in guest.get(path).text
    for size in ("web", "full"):
        assert guest.get(f"{path}/photos/1/{size}").status_code == 404


def test_a_guest_sees_nothing_else_of_the_submission(
    app: Transom, make: Make, guest: Newsroom, editor: Newsroom
) -> None:
    path = make(shows_photos="y", allows_download="y")
    answers = [
        guest.get(path),
        press(guest, path),
        send_note(guest, path, " "),
        send_note(guest, path, "Fine"),
    ]
    second = Newsroom(app.test_client())
    answers += [guest.get(path + more) for more in ("", "/photos/1/web", "/photos/1/full", "/text.txt")]
    answers += [second.get(path), press(second, path), guest.get("/guest/unknown")]
    number, short = str(newest().id), newest().short_id
    for answer in answers:
        everything = answer.get_data(as_text=False) + str(answer.headers).encode()
        for word in (*PLANTED, number, short, "asel@", "Asel"):
            assert word.encode() not in everything, (answer.request.path, word)
    assert "CNRYnote" in editor.get(f"/desk/submissions/{number}").text


def test_headers_of_every_answer(make: Make, guest: Newsroom) -> None:
    path = make(shows_photos="y", allows_download="y")
    for answer in (
        guest.get(path), press(guest, path), guest.get(path), guest.get(f"{path}/photos/1/web"), guest.get(f"{path}/text.txt"),
        send_note(guest, path, ""), guest.get("/guest/unknown"),
    ):  # fmt: skip
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Onion-Location" not in answer.headers
    page = guest.get(path).text
    assert '<meta name="robots" content="noindex' in page
    assert "<script" not in page


def test_a_note_reaches_the_desk_as_the_guest_s(
    make: Make, guest: Newsroom, editor: Newsroom, url: str
) -> None:
    path = make()
    press(guest, path)
    sent = send_note(guest, path, "Line one\n<b>Line two</b>")
    assert (sent.status_code, sent.location) == (303, f"{path}#notes-title")
    assert "&lt;b&gt;Line two&lt;/b&gt;" in guest.get(path).text
    page = editor.get(url).text
    assert "Guest Lawyer" in page
    assert "&lt;b&gt;Line two&lt;/b&gt;" in page
    assert "A guest left a note by your reading link." in editor.get("/desk/for-you").text


@pytest.mark.parametrize("note", ["", " ", "\u200b", "x" * 2001])
def test_a_note_without_words_or_too_long_is_kept_in_the_form(make: Make, guest: Newsroom, note: str) -> None:
    path = make()
    press(guest, path)
    answer = send_note(guest, path, note)
    assert answer.status_code == 422
    assert "Please look at this again" in answer.text
    with transaction() as session:
        assert session.scalar(select(func.count()).where(Note.link_id.is_not(None))) == 0


def test_a_text_without_end_is_limited_to_twenty_notes(make: Make, guest: Newsroom) -> None:
    path = make()
    press(guest, path)
    for number in range(20):
        assert send_note(guest, path, f"Note {number}").status_code == 303
    refused = send_note(guest, path, "Once more")
    assert refused.status_code == 422
    assert "as many notes as one link allows" in refused.text
    assert "<textarea" not in guest.get(path).text


def test_unknown_links_are_slowed_down_together_and_a_valid_one_works_on(
    app: Transom, make: Make, guest: Newsroom
) -> None:
    path = make()
    press(guest, path)
    app.extensions["guest_pace"] = GuestPace(lambda: 100.0)
    codes = [guest.get("/guest/unknown").status_code for _ in range(UNKNOWN_PER_MINUTE + 1)]
    assert codes == [404] * UNKNOWN_PER_MINUTE + [429]
    assert guest.get("/guest/unknown").headers["Retry-After"] == "60"
    assert guest.get(path).status_code == 200


def test_one_link_is_limited_until_the_minute_is_over() -> None:
    now = [0.0]
    pace = GuestPace(lambda: now[0] + 1000)
    assert not any(pace.is_exceeded(1) for _ in range(PER_MINUTE))
    assert pace.is_exceeded(1)
    assert not pace.is_exceeded(2)
    now[0] += timedelta(minutes=1).total_seconds()
    assert not pace.is_exceeded(1)


def test_a_link_works_on_the_side_of_contributors_alone(made: Callable[..., Transom], make: Make) -> None:
    public, desk = "http://send.example.org", "http://desk.example.org"
    client = made(public_url=public, desk_url=desk).test_client()
    path = make()
    assert ">Open</button>" in client.get(path, base_url=public).text
    answer = client.get(path, base_url=desk)
    assert answer.status_code == 404
    assert ENDED in answer.text
