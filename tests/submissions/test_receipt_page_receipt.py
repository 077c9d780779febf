from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, update

from intake import receipts
from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.documents.document import NOTES
from intake.models import Editor, Submission
from intake.publishing.publish import publish
from intake.submissions.receipt_page import DOUBTS, ReceiptPage, receipt_page
from intake.submissions.removal import purge, withdraw
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, RunJobs, cleaned
from tests.photos.made import jpeg_with_gps
from tests.photos.swapped import Swapped


def look(contributor: Contributor) -> ReceiptPage:
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
    assert page is not None
    return page


def steps(contributor: Contributor) -> list[tuple[str, bool, bool]]:
    return [(step.word, step.done, step.current) for step in look(contributor).steps]


def do(contributor: Contributor, editor: Editor, verdict: str) -> None:
    with transaction() as session:
        version = session.get_one(Submission, contributor.submission_id).version
        code = "late" if verdict == "reject" else None
        decide(
            session, contributor.submission_id, editor, version, DecisionInput(verdict, code, "A message.")
        )


def take_back(contributor: Contributor) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)


def test_another_receipt_shows_nothing(contributor: Contributor, in_review: Submission) -> None:
    with transaction() as session:
        assert receipt_page(session, receipts.derive("another")) is None


def test_what_has_just_arrived(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    page = look(contributor)
    assert (page.status, page.messages, page.may_withdraw) == ("received", [], True)
    assert [(photo.position, photo.status) for photo in page.photos] == [(1, "received")]
    assert steps(contributor) == [
        ("Arrived", True, True),
        ("Cleaned", False, False),
        ("Decided", False, False),
    ]


def test_what_is_under_review(contributor: Contributor, in_review: Submission) -> None:
    assert steps(contributor) == [
        ("Arrived", True, False),
        ("Cleaned", True, True),
        ("Decided", False, False),
    ]


def test_photos_tell_what_was_removed_or_why_they_were_refused(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYreceipt"), b"no picture")
    run_jobs()
    clean, refused = look(contributor).photos
    assert (clean.status, clean.caption, clean.sentence) == ("clean", "Caption 1", "")
    assert clean.removed.startswith("Removed: the position")
    assert (refused.status, refused.removed) == ("refused", "")
    assert refused.sentence.startswith("We do not recognise this file as a photo. Please choose")


def test_sentences_about_photos_are_in_the_readers_language(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYtranslated"), b"")
    run_jobs()
    with transaction() as session:
        page = receipt_page(session, contributor.receipt, Swapped())
    assert page is not None
    clean, refused = page.photos
    assert clean.removed.startswith("Usunięto: położenie")
    assert refused.sentence == "Plik jest pusty. Wybierz zdjęcie jeszcze raz."


def test_a_text_tells_what_was_removed(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="<p>a<del datetime=1>b</del></p><p hidden>c</p>", format="html")
    assert look(contributor).about_text == []
    run_jobs()
    said = "Removed from your text: a deleted passage, a hidden passage."
    assert look(contributor).about_text == [said]
    take_back(contributor)
    assert look(contributor).about_text == []


def test_a_text_from_which_nothing_was_removed(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="<p>a</p>", format="html")
    run_jobs()
    assert look(contributor).about_text == []


@pytest.mark.parametrize(("verdict", "word"), [("accept", "Accepted"), ("reject", "Not accepted")])
def test_what_is_decided(
    contributor: Contributor,
    in_review: Submission,
    editor: Editor,
    verdict: str,
    word: str,
) -> None:
    do(contributor, editor, verdict)
    assert steps(contributor) == [("Arrived", True, False), ("Cleaned", True, False), (word, True, True)]
    page = look(contributor)
    assert ([letter.body for letter in page.messages], page.may_withdraw) == (["A message."], True)


def test_what_is_published(contributor: Contributor, in_review: Submission, editor: Editor) -> None:
    do(contributor, editor, "accept")
    with transaction() as session:
        publish(session, in_review.id, editor, in_review.version + 2)
    assert [word for word, _, _ in steps(contributor)] == ["Arrived", "Cleaned", "Accepted", "Published"]
    assert steps(contributor)[-1] == ("Published", True, True)
    assert not look(contributor).may_withdraw


def test_what_was_taken_back_before_a_decision_does_not_wait_for_one(contributor: Contributor) -> None:
    contributor.submit()
    take_back(contributor)
    assert steps(contributor) == [("Arrived", True, False), ("Withdrawn", True, True)]
    with transaction() as session:
        purge(session, contributor.submission_id)
    assert steps(contributor) == [
        ("Arrived", True, False), ("Withdrawn", True, False), ("Deleted", True, True),
    ]  # fmt: skip


def test_what_was_taken_back_after_a_decision_says_both_and_when(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    do(contributor, editor, "reject")
    take_back(contributor)
    page = look(contributor)
    assert [step.word for step in page.steps] == ["Arrived", "Cleaned", "Not accepted", "Withdrawn"]
    days = [step.at.date() for step in page.steps if step.at]
    assert len(days) == 4
    assert days == sorted(days)
    assert (page.status, page.may_withdraw) == ("withdrawn", False)


def test_nothing_of_a_purged_submission_is_shown(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYgone"), b"no picture")
    run_jobs()
    take_back(contributor)
    run_jobs()
    page = look(contributor)
    assert (page.status, page.photos, page.messages) == ("purged", [], [])


def test_a_refused_document_is_explained(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        text_cleaned(
            session,
            contributor.submission_id,
            cleaned(report={"removed": {}, "document_refused": "old_word"}),
        )
    (sentence,) = look(contributor).about_text
    assert sentence.startswith(
        "We could not read your document, and did not keep it. This is an old Word file."
    )


def arrive(contributor: Contributor, **words: Any) -> None:
    """Send a submission and store its cleaned text."""
    contributor.submit()
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned(**words))


def test_the_text_of_a_document_is_shown_as_it_was_read(contributor: Contributor) -> None:
    html = '<p>Text</p><p><a href="https://e.example/">سلام</a></p>'
    arrive(contributor, html=html, language="fa", report={"removed": {}, "document": ["encoding-damaged"]})
    page = look(contributor)
    assert page.about_text == [DOUBTS["encoding-damaged"]]
    assert page.read_text is not None
    assert page.read_text.language == "fa"
    assert page.read_text.html == (
        '<p dir="auto">Text</p><p dir="auto"><a rel="noopener noreferrer nofollow" href="https://e.example/">سلام</a></p>'
    )
    take_back(contributor)
    assert (look(contributor).read_text, look(contributor).about_text) == (None, [])
    with transaction() as session:
        purge(session, contributor.submission_id)
    assert look(contributor).read_text is None


@pytest.mark.parametrize("report", [{"removed": {}}, {"removed": {}, "document_refused": "pdf"}])
def test_a_typed_text_is_not_shown(contributor: Contributor, report: dict[str, Any]) -> None:
    arrive(contributor, report=report)
    assert look(contributor).read_text is None


def test_every_doubt_about_a_document_has_a_sentence() -> None:
    assert DOUBTS.keys() == NOTES.keys()


def test_a_receipt_of_what_was_withdrawn_is_unknown_after_a_day(contributor: Contributor) -> None:
    contributor.submit()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        assert receipt_page(session, contributor.receipt) is not None
        long_ago = update(Submission).values(waiting_since=func.now() - timedelta(days=3))
        session.execute(long_ago)
    with transaction() as session:
        assert receipt_page(session, contributor.receipt) is None
