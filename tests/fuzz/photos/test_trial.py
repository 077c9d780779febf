import os
import signal
from collections.abc import Callable

import pytest

from intake.photos import PhotoRefused
from tests.fuzz.photos import trial
from tests.fuzz.photos.trial import attempt
from tests.photos import made

PHOTO = made.jpeg_with_gps(64, 48, "mark")


def raising(error: Exception) -> Callable[[bytes], None]:
    def fail(data: bytes) -> None:
        raise error

    return fail


def test_a_photo_is_cleaned_and_nothing_found() -> None:
    done = attempt(PHOTO)
    assert (done.outcome, done.finding) == ("clean", "")
    assert done.cleaned
    assert done.seconds > 0


def test_a_refusal_is_no_finding() -> None:
    done = attempt(PHOTO[:200])
    assert (done.outcome, done.finding) == ("damaged", "")


@pytest.mark.parametrize("reader", ["verify", "clean_photo"])
def test_an_exception_in_the_parent_is_one(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, reader, raising(KeyError("x")))
    assert attempt(PHOTO).finding == "KeyError: 'x'"


def test_a_hang_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "clean_photo", lambda data: os.kill(os.getpid(), signal.SIGALRM))
    assert attempt(PHOTO).finding == "Hang: more than 15 s"


def test_copies_that_could_not_be_proven_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "clean_photo", raising(PhotoRefused("not_proven_clean", "segment 0xfe")))
    assert attempt(PHOTO).finding == "refused as not_proven_clean: segment 0xfe"


def test_an_unclean_copy_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "verify", lambda data: ["a comment"])
    assert "a comment" in attempt(PHOTO).finding
