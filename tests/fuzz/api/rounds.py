"""Rounds of Schemathesis (https://schemathesis.readthedocs.io) against a running installation, until there were enough cases."""

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from sqlalchemy import select

from intake.accounts.tokens import make_token
from intake.db import transaction
from intake.models import Editor
from intake.models.account import ADMIN_SCOPES, DESK_SCOPES, SCOPES
from tests.forgetting import forget
from tests.waiting import until
from tests.whole import Whole

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PASSWORD = "correct horse battery staple"
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,positive_data_acceptance,missing_required_header,"
    "unsupported_method,allow_header_conformance,use_after_free,ensure_resource_availability,ignored_auth"
)
# Name of a program → scopes of its token. The last program has none. Each has accounts of its own, new in each round.
PROGRAMS: dict[str, tuple[str, ...]] = {
    "everything": tuple(SCOPES),
    "desk": tuple(DESK_SCOPES),
    "admin": tuple(ADMIN_SCOPES),
    "nobody": (),
}
# The phase `coverage` is deterministic and has about 4,500 cases, so it runs in the first round only.
FIRST_PHASES, PHASES = "examples,coverage,fuzzing,stateful", "fuzzing,stateful"
EXAMPLES = 6
"""Cases for each operation in the phase `fuzzing`."""
SUBMISSIONS = 6
QUEUES = ("text", "photos", "notify", "publish", "housekeeping")


@dataclass
class Round:
    """Report of one run of Schemathesis."""

    program: str
    seed: int
    cases: int
    seconds: float
    failures: list[str]
    """Failures as Schemathesis prints them, each with its request."""
    log: Path

    def line(self) -> str:
        """Return the figures on one line."""
        return f"{self.program}, --seed {self.seed}: {self.cases} cases, {len(self.failures)} findings, {self.seconds:.0f} s"


def rounds(whole: Whole, cases: int, seed: int, folder: Path) -> Iterator[Round]:
    """Run a round for each program, and further rounds until all rounds together have tried `cases` cases."""
    done, number = 0, 0
    while done < cases or number < len(PROGRAMS):
        program = list(PROGRAMS)[number % len(PROGRAMS)]
        found = _round(whole, program, seed + number, folder, PHASES if number else FIRST_PHASES)
        yield found
        done, number = done + found.cases, number + 1


def _round(whole: Whole, program: str, seed: int, folder: Path, phases: str) -> Round:
    name = f"{program}-{seed}"
    world = _prepare(whole, name)
    scopes = PROGRAMS[program]
    token = _account(whole, f"{name}@transom.example", scopes)[1] if scopes else ""
    report, log = folder / f"{seed}-{program}.json", folder / f"{seed}-{program}.log"
    words = [
        *(str(Path(sys.executable).with_name("st")), f"--config-file={HERE / 'schemathesis.toml'}", "run"),
        f"{whole.settings.base_url}/api/v1/openapi.json",
        *(f"--checks={CHECKS}", f"--seed={seed}", f"--max-examples={EXAMPLES}", "--no-shrink", "--no-color"),
        f"--phases={phases}",
        *("--report=json", f"--report-json-path={report}", "--output-sanitize=false"),
        *([f"--header=Authorization: Bearer {token}"] if token else []),
    ]
    environment = {
        **whole.env,
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": "tests.fuzz.api.hooks",
        "TRANSOM_TEST_WORLD": json.dumps(world),
    }
    begun = time.monotonic()
    with log.open("w") as out:
        subprocess.run(words, cwd=folder, env=environment, stdout=out, stderr=out, check=False)
    assert report.exists(), log.read_text()
    said = json.loads(report.read_text())
    findings = _findings(log.read_text())
    assert bool(findings) == bool(said["failures"] or said["errors"]), log
    return Round(program, seed, said["test_cases"]["generated"], time.monotonic() - begun, findings, log)


def _findings(text: str) -> list[str]:
    """Return what Schemathesis prints of each failure and error, with the request."""
    parts = re.split(r"^_{3,} (.+?) _{3,}$", text.partition("\n==== WARNINGS")[0], flags=re.MULTILINE)
    return [f"{name}{said.rstrip()}" for name, said in zip(parts[1::2], parts[2::2], strict=True)]


def _prepare(whole: Whole, name: str) -> dict[str, Any]:
    """Make what a round needs: submissions, and accounts of its own. Returns the arguments of `World.of`.

    A round may switch off accounts, pause queues, and withdraw submissions. So the next round gets new ones.
    """
    own = f"{name}@transom.example"
    for email in (own, f"other-{own}"):
        whole.add_editor(email, PASSWORD, "editor", "chief", "admin")
    account, token = _account(whole, own, tuple(SCOPES))
    for queue in QUEUES:
        answer = whole.client.post(
            f"/api/v1/admin/queues/{queue}/resume", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 200, answer.text
    photo = photo_bytes()
    receipts = [whole.submit(f"Round {name}, {one}", photos=[photo]) for one in range(SUBMISSIONS)]
    client = httpx.Client(
        base_url=f"{whole.settings.base_url}/api/v1", headers={"Authorization": f"Bearer {token}"}
    )

    def clean() -> bool:
        waiting = client.get("/desk/submissions", params={"lane": "ours", "q": f"Round {name}"}).json()
        return len(waiting["items"]) >= SUBMISSIONS

    until(clean, 120)
    client.close()
    return {"base_url": whole.settings.base_url, "token": token, "own": account, "receipts": receipts}


def photo_bytes() -> bytes:
    """Return a small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 60)).save(out, "JPEG")
    return out.getvalue()


def _account(whole: Whole, email: str, scopes: tuple[str, ...]) -> tuple[int, str]:
    """Make a token in the database of the installation. Returns the number of its account and the secret."""
    forget()
    before = dict(os.environ)
    os.environ.update(whole.env)
    try:
        with transaction() as session:
            account = session.scalars(select(Editor).where(Editor.email == email)).one()
            return account.id, make_token(session, account, "Schemathesis", scopes)[1]
    finally:
        forget()
        os.environ.clear()
        os.environ.update(before)
