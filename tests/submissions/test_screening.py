import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Event, Photo, Revision, Submission
from intake.photos import CleanPhoto
from intake.settings import Settings
from intake.submissions import screening
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor, cleaned
from tests.together import second_waits

PHOTO = CleanPhoto(
    b"",
    b"",
    b"",
    format="jpeg",
    format_in="heif",
    width=4,
    height=3,
    frames=1,
    removed={"position": "one"},
    notes={},
)
Action = Callable[[Session], object]


def status(contributor: Contributor) -> str:
    with transaction() as session:
        return session.get_one(Submission, contributor.submission_id).status


def photo_ids(contributor: Contributor) -> list[uuid.UUID]:
    with transaction() as session:
        return [photo.id for photo in session.get_one(Submission, contributor.submission_id).photos]


def names(contributor: Contributor) -> list[str]:
    query = select(Event.name).where(Event.submission_id == contributor.submission_id).order_by(Event.id)
    with transaction() as session:
        return list(session.scalars(query))


def raw(contributor: Contributor) -> screening.RawWords | None:
    with transaction() as session:
        return screening.raw_words(session, contributor.submission_id)


def do(action: Action) -> None:
    with transaction() as session:
        action(session)


def text(contributor: Contributor) -> Action:
    return lambda session: screening.text_cleaned(session, contributor.submission_id, cleaned())


def photo(photo_id: uuid.UUID) -> Action:
    return lambda session: screening.photo_cleaned(session, photo_id, PHOTO)


def refusal(photo_id: uuid.UUID) -> Action:
    return lambda session: screening.photo_refused(session, photo_id, "damaged", {})


def test_the_raw_words_are_those_that_were_sent(contributor: Contributor) -> None:
    contributor.submit(title="<i>Ice</i>", body="Broken")
    found = raw(contributor)
    assert found is not None
    words = found.words
    assert (words["title"], words["body"], words["format"]) == ("<i>Ice</i>", "Broken", "plain")


def test_words_that_are_clean_or_taken_back_are_not_cleaned_again(contributor: Contributor) -> None:
    contributor.submit()
    do(text(contributor))
    assert raw(contributor) is None
    contributor.submit()
    do(lambda session: withdraw(session, contributor.receipt))
    assert raw(contributor) is None
    do(lambda session: purge(session, contributor.submission_id))
    assert raw(contributor) is None


NOBODY = uuid.uuid4()


@pytest.mark.parametrize(
    "action",
    [
        lambda session: screening.raw_words(session, NOBODY),
        lambda session: screening.text_cleaned(session, NOBODY, cleaned()),
        lambda session: screening.raw_photo(session, NOBODY),
        lambda session: screening.photo_cleaned(session, NOBODY, PHOTO),
        lambda session: screening.photo_refused(session, NOBODY, "damaged", {}),
    ],
)
def test_what_is_not_there_is_not_found(app_settings: Settings, action: Action) -> None:
    with pytest.raises(NotFound):
        do(action)


