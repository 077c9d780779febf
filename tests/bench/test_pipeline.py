"""Small run of the benchmark of the pipeline."""

import os
from pathlib import Path

import pytest

from intake.settings import Settings
from tests.bench import pipeline
from tests.bench.case import Context
from tests.bench.newsroom import Newsroom


@pytest.mark.slow
def test_submissions_reach_the_desk_and_nothing_is_left_behind() -> None:
    with pipeline.shared() as context:
        photo = pipeline.one({**context, "photo": "large"})
        text = pipeline.one(context)
        flood = pipeline.last_of_many({**context, "others": "3"})
        with Newsroom(context) as newsroom:
            assert newsroom.waiting() == 1 + 1 + 4
    assert set(photo) == set(text) == {"wall_s", "cpu_s", "peak_mb"}
    assert set(flood) == {"wall_s", "cpu_s", "peak_mb", "submissions_per_s"}
    assert min(*photo.values(), *flood.values()) > 0
    _all_is_gone(context)


def _all_is_gone(context: Context) -> None:
    folder = Path(context["folder"])
    assert not folder.exists()
    assert not Settings(data_dir=folder / "data").run_dir.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(context["pid"]), 0)
