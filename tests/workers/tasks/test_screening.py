import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.demo.hold import hold
from intake.jobs import ledger, recovery
from intake.models import Event, Job, Photo, Revision, Submission
from intake.photos import CleanPhoto, PhotoRefused
from intake.sandbox.limits import Limits
from intake.settings import settings
from intake.storage import Disk, files
from intake.submissions.removal import purge, withdraw
from intake.text import sandboxed
from intake.text.answers import CLEAN
from tests.cast import Contributor, RunJobs
from tests.photos.made import jpeg_with_gps
from tests.photos.several import tiff
from tests.sandbox import tasks
from tests.stored import paths
from workers.tasks import screening
from workers.tasks.screening import clean_words

MARK = "CNRYscreening"
PICTURE = jpeg_with_gps(64, 48, MARK)
COPIES = CleanPhoto(
    b"full",
    b"web",
    b"thumb",
    format="jpeg",
    format_in="jpeg",
    width=4,
    height=3,
    frames=1,
    removed={},
    notes={},
)


def photo() -> Photo:
    with transaction() as session:
        return session.scalars(select(Photo)).one()


def job(kind: str = "photo.clean") -> Job:
    with transaction() as session:
        return session.scalars(select(Job).where(Job.kind == kind)).one()


def stored(area: str) -> int:
    return len(paths(area))


def run_again(run_jobs: RunJobs) -> list[str]:
    """Run due jobs and jobs that pause before a retry."""
    with transaction() as session:
        session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))
    return run_jobs()


def test_from_the_form_to_the_desk(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(
        PICTURE,
        title=" The\u200b <b>river</b> ",
        body="<p>Ice<script>x()</script></p>",
        format="html",
        print_name="A.\nN.",
    )
    assert sorted(run_jobs()) == ["photo.clean", "text.screen"]
    with transaction() as session:
        found = session.get_one(Submission, contributor.submission_id)
        assert found.status == "in_review"
        assert found.print_name == "A. N."
        text, (picture,) = found.revisions[1], found.photos
        assert (text.title, text.html, text.words) == ("The <b>river</b>", "<p>Ice</p>", 1)
        assert text.report["removed"]["script"] == 1
        assert (picture.status, picture.caption, picture.credit) == ("clean", "Caption 1", "Credit 1")
        for key in (picture.full_key, picture.web_key, picture.thumb_key):
            assert MARK.encode() not in files().read(key or "", found.key)
    assert (stored("quarantine"), stored("clean")) == (0, 3)


def test_what_is_kept_of_the_cleaning_is_counts_and_codes(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    """Events survive a purge, so no tag, attribute or flag may bring a word of the text into them."""
    body = "<planted planted='planted'>Planted</planted><svg><planted/></svg><img alt='planted'>\u200b\ue000"
    contributor.submit(PICTURE, body=body, format="html")
    run_jobs()
    with transaction() as session:
        for data in session.scalars(select(Event.data)):
            assert "planted" not in str(data).lower()
            assert MARK not in str(data)


KAZAKH = "Кеше қалада жұмысшылар наразылық шарасына шықты, полиция ешкімді ұстаған жоқ."


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ({"body": KAZAKH}, "kk"),
        ({"body": KAZAKH, "language": "en"}, "en"),
        ({"body": "昨天工人們在廣場上抗議，警察沒有抓人。", "language": "zh"}, "zh-Hant"),
        ({"body": "", "title": "Қаладағы жұмысшылардың наразылығы"}, "kk"),
        ({"body": "", "title": "123"}, "und"),
        ({"body": "<p>Вчера рабочие вышли на площадь</p>", "format": "html"}, "ru"),
    ],
)
def test_the_language_is_told_from_the_text_if_none_was_chosen(
    contributor: Contributor, run_jobs: RunJobs, words: dict[str, str], stored: str
) -> None:
    contributor.submit(**{"language": "", **words})
    with transaction() as session:
        before = session.get_one(Submission, contributor.submission_id).language
    run_jobs()
    with transaction() as session:
        assert before == (words.get("language") or "und")
        assert session.get_one(Submission, contributor.submission_id).language == stored


def test_an_answer_does_not_change_the_language() -> None:
    answer = {"title": "", "body": KAZAKH, "format": "plain", "print_name": "", "photos": {}}
    assert clean_words(answer).language == ""


