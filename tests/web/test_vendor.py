from pathlib import Path

import pytest

from intake.web import vendor


def test_a_library_is_there_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor, "STATIC", tmp_path)
    assert not vendor.is_vendored("x.js")
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "x.js").touch()
    assert vendor.is_vendored("x.js")
