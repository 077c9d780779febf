"""script/lib/vendor.sh: the rich editor's libraries at set-up, with a node that only pretends."""

import json
from pathlib import Path

import pytest

from tests.script.test_environment import ROOT, Checkout

VENDOR = Path("intake/static/vendor")
NETWORK = "npm error code ENOTFOUND registry.npmjs.org"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    made.python()
    return made


def test_set_up_bundles_once_and_again_when_the_lock_changes(checkout: Checkout) -> None:
    assert checkout.run("server").returncode == 0
    vendor = checkout.root / VENDOR
    assert (vendor / "prosemirror.js").read_text() == "bundle\n"
    assert (vendor / "LICENSES.txt").read_text() == "MIT\n"
    (ci,) = checkout.calls("npm ci")
    assert "--ignore-scripts" in ci
    checkout.run("server")
    assert checkout.calls("node") == []
    with (checkout.root / "package-lock.json").open("a") as lock:
        lock.write("\n")
    checkout.run("server")
    assert len(checkout.calls("npm ci")) == 1
    assert not (checkout.root / ".venv" / "vendor").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (NETWORK, "the network does not answer"),
        ("npm error code EINTEGRITY", "a package is not the one that package-lock.json names"),
        ("npm error something else", "npm error something else"),
    ],
)
def test_without_it_the_server_starts_and_says_so_in_one_line(
    checkout: Checkout, said: str, why: str
) -> None:
    checkout.run("server")
    (checkout.root / VENDOR / "stamp").unlink()
    (checkout.root / VENDOR / "prosemirror.js").unlink()
    done = checkout.run("server", NPM_SAYS=said)
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if "rich editor is not available" in line]
    assert f"({why})" in line
    assert "plain text area" in line
    assert " up " in done.stdout.splitlines()[-1]
    assert not (checkout.root / VENDOR / "prosemirror.js").exists()


@pytest.mark.parametrize("version", [None, 12])
def test_without_npm_or_with_an_old_one_the_wheel_is_taken(checkout: Checkout, version: int | None) -> None:
    (checkout.bin / "npm").unlink()
    if version:
        checkout.node(version)
    done = checkout.run("server")
    assert done.returncode == 0
    (call,) = checkout.calls("node.lock")
    assert "--require-hashes --target .venv/vendor/node" in call


def test_every_package_is_pinned_and_has_a_hash() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    wanted = asked["dependencies"] | asked["devDependencies"]
    assert all(version.replace(".", "").isdecimal() for version in wanted.values())
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["dependencies"] == asked["dependencies"]
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "--hash=sha256:" in (ROOT / "requirements" / "node.lock").read_text()
