"""Neither a real child that decodes a photo nor the fork server that starts it has a key in its memory."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.photos import photo
from tests.photos import made
from tests.sandbox import nobody
from tests.sandbox.memory import NOT_PERMITTED, PASSWORDS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Folder that every user can open. Pytest's temporary folders are private to one user."""
    made_here = Path(tempfile.mkdtemp())
    made_here.chmod(0o777)
    yield made_here
    shutil.rmtree(made_here)


def searched(folder: Path, prefix: list[str]) -> dict[str, Any]:
    """Run a worker that cleans a photo and searches memories for secrets. Returns its report (tests/sandbox/memory.py).

    `prefix` precedes the command of the worker, for instance to run it as another user.
    """
    file = folder / "photo.jpg"
    file.write_bytes(made.encoded(photo(4000, 3000), "JPEG", quality=95))
    file.chmod(0o644)
    ended = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.sandbox.memory", str(file)],
        cwd=ROOT,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "TRANSOM_DATA_DIR": str(folder / "data"),
            "TRANSOM_DATABASE_URL": f"postgresql://transom:{PASSWORDS['database password']}@127.0.0.1/transom",
            "TRANSOM_REDIS_URL": f"redis://:{PASSWORDS['broker password']}@127.0.0.1:6379/0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == NOT_PERMITTED:
        pytest.skip("READING THE MEMORY OF ANOTHER PROCESS IS NOT PERMITTED HERE")
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.parametrize("prefix", [[], pytest.param(nobody.COMMAND, marks=nobody.needs_root)])
def test_57_the_child_that_decodes_has_no_key(folder: Path, prefix: list[str]) -> None:
    found = searched(folder, prefix)
    # Proof that the search works: it finds the photo in the child, and the keys in the worker.
    assert found["input"] == ["input"]
    assert set(found["self"]) == set(found["secrets"])
    assert found["child's memory"] > 10_000_000
    assert (found["child"], found["server"]) == ([], [])
