"""The examples of docs/api.md, run by a shell one after the other, against a web server."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from intake.models import Editor
from intake.models.account import ADMIN_SCOPES, DESK_SCOPES
from intake.web import Transom
from tests.cast import RunJobs
from tests.web.bodies import File
from tests.web.conftest import JPEG, app, contributor, opened, recorded, run_jobs, submitted
from tests.web.programs import token_of

__all__ = ["app", "contributor", "recorded", "run_jobs", "submitted"]

PAGE = Path(__file__).parents[2] / "docs/api.md"
needed = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")


@pytest.fixture
def address(app: Transom) -> Iterator[str]:
    """Base URL of the web server that the examples use."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@needed
def test_every_example_does_what_the_page_says(
    address: str,
    submitted: Callable[..., str],
    editor: Editor,
    admin: Editor,
    run_jobs: RunJobs,
    tmp_path: Path,
) -> None:
    submitted(File("photo-1", JPEG))
    with opened() as submission:
        shown = {"ID": str(submission.id), "PHOTO": str(submission.photos[0].id)}
    told = {"TRANSOM": address, "TOKEN": token_of(editor, *DESK_SCOPES), **shown}
    told["ADMIN"] = token_of(admin, *ADMIN_SCOPES)
    examples = [
        one for one in re.findall(r"```bash\n(.*?)```", PAGE.read_text(), re.DOTALL) if "<your" not in one
    ]
    assert len(examples) == 20
    for example in examples:
        ran = subprocess.run(
            ["bash", "-c", example],
            cwd=tmp_path,
            env={**os.environ, **told},
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, example
        run_jobs()  # a submission with a pending redaction cannot be downloaded
        assert ran.stdout or (tmp_path / "submission.zip").exists()
        if b"<feed" not in ran.stdout and ran.stdout:
            json.loads(ran.stdout)
    with opened() as submission:
        assert (submission.status, submission.published_url) == (
            "published",
            "https://magazine.example/river",
        )
        assert len(submission.notes) == 1
