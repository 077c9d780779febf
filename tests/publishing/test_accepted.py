import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, update

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import NotFound
from intake.models import Editor, Photo, Retouch, Submission
from intake.publishing import accepted
from intake.publishing.accepted import Accepted, accepted_submission, accepted_submissions
from intake.publishing.publish import publish
from intake.review.revise import Edit, revise
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned
from tests.statements import statements


def sent(contributor: Contributor, title: str) -> uuid.UUID:
    """Submission in review."""
    number = contributor.submit(title=title)
    with transaction() as session:
        text_cleaned(session, number, cleaned(title=title))
    return number


def accept(number: uuid.UUID, editor: Editor, verdict: str = "accept") -> None:
    with transaction() as session:
        version = session.get_one(Submission, number).version
        decide(
            session, number, editor, version, DecisionInput(verdict, "late" if verdict == "reject" else None)
        )


def appear(number: uuid.UUID, editor: Editor) -> None:
    with transaction() as session:
        publish(session, number, editor, session.get_one(Submission, number).version, "https://m.example/1")


def pages() -> Iterator[list[Accepted]]:
    """All submissions, page by page."""
    after: str | None = ""
    while after is not None:
        with transaction() as session:
            page = accepted_submissions(session, after)
        yield page.items
        after = page.next


@pytest.fixture
def five(contributor: Contributor, editor: Editor) -> list[uuid.UUID]:
    """Submissions 0 to 4, accepted in this order. 2 and then 1 were published afterwards.

    One more is in review, one rejected.
    """
    numbers = [sent(contributor, str(number)) for number in range(5)]
    for number in numbers:
        accept(number, editor)
    for number in (numbers[2], numbers[1]):
        appear(number, editor)
    sent(contributor, "In review")
    accept(sent(contributor, "Rejected"), editor, "reject")
    return numbers


def test_accepted_and_published_ones_the_newest_first(five: list[uuid.UUID]) -> None:
    (page,) = pages()
    assert [one.title for one in page] == ["1", "2", "4", "3", "0"]
    assert [one.status for one in page] == ["published"] * 2 + ["accepted"] * 3


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5])
def test_every_submission_is_on_one_page(
    five: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setattr(accepted, "PAGE", length)
    found = list(pages())
    assert [one.title for page in found for one in page] == ["1", "2", "4", "3", "0"]
    assert all(len(page) == length for page in found[:-1])


def test_submissions_of_the_same_moment_have_a_fixed_order(
    five: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        session.execute(update(Submission).values(waiting_since=func.now()))
    monkeypatch.setattr(accepted, "PAGE", 2)
    assert sorted(one.title for page in pages() for one in page) == ["0", "1", "2", "3", "4"]


def test_queries_are_six_and_one_more_for_photos_however_many_there_are(five: list[uuid.UUID]) -> None:
    with statements() as sent:
        list(pages())
    assert len([one for one in sent if "pg_catalog" not in one]) == 6


def test_nonsense_for_a_cursor_is_the_first_page(five: list[uuid.UUID]) -> None:
    with transaction() as session:
        assert accepted_submissions(session, "nonsense").items == accepted_submissions(session).items


def test_a_submission_has_its_present_content(five: list[uuid.UUID], editor: Editor) -> None:
    with transaction() as session:
        submission = session.get_one(Submission, five[0])
        submission.region, submission.tags = "Almaty", ["ice"]
        session.add(
            Photo(
                submission=submission, position=1, status="clean", caption="A door", credit="A. N.", alt="Broken",
                full_key="clean/y", web_key="x", thumb_key="x", format="jpeg", width=4, height=3, generation=2,
            )
        )  # fmt: skip
        session.add(Photo(submission=submission, position=2, status="refused", reason="not_a_photo"))
        session.flush()
        revise(session, five[0], editor, submission.version, Edit("Edited", "<p>Mine.</p>", 1))
    with transaction() as session:
        found = accepted_submission(session, five[0])
    assert (found.title, found.html, found.revision, found.words) == (
        "Edited",
        "<p>Mine.</p>",
        2,
        1,
    )
    assert (found.region, found.tags, found.print_name) == ("Almaty", ["ice"], "A. N.")
    assert found.changed_at > found.since
    (image,) = found.images
    assert (image.caption, image.credit, image.alt, image.file) == (
        "A door",
        "A. N.",
        "Broken",
        "photos/01.jpg",
    )
    assert image.stored == {"full": "clean/y", "web": "x", "thumb": "x"}
    assert (image.generation, image.is_featured, found.featured) == (2, False, image)


def test_a_published_submission_has_address_and_time(five: list[uuid.UUID]) -> None:
    with transaction() as session:
        submission = accepted_submission(session, five[1])
    assert submission.published_url == "https://m.example/1"
    assert submission.published_at == submission.since
    assert abs(submission.changed_at - submission.since) < timedelta(minutes=1)


def test_of_others_it_knows_nothing(contributor: Contributor, editor: Editor) -> None:
    number = sent(contributor, "In review")
    for unknown in (number, uuid.uuid4()):
        with transaction() as session, pytest.raises(NotFound):
            accepted_submission(session, unknown)


def test_a_photo_that_still_shows_what_is_to_go_stays_in_the_house(
    five: list[uuid.UUID], editor: Editor
) -> None:
    with transaction() as session:
        photo = Photo(
            submission_id=five[0], position=1, status="clean", full_key="x", web_key="x", thumb_key="x", format="jpeg",
            width=4, height=3,
        )  # fmt: skip
        session.add(photo)
        session.flush()
        retouch = Retouch(
            submission_id=five[0],
            photo_id=photo.id,
            editor_id=editor.id,
            kind="redaction",
            what={"marks": []},
        )
        session.add(retouch)
    with transaction() as session:
        assert accepted_submission(session, five[0]).images == []
        session.get_one(Retouch, retouch.id).state = "applied"
    with transaction() as session:
        assert [one.id for one in accepted_submission(session, five[0]).images] == [photo.id]
