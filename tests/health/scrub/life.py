"""Life cycle of marked submissions, through the pages of contributors, guests, editors and admins."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.health.scrub.browser import Browser
from tests.photos.made import jpeg_with_gps
from tests.waiting import until
from tests.whole import Whole

PASSWORD = "four words are good"
EDITOR, CHIEF, ADMIN = "editor@transom.example", "chief@transom.example", "admin@transom.example"
SETTINGS = {
    "TRANSOM_SECOND_FACTOR": "optional",
    "TRANSOM_UNDO_SECONDS": 1,
    "TRANSOM_ORIGINAL_DAYS": 30,
    "TRANSOM_CHECKLISTS": "News = Read by a lawyer",
}
"""Settings of an installation with all features that the life cycle uses."""
PASSPHRASE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}\b")
GUEST = re.compile(r"/guest/[\w-]+")
DESK = "/desk/submissions"


@dataclass
class Contributor:
    """Sends drafts by the pages without scripts. `receipts` are those of what was sent, `unsent` those of drafts."""

    whole: Whole
    mark: str
    receipts: list[str] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)

    def draft(self, text: str, *, send: bool = True) -> str:
        """Write a draft with a document, a photo, and permission to keep the unchanged photo. Returns its receipt."""
        mark, page = self.mark, Browser(self.whole.settings.base_url)
        page.get("/en/")
        page.send("/drafts")
        page.send("/drafts/confirmations", noted="y")
        receipt = page.value("receipt")
        photo, document = jpeg_with_gps(320, 240, mark), f"{mark} document".encode()
        files = (("photo", "IMG.jpg", photo), ("document", f"{mark}.txt", document))
        words = {
            "title": f"{mark} title",
            "body": text,
            "print_name": mark,
            "contact": mark,
            "language": "en",
        }
        page.send("/drafts/changes", do="keep-originals 30")
        page.send("/drafts/changes", *files, **words, do="save")
        caption = page.field("/drafts/changes", "caption-")
        beside = {caption: f"{mark} caption", caption.replace("caption", "credit"): f"{mark} credit"}
        page.send("/drafts/changes", **beside, do="save")
        if send:
            page.send("/drafts/changes", do="check")
            page.send("/drafts/submissions", consent="y")
        (self.receipts if send else self.unsent).append(receipt)
        return receipt

    def write(self, receipt: str) -> None:
        """Read the page of the receipt, and send a message to the editors."""
        page = self._open(receipt)
        page.send("/receipt/messages", letter=f"{self.mark} from the contributor")

    def answer(self, receipt: str) -> bool:
        """Answer a request for changes with a message, a changed text and a further photo. False if there is none."""
        page = self._open(receipt, with_text="y")
        if "/receipt/answers" not in page.body:
            return False
        file = ("photo-1", "IMG.jpg", jpeg_with_gps(64, 48, self.mark))
        words = {"message": f"{self.mark} answer", "title": f"{self.mark} again"}
        page.send("/receipt/answers", file, **words, body=f"{self.mark} changed", **{"caption-1": self.mark})
        return True

    def withdraw(self) -> None:
        """Withdraw all that was sent, and delete the drafts that were not."""
        for receipt in self.receipts:
            page = self._open(receipt)
            page.send("/receipt/withdrawals", confirm="yes")
        for receipt in self.unsent:
            page = self._open(receipt)
            page.send("/drafts/deletions", confirm="y")

    def _open(self, receipt: str, **fields: str) -> Browser:
        page = Browser(self.whole.settings.base_url)
        page.get("/en/receipt")
        page.post("/en/receipt", {"receipt": receipt, **fields})
        return page


@dataclass
class Newsroom:
    """Two chief editors and an admin, each with a browser. Call `open` first."""

    whole: Whole
    mark: str
    passphrases: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Make the accounts, log in, and make the keys of the two people who together open unchanged photos."""
        for email, role in ((EDITOR, "chief"), (CHIEF, "chief"), (ADMIN, "admin")):
            self.whole.add_editor(email, PASSWORD, role)
        self.log_in()
        admin = self._browser(ADMIN)
        for _ in range(2):
            admin.get("/admin/originals")
            offered = re.findall(r'<option[^>]* value="(\d+)"', admin.body)
            admin.send("/admin/originals", person=offered[0], is_named="y")
        for email, one in ((EDITOR, self.editor), (CHIEF, self.chief)):
            one.get("/desk/originals-key")
            one.send("/desk/originals-key")
            found = PASSPHRASE.search(one.body)
            assert found, one.body
            self.passphrases[email] = found[0]

    def log_in(self) -> "Newsroom":
        """Log in with new browsers, so that several newsrooms can work at once. Returns self."""
        self.editor, self.chief = self._browser(EDITOR), self._browser(CHIEF)
        return self

    def _browser(self, email: str) -> Browser:
        made = Browser(self.whole.settings.base_url)
        made.log_in(email, PASSWORD)
        return made

    def keep_words(self) -> None:
        """Write words that belong to the desk, and not to one submission: a saved reply, and a saved view of a search."""
        page, mark = self.editor, self.mark
        page.get("/desk/replies/new")
        page.send("/desk/replies", name=mark, body=f"{mark} reply", verdict="reject", language="en")
        page.get("/desk/", q=mark, lane="all")
        page.send("/desk/views", name=mark)

    def search(self) -> None:
        """Search for the mark, in all words and among the tags."""
        for query in ({"q": self.mark}, {"q": f'"{self.mark} title"'}, {"tag": self.mark}, {"region": self.mark}):  # fmt: skip
            found = self.editor.get("/desk/", lane="all", **query)
            assert f"{DESK}/" in found, query

    def work(self, here: str, *, opens: bool) -> None:
        """Claim, edit, write, and ask for a legal hold, which ends. With `opens`, open an unchanged photo, too."""
        page, mark, path = self.editor, self.mark, f"{DESK}/{here}"
        page.get(path)
        page.send(f"{path}/claims")
        page.get(f"{path}/revisions/new")
        photo = page.field(f"{path}/revisions", "photos-0-caption")
        beside = {photo.replace("caption", kind): f"{mark} {kind}" for kind in ("caption", "credit", "alt")}
        details = {"region": mark, "tags": f"{mark}, second", "print_name": f"{mark} name"}
        text = f"<p>{mark} edited</p>" + page.value("body", f"{path}/revisions")
        page.send(f"{path}/revisions", title=f"{mark} title", body=text, note=mark, **details, **beside)
        page.get(path)
        page.send(f"{path}/notes", note=f"{mark} note")
        page.get(path)
        page.send(f"{path}/messages", letter=f"{mark} from the desk")
        self._save_drafts(path)
        self._hold(path)
        self._invite(path)
        if opens:
            self._open_original(path)

    def decide(self, here: str, verdict: str, code: str = "") -> None:
        """Take a decision with a message. An acceptance has a reason, since a point of the checklist is open."""
        page, path = self.editor, f"{DESK}/{here}"
        page.get(path)
        extra = {"despite": f"{self.mark} despite"} if verdict == "accept" else {}
        code = f"{verdict}.{code}" if code else ""
        words = {"verdict": verdict, "code": code, "message": f"{self.mark} {verdict}"}
        page.send(f"{path}/decisions", **words, **extra)

    def reject_all(self, ids: list[str]) -> None:
        """Reject several submissions at once, with a message, and assign them."""
        page = self.editor
        items = [f"{one}:{self._version(one)}" for one in ids]
        page.get("/desk/", lane="all")
        token = page.value("csrf_token")
        page.post("/desk/batches/preview", {"csrf_token": token, "item": items, "verdict": "reject"})
        page.send("/desk/batches", code="late", **{"message-en": f"{self.mark} for all"})
        batch = page.path
        until(lambda: 'data-progress="running"' not in page.get(batch), 120)
        page.post("/desk/assignments", {"csrf_token": token, "item": items, "assignee": "nobody"})

    def publish(self, here: str) -> None:
        """Publish an accepted submission, correct it, and retract it."""
        page, path = self.editor, f"{DESK}/{here}"
        page.get(path)
        despite = f"{self.mark} published despite"
        page.send(f"{path}/publications", url=f"https://news.example/{self.mark}", despite=despite)
        page.get(f"{path}/publication")
        page.send("/publication/corrections", correction=f"{self.mark} corrected")
        page.send("/publication/retractions", reason=f"{self.mark} retracted")

    def export(self, here: str) -> None:
        """Download an accepted submission, with captions in the photos."""
        self.editor.get(f"{DESK}/{here}/export.zip", embedded="y")

    def _version(self, here: str) -> str:
        self.editor.get(f"{DESK}/{here}")
        return self.editor.value("version")

    def _save_drafts(self, path: str) -> None:
        """Type into each form without sending it."""
        page, mark = self.editor, self.mark
        page.get(path)
        known = {"csrf_token": page.value("csrf_token"), "version": page.value("version")}
        for kind, name in (
            ("note", "note"),
            ("message", "letter"),
            ("decision", "message"),
            ("edit", "body"),
        ):
            page.post(f"{path}/drafts/{kind}", {**known, name: f"{mark} unsent {kind}"})

    def _hold(self, path: str) -> None:
        """Ask for a legal hold, which the chief editor confirms and then releases."""
        last = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
        self.editor.get(f"{path}/holds")
        self.editor.send(f"{path}/holds", reason=f"{self.mark} reason", until=last)
        self.chief.get(f"{path}/holds")
        self.chief.send("/confirmations")
        self.chief.send("/releases")

    def _invite(self, path: str) -> None:
        """Make a link for a guest, who reads the text and leaves a note."""
        self.editor.get(f"{path}/links")
        self.editor.send(f"{path}/links", name=self.mark, shows_photos="y", allows_download="y")
        found = GUEST.search(self.editor.body)
        assert found
        guest = Browser(self.whole.settings.base_url)
        guest.get(found[0])
        guest.send("/openings")
        assert self.mark in guest.body
        guest.send("/notes", note=f"{self.mark} from a guest")
        guest.get(f"{found[0]}/text.txt")

    def _open_original(self, path: str) -> None:
        """Open the unchanged photos with the keys of two people, and read one."""
        asker, second = self.editor, self.chief
        asker.get(f"{path}/originals")
        words = {"reason": f"{self.mark} to see", "passphrase": self.passphrases[EDITOR]}
        asker.send(f"{path}/originals", **words)
        second.get(f"{path}/originals")
        second.send("/agreements", passphrase=self.passphrases[CHIEF])
        asker.get(f"{path}/originals")
        asker.send("/readings", passphrase=self.passphrases[EDITOR])
