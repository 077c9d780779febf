"""Small run of the benchmark of throughput."""

from functools import partial

import pytest

from tests.bench import photos, pipeline, throughput

pytestmark = pytest.mark.slow


def test_all_photos_are_cleaned_and_counted() -> None:
    with pipeline.installed(partial(photos.draw, shrink=8)) as context:
        alone = throughput.unconfined(context), throughput.whole(context)
        flood = throughput.flood({**context, "submissions": "2"})
    assert set(flood) == {"wall_s", "cpu_s", "peak_mb", "photos_per_s"}
    assert 0 < min(measures["cpu_s"] for measures in alone) < flood["cpu_s"]
