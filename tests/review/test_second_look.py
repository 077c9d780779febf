from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.models import Editor, Submission
from intake.review.revise import Edit, restore, revise
from intake.review.second_look import MAX_PLACES, SecondLook
from intake.review.submission_detail import submission_detail
from intake.text.report import FALLBACK
from tests.cast import Contributor, RunJobs
from tests.photos.swapped import Swapped

FORGED = "p\u0430ypal"
Look = Callable[[], SecondLook]


@pytest.fixture
def sent(contributor: Contributor, run_jobs: RunJobs) -> Callable[..., Look]:
    """Function that sends and cleans a submission. It returns a function that reads its `second_look` warnings."""

    def send(*photos: bytes, **words: str) -> Look:
        contributor.submit(*photos, **words)
        run_jobs()
        return look

    def look() -> SecondLook:
        with transaction() as session:
            return submission_detail(session, contributor.submission_id).second_look

    return send


def edit(contributor: Contributor, editor: Editor, title: str, html: str) -> None:
    with transaction() as session:
        submission = session.get_one(Submission, contributor.submission_id)
        revise(session, submission.id, editor, submission.version, Edit(title, html, 1))


def test_words_in_order_give_no_reason(sent: Callable[..., Look]) -> None:
    look = sent()()
    assert not look
    assert (look.places, look.sentences, look.marked) == ([], [], {})


def test_flags_of_all_fields_have_their_places(sent: Callable[..., Look]) -> None:
    look = sent(title=f"Of {FORGED}", body=f"<p>a <s>b</s> {FORGED}</p>", format="html", print_name=FORGED)()
    assert [
        (one.number, one.kind, one.field, one.photo, one.word, one.start, one.end) for one in look.places
    ] == [
        (1, "mixed-script", "title", None, FORGED, 3, 9),
        (2, "mixed-script", "print_name", None, FORGED, 0, 6),
        (3, "struck-out", "text", None, "b", 2, 3),
        (4, "mixed-script", "text", None, FORGED, 4, 10),
    ]
    assert [one.where for one in look.places] == [
        "in the title",
        "in the name to print",
        "in the text",
        "in the text",
    ]
    assert [(group.kind, group.count) for group in look.flags] == [("mixed-script", 3), ("struck-out", 1)]
    assert look.sentences == [group.sentence for group in look.flags]
    assert look.marked.keys() == {"title", "print_name", "text"}
    assert look.marked["title"].startswith('Of <mark class="flag" id="flag-1"')
    assert 'aria-label="Next flag, 4"' in look.marked["text"]


def test_captions_and_credits_and_refused_photos(sent: Callable[..., Look], contributor: Contributor) -> None:
    look = sent(b"no photo")
    with transaction() as session:
        (photo,) = session.get_one(Submission, contributor.submission_id).photos
        photo.caption, photo.credit = f"A {FORGED}", FORGED
    found = look()
    assert [(one.field, one.photo, one.where) for one in found.places] == [
        ("caption", 1, "in the caption of photo 1"),
        ("credit", 1, "in the credit of photo 1"),
    ]
    assert found.marked.keys() == {"caption-1", "credit-1"}
    assert [(one.position, bool(one.sentence)) for one in found.refused] == [(1, True)]


def test_an_editor_mends_or_adds_flags(
    sent: Callable[..., Look], contributor: Contributor, editor: Editor
) -> None:
    look = sent(body=f"<p>{FORGED}</p>", format="html")
    assert look()
    edit(contributor, editor, "A", "<p>paypal</p>")
    assert not look()
    edit(contributor, editor, FORGED, "<p><s>paypal</s></p>")
    assert [one.kind for one in look().places] == ["mixed-script", "struck-out"]


def test_a_text_that_could_not_be_cleaned_is_told_while_it_stays(
    sent: Callable[..., Look], contributor: Contributor, editor: Editor
) -> None:
    look = sent(body="<b>" * 300 + "x", format="html")
    assert (look().fallback, look().sentences) == (FALLBACK, [FALLBACK])
    edit(contributor, editor, "A", "<p>x</p>")
    assert not look()
    with transaction() as session:
        submission = session.get_one(Submission, contributor.submission_id)
        restore(session, submission.id, editor, submission.version, 1, "")
    assert look().fallback == FALLBACK


def test_of_many_flags_the_first_are_listed(sent: Callable[..., Look]) -> None:
    (group,) = sent(body="".join(f"<p>{FORGED}</p>" for _ in range(MAX_PLACES + 9)), format="html")().flags
    assert (group.count, len(group.places), group.places[-1].number) == (
        MAX_PLACES + 9,
        MAX_PLACES,
        MAX_PLACES,
    )


def test_the_advice_is_translated(contributor: Contributor, sent: Callable[..., Look]) -> None:
    sent(body=FORGED)
    asked: list[str] = []

    class Asked(Swapped):
        def gettext(self, message: str) -> str:
            asked.append(message)
            return message.upper()

    with transaction() as session:
        (group,) = submission_detail(session, contributor.submission_id, Asked()).second_look.flags
    assert group.advice in [message.upper() for message in asked]
