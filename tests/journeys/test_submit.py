"""`transom submit` to a whole installation, over a connection that breaks, and killed during the upload."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.journeys.line import line
from tests.photos import made
from tests.waiting import until
from tests.whole import Whole

MB = 1024 * 1024


def status_of(newsroom: Whole, receipt: str) -> dict[str, Any]:
    answer = newsroom.client.post("/api/v1/receipts/status", data={"receipt": receipt})
    found: dict[str, Any] = answer.json()
    return found


def test_a_killed_command_goes_on_and_sends_no_byte_twice(newsroom: Whole, tmp_path: Path) -> None:
    photo = tmp_path / "at-home.jpg"
    photo.write_bytes(made.jpeg_with_gps(400, 300, "river") + os.urandom(12 * MB))
    with line(newsroom.settings.port, cut_every=2 * MB) as wire:
        words = [
            sys.executable, "-m", "intake", "submit", "--to", f"http://127.0.0.1:{wire.port}", "--photo",
            str(photo),
        ]  # fmt: skip
        with subprocess.Popen(
            [*words, "--title", "Over the river"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as first:
            assert first.stdout
            receipt = first.stdout.readline().strip()
            until(lambda: wire.sent > 5 * MB, 60)
            first.send_signal(signal.SIGKILL)
        assert status_of(newsroom, receipt)["status"] == "draft"
        second = subprocess.run(
            [*words, "--resume"], input=f"{receipt}\n", capture_output=True, text=True, check=False
        )
        assert second.returncode == 0, second.stderr
        assert second.stderr.splitlines()[-1] == "Your submission has arrived."
    assert wire.cuts >= 5
    assert wire.sent <= 1.1 * photo.stat().st_size
    until(lambda: status_of(newsroom, receipt)["status"] == "in_review", 60)
    assert [one["status"] for one in status_of(newsroom, receipt)["photos"]] == ["clean"]


def test_the_example_of_the_documentation_sends_a_photo(newsroom: Whole, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/api.md").read_text()
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(example.splitlines()) <= 20
    photo = tmp_path / "at-home.jpg"
    photo.write_bytes(made.jpeg_with_gps(400, 300, "river"))
    ran = subprocess.run(
        [sys.executable, "-c", example, newsroom.settings.base_url, str(photo)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    receipt, status = ran.stdout.split()
    assert status == "received"
    until(lambda: status_of(newsroom, receipt)["status"] == "in_review", 60)
    assert [one["removed"] for one in status_of(newsroom, receipt)["photos"]] != [""]
