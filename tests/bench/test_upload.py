"""Small run of the benchmark of uploads."""

import pytest

from tests.bench import upload

pytestmark = pytest.mark.slow


def test_all_ways_in_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "SIZE", 200_000)
    monkeypatch.setattr(upload, "PAGES", 3)
    with upload.shared() as context:
        for case in upload.CASES:
            given = {**case.given, **({"size": "200000"} if "size" in case.given else {})}
            assert case.call
            found = case.call({**context, **given})
            assert found
            assert {"wall_s", "cpu_s", "peak_mb"} <= set(found), case.name
            assert found["peak_mb"] > 0
