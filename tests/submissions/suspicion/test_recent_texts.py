import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.models import RecentText
from intake.settings import Settings
from intake.submissions.suspicion import recent_texts
from intake.submissions.suspicion.phrases import Phrases
from intake.submissions.suspicion.traits import traits

STORY = [f"sentence{number}" for number in range(100)]


def seen(words: list[str]) -> tuple[str, ...]:
    found = traits("", " ".join(words), Phrases())
    with transaction() as session:
        return recent_texts.compare(session, found)


def kept() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(RecentText)) or 0


def test_repeats_are_noticed_from_the_second_on(app_settings: Settings) -> None:
    assert [seen(STORY) for _ in range(4)] == [(), ("same_text",), ("same_text_often",), ("same_text_often",)]


def test_near_repeats_are_noticed(app_settings: Settings) -> None:
    variants = [STORY[:90] + [f"another{number} {place}" for place in range(10)] for number in range(3)]
    assert [seen(one) for one in variants] == [(), ("similar_text",), ("similar_text_often",)]


def test_different_and_short_texts_are_not(app_settings: Settings) -> None:
    assert seen(STORY) == seen([f"other{number}" for number in range(100)]) == seen(["See", "photos"]) == ()
    assert seen(["See", "photos"]) == ()
    assert kept() == 2


def test_only_the_newest_are_compared(app_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_texts, "COMPARED", 1)
    seen(STORY)
    seen([f"other{number}" for number in range(100)])
    assert seen(STORY) == ()


def test_old_texts_are_forgotten(app_settings: Settings) -> None:
    seen(STORY)
    with transaction() as session:
        recent_texts.forget_old(session)
    assert kept() == 1
    with transaction() as session:
        session.execute(update(RecentText).values(seen_at=func.now() - recent_texts.KEPT * 2))
        recent_texts.forget_old(session)
    assert kept() == 0
