import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.db import transaction
from intake.models import Photo, Submission
from intake.storage import files
from intake.submissions import draft
from tests.cast import RunJobs
from tests.photos import made
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.people import Newsroom, receipt_of, value

PICTURE = made.encoded(made.scene(), "JPEG")
WORDS = {
    "title": "What I saw",
    "body": "They came at night.",
    "section": "News",
    "format": "plain",
    "language": "en",
}


class Writer:
    """Contributor who writes a draft by plain forms."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = ""
        self.receipt = ""

    def begin(self) -> TestResponse:
        """Ask for a receipt, and confirm that it is written down."""
        token = value(self.client.get("/").text, "token")
        code = self.client.post("/drafts", data={"token": token})
        self.receipt = receipt_of(code)
        return self.keep(self.client.post("/drafts/confirmations", data={"token": token, "noted": "y"}))

    def keep(self, answer: TestResponse) -> TestResponse:
        """Remember the page, for its hidden fields."""
        self.page = answer.text
        return answer

    def save(self, *sent: File, do: str = "save", **words: str) -> TestResponse:
        """Press a button of the page."""
        fields = {name: value(self.page, name) for name in ("receipt", "upload", "version")} | WORDS | words
        body = multipart({**fields, "do": do}, sent)
        return self.keep(self.client.post("/drafts/changes", data=body, content_type=MULTIPART))

    def open(self) -> TestResponse:
        """Open the draft again with its receipt."""
        return self.keep(self.client.post("/receipt", data={"receipt": self.receipt}))

    def photos(self) -> list[str]:
        """Return the ids of the photos on the page, in order."""
        return re.findall(r'data-photo="([^"]+)"', self.page)


@pytest.fixture
def writer(anonymous: Newsroom) -> Writer:
    """Contributor with an empty draft."""
    found = Writer(anonymous.client)
    assert found.begin().status_code == 200
    return found


def photo(name: str = "photo") -> File:
    return File(name, PICTURE, "IMG_1.jpg")


def status_of_all() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(Submission.status)))


def test_the_code_comes_first_and_nothing_is_stored_before_it_is_noted(anonymous: Newsroom) -> None:
    client = anonymous.client
    token = value(client.get("/").text, "token")
    first, again = (client.post("/drafts", data={"token": token}) for _ in range(2))
    assert receipt_of(first) == receipt_of(again)
    assert status_of_all() == []
    groups = receipt_of(first).split("-")
    wrong = client.post(
        "/drafts/confirmations", data={"token": token, "second": groups[0], "last": groups[3]}
    )
    assert (wrong.status_code, receipt_of(wrong)) == (422, receipt_of(first))
    right = {"token": token, "second": groups[1].lower(), "last": groups[3]}
    assert "Your draft" in client.post("/drafts/confirmations", data=right).text
    assert status_of_all() == ["draft"]


def test_a_token_that_is_too_old_gets_a_new_code(anonymous: Newsroom) -> None:
    for path in ("/drafts", "/drafts/confirmations"):
        answer = anonymous.client.post(path, data={"token": "forged", "noted": "y"})
        assert answer.status_code == 422
        assert receipt_of(answer)
    assert status_of_all() == []


def test_what_is_saved_comes_back_in_another_browser(writer: Writer, app: object) -> None:
    writer.save(
        photo(),
        title="Over the <river>",
        body="Біз & сіз\n\nSecond",
        contact="signal 700",
        print_name="A. N.",
    )
    back = html.unescape(writer.open().text)
    for words in ("Over the <river>", "Біз & сіз\n\nSecond", "signal 700", "A. N."):
        assert words in back
    assert len(writer.photos()) == 1


def test_every_button_saves_what_is_typed(writer: Writer) -> None:
    writer.save(photo())
    writer.save(photo())
    first, second = writer.photos()
    for number, verb in enumerate(("later", "earlier", "remove")):
        writer.save(do=f"{verb} {first}", title=f"Title {number}")
        assert f"Title {number}" in writer.page
    assert writer.photos() == [second]


def test_photos_are_put_in_order_with_their_words(writer: Writer) -> None:
    writer.save(photo())
    writer.save(photo())
    first, second = writer.photos()
    writer.save(do=f"later {first}", **{f"caption-{first}": "The door", f"credit-{first}": "N."})
    assert writer.photos() == [second, first]
    assert 'value="The door"' in writer.page


def test_a_form_that_is_sent_twice_adds_one_photo(writer: Writer) -> None:
    before = writer.page
    writer.save(photo())
    writer.page = before
    writer.save(photo())
    assert len(writer.photos()) == 1
    assert len(list(files().listing("quarantine"))) == 1


def test_an_older_page_does_not_replace_newer_words(writer: Writer) -> None:
    before = writer.page
    writer.save(title="New")
    writer.save(title="Newer")
    writer.page = before
    answer = writer.save(title="Older words", body="Older body")
    assert answer.status_code == 409
    assert 'value="Newer"' in answer.text
    assert "Older words" in answer.text
    assert "Older body" in answer.text
    assert 'value="Newer"' in writer.open().text


def test_a_file_of_the_wrong_kind_is_refused_alone(writer: Writer) -> None:
    answer = writer.save(
        File("photo", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(2000), "a.mp4"), title="Kept"
    )
    assert answer.status_code == 422
    assert "This is a video" in answer.text
    assert 'value="Kept"' in answer.text
    assert writer.photos() == []
    assert list(files().listing("quarantine")) == []
    writer.save(photo())
    assert len(writer.photos()) == 1


def test_a_clean_photo_is_shown_with_what_was_removed(writer: Writer, run_jobs: RunJobs) -> None:
    writer.save(File("photo", made.jpeg_with_gps(400, 300, "marker"), "a.jpg"))
    assert "is cleaning your photos" in writer.page
    run_jobs()
    writer.open()
    assert 'src="data:image/jpeg;base64,' in writer.page
    policy = writer.open().headers["Content-Security-Policy"]
    assert "img-src 'self' data:" in policy


def test_a_photo_that_the_page_has_is_not_sent_again(writer: Writer, run_jobs: RunJobs) -> None:
    writer.save(photo())
    run_jobs()
    writer.open()
    [ident] = writer.photos()
    fields = {"receipt": writer.receipt, "part": "photos", "have": ident}
    part = writer.client.post("/drafts/changes", data=fields)
    assert "data:image" not in part.text
    assert "<html" not in part.text
    assert ident in part.text


def test_a_script_saves_words_alone(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs
) -> None:
    writer.save(photo())
    run_jobs()
    monkeypatch.setattr(
        "intake.submissions.draft_page._thumbnail", lambda *_: pytest.fail("a picture was read")
    )
    fields = {"receipt": writer.receipt, "version": value(writer.page, "version"), **WORDS, "part": "words"}
    part = writer.client.post("/drafts/changes", data=fields)
    assert "Saved." in part.text
    assert 'data-version-now="2"' in part.text
    assert "<form" not in part.text


def test_looked_at_and_sent(writer: Writer, run_jobs: RunJobs) -> None:
    writer.save(photo())
    checked = writer.save(do="check", body="<b>They</b> came.", format="html", print_name="A. N.")
    assert "Check and send" in checked.text
    assert "<strong>They</strong> came." in checked.text
    assert re.search(r'name="consent"[^>]*value="y"', checked.text)
    without = writer.client.post("/drafts/submissions", data=hidden(checked))
    assert without.status_code == 422
    assert status_of_all() == ["draft"]
    sent = writer.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
    assert "It has arrived" in sent.text
    again = writer.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
    assert "Arrived" in again.text
    run_jobs()
    assert status_of_all() == ["in_review"]
    assert "Your story" in writer.open().text


def hidden(page: TestResponse) -> dict[str, str]:
    return {name: value(page.text, name) for name in ("receipt", "version")}


def test_a_format_that_nobody_offers_is_refused_before_anything_is_cleaned(writer: Writer) -> None:
    checked = writer.save(do="check")
    writer.open()
    writer.save(format="nonsense")
    answer = writer.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
    assert answer.status_code == 422
    assert status_of_all() == ["draft"]


def test_a_draft_that_changed_after_the_check_is_looked_at_again(writer: Writer) -> None:
    checked = writer.save(do="check")
    writer.open()
    writer.save(title="Changed")
    answer = writer.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
    assert answer.status_code == 409
    assert "Changed" in answer.text
    assert status_of_all() == ["draft"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": "", "body": "Some words"}, "Please give your text a title."),
        ({"title": "A title", "body": ""}, "There is nothing to send yet."),
        ({"embargo_until": "2020-01-01T10:00"}, "That time is over."),
        ({"title": "x" * 301}, "Please keep this to 300 characters."),
    ],
)
def test_what_is_missing_is_said_before_sending(writer: Writer, words: dict[str, str], said: str) -> None:
    answer = writer.save(do="check", **words)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert status_of_all() == ["draft"]


def test_a_photo_alone_needs_no_title(writer: Writer, run_jobs: RunJobs) -> None:
    writer.save(photo(), title="", body="")
    checked = writer.save(do="check", title="", body="")
    assert "Without a title" in checked.text
    writer.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
    run_jobs()
    assert status_of_all() == ["in_review"]


def test_a_document_is_kept_replaced_and_removed(writer: Writer) -> None:
    writer.save(File("document", b"Some words of a report.", "Asel report.txt"))
    assert "A document is here (.txt)." in writer.page
    assert "Asel" not in writer.page
    refused = writer.save(File("document", b"%PDF-1.7 " + bytes(300), "a.pdf"))
    assert refused.status_code == 422
    assert "A document is here" not in writer.page
    assert list(files().listing("quarantine")) == []
    writer.save(File("document", b"# Words", "b.md"))
    assert len(list(files().listing("quarantine"))) == 1
    writer.save(do="remove-document")
    assert "A document is here" not in writer.page
    assert list(files().listing("quarantine")) == []


def test_a_draft_is_deleted_on_request(writer: Writer) -> None:
    writer.save(photo())
    unsure = writer.client.post("/drafts/deletions", data={"receipt": writer.receipt})
    assert unsure.status_code == 422
    assert status_of_all() == ["draft"]
    gone = writer.client.post("/drafts/deletions", data={"receipt": writer.receipt, "confirm": "y"})
    assert "Traces may stay in the files of our database for longer." in gone.text  # no scrub has run here
    assert "Your draft is deleted" in gone.text
    assert status_of_all() == []
    assert list(files().listing("quarantine")) == []
    assert writer.open().status_code == 404


def test_nothing_is_taken_for_a_receipt_that_nobody_has(writer: Writer) -> None:
    wrong = "0" * 16
    fields = {"receipt": wrong, "upload": "x", "version": "1", **WORDS, "do": "save"}
    body = multipart(fields, [photo()])
    answer = writer.client.post("/drafts/changes", data=body, content_type=MULTIPART)
    assert answer.status_code == 404
    assert list(files().listing("quarantine")) == []


def test_words_that_are_too_long_are_kept_on_the_page(writer: Writer) -> None:
    answer = writer.save(body="x" * 400_000)
    assert answer.status_code == 422
    assert "x" * 400_000 in answer.text
    with transaction() as session:
        found = session.scalars(select(Submission)).one()
        assert draft.words(session, found).body == ""


def test_a_full_draft_takes_no_more_photos(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.save(photo())
    monkeypatch.setattr("intake.submissions.draft_photos.room", lambda _submission: 0)
    answer = writer.save(photo())
    assert answer.status_code == 422
    assert "a story may have 20 photos" in answer.text
    with transaction() as session:
        assert len(session.scalars(select(Photo)).all()) == 1
    assert len(list(files().listing("quarantine"))) == 1


def test_after_it_was_sent_an_open_page_of_the_draft_saves_nothing(writer: Writer) -> None:
    page = writer.page
    checked = writer.save(do="check")
    writer.client.post("/drafts/submissions", data={**hidden(checked), "consent": "y"})
    writer.page = page
    answer = writer.save(photo(), title="Too late", body="These words were typed too late.")
    assert "These words were typed too late." in answer.text
    assert "Arrived" in answer.text
    assert list(files().listing("quarantine")) == []
