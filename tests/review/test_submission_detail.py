import uuid
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.decisions.settle import reopen
from intake.errors import NotFound
from intake.models import Editor, Event, Photo, Submission
from intake.photos.refusal import why_and_what_to_do
from intake.review.revise import Edit, revise
from intake.review.submission_detail import SubmissionDetail, changes_since, clean_photo, submission_detail
from intake.review.submission_export import view_contact
from intake.review.timeline import changes_version, group_routine
from intake.submissions.removal import purge
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, RunJobs, cleaned
from tests.photos.made import encoded, jpeg_with_gps, scene


def look(submission_id: uuid.UUID) -> SubmissionDetail:
    with transaction() as session:
        return submission_detail(session, submission_id)


def edit(submission: Submission, by: Editor, version: int, title: str = "Edited") -> None:
    with transaction() as session:
        revise(session, submission.id, by, version, Edit(title, "<p>Shorter.</p>", 1, "Cut"))


def test_a_submission_before_any_decision(in_review: Submission) -> None:
    found = look(in_review.id)
    head = found.submission
    assert (head.id, head.short_id, head.status, head.version) == (
        in_review.id, str(in_review.id)[:8], "in_review", 2,
    )  # fmt: skip
    assert (head.section, head.language, head.print_name, head.has_contact) == ("News", "en", "A. N.", True)
    assert (found.revision.number, found.revision.title, found.revision.author) == (1, "Over the river", None)
    assert found.decision is None
    assert found.may == {
        "accept",
        "reject",
        "request_changes",
        "hold",
        "spam",
        "edit",
        "write",
    }
    assert [moment.sentence for moment in found.timeline] == ["Arrived", "Text cleaned", "Ready for review"]
    assert {moment.actor for moment in found.timeline} == {None}
    assert [[moment.event for moment in run] for run in group_routine(found.timeline)] == [
        ["submission.received"],
        ["text.clean", "submission.in_review"],
    ]


def test_nothing_that_was_sealed_is_in_it(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="<script>Planted</script>Text", format="html", contact="Planted")
    run_jobs()
    assert "Planted" not in repr(look(contributor.submission_id))


def test_revisions_come_newest_first_and_name_their_authors(in_review: Submission, editor: Editor) -> None:
    edit(in_review, editor, 2)
    found = look(in_review.id)
    assert [(text.number, text.title, text.author, text.note) for text in found.revisions] == [
        (2, "Edited", editor.name, "Cut"),
        (1, "Over the river", None, None),
    ]
    assert found.revision.source == "<p>Shorter.</p>"
    assert "Shorter." in found.revision.html


@pytest.mark.parametrize(
    ("verdict", "may"),
    [
        ("accept", {"reopen", "publish", "edit", "write", "export"}),
        ("reject", {"reopen", "write"}),
    ],
)
def test_a_decided_submission_shows_who_decided_and_why(
    in_review: Submission, editor: Editor, verdict: str, may: set[str]
) -> None:
    code = "late" if verdict == "reject" else None
    with transaction() as session:
        decide(session, in_review.id, editor, 2, DecisionInput(verdict, code, "A message."))
    found = look(in_review.id)
    text = found.decision
    assert text is not None
    assert (text.verdict, text.state, text.message, text.editor) == (
        verdict, "standing", "A message.", editor.name,
    )  # fmt: skip
    assert found.may == may
    assert found.timeline[-1].actor == editor.name
    assert found.timeline[-1].tone == {"accept": "good", "reject": "bad"}[verdict]


def test_editors_get_the_hint_of_the_file_itself(contributor: Contributor, run_jobs: RunJobs) -> None:
    claim = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    contributor.submit(encoded(scene(), "JPEG", comment=claim), jpeg_with_gps(64, 48, "CNRYpiece"))
    run_jobs()
    generated, other = look(contributor.submission_id).photos
    assert generated.hint.startswith("The file says it was made or altered by a program")
    assert (generated.noted, other.hint) == ("", "")


