import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.decisions.decide import DecisionInput, decide
from intake.models import Editor, Photo, Submission
from intake.queue import items
from intake.queue import page as queue
from intake.queue.claims import claim
from intake.queue.filters import Filters
from intake.queue.items import QueueItem
from intake.queue.page import QueuePage, editor_queue
from intake.review.revise import Edit, revise
from intake.settings import settings
from intake.submissions.removal import withdraw
from intake.submissions.screening import photo_refused, text_cleaned
from tests.cast import Contributor, RunJobs, cleaned
from tests.photos.made import jpeg_with_gps
from tests.statements import statements


def waiting(contributor: Contributor, count: int, title: str = "Number", **words: str) -> list[uuid.UUID]:
    """Create `count` submissions in review and return their ids, oldest first."""
    ids = []
    for number in range(count):
        ids.append(contributor.submit(**words))
        with transaction() as session:
            text_cleaned(session, ids[-1], cleaned(title=f"{title} {number}"))
    return ids


def page(viewer: int = 0, after: str = "", **words: Any) -> QueuePage:
    with transaction() as session:
        return editor_queue(session, Filters.parse(words), viewer=viewer, after=after)


def ids(viewer: int = 0, **words: Any) -> list[uuid.UUID]:
    return [item.id for item in page(viewer, **words).items]


def change(here: uuid.UUID, **values: Any) -> None:
    with transaction() as session:
        one = session.get_one(Submission, here)
        for name, value in values.items():
            setattr(one, name, value)


def walk(**words: Any) -> list[QueueItem]:
    found, after = [], ""
    while True:
        one = page(after=after, **words)
        found += one.items
        if one.next is None:
            return found
        after = one.next


def test_the_longest_waiting_come_first_or_the_newest_or_the_oldest(contributor: Contributor) -> None:
    first, second, third = waiting(contributor, 3)
    change(second, waiting_since=func.now() - timedelta(days=2))
    assert ids() == [second, first, third]
    assert ids(sort="newest") == [third, second, first]
    assert ids(sort="oldest") == [first, second, third]


