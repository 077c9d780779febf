"""The journey of a draft from a known IP address, and then a search for traces of it in all stored data."""

import base64
import re
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import ASEL, path_of
from tests.journeys.editing import ask_for_changes, hidden
from tests.journeys.people import at_the_desk
from tests.journeys.traces import dump, listening, nothing_tells, spellings
from tests.photos import made
from tests.waiting import until
from tests.whole import Whole

MARK = "CNRYdraft"
"""Text in every metadata field of the photos, and in words that are deleted from the draft before it is sent."""
FORWARDED, REMOTE = "203.0.113.77", "127.0.0.77"
AGENT, CONTACT = "CNRYagent/7.7", "CNRYcontact@example.org"
MARKS = [
    MARK,
    FORWARDED,
    REMOTE,
    "CNRYagent",
    "CNRYcontact",
    "CNRYname",
    "CNRYupload",
    "2026:03:05",
    "Fabrika",
]
TITLE = "A draft that left no trace"
TUS = {"Tus-Resumable": "1.0.0"}


class Traveller:
    """Contributor with a known IP address and user agent, who sends plain forms and resumable uploads."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(
            base_url=url,
            headers={"X-Forwarded-For": FORWARDED, "Forwarded": f"for={FORWARDED}", "User-Agent": AGENT},
            transport=httpx.HTTPTransport(
                local_address=REMOTE, limits=httpx.Limits(max_keepalive_connections=0)
            ),
            timeout=60,
        )
        self.receipt = self.page = ""

    def post(
        self, address: str, data: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> str:
        answer = self.client.post(address, data=data, files=files)
        assert answer.status_code == 200, answer.text
        self.page = answer.text
        return self.page

    def begin(self) -> None:
        token = hidden(self.client.get("/en/").text, "token")
        shown = re.sub(r"<[^>]+>", "", self.post("/en/drafts", {"token": token}))
        found = re.search(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}", shown)
        assert found
        self.receipt = found[0]
        self.post("/en/drafts/confirmations", {"token": token, "noted": "y"})

    def open(self) -> str:
        return self.post("/en/receipt", {"receipt": self.receipt})

    def save(self, words: dict[str, str], do: str = "save", photo: bytes = b"") -> str:
        fields = {name: hidden(self.page, name) for name in ("receipt", "upload", "version")}
        files = {"photo": ("CNRYname1_Almaty.jpg", photo)} if photo else None
        words = {"contact": CONTACT, "section": "News", "language": "en", "format": "plain", "do": do} | words
        return self.post("/en/drafts/changes", fields | words, files)

    def upload(self, data: bytes) -> None:
        """Upload a photo in two parts, with its file name in the metadata, as some clients do."""
        place = self.client.post("/en/uploads", data={"receipt": self.receipt}).json()["url"]
        told = {"upload": "CNRYupload", "filename": "CNRYname2_Almaty.jpg"}
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items()
        )
        made = self.client.post(
            place, headers={**TUS, "Upload-Length": str(len(data)), "Upload-Metadata": metadata}
        )
        for start, end in ((0, 1000), (1000, len(data))):
            headers = {**TUS, "Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
            answer = self.client.patch(made.headers["Location"], content=data[start:end], headers=headers)
            assert answer.status_code == 204, answer.text

    def uploads(self, data: bytes) -> list[str]:
        """Upload a second photo. Returns the ids of both photos, once they are clean."""
        self.upload(data)
        until(lambda: "data-cleaning" not in self.open() and len(self.photos()) == 2, 60)
        return self.photos()

    def photos(self) -> list[str]:
        return re.findall(r'data-photo="([^"]+)"', self.page)


@pytest.fixture
def traveller(at_once: Whole) -> Iterator[Traveller]:
    """Traveller without a draft."""
    found = Traveller(at_once.settings.base_url)
    yield found
    found.client.close()


@pytest.mark.slow
def test_a_draft_that_was_sent_answered_and_withdrawn_has_left_no_trace(
    at_once: Whole, browser: Browser, traveller: Traveller
) -> None:
    editor = at_the_desk(at_once, browser, ASEL)
    words = {"title": TITLE, "body": "They came at night."}
    with listening(at_once) as heard:
        traveller.begin()
        traveller.save(words | {"body": f"{MARK} is not sent."}, photo=made.jpeg_with_gps(640, 480, MARK))
        first, second = traveller.uploads(made.jpeg_with_gps(800, 600, MARK, 6))
        traveller.save(words | {f"caption-{first}": f"{MARK} door"})
        # No part of a draft is stored unencrypted.
        nothing_tells(at_once, [*MARKS, *spellings(traveller.receipt), TITLE], heard.all())
        traveller.open()
        traveller.save(words | {f"caption-{first}": "A door"}, f"remove {second}")
        traveller.save(words, "check")
        sent = {name: hidden(traveller.page, name) for name in ("receipt", "version")}
        assert "It has arrived" in traveller.post("/en/drafts/submissions", sent | {"consent": "y"})
        here = until(lambda: path_of(editor, TITLE), 60)
        ask_for_changes(editor, here, "When was it?")
        until(lambda: "Send my answer" in traveller.open(), 60)
        answer = {
            "receipt": traveller.receipt,
            "token": hidden(traveller.page, "token"),
            "message": "In May.",
        }
        photo = ("CNRYname3_Almaty.jpg", made.jpeg_with_gps(320, 240, MARK))
        traveller.post("/en/receipt/answers", answer, {"photo-1": photo})
        until(lambda: "In May." in editor.request.get(here).text(), 60)
        nothing_tells(at_once, [*MARKS, *spellings(traveller.receipt)], heard.all())
        traveller.post("/en/receipt/withdrawals", {"receipt": traveller.receipt, "confirm": "y"})
        until(lambda: TITLE.encode() not in dump(at_once), 60)
    nothing_tells(at_once, [*MARKS, *spellings(traveller.receipt)], heard.all())
    ident = here.rpartition("/")[2]
    assert ident not in at_once.log.read_text()
    assert [path for path in at_once.settings.data_dir.glob(f"*/*/{ident}") if path.is_dir()] == []


@pytest.mark.slow
def test_a_deleted_draft_has_left_nothing(at_once: Whole, traveller: Traveller) -> None:
    before = set((at_once.settings.files_dir / "clean").glob("*"))
    with listening(at_once) as heard:
        traveller.begin()
        traveller.save({"title": f"{MARK} title", "body": MARK}, photo=made.jpeg_with_gps(640, 480, MARK))
        traveller.uploads(made.jpeg_with_gps(800, 600, MARK))
        [folder] = set((at_once.settings.files_dir / "clean").glob("*")) - before
        traveller.post("/en/drafts/deletions", {"receipt": traveller.receipt, "confirm": "y"})
    nothing_tells(at_once, [*MARKS, *spellings(traveller.receipt)], heard.all())
    assert folder.name.encode() not in dump(at_once)
    assert folder.name not in at_once.log.read_text()
    assert list(at_once.settings.data_dir.rglob(f"*{folder.name}*")) == []


@pytest.mark.slow
def test_the_search_finds_marks(at_once: Whole) -> None:
    """Check `nothing_tells` itself, on which the other tests rely."""
    # Use the reason of a pause as the mark, because it is stored unencrypted. A title would be sealed.
    for act in (["pause", "housekeeping", "--reason", "CNRYfound"], ["resume", "housekeeping"]):
        done = at_once.transom("queue", *act)
        assert done.returncode == 0, done.stderr
    assert b"CNRYfound" in dump(at_once)
    with pytest.raises(AssertionError, match="CNRYfound"):
        nothing_tells(at_once, ["CNRYfound"])
    with listening(at_once) as heard:
        at_once.submit("Another", photos=[made.jpeg_with_gps(64, 48, "x")])
        time.sleep(2)
    assert b"args" in heard.all()
