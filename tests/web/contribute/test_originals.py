"""Unchanged photos from the contributor's view: permission, refusal, end date, and destruction on request."""

import html
import re
from collections.abc import Iterator

import pytest

from intake.db import transaction
from intake.magazine import chosen, setting_versions
from intake.models import Editor
from intake.originals import holders
from intake.retention import expired_originals
from intake.settings import choose
from intake.storage import files
from intake.web import Transom
from tests.cast import RunJobs, join
from tests.originals.conftest import hold
from tests.originals.kept import events, pass_days, sealed, stored
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.people import Contributor, receipt_of, value

ASKED = "May we keep the unchanged photos for a while?"


@pytest.fixture
def policy(app: Transom) -> Iterator[list[Editor]]:
    """Let the magazine keep originals for 30 days, with two holders."""
    people = [join("Noor Haddad", "chief"), join("Liam Byrne", "editor")]
    for person in people:
        hold(person)
    with transaction() as session:
        setting_versions.save(session, None, {"original_days": "30"}, None, "command")
    chosen.forget()
    chosen.refresh()
    yield people
    choose({})
    chosen.forget()


def test_nobody_is_asked_without_the_policy(contributor: Contributor, run_jobs: RunJobs) -> None:
    """Two holders are not enough without the setting `original_days`. A field sent anyway is ignored."""
    for person in (join("Noor Haddad", "chief"), join("Liam Byrne", "editor")):
        hold(person)
    assert ASKED not in contributor.client.get("/send").text
    assert "unchanged" not in contributor.client.get("/safety").text
    answer = contributor.send(File("photo-1", JPEG), keep_originals="30")
    run_jobs()
    assert (sealed(), stored(), stored("quarantine")) == ([], [], [])
    assert "files of your photos and documents are then destroyed" in answer.text
    status = contributor.post("/receipt", {"receipt": receipt_of(answer)})
    assert "unchanged" not in status.text


def test_the_box_is_empty_and_says_what_it_means(contributor: Contributor, policy: object) -> None:
    page = html.unescape(contributor.client.get("/send").text)
    assert ASKED in page
    box = re.search(r'<input[^>]*id="keep-originals"[^>]*>', page)
    assert box
    assert "checked" not in box[0]
    assert 'value="30"' in box[0]
    assert "with all that it tells about you and your device, is kept for 30 days" in page
    assert "kept for 30 days" in contributor.client.get("/safety").text


def test_refusing_costs_nothing(contributor: Contributor, run_jobs: RunJobs, policy: object) -> None:
    answer = contributor.send(File("photo-1", JPEG))
    run_jobs()
    assert (sealed(), stored(), stored("quarantine")) == ([], [], [])
    assert newest().status == "in_review"
    assert "files of your photos and documents are then destroyed" in answer.text
    assert "unchanged photos" not in contributor.post("/receipt", {"receipt": receipt_of(answer)}).text


def test_allowing_and_taking_back(contributor: Contributor, run_jobs: RunJobs, policy: object) -> None:
    answer = contributor.send(File("photo-1", JPEG), keep_originals="30")
    assert "All files but your unchanged photos are then destroyed" in answer.text
    run_jobs()
    assert len(sealed()) == len(stored()) == 1
    receipt = receipt_of(answer)
    page = html.unescape(contributor.post("/receipt", {"receipt": receipt}).text)
    assert "As you allowed, they are kept until" in page
    assert "Nobody has opened them." in page
    done = html.unescape(contributor.post("/receipt/originals", {"receipt": receipt}).text)
    assert "Your unchanged photos are destroyed." in done
    assert "Nobody has opened them." not in done
    assert sealed() == []
    run_jobs()
    assert stored() == []
    assert events() == ["original.taken_back"]
    assert contributor.post("/receipt/originals", {"receipt": receipt}).status_code == 200
    assert contributor.post("/receipt/originals", {"receipt": "nothing"}).status_code in {404, 422}
    assert newest().status == "in_review"


def test_a_form_with_an_error_keeps_the_choice(contributor: Contributor, policy: object) -> None:
    answer = contributor.send(File("photo-1", JPEG), consent="", keep_originals="30")
    assert answer.status_code == 422
    box = re.search(r'<input[^>]*id="keep-originals"[^>]*>', answer.text)
    assert box
    assert "checked" in box[0]


def test_a_policy_that_ended_meanwhile_keeps_nothing(
    contributor: Contributor, run_jobs: RunJobs, policy: list[Editor]
) -> None:
    with transaction() as session:
        holders.set_named(session, session.get_one(Editor, policy[0].id), None, is_named=False)
    contributor.send(File("photo-1", JPEG), keep_originals="30")
    run_jobs()
    assert (sealed(), stored()) == ([], [])


def test_the_draft_asks_too(contributor: Contributor, run_jobs: RunJobs, policy: object) -> None:
    begun = contributor.post("/drafts", {"token": value(contributor.client.get("/").text, "token")})
    page = contributor.post("/drafts/confirmations", {"token": value(begun.text, "token"), "noted": "y"})
    assert ASKED in page.text
    receipt = receipt_of(page) if "receipt" not in page.text else value(page.text, "receipt")

    def press(do: str, *uploads: File) -> str:
        fields = {name: value(current[0], name) for name in ("receipt", "upload", "version")}
        sent = contributor.post("/drafts/changes", fields | {"do": do}, uploads)
        current[0] = sent.text
        run_jobs()
        return html.unescape(sent.text)

    current = [page.text]
    press("save", File("photo", JPEG))
    assert sealed() == []
    assert "that you add from now on are kept for 30 days" in press("keep-originals 30")
    press("save", File("photo", JPEG))
    assert len(sealed()) == 1
    assert "they are kept until" in press("save")
    assert ASKED in press("destroy-originals")
    assert (sealed(), stored()) == ([], [])
    press("keep-originals 30")
    press("save", File("photo", JPEG))
    assert len(stored()) == 1
    contributor.post("/drafts/deletions", {"receipt": receipt, "confirm": "y"})
    assert (sealed(), stored()) == ([], [])


def test_the_last_day(contributor: Contributor, run_jobs: RunJobs, policy: object) -> None:
    answer = contributor.send(File("photo-1", JPEG), keep_originals="7")
    run_jobs()
    pass_days(8)
    expired_originals.expire()
    run_jobs()
    assert list(files().listing("sealed")) == []
    page = contributor.post("/receipt", {"receipt": receipt_of(answer)}).text
    assert "unchanged" not in page