@pytest.mark.parametrize("sort", ["waiting", "newest", "oldest"])
def test_pages_follow_one_another_without_gap_or_repetition(
    contributor: Contributor, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    made = waiting(contributor, 5)
    found = [item.id for item in walk(sort=sort)]
    assert found == (made[::-1] if sort == "newest" else made)


def test_a_page_does_not_shift_while_the_queue_moves(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    made = waiting(contributor, 4)
    first = page(sort="newest")
    waiting(contributor, 1)
    second = page(sort="newest", after=first.next or "")
    assert [item.id for item in (*first.items, *second.items)] == made[::-1]


def test_the_last_page_has_no_next_also_when_it_is_full(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
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
    change(contributor.submission_id, region="Алматы", tags=["су", "мұз"])
    (item,) = page().items
    with transaction() as session:
        photos = session.get_one(Submission, item.id).photos
    assert (item.title, item.language, item.section, item.print_name) == ("Мұз", "kk", "Opinion", "Ә. Н.")
    assert (item.status, item.words, item.photos, item.refused) == ("in_review", 100, 1, 1)
    assert (item.region, item.tags, item.flagged, item.decidable) == ("Алматы", ["су", "мұз"], True, True)
    assert item.thumb == photos[1].id
    assert item.excerpt.startswith("Өзен. Өзен.")
    assert len(item.excerpt) <= items.EXCERPT_CHARACTERS + 1


def test_an_item_shows_the_newest_text(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, Edit("Edited", "<p>Shorter.</p>", 1))
    (item,) = page().items
    assert (item.title, item.excerpt, item.words) == ("Edited", "Shorter.", 1)


def test_what_is_not_clean_yet_shows_nothing(contributor: Contributor) -> None:
    contributor.submit(b"picture", title="Planted", print_name="Planted")
    assert page().items == []
    (item,) = page(lane="machine").items
    assert (item.title, item.excerpt, item.print_name, item.thumb) == ("", "", None, None)
    assert not item.readable
    assert not item.decidable
    assert "Planted" not in repr(item)


def test_a_picture_that_one_is_warned_of_is_no_thumb(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(jpeg_with_gps(64, 48, "CNRYone"), jpeg_with_gps(64, 48, "CNRYtwo"))
    run_jobs()
    with transaction() as session:
        first, second = session.scalars(select(Photo).order_by(Photo.position))
        first.graphic = True
    (item,) = page().items
    assert (item.thumb, item.graphic, item.photos) == (second.id, True, 2)
    with transaction() as session:
        session.execute(update(Photo).values(graphic=True))
    assert page().items[0].thumb is None


def test_whose_turn_it_is(contributor: Contributor, editor: Editor) -> None:
    accepted, asked, held, waits = waiting(contributor, 4)
    for here, decision_input in (
        (accepted, DecisionInput("accept")),
        (asked, DecisionInput("request_changes", None, "Who was it?")),
        (held, DecisionInput("hold")),
    ):
        with transaction() as session:
            decide(session, here, editor, 2, decision_input)
    received = contributor.submit()
    gone = contributor.submit()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    assert set(ids(lane="ours")) == {held, waits}
    assert ids(lane="theirs") == [asked]
    assert ids(lane="machine") == [received]
    assert ids(lane="publishing") == [accepted]
    assert ids(lane="done") == [gone]
    assert len(ids(lane="all")) == 6


def test_a_decision_that_can_still_be_taken_back_is_the_machine_s(
    in_review: Submission, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_UNDO_SECONDS", "30")
    settings.cache_clear()
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))
    assert ids() == []
    (item,) = page(lane="machine").items
    assert (item.id, item.verdict, item.decidable) == (in_review.id, "accept", False)
    assert item.settles_at is not None


def test_a_first_approval_is_marked_and_still_ours(
    in_review: Submission, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_TWO_APPROVALS", "News")
    settings.cache_clear()
    with transaction() as session:
        decide(session, in_review.id, editor, in_review.version, DecisionInput("accept"))
    (item,) = page().items
    assert (item.approved, item.decidable, item.verdict) == (True, True, None)


def test_a_claim_counts_until_it_ends(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    with transaction() as session:
        claim(session, in_review.id, editor)
    (item,) = page(editor.id).items
    assert (item.claimant, item.mine) == (editor.name, True)
    assert not page(other_editor.id).items[0].mine
    assert ids(editor.id, claimed="me") == ids(other_editor.id, claimed=str(editor.id)) == [in_review.id]
    assert ids(other_editor.id, claimed="me") == ids(claimed="nobody") == []
    change(in_review.id, claimed_until=func.now() - timedelta(seconds=1))
    assert page(editor.id).items[0].claimant is None
    assert ids(editor.id, claimed="me") == []
    assert ids(claimed="nobody") == [in_review.id]


def test_filters(contributor: Contributor) -> None:
    one, other = waiting(contributor, 2)
    change(one, section="Opinion", language="kk", region="Алматы", tags=["су"], photo_count=2, flagged=True)
    for words in (
        {"section": "Opinion"}, {"language": "kk"}, {"region": "Алматы"}, {"tag": "су"}, {"photos": "yes"},
        {"flagged": "yes"}, {"section": "Opinion", "language": "kk", "tag": "су", "lane": "all"},
    ):  # fmt: skip
        assert ids(0, **words) == [one], words
    assert ids(photos="no") == [other]
    assert ids(section="Opinion", photos="no") == []
    assert ids(status="held") == []
    assert set(ids(status="in_review")) == {one, other}


def test_what_has_waited_longer_than_so_many_hours(contributor: Contributor) -> None:
    one, _ = waiting(contributor, 2)
    since = func.now() - timedelta(hours=5, minutes=1)
    change(one, received_at=since, waiting_since=since)
    assert ids(hours="5") == [one]
    assert ids(hours="6") == []


def test_each_section_has_its_own_time_to_wait(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSOM_OVERDUE_HOURS", "72, News=24")
    settings.cache_clear()
    news, fresh, opinion = waiting(contributor, 3)
    change(news, waiting_since=func.now() - timedelta(hours=25))
    change(fresh, waiting_since=func.now() - timedelta(hours=23))
    change(opinion, section="Opinion", waiting_since=func.now() - timedelta(hours=71))
    assert ids(overdue="yes") == [news]
    assert {item.id: item.overdue for item in page().items} == {news: True, fresh: False, opinion: False}
    change(opinion, waiting_since=func.now() - timedelta(hours=73))
    assert ids(overdue="yes") == [opinion, news]


def test_words_are_found_in_every_lane_unless_one_is_chosen(contributor: Contributor, editor: Editor) -> None:
    one, two = waiting(contributor, 2, "Сайлау туралы", language="kk")
    with transaction() as session:
        decide(session, one, editor, 2, DecisionInput("accept"))
    assert ids(q="сайлау") == [two, one]
    assert ids(q="сайлау", lane="ours") == [two]
    assert ids(q="сайлау", lane="publishing", language="kk") == [one]
    assert ids(q="сайлау", language="ru") == []


def test_where_no_word_is_asked_for_nothing_is_found(in_review: Submission) -> None:
    for typed in ("…", "-river", '""', "-"):
        found = page(q=typed)
        assert (found.items, found.no_search_terms) == ([], True)


def test_a_page_costs_the_same_queries_however_long_it_is_and_whatever_is_asked(
    contributor: Contributor,
) -> None:
    waiting(contributor, 6, "River")
    for words, cost in (
        ({}, 5),
        ({"lane": "all"}, 4),
        ({"flagged": "yes", "tag": "x"}, 4),
        ({"q": "river"}, 6),
        ({"q": "ice"}, 5),
        ({"q": "rievr"}, 9),
        ({"q": "nowhere"}, 11),
    ):
        assert len(asked_for(**words)) == cost, words


def asked_for(**words: str) -> list[str]:
    """SQL statements that loading a page of the queue sends."""
    with transaction() as session:
        session.connection()
        with statements() as sent:
            editor_queue(session, Filters.parse(words))
    return sent


def test_a_refused_photo_is_counted_and_not_shown(contributor: Contributor) -> None:
    contributor.submit(b"picture")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned())
        photo_refused(session, session.scalars(select(Photo.id)).one(), "damaged", {})
    (item,) = page().items
    assert (item.photos, item.refused, item.thumb) == (0, 1, None)
    assert item.received_at.utcoffset() == timedelta()


def test_filters_left_alone_are_our_turn() -> None:
    assert replace(Filters(), lane="ours", sort="waiting") == Filters.parse({})
