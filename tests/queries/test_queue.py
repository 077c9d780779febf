import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from intake.actions.decide import Ruling, decide
from intake.actions.revise import Edit, revise
from intake.actions.screen import photo_refused, text_cleaned
from intake.actions.withdraw import withdraw
from intake.db import engine, transaction
from intake.lifecycle import STATUSES
from intake.models import Editor, Photo, Submission
from intake.queries import queue
from intake.queries.queue import FILTERS, QueueItem, QueuePage, counts, editor_queue
from tests.cast import Contributor, RunJobs, cleaned
from tests.photos.made import jpeg_with_gps


def waiting(contributor: Contributor, count: int, title: str = "Number") -> list[uuid.UUID]:
    """So many submissions in review, the oldest first."""
    ids = []
    for number in range(count):
        ids.append(contributor.submit())
        with transaction() as session:
            text_cleaned(session, ids[-1], cleaned(title=f"{title} {number}"))
    return ids


def page(**how: str) -> QueuePage:
    with transaction() as session:
        return editor_queue(session, **how)


def walk(**how: str) -> list[QueueItem]:
    found, after = [], ""
    while True:
        one = page(after=after, **how)
        found += one.items
        if one.next is None:
            return found
        after = one.next


def test_what_waits_comes_newest_first_or_oldest_first(contributor: Contributor) -> None:
    ids = waiting(contributor, 3)
    assert [item.id for item in page().items] == ids[::-1]
    assert [item.id for item in page(order="oldest").items] == ids


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_follow_one_another_without_gap_or_repetition(
    contributor: Contributor, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where several arrived at the very same moment."""
    monkeypatch.setattr(queue, "PAGE", 2)
    ids = waiting(contributor, 5)
    with transaction() as session:
        session.execute(update(Submission).values(received_at=func.now()))
    found = [item.id for item in walk(order=order)]
    assert found == sorted(ids, reverse=order == "newest")


def test_a_page_does_not_shift_while_the_queue_moves(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    ids = waiting(contributor, 4)
    first = page()
    waiting(contributor, 1)
    second = page(after=first.next or "")
    assert [item.id for item in (*first.items, *second.items)] == ids[::-1]


def test_the_last_page_has_no_next_also_when_it_is_full(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    waiting(contributor, 2)
    assert page().next is None
    assert page(after="nonsense").items == page().items


def test_an_item_tells_what_an_editor_needs_to_choose(
    contributor: Contributor, editor: Editor, run_jobs: RunJobs
) -> None:
    contributor.submit(
        b"no picture", jpeg_with_gps(64, 48, "CNRYqueue"), title="Мұз", body="Өзен. " * 100, language="kk",
        section="Opinion", print_name="Ә. Н.",
    )  # fmt: skip
    run_jobs()
    (item,) = page().items
    with transaction() as session:
        photos = session.get_one(Submission, item.id).photos
    assert (item.title, item.language, item.section, item.print_name) == ("Мұз", "kk", "Opinion", "Ә. Н.")
    assert (item.status, item.words, item.photos, item.refused) == ("in_review", 100, 1, 1)
    assert item.thumb == photos[1].id
    assert item.excerpt.startswith("Өзен. Өзен.")
    assert len(item.excerpt) <= queue.EXCERPT_CHARACTERS + 1


def test_an_item_shows_the_newest_text(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, Edit("Edited", "<p>Shorter.</p>", 1))
    (item,) = page().items
    assert (item.title, item.excerpt, item.words) == ("Edited", "Shorter.", 1)


def test_what_is_not_clean_yet_shows_nothing(contributor: Contributor) -> None:
    contributor.submit(b"picture", title="Planted", print_name="Planted")
    assert page().items == []
    (item,) = page(status="all").items
    assert (item.title, item.excerpt, item.print_name, item.thumb) == ("", "", None, None)
    assert "Planted" not in repr(item)


def test_filters_and_counts(contributor: Contributor, editor: Editor) -> None:
    accepted, rejected, _ = waiting(contributor, 3)
    with transaction() as session:
        decide(session, accepted, editor, 2, Ruling("accept"))
        decide(session, rejected, editor, 2, Ruling("reject", "other", "Late."))
    received = contributor.submit()
    contributor.submit()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert [item.id for item in page(status="accepted").items] == [accepted]
    assert [item.id for item in page(status="received").items] == [received]
    assert len(page(status="all").items) == 5
    with transaction() as session:
        found = counts(session)
    assert found == {
        "accepted": 1, "rejected": 1, "received": 1, "in_review": 1, "withdrawn": 1, "waiting": 1, "all": 5,
    }  # fmt: skip


def test_filters_name_statuses_that_exist_and_nothing_that_was_purged() -> None:
    assert set(FILTERS["all"]) == set(STATUSES) - {"purged"}
    assert set(FILTERS["waiting"]) <= set(STATUSES)


def test_a_page_costs_three_queries_however_long_it_is(contributor: Contributor) -> None:
    waiting(contributor, 6)
    asked: list[str] = []
    with transaction() as session:
        session.connection()
        event.listen(engine(), "before_cursor_execute", lambda _c, _x, statement, *_: asked.append(statement))
        assert len(editor_queue(session).items) == 6
    assert len(asked) == 3


def test_a_refused_photo_is_counted_and_not_shown(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
        photo_refused(session, session.scalars(select(Photo.id)).one(), "damaged")
    (item,) = page().items
    assert (item.photos, item.refused, item.thumb) == (0, 1, None)
    assert item.received_at.utcoffset() == timedelta()
