"""Small run of the benchmark of scale."""

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.models import Photo
from tests.bench import scale
from tests.bench.engine_room import at_home

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["1 process", "S3: 2 workers"])
def test_all_photos_are_cleaned_and_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "SIZE", (64, 48))
    (case,) = [case for case in scale.CASES if case.name == name]
    with scale.shared() as context:
        found = scale.cleaned({**context, **case.given, "submissions": "1"})
        with at_home(context), transaction() as session:
            statuses = session.execute(select(Photo.status, func.count()).group_by(Photo.status)).all()
    assert [tuple(row) for row in statuses] == [("clean", scale.EACH)]
    number = int(case.given["workers"]) * int(case.given["processes"])
    assert found["photos_per_s_of_a_process"] == pytest.approx(found["photos_per_s"] / number)
