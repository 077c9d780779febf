"""Idempotency: a form that is sent twice is one submission, and no text or photo is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.models import Photo, Submission
from intake.settings import Settings
from intake.web import Transom
from intake.web.contribute import submission_intake
from intake.web.contribute.form import AWAY
from tests.web.bodies import File
from tests.web.conftest import JPEG, count, quarantine
from tests.web.people import KEPT, Contributor, receipt_of, typed_is_kept, value

if TYPE_CHECKING:
    from werkzeug.test import TestResponse


def test_the_same_form_again_shows_the_same_receipt(contributor: Contributor, app_settings: Settings) -> None:
    token = contributor.token()
    photos = [File("photo-1", JPEG), File("photo-2", b"no photo")]
    first = contributor.send(*photos, token=token)
    again = contributor.send(*photos, token=token)
    assert again.status_code == 200
    assert receipt_of(first) == receipt_of(again)
    for answer in (first, again):
        assert "We have your story with one photo" in answer.text
        assert "Photo 2: We do not recognise this file as a photo." in answer.text
    assert "You had sent this form before" not in first.text
    assert "You had sent this form before" in again.text
    assert count(Submission) == 1
    assert len(quarantine(app_settings)) == 1


def test_the_same_form_again_with_something_wrong_is_still_the_same(contributor: Contributor) -> None:
    token = contributor.token()
    first = contributor.send(token=token)
    again = contributor.send(token=token, title="", consent="")
    assert receipt_of(first) == receipt_of(again)


def test_the_same_form_twice_at_once_is_one_submission(
    app: Transom, contributor: Contributor, app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, both = contributor.token(), threading.Barrier(2, timeout=20)
    take_in = submission_intake.take_in

    def after_both_looked(*args: Any) -> bool:
        both.wait()
        return take_in(*args)

    monkeypatch.setattr(submission_intake, "take_in", after_both_looked)
    answers: list[TestResponse] = []

    def send() -> None:
        answers.append(Contributor(app.test_client()).send(File("photo-1", JPEG), token=token))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert receipt_of(answers[0]) == receipt_of(answers[1])
    assert sum("You had sent this form before" in answer.text for answer in answers) == 1
    assert (count(Submission), count(Photo)) == (1, 1)
    assert len(quarantine(app_settings)) == 1


@contextmanager
def lost_answer() -> Iterator[Session]:
    """Return a transaction that commits and then fails, as if the connection broke before the answer."""
    with transaction() as session:
        yield session
    raise OperationalError("COMMIT", {}, Exception("server closed the connection"))


def test_a_commit_whose_answer_is_lost_loses_nothing(
    contributor: Contributor, app_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = contributor.token()
    with monkeypatch.context() as patch:
        real = submission_intake.take_in

        def broken(*args: Any) -> bool:
            patch.setattr(submission_intake, "transaction", lost_answer)
            return real(*args)

        patch.setattr(submission_intake, "take_in", broken)
        answer = contributor.send(File("photo-2", JPEG), token=token, **KEPT)
    assert answer.status_code == 503
    assert AWAY in answer.text
    typed_is_kept(answer.text)
    assert value(answer.text, "token") == token
    assert len(quarantine(app_settings)) == 1
    again = contributor.send(File("photo-2", JPEG), token=token, **KEPT)
    assert again.status_code == 200
    assert (count(Submission), count(Photo)) == (1, 1)
    assert len(quarantine(app_settings)) == 1


def test_a_database_that_is_away_costs_nothing_that_was_typed(
    contributor: Contributor,
    app_settings: Settings,
    database_away: Callable[[], AbstractContextManager[None]],
) -> None:
    token = contributor.token()
    with database_away():
        answer = contributor.send(File("photo-2", JPEG), token=token, **KEPT)
    assert answer.status_code == 503
    typed_is_kept(answer.text)
    assert value(answer.text, "token") == token
    assert quarantine(app_settings) == []
    assert contributor.send(token=token).status_code == 200
