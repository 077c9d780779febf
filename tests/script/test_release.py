"""script/release: from a commit to files with checksums, with the real tools and no network."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
WHEEL = f"transom-{VERSION}-py3-none-any.whl"
PACKAGES = f"transom-{VERSION}.cdx.json"
# The virtual environment of the tests also has the release tools.
TOOLS = Path(sys.prefix)
# No name is resolved, and no index is asked.
OFFLINE = {"PIP_NO_INDEX": "1", "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


class ReleaseCheckout:
    """Checkout of few files, committed, with the tools of the tests."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in (
            "script/release",
            "pyproject.toml",
            "package-lock.json",
            "requirements/run.lock",
            "requirements/faces.lock",
            "LICENSE",
        ):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        for name in ("README.md", "intake/__init__.py", "workers/__init__.py", "templates/page.html"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("")
        self.manifest = root / "intake/static/bundle/manifest.json"
        self.manifest.parent.mkdir(parents=True)
        self.manifest.write_text("{}")
        (root / ".gitignore").write_text("/dist/\n/.venv\n/intake/static/bundle/\n")
        (root / ".venv").symlink_to(TOOLS)
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "All")

    def git(self, *words: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@transom.example", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=self.root, check=True)

    def run(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [self.root / "script/release", *words],
            env={**os.environ, **OFFLINE},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    @property
    def made(self) -> Path:
        return self.root / "dist" / f"transom-{VERSION}"


@pytest.fixture
def checkout(tmp_path: Path) -> ReleaseCheckout:
    return ReleaseCheckout(tmp_path / "checkout")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[ReleaseCheckout, str]:
    """One release without a signature, and what the script said. Its tests only look at it, or build it again."""
    checkout = ReleaseCheckout(tmp_path_factory.mktemp("release") / "checkout")
    code, said = checkout.run()
    assert code == 0, said
    return checkout, said


def test_a_release_has_wheel_list_of_packages_locks_and_checksums(
    released: tuple[ReleaseCheckout, str],
) -> None:
    checkout, _ = released
    assert {path.name for path in checkout.made.iterdir()} == {
        WHEEL, PACKAGES, "run.lock", "faces.lock", "package-lock.json", "SHA256SUMS",
    }  # fmt: skip
    with zipfile.ZipFile(checkout.made / WHEEL) as wheel:
        assert {"intake/__init__.py", "workers/__init__.py"} <= set(wheel.namelist())
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=checkout.made, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stdout.count(": OK\n")) == (0, 5)


def test_the_list_has_every_locked_package_with_its_version_and_hashes(
    released: tuple[ReleaseCheckout, str],
) -> None:
    checkout, _ = released
    found = json.loads((checkout.made / PACKAGES).read_text("utf-8"))
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert found["metadata"]["component"]["name"] == "transom"
    lock = (ROOT / "requirements/run.lock").read_text("utf-8").splitlines()
    locked = {line.split()[0] for line in lock if line and line[0].isalnum()}
    assert {f"{one['name']}=={one['version']}" for one in found["components"]} == locked
    assert all(one["externalReferences"][0]["hashes"] for one in found["components"])


def test_without_a_key_it_says_how_to_sign(released: tuple[ReleaseCheckout, str]) -> None:
    _, said = released
    assert "Not signed." in said
    assert f"ssh-keygen -Y sign -n transom-release -f KEY dist/transom-{VERSION}/SHA256SUMS" in said
    assert f"minisign -S -s KEY -m dist/transom-{VERSION}/SHA256SUMS" in said


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="the machine has no ssh-keygen")
def test_a_second_build_is_the_same_and_its_signature_can_be_verified(
    released: tuple[ReleaseCheckout, str], tmp_path: Path
) -> None:
    checkout, _ = released
    first, key = (checkout.made / "SHA256SUMS").read_text(), tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    code, said = checkout.run("--key", str(key))
    assert (code, f"Signed: dist/transom-{VERSION}/SHA256SUMS.sig" in said) == (0, True)
    assert (checkout.made / "SHA256SUMS").read_text() == first
    allowed = tmp_path / "allowed"
    allowed.write_text(f"transom {key.with_suffix('.pub').read_text()}")
    for changed, code in ((b"", 0), (b"x", 255)):
        signed = (checkout.made / "SHA256SUMS").read_bytes() + changed
        done = subprocess.run(
            ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "transom", "-n", "transom-release",
             "-s", checkout.made / "SHA256SUMS.sig"],
            input=signed, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == code


def test_a_key_of_minisign_is_handed_to_minisign(checkout: ReleaseCheckout, tmp_path: Path) -> None:
    key = tmp_path / "minisign.key"
    key.write_text("untrusted comment: minisign encrypted secret key\nx\n")
    tool = tmp_path / "bin" / "minisign"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\necho "$@" >"$5.minisig"\n')
    tool.chmod(0o755)
    done = subprocess.run(
        [checkout.root / "script/release", "--key", key],
        env={**os.environ, **OFFLINE, "PATH": f"{tool.parent}:{os.environ['PATH']}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"Signed: dist/transom-{VERSION}/SHA256SUMS.minisig" in done.stdout, done.stderr
    assert f"-S -s {key} -m" in (checkout.made / "SHA256SUMS.minisig").read_text()


def test_a_release_is_that_of_a_commit(checkout: ReleaseCheckout) -> None:
    (checkout.root / "intake/__init__.py").write_text("changed = True\n")
    code, said = checkout.run()
    assert (code, "The checkout has changes." in said) == (1, True)
    assert not checkout.made.exists()


def test_what_is_missing_is_said(checkout: ReleaseCheckout, tmp_path: Path) -> None:
    assert checkout.run("--key", str(tmp_path / "none")) == (1, f"There is no key at {tmp_path / 'none'}.\n")
    checkout.manifest.unlink()
    assert checkout.run() == (1, "The bundles are missing: run script/vendor, then this again.\n")
    (checkout.root / ".venv").unlink()
    assert checkout.run() == (1, "python is not installed: run script/setup, then this again.\n")
