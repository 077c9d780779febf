"""script/advisories, with stubs of pip-audit and npm."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = "flask==3.1.3 \\\n    --hash=sha256:00\nsoupsieve==2.10 ; python_version < '3.13' \\\n    --hash=sha256:00\nsoupsieve==4.1 ; x\n"
NOTHING_FOUND: dict[str, object] = {"vulnerabilities": {}}


class Audit:
    """Checkout with stubs of pip-audit and npm, which give prepared answers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("script", "requirements", ".venv/bin", "answers", "bin"):
            (root / folder).mkdir(parents=True)
        shutil.copy(ROOT / "script" / "advisories", root / "script")
        (root / "requirements" / "run.lock").write_text(LOCK)
        # The stub's answers are files named by the service and the number of packages in the requirements file.
        _program(
            root / ".venv/bin/pip-audit",
            'for one; do case "$last" in --requirement) file=$one;; --vulnerability-service) service=$one;; esac; last=$one; done\n'
            f'sed "s/^/$service /" "$file" >>{root}/asked; echo >>{root}/asked\n'
            f'cat "{root}/answers/$service-$(grep -c . "$file")" 2>/dev/null || {{ echo "no route to $service" >&2; exit 1; }}',
        )
        _program(
            root / "bin/npm", f'cat {root}/answers/npm 2>/dev/null || {{ echo "no route" >&2; exit 1; }}'
        )

    def answer(self, name: str, found: object) -> None:
        (self.root / "answers" / name).write_text(json.dumps(found))

    def run(self) -> tuple[int, str]:
        done = subprocess.run(
            [self.root / "script" / "advisories"],
            env={**os.environ, "PATH": f"{self.root}/bin:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def package(name: str, version: str, *ids: str) -> dict[str, object]:
    return {"name": name, "version": version, "vulns": [{"id": one} for one in ids]}


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    """Checkout in which the stubs know every package, and no advisory."""
    made = Audit(tmp_path)
    made.answer("pypi-2", {"dependencies": [package("Flask", "3.1.3"), package("soupsieve", "2.10")]})
    made.answer("pypi-1", {"dependencies": [package("soupsieve", "4.1")]})
    made.answer("npm", NOTHING_FOUND)
    return made


def test_clean(audit: Audit) -> None:
    code, said = audit.run()
    assert (code, said.splitlines()) == (
        0,
        [
            "Looked up: 3 of 3 packages of Python.",
            "Looked up: package-lock.json.",
            "Result: no advisory is known for any locked package.",
        ],
    )
    # Both versions of a package are asked about, whatever this machine would install.
    assert (audit.root / "asked").read_text().split("\n\n")[:2] == [
        "pypi flask==3.1.3\npypi soupsieve==2.10",
        "pypi soupsieve==4.1",
    ]


def test_found(audit: Audit) -> None:
    audit.answer(
        "pypi-2",
        {"dependencies": [package("flask", "3.1.3", "PYSEC-1", "CVE-2"), package("soupsieve", "2.10")]},
    )
    code, said = audit.run()
    assert code == 1
    assert "ADVISORY flask==3.1.3 (run.lock): PYSEC-1, CVE-2" in said
    assert said.endswith("Result: there are advisories.\n")


def test_found_in_the_scripts(audit: Audit) -> None:
    audit.answer("npm", {"vulnerabilities": {"esbuild": {"severity": "moderate"}}})
    code, said = audit.run()
    assert code == 1
    assert "ADVISORY esbuild (package-lock.json): moderate" in said


def test_what_one_service_does_not_know_is_asked_of_the_other(audit: Audit) -> None:
    skipped = {"name": "flask", "skip_reason": "not found"}
    audit.answer("pypi-2", {"dependencies": [skipped, package("soupsieve", "2.10")]})
    code, said = audit.run()
    assert code == 3
    assert "NOT LOOKED UP: flask==3.1.3\n" in said
    assert "Because: pypi: not found; osv: no route to osv" in said
    assert "no advisory is known" not in said
    audit.answer("osv-1", {"dependencies": [package("flask", "3.1.3")]})
    assert audit.run()[0] == 0


def test_without_a_network_nothing_is_called_clean(audit: Audit) -> None:
    for answer in (audit.root / "answers").iterdir():
        answer.unlink()
    code, said = audit.run()
    assert code == 3
    assert "Looked up: 0 of 3 packages of Python." in said
    assert "NOT LOOKED UP: all of them" in said
    assert "NOT LOOKED UP: package-lock.json. Because: no route" in said
    assert said.endswith("Result: unknown. Nothing was found, but not everything could be looked up.\n")


@pytest.mark.parametrize(
    "answer", [{"message": "405 Method Not Allowed"}, {"error": {}}, [], {"vulnerabilities": None}]
)
def test_a_registry_without_advisories_is_not_called_clean(audit: Audit, answer: object) -> None:
    audit.answer("npm", answer)
    code, said = audit.run()
    assert code == 3
    assert "NOT LOOKED UP: package-lock.json." in said


def test_an_advisory_counts_though_others_could_not_be_looked_up(audit: Audit) -> None:
    audit.answer("pypi-1", {"dependencies": [package("soupsieve", "4.1", "CVE-3")]})
    (audit.root / "answers" / "npm").unlink()
    code, said = audit.run()
    assert code == 1
    assert "NOT LOOKED UP: package-lock.json." in said


def test_without_the_tool_it_says_what_to_do(audit: Audit) -> None:
    (audit.root / ".venv/bin/pip-audit").unlink()
    code, said = audit.run()
    assert (code, said) == (
        3,
        "Result: unknown. pip-audit is not installed: run script/setup, then this again.\n",
    )
