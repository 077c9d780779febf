"""How many files run in a walk through the product: a reader of the code has to open as many."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.cast import RunJobs
from tests.web.conftest import newest
from tests.web.people import Contributor, Newsroom, receipt_of

ROOT = Path(__file__).parents[2]


@contextmanager
def files_that_run() -> Iterator[set[str]]:
    """Collect the files of `intake/` and `workers/` in which a function is called. Lines of modules do not count."""
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            codes.add(frame.f_code)

    found: set[str] = set()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        for code in codes:
            path = Path(code.co_filename)
            if (
                code.co_name != "<module>"
                and path.is_relative_to(ROOT)
                and path.relative_to(ROOT).parts[0] in ("intake", "workers")
            ):
                found.add(path.relative_to(ROOT).as_posix())


def test_reject_with_a_message_until_the_contributor_reads_it(
    contributor: Contributor, editor: Newsroom, run_jobs: RunJobs
) -> None:
    receipt = receipt_of(contributor.send())
    run_jobs()
    url = f"/desk/submissions/{newest().id}"
    with files_that_run() as files:
        answer = editor.post(
            f"{url}/decisions", verdict="reject", code="reject.late", message="Thank you.", version="2"
        )
        assert answer.status_code == 303
        run_jobs()
        assert "Thank you." in contributor.look(receipt).text
    print(len(files), *sorted(files), sep="\n")
