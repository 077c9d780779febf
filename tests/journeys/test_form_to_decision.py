"""The main journey: a contributor's form, an editor's decision, the receipt's status, and no leaked metadata."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import connect
from intake.models import Photo, Revision, Submission
from intake.models.photo import SIZES
from intake.storage import Disk
from tests.journeys.conftest import ASEL
from tests.journeys.folds import unfold
from tests.journeys.people import at_the_desk, decide
from tests.journeys.pictures import MARK, marked_photo, three_photos
from tests.journeys.texts import ARABIC, KAZAKH, article
from tests.journeys.traces import nothing_tells, spellings
from tests.opened import key_of, open_words
from tests.photos import exiftool
from tests.waiting import until
from tests.whole import Whole

CONTACT = "CNRYcontact@example.org"
REASON = "We published something very close to this last week."


@dataclass
class Sent:
    """Submission with title and receipt."""

    title: str
    receipt: str


def test_three_submissions_from_the_form_to_their_decisions(
    at_once: Whole, browser: Browser, tmp_path: Path
) -> None:
    editor = at_the_desk(at_once, browser, ASEL, fresh=True)
    contributor = browser.new_page(base_url=at_once.settings.base_url, java_script_enabled=False)
    photos = three_photos(tmp_path)
    waits = []

    sent = []
    for title, language, text, files in (
        ("Ауылдағы есік", "kk", article(KAZAKH, 1200), photos),
        ("الباب المغلق", "ar", article(ARABIC, 1200), photos),
        ("A marked photo", "en", "Short, and with a mark in its photo.", [marked_photo(tmp_path)]),
    ):
        sent.append(_send(contributor, title, language, text, files))
        waits.append(_wait_for(editor, title))
    print(f"\nseen by the editor after {', '.join(f'{wait:.2f}' for wait in waits)} s")

    _accept(editor, sent[0].title)
    _edit_and_accept(editor, sent[1].title, "الباب الذي أغلق")
    _reject(editor, sent[2].title)

    _receipt_says(contributor, sent[0], "An editor has accepted it")
    _receipt_says(contributor, sent[1], "An editor has accepted it")
    _receipt_says(contributor, sent[2], REASON)

    downloads = [_download(editor, title) for title in (sent[0].title, "الباب الذي أغلق")]
    assert [facts["revision"] for facts, _ in downloads] == [1, 2]
    _nothing_hidden(
        at_once, tmp_path, [one.title for one in sent], [photo for _, photos in downloads for photo in photos]
    )
    codes = [spelling for one in sent for spelling in spellings(one.receipt)]
    nothing_tells(at_once, [MARK, "CNRYname", CONTACT, *codes])


def _send(page: Page, title: str, language: str, text: str, photos: list[Path]) -> Sent:
    page.goto("/send")
    unfold(page)
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("In which language").select_option(language)
    page.get_by_label("How to reach you").fill(CONTACT)
    page.locator("[name=consent]").check()
    for i, path in enumerate(photos, start=1):
        page.locator(f"[name=photo-{i}]").set_input_files(path)
        page.locator(f"[name=caption-{i}]").fill(f"{title} {i}")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="It has arrived")).to_be_visible(timeout=30_000)
    assert page.context.cookies() == []
    return Sent(title, page.locator(".receipt__code").inner_text().replace("\n", ""))


def _wait_for(page: Page, title: str) -> float:
    """Seconds until the queue shows the submission. Loads without rendering, to leave CPU for the workers."""
    begun = time.monotonic()
    until(lambda: title in page.request.get("/desk/").text(), 60)
    page.goto("/desk/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    return time.monotonic() - begun


def _open(page: Page, title: str) -> None:
    page.goto("/desk/?lane=all")
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def _accept(page: Page, title: str) -> None:
    _open(page, title)
    _decide(page, title, "Accept", "accepted")


def _edit_and_accept(page: Page, title: str, new_title: str) -> None:
    _open(page, title)
    page.get_by_role("link", name="Edit the text").click()
    page.get_by_label("Title", exact=True).fill(new_title)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=new_title, exact=True)).to_be_visible()
    _decide(page, new_title, "Accept", "accepted")


def _reject(page: Page, title: str) -> None:
    _open(page, title)
    _decide(page, title, "Reject", "rejected", why="Came too late")


def _decide(page: Page, title: str, button: str, status: str, why: str = "") -> None:
    """Decide, expect the next submission, and check the decision on the page of this submission."""
    decide(page, button, why=why, message=REASON if button == "Reject" else "")
    expect(page.locator(".undo")).to_contain_text(f"{button}ed “{title}”.")
    _open(page, title)
    expect(page.locator(f".pill--{status}").first).to_be_visible()


def _receipt_says(page: Page, sent: Sent, words: str) -> None:
    page.goto("/receipt")
    page.get_by_label("Your receipt").fill(sent.receipt.lower())
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text(words)).to_be_visible()
    assert sent.receipt not in page.url


def _download(page: Page, title: str) -> tuple[dict[str, object], list[bytes]]:
    _open(page, title)
    link = page.locator("form[action$='export.zip']").get_attribute("action") or ""
    answer = page.request.get(link)
    assert answer.ok, (link, answer.status, answer.text()[:500])
    with zipfile.ZipFile(io.BytesIO(answer.body())) as archive:
        photos = [archive.read(name) for name in archive.namelist() if name.startswith("photos/")]
        return json.loads(archive.read("submission.json")), photos


def _nothing_hidden(at_once: Whole, folder: Path, titles: list[str], downloaded: list[bytes]) -> None:
    """Run ExifTool on every stored copy and every downloaded photo."""
    stored = list(_stored_copies(at_once, titles))
    assert len(stored) == 7 * len(SIZES)
    assert len(downloaded) == 6 * len(SIZES)
    if exiftool.MISSING:
        return
    paths = [folder / f"look-{number}" for number in range(len(stored) + len(downloaded))]
    for path, data in zip(paths, stored + downloaded, strict=True):
        path.write_bytes(data)
    assert exiftool.findings(paths) == []
    print(f"ExifTool found nothing in {len(paths)} photos")


def _stored_copies(at_once: Whole, titles: list[str]) -> Iterator[bytes]:
    storage = Disk(at_once.settings.files_dir)
    engine = connect(at_once.settings.sqlalchemy_url)
    with Session(engine) as session:
        open_words(session, at_once.settings)
        of_these = (
            select(Photo, Submission, Revision)
            .join(Photo.submission)
            .join(Revision, Revision.submission_id == Submission.id)
            .where(Revision.number == 1)
        )
        for photo, submission, revision in session.execute(of_these):
            if revision.title not in titles:
                continue
            for size in SIZES:
                yield storage.read(photo.clean_name(size), key_of(submission, at_once.settings))
    engine.dispose()