def test_photos_tell_what_was_removed_or_why_they_were_refused(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYpiece"), b"no picture")
    run_jobs()
    clean, refused = look(contributor.submission_id).photos
    assert (clean.position, clean.status, clean.caption, clean.format) == (1, "clean", "Caption 1", "jpeg")
    assert (clean.width, clean.height, clean.sentence) == (64, 48, "")
    assert clean.removed.startswith("Removed: the position")
    assert (refused.position, refused.status, refused.removed) == (2, "refused", "")
    assert refused.sentence == why_and_what_to_do("not_a_photo")
    sentences = [moment.sentence for moment in look(contributor.submission_id).timeline]
    assert "Photo 1 cleaned, its original destroyed" in sentences
    assert "Photo 2 refused" in sentences


def test_what_is_not_clean_yet_or_gone_is_not_shown(contributor: Contributor, in_review: Submission) -> None:
    raw = contributor.submit()
    with transaction() as session:
        session.get_one(Submission, in_review.id).move("withdraw")
        purge(session, in_review.id)
    for submission_id in (raw, in_review.id, uuid.uuid4()):
        with pytest.raises(NotFound):
            look(submission_id)


def test_a_photo_is_shown_once_it_is_clean_and_under_its_own_submission(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYphoto"), b"no picture")
    with transaction() as session:
        good, bad = session.scalars(select(Photo.id).order_by(Photo.position))
    ours = contributor.submission_id
    for shown in (False, True):
        with transaction() as session:
            if shown:
                assert clean_photo(session, ours, good).submission.id == ours
            else:
                with pytest.raises(NotFound):
                    clean_photo(session, ours, good)
        run_jobs()
    for submission_id, photo_id in ((ours, bad), (uuid.uuid4(), good), (ours, uuid.uuid4())):
        with transaction() as session, pytest.raises(NotFound):
            clean_photo(session, submission_id, photo_id)


def test_what_happened_since_a_page_was_made(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    edit(in_review, editor, 2)
    with transaction() as session:
        view_contact(session, in_review.id, editor)
        decide(session, in_review.id, other_editor, 3, DecisionInput("accept"))
    found = look(in_review.id)
    assert changes_since(found, 2) == [f"{editor.name}: Edited: revision 2", f"{other_editor.name}: Accepted"]
    assert changes_since(found, 3) == [f"{other_editor.name}: Accepted"]
    assert changes_since(found, 1) == ["Ready for review", *changes_since(found, 2)]
    assert changes_since(found, 5) == changes_since(found, 99) == []


def test_the_version_counts_the_moves_and_the_edits(
    contributor: Contributor, editor: Editor, in_review: Submission
) -> None:
    """`changes_since` takes a version number as its starting point, so each move and edit must increase the version."""
    edit(in_review, editor, 2)
    edit(in_review, editor, 3)
    with transaction() as session:
        decide(session, in_review.id, editor, 4, DecisionInput("reject", "other", "Late."))
    with transaction() as session:
        reopen(session, in_review.id, editor, 6)
    with transaction() as session:
        names = list(session.scalars(select(Event.name).where(Event.submission_id == in_review.id)))
    assert look(in_review.id).submission.version == sum(changes_version(name) for name in names) == 7


def test_a_text_whose_photos_still_wait_can_be_read_and_not_decided(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
    found = look(contributor.submission_id)
    assert (found.submission.status, found.photos[0].status) == ("received", "received")
    assert not found.may & {"accept", "reject", "edit", "export"}


def test_every_event_can_be_shown(in_review: Submission, editor: Editor) -> None:
    from intake import wording

    data: dict[str, Any] = {"number": 2, "kind": "photo.clean", "verdict": "accept", "mark": "graphic"}
    data |= {"queue": "photos", "reason": "The disk is full", "worker": "worker@here", "count": 3, "left": 4}
    with transaction() as session:
        for name in wording.EVENTS:
            session.add(Event(name=name, submission_id=in_review.id, editor_id=editor.id, data=data))
    moments = look(in_review.id).timeline
    assert [moment.event for moment in moments[-len(wording.EVENTS) :]] == list(wording.EVENTS)
    assert all(moment.sentence and isinstance(moment.at, datetime) for moment in moments)
