"""Check with Schemathesis that all responses of a running installation match its OpenAPI document.

TRANSOM_TEST_CONTRACT_CASES sets the number of requests. `script/fuzz api` does the same with another seed each time.
"""

import os
from pathlib import Path

import pytest

from tests.fuzz.api.rounds import PROGRAMS, rounds
from tests.whole import running

CASES = int(os.environ.get("TRANSOM_TEST_CONTRACT_CASES", "5000"))


@pytest.mark.slow
def test_every_answer_is_as_described(tmp_path: Path) -> None:
    with running(tmp_path) as whole:
        found = list(rounds(whole, CASES, 1, tmp_path))
    print("\n".join(one.line() for one in found))
    assert {one.program for one in found} == set(PROGRAMS)
    assert [failure for one in found for failure in one.failures] == []
