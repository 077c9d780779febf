from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.errors import StaleRevision
from intake.lifecycle import IllegalMove
from intake.models import Editor, Event, Message, PublicationNote, Submission
from intake.publishing.accepted import accepted_submissions
from intake.publishing.amend import RETRACTED, UNPUBLISHED, correct, mend, retract, unpublish
from intake.publishing.corrections import publication_notes
from intake.publishing.publish import publish
from intake.review.submission_detail import submission_detail
from intake.submissions.receipt_page import receipt_page
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor

URL = "https://magazine.example/ice"
DAY = date(2026, 11, 30)


@pytest.fixture
def published(in_review: Submission, editor: Editor) -> Submission:
    """Published submission, in version 5."""
    with transaction() as session:
        decide(session, in_review.id, editor, 2, DecisionInput("accept"))
    with transaction() as session:
        return publish(session, in_review.id, editor, 4, URL)


def read(published: Submission) -> Submission:
    with transaction() as session:
        return session.get_one(Submission, published.id)


def steps(contributor: Contributor) -> list[str]:
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
        assert page is not None
        return [step.word for step in page.steps if step.done]


def test_an_address_is_mended(published: Submission, editor: Editor) -> None:
    for version, url in [(5, URL), (5, URL + "-2"), (6, "")]:
        with transaction() as session:
            mend(session, published.id, editor, version, url)
    found = read(published)
    assert (found.published_url, found.version, found.status) == (None, 7, "published")


def test_a_correction_is_kept_with_its_day(published: Submission, editor: Editor) -> None:
    with transaction() as session:
        correct(session, published.id, editor, 5, " The river is the Ili. ", DAY)
    assert read(published).corrected_at is not None
    with transaction() as session:
        (note,) = publication_notes(session, published.id)
        assert (note.kind, note.body, note.dated, note.author) == (
            "correction",
            "The river is the Ili.",
            DAY,
            "Asel Nurbekova",
        )
        last = submission_detail(session, published.id).timeline[-1]
        assert (last.sentence, last.body) == ("Recorded a correction", "The river is the Ili.")


def test_a_retraction_is_told_in_the_contributor_s_language_without_its_reason(
    published: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        session.get_one(Submission, published.id).consent_language = "ru"
    with transaction() as session:
        retract(session, published.id, editor, 5, "The witness was not there.")
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
        assert page is not None
        assert page.status == "retracted"
        (message,) = page.messages
        assert message.body.startswith("Ваш материал больше не опубликован.")
        assert steps(contributor)[-2:] == ["Published", "Retracted"]
        said = [(one.sentence, one.body) for one in submission_detail(session, published.id).timeline[-2:]]
        assert said == [
            ("Retracted", "The witness was not there."),
            ("Wrote to the contributor", message.body),
        ]
        assert accepted_submissions(session).items == []


def test_a_language_without_a_catalogue_gets_english(
    published: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        found = session.get_one(Submission, published.id)
        found.consent_language, found.language = "", "vi"
    with transaction() as session:
        retract(session, published.id, editor, 5, "Why")
        assert [one.body for one in session.scalars(select(Message))] == [RETRACTED]


def test_what_is_retracted_can_be_published_again(
    published: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        correct(session, published.id, editor, 5, "A name", DAY)
        retract(session, published.id, editor, 6, "Why")
        publish(session, published.id, editor, 7, URL)
    found = read(published)
    assert (found.status, found.corrected_at) == ("published", None)
    assert steps(contributor)[-2:] == ["Accepted", "Published"]


def test_what_is_unpublished_is_accepted_again_and_told(
    published: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        correct(session, published.id, editor, 5, "A name", DAY)
        unpublish(session, published.id, editor, 6)
    found = read(published)
    assert (found.status, found.published_at, found.published_url, found.corrected_at) == (
        "accepted",
        None,
        None,
        None,
    )
    with transaction() as session:
        page = receipt_page(session, contributor.receipt)
        assert page is not None
        assert [one.body for one in page.messages] == [UNPUBLISHED]
        assert page.status == "accepted"
        last = submission_detail(session, published.id).timeline[-1]
        assert (last.event, last.body) == ("submission.unpublished", UNPUBLISHED)
    assert steps(contributor)[-1] == "Accepted"


ACTS: list[Callable[..., Any]] = [
    partial(mend, url=URL),
    partial(correct, body="Words", dated=DAY),
    partial(retract, reason="Words"),
    unpublish,
]


@pytest.mark.parametrize("act", ACTS)
def test_only_the_current_version_of_what_is_published_can_be_changed(
    published: Submission, editor: Editor, act: Callable[..., Any]
) -> None:
    with pytest.raises(StaleRevision), transaction() as session:
        act(session, published.id, editor, 4)
    with transaction() as session:
        retract(session, published.id, editor, 5, "Why")
    with pytest.raises(IllegalMove), transaction() as session:
        act(session, published.id, editor, 6)


def test_what_is_retracted_can_be_withdrawn_and_leaves_no_words(
    published: Submission, contributor: Contributor, editor: Editor
) -> None:
    with transaction() as session:
        retract(session, published.id, editor, 5, "Anna was not there.")
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, published.id)
    with transaction() as session:
        assert list(session.scalars(select(PublicationNote))) == []
        assert "Anna" not in str([one.data for one in session.scalars(select(Event))])