def test_clean_words_become_revision_1(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    (photo_id,) = photo_ids(contributor)
    clean = cleaned(photos={str(photo_id): ("The river", "")}, print_name="")
    do(lambda session: screening.text_cleaned(session, contributor.submission_id, clean))
    with transaction() as session:
        submission = session.get_one(Submission, contributor.submission_id)
        _, revision = submission.revisions
        assert (revision.number, revision.title, revision.html) == (1, clean.title, clean.html)
        assert (revision.words, revision.report, revision.editor_id) == (5, clean.report, None)
        assert submission.print_name is None
        assert [(p.caption, p.credit) for p in submission.photos] == [("The river", None)]


def test_clean_copies_take_the_place_of_the_original(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    (photo_id,) = photo_ids(contributor)
    do(photo(photo_id))
    with transaction() as session:
        found = session.get_one(Photo, photo_id)
        assert (found.status, found.original_key) == ("clean", None)
        keys = [found.full_key, found.web_key, found.thumb_key]
        assert keys == [found.clean_name(size) for size in ("full", "web", "thumb")]
        assert (found.format, found.width, found.height, found.removed) == ("jpeg", 4, 3, {"position": "one"})


@pytest.mark.parametrize("order", [[0, 1, 2], [1, 0, 2], [1, 2, 0]])
def test_whichever_comes_last_opens_the_review(contributor: Contributor, order: list[int]) -> None:
    contributor.submit(b"one", b"two")
    one, two = photo_ids(contributor)
    actions = [text(contributor), photo(one), refusal(two)]
    for step, number in enumerate(order, start=1):
        do(actions[number])
        assert status(contributor) == ("in_review" if step == 3 else "received")
    with transaction() as session:
        assert session.get_one(Submission, contributor.submission_id).screened_at is not None


@pytest.mark.parametrize(
    ("first", "second", "before"), [("text", "one", "two"), ("one", "text", "two"), ("one", "two", "text")]
)
def test_of_two_that_finish_at_the_same_time_the_second_opens_the_review(
    contributor: Contributor, first: str, second: str, before: str
) -> None:
    """The second transaction waits for the row lock, and then sees that the first has finished its part."""
    contributor.submit(b"one", b"two")
    one, two = photo_ids(contributor)
    works = {"text": text(contributor), "one": photo(one), "two": refusal(two)}
    do(works[before])
    second_waits(works[first], lambda: do(works[second]))
    assert status(contributor) == "in_review"
    assert names(contributor).count("submission.in_review") == 1


@pytest.mark.parametrize("work", ["text", "photo"])
def test_what_is_finished_twice_at_the_same_time_is_recorded_once(
    contributor: Contributor, work: str
) -> None:
    """Two workers finish the same job if the first was believed dead and its job was sent again."""
    contributor.submit(b"picture")
    (photo_id,) = photo_ids(contributor)
    action = {"text": text(contributor), "photo": photo(photo_id)}[work]
    second_waits(action, lambda: do(action))
    assert names(contributor).count(f"{work}.clean") == 1


def test_a_repetition_changes_nothing(contributor: Contributor) -> None:
    contributor.submit(b"one", b"two")
    one, two = photo_ids(contributor)
    for action in (text(contributor), photo(one), refusal(two)):
        do(action)
    before = names(contributor)
    for action in (text(contributor), photo(one), refusal(one), refusal(two)):
        do(action)
    assert names(contributor) == before
    with transaction() as session:
        assert len(list(session.scalars(select(Revision)))) == 2
        assert screening.photo_cleaned(session, one, PHOTO) is True
        assert screening.photo_cleaned(session, two, PHOTO) is False


def test_what_is_purged_meanwhile_stays_purged(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    (photo_id,) = photo_ids(contributor)
    do(lambda session: withdraw(session, contributor.receipt))
    do(text(contributor))
    do(lambda session: purge(session, contributor.submission_id))
    do(text(contributor))
    with transaction() as session:
        assert screening.photo_cleaned(session, photo_id, PHOTO) is False
        screening.photo_refused(session, photo_id, "damaged", {})
    with transaction() as session:
        assert session.get_one(Photo, photo_id).status == "purged"
        assert [revision.number for revision in session.scalars(select(Revision))] == [0]
    assert status(contributor) == "purged"


def test_the_key_of_a_photo_is_there_as_long_as_it_waits(contributor: Contributor) -> None:
    contributor.submit(b"one", b"two")
    one, two = photo_ids(contributor)
    do(photo(one))
    with transaction() as session:
        assert screening.raw_photo(session, one).key is None
        raw = screening.raw_photo(session, two)
        waiting, key = raw.photo, raw.key
        assert (waiting.id, key) == (two, waiting.submission.key)
    do(lambda session: withdraw(session, contributor.receipt))
    with transaction() as session:
        assert screening.raw_photo(session, two).key is None


def test_reprs_show_no_words() -> None:
    assert "river" not in repr(cleaned())