def test_a_file_that_is_no_photo_is_refused_and_the_rest_continues(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(b"<html>no picture")
    run_jobs()
    assert (photo().status, photo().reason) == ("refused", "document")
    assert (stored("quarantine"), stored("clean")) == (0, 0)
    with transaction() as session:
        assert session.get_one(Submission, contributor.submission_id).status == "in_review"


@pytest.mark.parametrize("reason", ["too_slow", "too_much_memory"])
def test_a_photo_that_the_machine_may_have_failed_has_a_second_chance(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    monkeypatch.setattr("intake.photos.clean_photo", refusing(reason))
    contributor.submit(PICTURE)
    run_jobs()
    assert (photo().status, job().status, job().error) == ("received", "pending", f"PhotoRefused: {reason}")
    assert stored("quarantine") == 1
    assert run_again(run_jobs) == ["photo.clean"]
    assert (photo().status, photo().reason, job().status) == ("refused", reason, "done")
    assert stored("quarantine") == 0


@pytest.mark.parametrize("reason", ["too_slow", "too_much_memory"])
def test_an_attempt_that_ended_with_its_worker_takes_no_chance_from_a_photo(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """The aborted attempt does not count: the next attempt, the first complete one, may be slow by accident."""
    monkeypatch.setattr("intake.photos.clean_photo", refusing(reason))
    contributor.submit(PICTURE)
    with transaction() as session:
        ledger.take(session, job().id, "worker@here")
        recovery.return_of_process(session, "worker@here", job().id)
    assert "photo.clean" in run_again(run_jobs)
    assert (photo().status, job().attempts, job().error) == ("received", 2, f"PhotoRefused: {reason}")
    run_again(run_jobs)
    assert (photo().status, photo().reason, job().status) == ("refused", reason, "done")


def refusing(reason: str) -> Callable[..., CleanPhoto]:
    def clean(_data: bytes, **_limits: object) -> CleanPhoto:
        raise PhotoRefused(reason)

    return clean


def test_other_refusals_stand_at_once(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.photos.clean_photo", refusing("damaged"))
    contributor.submit(PICTURE)
    run_jobs()
    assert (photo().status, photo().reason) == ("refused", "damaged")


@pytest.mark.parametrize("step", ["put", "delete"])
def test_a_worker_that_dies_midway_leaves_it_to_the_next(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The worker dies before recording the copies, or before deleting the original."""
    contributor.submit(PICTURE)
    with monkeypatch.context() as dying:
        dying.setattr(Disk, step, lambda *_: 1 / 0)
        run_jobs()
    assert (job().status, stored("quarantine")) == ("pending", 1)
    assert photo().status == {"put": "received", "delete": "clean"}[step]
    assert run_again(run_jobs) == ["photo.clean"]
    assert (photo().status, job().status) == ("clean", "done")
    assert (stored("quarantine"), stored("clean")) == (0, 3)
    with transaction() as session:
        assert [name for name in session.scalars(select(Event.name)) if name == "photo.clean"] == [
            "photo.clean"
        ]


def test_an_original_that_does_not_open_is_kept_and_not_shown(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    """A file that cannot be decrypted is neither shown nor deleted: an admin may still repair the disk or the key."""
    contributor.submit(PICTURE)
    (path,) = paths("quarantine")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    run_jobs()
    assert (photo().status, job().status) == ("received", "pending")
    assert job().error == "FileDamaged: a chunk does not hold"
    path.write_bytes(whole)
    run_again(run_jobs)
    assert photo().status == "clean"


def test_a_photo_that_is_purged_while_it_is_cleaned_leaves_no_copy(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    contributor.submit(PICTURE)

    def clean_while_it_is_purged(_data: bytes, **_limits: object) -> CleanPhoto:
        with transaction() as session:
            hold(session, withdraw(session, contributor.receipt))
            purge(session, contributor.submission_id)
        for area in ("quarantine", "clean"):
            files().delete_all(area, str(contributor.submission_id))
        return COPIES

    monkeypatch.setattr("intake.photos.clean_photo", clean_while_it_is_purged)
    assert "submission.purge" not in run_jobs(), "the test has done its work, too early"
    assert photo().status == "purged"
    assert (stored("quarantine"), stored("clean")) == (0, 0)


def test_what_was_taken_back_is_not_cleaned(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.photos.clean_photo", lambda _data, **_limits: 1 / 0)
    contributor.submit(PICTURE)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    run_jobs()
    with transaction() as session:
        assert set(session.scalars(select(Job.status))) == {"done"}
        assert list(session.scalars(select(Revision.number))) == [0]
    assert (stored("quarantine"), stored("clean")) == (0, 0)


def test_every_word_of_a_contributor_is_cleaned() -> None:
    photo_id = str(uuid.uuid4())
    dirty = "\u200bIce\x07 "
    clean = clean_words(
        {
            "title": dirty,
            "body": dirty,
            "format": "plain",
            "print_name": dirty,
            "photos": {photo_id: {"caption": dirty, "credit": dirty}},
        }
    )
    assert (clean.title, clean.html, clean.print_name) == ("Ice", "<p>Ice</p>", "Ice")
    assert clean.photos == {photo_id: ("Ice", "Ice")}
    assert clean.words == 1
    assert clean.report["removed"] == {"zero-width": 5, "control": 5}


def test_a_text_that_takes_too_long_is_shown_as_it_was_sent(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandboxed, "LIMITS", Limits(wall_seconds=0.2))
    monkeypatch.setattr(sandboxed, "CLEAN", replace(tasks.forged(CLEAN), function="wait"))
    contributor.submit(body="<b>They</b> came.", format="html")
    run_jobs()
    with transaction() as session:
        text = session.scalars(select(Revision).where(Revision.number == 1)).one()
    assert text.html == "<p>&lt;b&gt;They&lt;/b&gt; came.</p>"
    assert (text.report["fallback"], text.report["too_long"]) == (True, True)


@pytest.mark.parametrize(("limit", "asked"), [(0, None), (1600, 1600)])
def test_the_setting_limits_the_side_of_a_photo(
    contributor: Contributor,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
    limit: int,
    asked: int | None,
) -> None:
    seen: list[object] = []

    def clean(_data: bytes, *, max_side: int | None, **_limits: object) -> CleanPhoto:
        seen.append(max_side)
        return COPIES

    contributor.submit(PICTURE)
    limited = replace(settings(), photo_max_side=limit)
    monkeypatch.setattr(screening, "settings", lambda: limited)
    monkeypatch.setattr("intake.photos.clean_photo", clean)
    run_jobs()
    assert seen == [asked]


def test_a_photo_says_how_far_it_has_come(
    contributor: Contributor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each stage is recorded before its work begins, so it can be read during the work."""
    seen: list[str | None] = []

    def looking(real: Callable[..., object]) -> Callable[..., object]:
        def look(*args: object, **limits: object) -> object:
            seen.append(job().stage)
            return real(*args, **limits)

        return look

    contributor.submit(PICTURE)
    monkeypatch.setattr(Disk, "read", looking(Disk.read))
    monkeypatch.setattr("intake.photos.clean_photo", looking(lambda _data, **_limits: COPIES))
    monkeypatch.setattr(Disk, "put", looking(Disk.put))
    run_jobs()
    assert list(dict.fromkeys(seen)) == ["decrypting", "decoding", "writing copies"]
    assert job().stage is None


def pictures() -> list[tuple[int, str, str | None, dict[str, object], tuple[int | None, int | None]]]:
    """Return position, status, caption, notes and size (width, height) of each photo, by position."""
    with transaction() as session:
        return [
            (one.position, one.status, one.caption, one.notes, (one.width, one.height))
            for one in session.scalars(select(Photo).order_by(Photo.position))
        ]


def test_every_page_of_a_file_becomes_a_photo_in_its_place(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(tiff((60, 40), (50, 30), (70, 20)), PICTURE)
    run_jobs()
    while run_jobs():
        pass
    assert pictures() == [
        (1, "clean", "Caption 1", {"page": [1, 3]}, (60, 40)),
        (2, "clean", "Caption 1", {"page": [2, 3]}, (50, 30)),
        (3, "clean", "Caption 1", {"page": [3, 3]}, (70, 20)),
        (4, "clean", "Caption 2", {}, (64, 48)),
    ]
    assert (stored("quarantine"), stored("clean")) == (0, 12)
    with transaction() as session:
        assert session.get_one(Submission, contributor.submission_id).status == "in_review"


def test_more_pages_than_photos_are_refused_with_their_number(
    contributor: Contributor, run_jobs: RunJobs
) -> None:
    contributor.submit(tiff(*[(20, 10)] * 30), PICTURE)
    run_jobs()
    (_, status, _, notes, _), other = pictures()
    assert (status, notes, photo_reasons()) == ("refused", {"pages": 30}, ["too_many_pages", None])
    assert other[1] == "clean"
    assert (stored("quarantine"), stored("clean")) == (0, 3)


def photo_reasons() -> list[str | None]:
    with transaction() as session:
        return list(session.scalars(select(Photo.reason).order_by(Photo.position)))
