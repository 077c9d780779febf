"""script/lib/vendor.sh: the rich editor and the bundles at set-up, with a stub of node."""

import json
from pathlib import Path

import pytest

from intake.web import bundles
from tests.script.test_environment import ROOT, Checkout

VENDOR = Path("intake/static/vendor")
BUNDLE = Path("intake/static/bundle")
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


@pytest.mark.parametrize(
    "changed", ["css/base.css", "js/contribute.js", "img/favicon.svg", "bundles.json"], ids=str
)
def test_stylesheets_and_scripts_are_bundled_again_when_one_changes(checkout: Checkout, changed: str) -> None:
    checkout.run("server")
    static = checkout.root / "intake/static"
    before = (checkout.root / BUNDLE / "manifest.json").read_text()
    assert before == bundles.sources(static) + "\n"
    checkout.calls("")
    checkout.run("server")
    assert checkout.calls("node") == []
    with (static / changed).open("a") as file:
        file.write("\n")
    checkout.run("server")
    assert len(checkout.calls("bundle.mjs")) == 1
    after = (checkout.root / BUNDLE / "manifest.json").read_text()
    assert before != after == bundles.sources(static) + "\n"
    assert not (checkout.root / ".venv" / "vendor").exists()


def test_a_change_of_a_stylesheet_leaves_the_rich_editor_as_it_is(checkout: Checkout) -> None:
    checkout.run("server")
    checkout.calls("")
    (checkout.root / "intake/static/css/base.css").write_text("a {}")
    done = checkout.run("server")
    assert done.returncode == 0
    assert checkout.calls("esbuild prosemirror.mjs") == []


@pytest.mark.parametrize("where", ["NPM_SAYS", "BUNDLE_SAYS"])
def test_without_bundles_the_server_starts_and_says_so_in_one_line(checkout: Checkout, where: str) -> None:
    checkout.run("server")
    (checkout.root / "intake/static/css/base.css").write_text("a {}")
    done = checkout.run("server", **{where: NETWORK})
    assert done.returncode == 0
    assert "rich editor is not available" not in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if "are not bundled" in line]
    assert "(the network does not answer)" in line
    assert "one by one" in line
    assert " up " in done.stdout.splitlines()[-1]


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
