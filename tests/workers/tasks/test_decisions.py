from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.db import transaction
from intake.decisions import batch
from intake.models import Editor, Job
from tests.cast import RunJobs
from tests.decisions.test_batch import asked, waiting

__all__ = ["waiting"]


def test_a_batch_says_at_which_of_how_many_it_is(
    waiting: Callable[..., Any], editor: Editor, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, decide = [], batch.decide_item

    def looking(session: Session, *rest: Any) -> None:
        decide(session, *rest)
        seen.append(session.scalars(select(Job.stage).where(Job.kind == "batch.run")).one())

    monkeypatch.setattr(batch, "decide_item", looking)
    asked(editor, waiting(3))
    run_jobs()
    assert seen == ["1 of 3", "2 of 3", "3 of 3"]
    with transaction() as session:
        assert session.scalars(select(Job.stage).where(Job.kind == "batch.run")).one() is None
